import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { GenDeployError } from "../gen-deploy-error.js";
import { systemCode } from "./read-spec.js";

/** A file with any number of bytes, or standard input: nothing of it is held. */
export interface OpenInput {
  /** As the user named it. */
  readonly name: string;
  /** Null where nobody knows. */
  readonly size: number | null;
  /** All of it from the beginning; of standard input once. */
  stream(): AsyncIterable<Uint8Array>;
  /** The bytes from `start` up to `end`; null where they come but once and in order. */
  readonly slice: ((start: number, end: number) => Promise<Uint8Array>) | null;
}

/** Bytes that are read at once: what becomes of them should be gone before it is old. */
const pieceSize = 65_536;

/** Opens the file at a path, or standard input (`-`); throws `read/…` where there is none. */
export async function openInput(location: string, stdin: AsyncIterable<Uint8Array>): Promise<OpenInput> {
  if (location === "-") return { name: "<stdin>", size: null, stream: () => stdin, slice: null };
  const status = await refusing(location, () => stat(location));
  if (status.isDirectory()) {
    throw new GenDeployError("read/directory", `${location} is a folder, not a file.`, {
      hint: `For a row each of its files, give a pattern such as '${location.replace(/\/$/, "")}/*.jpg'.`,
    });
  }
  const isFile = status.isFile();
  return {
    name: location,
    // A pipe has a name too.
    size: isFile ? status.size : null,
    stream: () => piecesOf(location),
    slice: isFile ? (start, end) => sliceOf(location, start, end) : null,
  };
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const stream: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: pieceSize });
  try {
    yield* stream;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function sliceOf(path: string, start: number, end: number): Promise<Uint8Array> {
  return await refusing(path, async () => {
    const file = await open(path, "r");
    try {
      const bytes = new Uint8Array(Math.max(0, end - start));
      for (let at = 0; at < bytes.byteLength;) {
        const { bytesRead } = await file.read(bytes, at, bytes.byteLength - at, start + at);
        if (bytesRead === 0) return bytes.subarray(0, at);
        at += bytesRead;
      }
      return bytes;
    } finally {
      await file.close();
    }
  });
}

/** What `work` gives; where the system fails it, an error that names the file. */
export async function refusing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof GenDeployError ? cause : unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): GenDeployError {
  if (cause instanceof GenDeployError) return cause;
  const code = systemCode(cause);
  if (code === "ENOENT" || code === "ENOTDIR" || path === "")
    return new GenDeployError("read/missing", `${path === "" ? '""' : path} does not exist.`, { cause });
  if (code === "EACCES" || code === "EPERM")
    return new GenDeployError("read/denied", `${path} may not be read.`, { cause });
  if (code === "EISDIR")
    return new GenDeployError("read/directory", `${path} is a folder, not a file.`, { cause });
  return new GenDeployError("read/failed", `${path} cannot be read (${code ?? "unknown reason"}).`, {
    cause,
  });
}
