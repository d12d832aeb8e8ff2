/*
 * A list of renames comes in and is carried out in one go: nothing else of the process comes between them.
 */
import { existsSync, renameSync } from "node:fs";

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
 * Makes all renames, in their order; where one fails, takes back those before it and throws the system's error. What is
 * no longer there to be moved has been moved by another who carries out the same list: after a run that was killed, its
 * helper and the next run may.
 */
export function renameAllSync(renames: readonly Rename[]): void {
  const done: Rename[] = [];
  try {
    for (const rename of renames) if (moves(rename)) done.push(rename);
  } catch (cause) {
    for (const { from, to, kept } of done.toReversed()) {
      const back = kept === undefined ? { from: to, to: from } : { from: kept, to };
      attempt(() => renameSync(back.from, back.to));
    }
    throw cause;
  }
}

/** Makes a rename, and says whether there was anything to move. */
function moves({ from, to }: Rename): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (cause) {
    if (existsSync(from)) throw cause;
    return false;
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // A step that cannot be taken back does not keep the others from being taken back.
  }
}
