/*
 * What a run has decided to do to a standing package, as it stands on disk in the stage of its new files: so that it can
 * be ended by another where the run and its helper are gone.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../config/config-values.js";
import { kindOf, pathFault } from "./package-folder.js";

/** A package's folder, and the one in which its new files stand by their numbers. */
export interface Staging {
  readonly folder: string;
  readonly stage: string;
}

/** A file that is to be replaced or removed. */
export interface DecidedFile {
  /** Relative to the package. */
  readonly path: string;
  /** Hash of what stood there when it was decided; null for nothing. */
  readonly was: string | null;
}

/** The files by their numbers: `0` and so on are the new ones. */
export interface Commitment {
  readonly removed: readonly DecidedFile[];
  readonly written: readonly DecidedFile[];
}

/** The names of what stands in a stage. */
export const staged = {
  /** The commitment, until somebody begins to carry it out. */
  decided: "commitment.json",
  /** The same from then on: by this one rename whoever does it is the only one to begin. */
  begun: "begun.json",
  /** The same once nobody may begin any more. */
  void: "void.json",
  /** A second name of a file that is to be replaced. */
  kept: (index: number): string => `kept-${index}`,
  /** A file that was removed. */
  removed: (index: number): string => `removed-${index}`,
} as const;

/** Hash of the file at `place`; null where none stands. */
export async function hashAt(place: string): Promise<string | null> {
  if ((await kindOf(place)) !== "file") return null;
  return createHash("sha256").update(readFileSync(place)).digest("hex");
}

/** The commitment of that name in a stage; undefined where there is none that could be trusted. */
export async function readCommitment(stage: string, name: string): Promise<Commitment | undefined> {
  const file = join(stage, name);
  if ((await kindOf(file)) !== "file") return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    const { removed, written } = isRecord(value) ? value : {};
    return areFiles(removed) && areFiles(written) ? { removed, written } : undefined;
  } catch {
    return undefined;
  }
}

/** It may be forged: what it says must not lead out of the folder. */
function areFiles(value: unknown): value is readonly DecidedFile[] {
  return Array.isArray(value) && value.every(isFile);
}

function isFile(value: unknown): value is DecidedFile {
  const { path, was } = isRecord(value) ? value : {};
  return (
    typeof path === "string" && pathFault(path) === undefined && (was === null || typeof was === "string")
  );
}
