import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileSource } from "./files/image.js";

export type { FileSource } from "./files/image.js";

/** The file at `path`, a path or a `file:` URL, as input for images and files; it is read anew for each request. */
export function fromFile(path: string | URL): FileSource {
  const place = typeof path === "string" ? path : fileURLToPath(path);
  return {
    name: basename(place),
    async read() {
      const { buffer, byteOffset, byteLength } = await readFile(place);
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
  };
}
