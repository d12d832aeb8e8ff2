/*
 * Lines that are appended to a file one by one: each is whole on the disk before the next begins.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { GenDeployError } from "../gen-deploy-error.js";
import { systemCode } from "./read-spec.js";

/** A file that lines are appended to. */
export interface LineFile {
  readonly append: (line: string) => void;
  readonly close: () => void;
}

/**
 * Opens a file for lines behind those that it has; a last one that was torn off is taken away. Throws `GenDeployError`:
 * `mock/cannot-write`.
 */
export function openLineFile(path: string): LineFile {
  try {
    const file = openSync(path, "a+");
    cutTornLine(file);
    return {
      append: (line) => {
        const bytes = Buffer.from(`${line}\n`);
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      },
      close: () => closeSync(file),
    };
  } catch (cause) {
    const code = systemCode(cause) ?? "unknown reason";
    throw new GenDeployError("mock/cannot-write", `${path} cannot be written (${code}).`, { cause });
  }
}

/** Somebody may have been killed while writing it. */
function cutTornLine(file: number): void {
  const { size } = fstatSync(file);
  const block = Buffer.alloc(65_536);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - block.length);
    const count = readSync(file, block, 0, end - start, start);
    const newline = block.subarray(0, count).lastIndexOf(0x0a);
    if (newline >= 0) {
      if (start + newline + 1 < size) ftruncateSync(file, start + newline + 1);
      return;
    }
    end = start;
  }
  if (size > 0) ftruncateSync(file, 0);
}

/** The text of a file of lines, or undefined where there is none; throws `GenDeployError`: `mock/cannot-read`. */
export async function readLineFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = systemCode(cause);
    if (code === "ENOENT") return undefined;
    throw new GenDeployError("mock/cannot-read", `${path} cannot be read (${code ?? "unknown reason"}).`, {
      cause,
    });
  }
}
