/*
 * A write that has been decided upon is a list of renames, which are made in one go by whoever is handed in: a process
 * that a killed run leaves to its work. The list stands on disk before the first of them.
 */
import { copyFileSync, linkSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashAt, staged, type Commitment, type DecidedFile, type Staging } from "./commitment.js";
import { foldersOf } from "./package-folder.js";
import type { WritePlan } from "./plan-write.js";
import type { Rename, RenameAll } from "./rename-all.js";

/** Carries out a plan whose new files stand in the stage, all of it or nothing. */
export async function commitPlan(
  { folder, stage }: Staging,
  plan: WritePlan,
  renameAll: RenameAll,
): Promise<void> {
  const decide = async (path: string): Promise<DecidedFile> => ({
    path,
    was: await hashAt(join(folder, path)),
  });
  const commitment: Commitment = {
    removed: await Promise.all(plan.removed.map(decide)),
    written: await Promise.all(plan.written.map(async ({ path }) => await decide(path))),
  };
  const renames = stepsOf({ folder, stage }, commitment).map(({ rename }) => rename);
  for (const { to, kept } of renames) if (kept !== undefined) keep(to, kept);
  const decided = join(stage, staged.decided);
  writeFileSync(`${decided}.new`, JSON.stringify(commitment), { flag: "wx" });
  renameSync(`${decided}.new`, decided);
  await renameAll([{ from: decided, to: join(stage, staged.begun) }, ...renames]);
}

function keep(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch {
    // Not every filesystem knows two names of one file.
    copyFileSync(file, name);
  }
}

/** A file that is decided upon, and the rename that it takes. */
interface Step {
  readonly file: DecidedFile;
  readonly rename: Rename;
}

/** What carries out a commitment, in its order. */
export function stepsOf({ folder, stage }: Staging, { removed, written }: Commitment): readonly Step[] {
  return [
    ...removed.map((file, index) => ({
      file,
      rename: { from: join(folder, file.path), to: join(stage, staged.removed(index)) },
    })),
    ...written.map((file, index) => ({
      file,
      rename: {
        from: join(stage, `${index}`),
        to: join(folder, file.path),
        kept: file.was === null ? undefined : join(stage, staged.kept(index)),
      },
    })),
  ];
}

/** Takes away the stage of a write that is done, and the folders that are empty without what it has removed. */
export function tidyUp({ folder, stage }: Staging, removed: readonly string[]): void {
  rmSync(stage, { recursive: true, force: true });
  for (const path of removed) removeEmptyFolders(folder, path);
}

function removeEmptyFolders(folder: string, path: string): void {
  for (const part of foldersOf(path).toReversed()) {
    try {
      rmdirSync(join(folder, part));
    } catch {
      // Not empty: somebody else's files stand in it.
      return;
    }
  }
}
