import { saveBytes } from "../disk/scored-file.js";
import type { WriteFile } from "../score/save-files.js";

/** What writes pictures and files of answers into a folder, which is made when the first comes. */
export function answerFolder(folder: string): WriteFile {
  return async (name, bytes) => await saveBytes(folder, name, bytes);
}
