/*
 * A write that has been decided upon is a list of renames, which are made in one go by whoever is handed in: a process
 * that a killed run leaves to its work. The list stands on disk before the first of them: where the machine itself
 * fails amid them the next run carries out the rest. So a package is the old or the new one.
 */
import { readdirSync } from "node:fs";
import { copyFile, link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isRecord } from "../config/config-values.js";
import { foldersOf, isBlocked, kindOf, pathFault } from "./package-folder.js";
import { stagePrefix, type WritePlan } from "./plan-write.js";
import type { Rename, RenameAll } from "./rename-all.js";

/** What is to be renamed, in this order: paths of the package by their numbers in the stage. */
interface Commitment {
  /** Moved to `removed-0` and so on. */
  readonly removed: readonly string[];
  /** Moved from `0` and so on. */
  readonly written: readonly string[];
}

/** A package's folder, and the one in which its new files stand by their numbers. */
interface Staging {
  readonly folder: string;
  readonly stage: string;
}

const commitmentName = "commitment.json";

/** Milliseconds after which a stage that no run committed itself to is taken for left behind. */
const forsaken = 600_000;

/** Carries out a plan whose new files stand in `stage`, all of it or nothing. */
export async function commitPlan(
  { folder, stage }: Staging,
  plan: WritePlan,
  renameAll: RenameAll,
): Promise<void> {
  const commitment: Commitment = { removed: plan.removed, written: plan.written.map(({ path }) => path) };
  const existed = await Promise.all(
    commitment.written.map(async (path, index) => await keepOld(join(folder, path), keptName(stage, index))),
  );
  await writeFile(join(stage, `${commitmentName}.new`), JSON.stringify(commitment), { flag: "wx" });
  await rename(join(stage, `${commitmentName}.new`), join(stage, commitmentName));
  await renameAll([
    ...commitment.removed.map((path, index) => ({
      from: join(folder, path),
      to: removedName(stage, index),
    })),
    ...commitment.written.map((path, index) => ({
      from: join(stage, `${index}`),
      to: join(folder, path),
      kept: existed[index] === true ? keptName(stage, index) : undefined,
    })),
  ]);
}

function keptName(stage: string, index: number): string {
  return join(stage, `kept-${index}`);
}

function removedName(stage: string, index: number): string {
  return join(stage, `removed-${index}`);
}

/** Keeps what stands at `target` under a second name, and says whether anything does. */
async function keepOld(target: string, name: string): Promise<boolean> {
  if ((await kindOf(target)) !== "file") return false;
  // Not every filesystem knows two names of one file.
  await link(target, name).catch(async () => await copyFile(target, name));
  return true;
}

/** Ends what a killed run has left in `folder`: what was decided upon is carried out, what was not is tidied away. */
export async function settlePackage(folder: string, renameAll: RenameAll): Promise<void> {
  for (const stage of stagesIn(folder)) {
    const commitment = await readCommitment(join(stage, commitmentName));
    if (commitment === undefined) await tidy(stage);
    else await carryOn({ folder, stage }, commitment, renameAll);
  }
  // New packages are staged beside their places.
  for (const stage of stagesIn(dirname(folder))) await tidy(stage);
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

/** Another run may be at work in it: only one that has long been left alone goes. */
async function tidy(stage: string): Promise<void> {
  const status = await stat(stage).catch(() => undefined);
  if (status !== undefined && status.mtimeMs < Date.now() - forsaken)
    await rm(stage, { recursive: true, force: true });
}

async function readCommitment(file: string): Promise<Commitment | undefined> {
  if ((await kindOf(file)) !== "file") return undefined;
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    const { removed, written } = isRecord(value) ? value : {};
    // It may be forged: what it says must not lead out of the folder.
    return isPaths(removed) && isPaths(written) ? { removed, written } : undefined;
  } catch {
    return undefined;
  }
}

function isPaths(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((path) => typeof path === "string" && pathFault(path) === undefined)
  );
}

async function carryOn(
  { folder, stage }: Staging,
  commitment: Commitment,
  renameAll: RenameAll,
): Promise<void> {
  const { removed, written } = commitment;
  const left: Rename[] = [];
  for (const [index, path] of removed.entries()) {
    const [from, to] = [join(folder, path), removedName(stage, index)];
    if (
      (await kindOf(to)) === "nothing" &&
      (await kindOf(from)) === "file" &&
      !(await isBlocked(folder, path))
    )
      left.push({ from, to });
  }
  for (const [index, path] of written.entries()) {
    const from = join(stage, `${index}`);
    if ((await kindOf(from)) !== "file" || (await isBlocked(folder, path))) continue;
    for (const part of foldersOf(path)) await mkdir(join(folder, part), { recursive: true });
    const kept = keptName(stage, index);
    left.push({ from, to: join(folder, path), kept: (await kindOf(kept)) === "file" ? kept : undefined });
  }
  await renameAll(left);
  await rm(stage, { recursive: true, force: true });
}
