/*
 * A list of renames comes in and is carried out in one go: nothing else of the process comes between them.
 */
import { existsSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** One file to be moved, by absolute paths of one filesystem. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** A second name of what stands at `to` until then. */
  readonly kept?: string | undefined;
}

/** Makes a list of renames, all of them or none; rejects with the system's error. */
export type RenameAll = (renames: readonly Rename[]) => Promise<void>;

/**
 * Makes all renames, in their order; where one fails, takes all back and throws the system's error. What has been moved
 * already, another has moved who carries out the same list: after a run that was killed, its helper and the next run may.
 */
export function renameAllSync(renames: readonly Rename[]): void {
  const done: Rename[] = [];
  try {
    for (const rename of renames) {
      move(rename);
      done.push(rename);
    }
  } catch (cause) {
    for (const { from, to, kept } of done.toReversed()) {
      const back = kept === undefined ? { from: to, to: from } : { from: kept, to };
      attempt(() => renameSync(back.from, back.to));
    }
    throw cause;
  }
}

function move(rename: Rename): void {
  try {
    renameSync(rename.from, rename.to);
  } catch (cause) {
    if (!isMoved(rename)) throw cause;
  }
}

/** Whether what is missing has come where it should. */
function isMoved({ from, to, kept }: Rename): boolean {
  if (existsSync(from) || !existsSync(dirname(from)) || !existsSync(to)) return false;
  return kept === undefined || !existsSync(kept) || !isSameFile(kept, to);
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
  return a.ino === b.ino && a.dev === b.dev;
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // A step that cannot be taken back does not keep the others from being taken back.
  }
}
