import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import { refusing } from "./open-input.js";

/** A file that a row names, read when it is sent. */
export interface FileOfRow {
  /** Its base name. */
  readonly name: string;
  read(): Promise<Uint8Array>;
}

/** The files that rows name. */
export interface FilesOfRows {
  /** Rejects with `read/…` where there is no such file. */
  open(path: string): Promise<FileOfRow>;
  /** Its bytes; likewise. */
  read(path: string): Promise<Uint8Array>;
}

/** Files whose paths are relative to `folder`. */
export function filesOfRows(folder: string): FilesOfRows {
  const read = async (path: string): Promise<Uint8Array> => {
    const bytes = await refusing(path, () => readFile(placeOf(path)));
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const placeOf = (path: string): string => {
    // Node's own complaint about such a path is no fault of the system's.
    if (path.includes("\0"))
      throw new GenDeployError("read/missing", `${JSON.stringify(path)} does not exist.`);
    return resolve(folder, path);
  };
  return {
    read,
    async open(path) {
      const status = await refusing(path, () => stat(placeOf(path)));
      if (status.isDirectory())
        throw new GenDeployError("read/directory", `${path} is a folder, not a file.`);
      return { name: basename(path), read: () => read(path) };
    },
  };
}
