/*
 * Ends what killed runs have left. What a run had decided upon, and begun to put into place when it and its helper were
 * ended, is carried out; all else is as if it had never been.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stepsOf, tidyUp } from "./commit-plan.js";
import { hashAt, readCommitment, staged, type Commitment, type Staging } from "./commitment.js";
import { foldersOf, isBlocked, kindOf } from "./package-folder.js";
import { stagePrefix } from "./plan-write.js";
import type { Rename, RenameAll } from "./rename-all.js";

/** Milliseconds after which a stage that no run committed itself to is taken for left behind. */
const forsaken = 600_000;

/** Milliseconds after which whoever has decided is taken for gone: what is left to do takes a fraction of them. */
const patience = 2000;

/** Ends what killed runs have left in `folder`; what other runs are at is waited for. */
export async function settlePackage(folder: string, renameAll: RenameAll): Promise<void> {
  for (const stage of stagesIn(folder)) {
    await waitForOthers(stage);
    const begun = await readCommitment(stage, staged.begun);
    if (begun !== undefined) await carryOn({ folder, stage }, begun, renameAll);
    else if (isVoided(stage)) rmSync(stage, { recursive: true, force: true });
    else tidy(stage);
  }
  // New packages are staged beside their places.
  for (const stage of stagesIn(dirname(folder))) tidy(stage);
}

function stagesIn(folder: string): readonly string[] {
  try {
    const stages = readdirSync(folder).filter((name) => name.startsWith(stagePrefix));
    return stages.map((name) => join(folder, name));
  } catch {
    // Where there is nothing to look at there is nothing to end, and what may not be looked at is for the write to tell.
    return [];
  }
}

async function waitForOthers(stage: string): Promise<void> {
  const step = 20;
  for (let waited = 0; waited < patience && isFresh(stage); waited += step) await delay(step);
}

function isFresh(stage: string): boolean {
  return [staged.decided, staged.begun].some((name) => ageOf(join(stage, name)) < patience);
}

/** Milliseconds since a file was written; infinitely many where there is none. */
function ageOf(place: string): number {
  const status = statSync(place, { throwIfNoEntry: false });
  return status === undefined ? Infinity : Date.now() - status.mtimeMs;
}

/** Makes sure that nobody begins any more what was only decided: the standing package is whole. */
function isVoided(stage: string): boolean {
  try {
    renameSync(join(stage, staged.decided), join(stage, staged.void));
    return true;
  } catch {
    return existsSync(join(stage, staged.void));
  }
}

/** Another run may be at work in it: only one that has long been left alone goes. */
function tidy(stage: string): void {
  if (existsSync(stage) && ageOf(stage) > forsaken) rmSync(stage, { recursive: true, force: true });
}

async function carryOn(staging: Staging, commitment: Commitment, renameAll: RenameAll): Promise<void> {
  const { folder, stage } = staging;
  const left: Rename[] = [];
  for (const { file, rename } of stepsOf(staging, commitment)) {
    const { path, was } = file;
    if ((await kindOf(rename.from)) !== "file" || (await isBlocked(folder, path))) continue;
    // Whoever has changed it since is told by the write that they have.
    if ((await hashAt(join(folder, path))) !== was) return rmSync(stage, { recursive: true, force: true });
    for (const part of foldersOf(path)) mkdirSync(join(folder, part), { recursive: true });
    left.push(rename);
  }
  await renameAll(left);
  tidyUp(
    staging,
    commitment.removed.map(({ path }) => path),
  );
}
