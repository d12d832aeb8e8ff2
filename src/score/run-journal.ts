/*
 * What stands beside an output that is not whole: how much of it is right, and what it is the output of. It tells of
 * rows only once their lines are in the files, so that whatever else stands there can be cut off.
 */
import { createHash } from "node:crypto";

/** What an output is the output of, by fingerprints: a run goes on only with the same. */
export interface RunKey {
  readonly input: string;
  readonly model: string;
  readonly options: string;
}

/** How far a run is. */
export interface RunState {
  /** Rows of the input that are dealt with. */
  readonly rows: number;
  readonly answered: number;
  readonly rejected: number;
  /** Bytes of the output that are right. */
  readonly bytes: number;
  /** The same of the file of rejected rows, or null where there is none. */
  readonly rejects: { readonly path: string; readonly bytes: number } | null;
}

/** A run that was begun and has not ended. */
export interface RunJournal {
  readonly key: RunKey;
  readonly state: RunState;
}

/** The version of what a journal holds. */
const version = 1;

/** The text of a journal. */
export function printJournal({ key, state }: RunJournal): string {
  return `${JSON.stringify({ "gen-deploy-run": version, key, state })}\n`;
}

/** The journal of a text, or undefined where it is none that this version understands. */
export function parseJournal(text: string): RunJournal | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isJournal(value) ? { key: value.key, state: value.state } : undefined;
}

/** A fingerprint of a value that JSON can say. */
export function runFingerprint(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}

/** What differs between two keys, in words; undefined where nothing does. */
export function keyDifference(before: RunKey, now: RunKey): string | undefined {
  if (before.input !== now.input) return "another input, or the input has changed since";
  if (before.model !== now.model) return "another description, or the description has changed since";
  return before.options === now.options ? undefined : "other options";
}

function isJournal(value: unknown): value is RunJournal & { readonly "gen-deploy-run": 1 } {
  if (!isObject(value) || value["gen-deploy-run"] !== version) return false;
  const { key, state } = value;
  if (!isObject(key) || !isObject(state)) return false;
  const isText = [key["input"], key["model"], key["options"]].every((part) => typeof part === "string");
  const { rejects } = state;
  const counts = [state["rows"], state["answered"], state["rejected"], state["bytes"]];
  return isText && counts.every(isCount) && (rejects === null || isRejects(rejects));
}

function isRejects(value: unknown): boolean {
  return isObject(value) && typeof value["path"] === "string" && isCount(value["bytes"]);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
