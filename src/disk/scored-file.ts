/*
 * Files that grow line by line, and of which it is known how much is right: whatever stands behind that is cut off
 * before more is written.
 */
import { constants, createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import { systemCode } from "./read-spec.js";

/** A file that grows. */
export interface ScoredFile {
  /** How many bytes it has. */
  readonly length: () => number;
  readonly append: (text: string) => Promise<void>;
  /** Everything that was appended is on the disk itself (fdatasync). */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a file of which `length` bytes are right, and makes it as long as that. Throws `score/…`. */
export async function openScoredFile(path: string, length: number): Promise<ScoredFile> {
  let end = length;
  const file = await opened(path, length);
  return {
    length: () => end,
    append: async (text) => {
      if (text === "") return;
      const bytes = Buffer.from(text);
      await refusable(path, () => writeAll(file, bytes, end));
      end += bytes.length;
    },
    sync: () => refusable(path, () => file.datasync()),
    close: () => file.close(),
  };
}

async function opened(path: string, length: number): Promise<FileHandle> {
  return await refusable(path, async () => {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o666);
    const { size } = await file.stat();
    if (size >= length) {
      await file.truncate(length);
      return file;
    }
    await file.close();
    throw new GenDeployError(
      "score/shorter",
      `${path} is shorter than the run that is to be resumed left it.`,
      {
        hint: "It was changed meanwhile: --force begins the run anew.",
      },
    );
  });
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Puts a file in the place of another in one step, whole and on the disk before it does. */
export async function replaceFile(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const stage = `${path}.part`;
  await refusable(path, async () => {
    const file = await open(stage, "w");
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(stage, path);
  });
}

/** The lines of a file, one by one. */
export async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const pieces: AsyncIterable<string> = createReadStream(path, { encoding: "utf8", highWaterMark: 262_144 });
  let rest = "";
  for await (const piece of pieces) {
    // Node's own lines end at U+2028 too, which JSON texts may hold.
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Removes a file if it stands. */
export async function removeFile(path: string): Promise<void> {
  await refusable(path, () => rm(path, { force: true }));
}

/** What stands at a path, links followed: a file that can be cut off, nothing, or anything else. */
export async function standingAt(path: string): Promise<"file" | "nothing" | "other"> {
  return await refusable(path, async () => {
    try {
      return (await stat(path)).isFile() ? "file" : "other";
    } catch (cause) {
      if (systemCode(cause) === "ENOENT") return "nothing";
      throw cause;
    }
  });
}

/** Whether two paths lead to one file that stands. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** The text of a file, or undefined where none stands. */
export async function textAt(path: string): Promise<string | undefined> {
  return (await standingAt(path)) === "nothing"
    ? undefined
    : await refusable(path, () => readFile(path, "utf8"));
}

async function refusable<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const code = systemCode(cause);
    if (cause instanceof GenDeployError || code === undefined) throw cause;
    const isDenied = code === "EACCES" || code === "EPERM" || code === "EROFS";
    const hint = isDenied
      ? "Check its permissions, or name another file."
      : code === "ENOSPC"
        ? "The disk is full: make room, and go on with --resume."
        : "Check the path and the folders above it.";
    throw new GenDeployError("score/unwritable", `${path} cannot be written (${code}).`, { hint, cause });
  }
}

/** Writes a file into a folder, which is made where there is none; gives its path, with `/`. */
export async function saveBytes(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await refusable(path, async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(path, bytes);
  });
  return path.replaceAll("\\", "/");
}
