/*
 * Files come in; a folder that holds them goes out, or the folder as it was and an error. A new package is made beside
 * its place and takes it by one rename. Files of one that stands are staged inside its folder, so that each takes its
 * place by one rename on one filesystem; what they replace is kept until the end.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import { commitPlan, tidyUp } from "./commit-plan.js";
import { foldersOf, kindOf, realFolder } from "./package-folder.js";
import {
  planWrite,
  stagePrefix,
  type PackageFile,
  type WritePermissions,
  type WritePlan,
} from "./plan-write.js";
import { systemCode } from "./read-spec.js";
import { renameAllSync, type RenameAll } from "./rename-all.js";

/** How a package is written. */
export interface WriteOptions extends WritePermissions {
  /** What makes the renames by which a standing package is replaced; default: this process. */
  readonly renameAll?: RenameAll | undefined;
  /** Only reports what would happen. */
  readonly dryRun?: boolean | undefined;
  /** Breaks off, leaving the folder as it was, until the first file is in its place. */
  readonly signal?: AbortSignal | undefined;
}

/** What was done to a folder, by path. */
export interface WriteReport {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Writes a package into `folder`, all of it or nothing: files of an earlier run are replaced or removed, others are
 * left alone, and files that are the same already are not touched. What a killed run has left there is for
 * `settlePackage` to end, before anything is read of the folder.
 *
 * Throws `GenDeployError` with codes `write/…`.
 */
export async function writePackage(
  folder: string,
  files: readonly PackageFile[],
  options: WriteOptions = {},
): Promise<WriteReport> {
  try {
    const real = await realFolder(folder);
    const plan = await planWrite(real, files, options);
    if (options.dryRun !== true && plan.written.length + plan.removed.length > 0)
      await carryOut(real, plan, options);
    return {
      written: plan.written.map(({ path }) => path),
      unchanged: plan.unchanged,
      removed: plan.removed,
    };
  } catch (cause) {
    throw cause instanceof GenDeployError || systemCode(cause) === undefined
      ? cause
      : unwritable(folder, cause);
  }
}

function unwritable(folder: string, cause: unknown): GenDeployError {
  const code = systemCode(cause);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new GenDeployError(
      "write/denied",
      `${folder} may not be written (${code}); nothing was changed.`,
      {
        hint: "Check the folder's permissions, or name another with --out.",
        cause,
      },
    );
  }
  const hint =
    code === "ENOSPC" ? "The disk is full: make room." : "Check the disk, or name another folder with --out.";
  return new GenDeployError("write/failed", `${folder} cannot be written (${code}); nothing was changed.`, {
    hint,
    cause,
  });
}

/** Takes back one step. */
type Undo = () => Promise<void>;

async function carryOut(
  folder: string,
  plan: WritePlan,
  { signal, renameAll = async (renames) => renameAllSync(renames) }: WriteOptions,
): Promise<void> {
  const undo: Undo[] = [];
  const isNew = (await kindOf(folder)) === "nothing";
  const stage = join(isNew ? dirname(folder) : folder, `${stagePrefix}${randomUUID()}`);
  try {
    await makeFolder(dirname(stage), undo);
    mkdirSync(stage);
    undo.push(() => rm(stage, { recursive: true, force: true }));
    const names = plan.written.map(({ path }, index) => (isNew ? path : `${index}`));
    if (isNew) await makeFolders(stage, plan, undo);
    signal?.throwIfAborted();
    stageFiles(stage, plan, names);
    signal?.throwIfAborted();
    if (!isNew) await makeFolders(folder, plan, undo);
    await (isNew ? rename(stage, folder) : commitPlan({ folder, stage }, plan, renameAll));
  } catch (cause) {
    await takeBack(undo);
    throw cause;
  }
  if (isNew) return;
  // From here on the package stands: what is left to do is tidying, and its failure is no failure of the write.
  try {
    tidyUp({ folder, stage }, plan.removed);
  } catch {
    // What is left of it is ended by a later run.
  }
}

function stageFiles(stage: string, { written }: WritePlan, names: readonly string[]): void {
  for (const [index, { text }] of written.entries())
    writeFileSync(join(stage, names[index] ?? ""), text, { flag: "wx" });
}

async function makeFolders(folder: string, { written }: WritePlan, undo: Undo[]): Promise<void> {
  for (const part of new Set(written.flatMap(({ path }) => foldersOf(path))))
    await makeFolder(join(folder, part), undo);
}

async function makeFolder(folder: string, undo: Undo[]): Promise<void> {
  if ((await kindOf(folder)) === "folder") return;
  if (dirname(folder) !== folder && (await kindOf(dirname(folder))) === "nothing")
    await makeFolder(dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => rmdir(folder));
}

/** Takes back every step, the last first; a step that fails does not keep the others from being taken back. */
async function takeBack(undo: readonly Undo[]): Promise<void> {
  for (const step of undo.toReversed()) await step().catch(() => undefined);
}
