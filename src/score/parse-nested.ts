/*
 * Lists and objects of rows: in goes what JSON or Parquet has, out comes the same as the client takes it. Paths become
 * files, Parquet's bigints, dates and bytes what JSON has for them. Whether all of it fits is for the client to say.
 */
import type { JsonShape } from "@gen-deploy/runtime";
import { setMember } from "./own-members.js";
import { toText } from "./parse-elements.js";
import { isAddress, isDataUrl } from "./parse-files.js";
import { alternativesOf, type ShapesByName, type StatedShape } from "./input-shapes.js";
import type { RowFiles } from "./value-reader.js";

/** What reading takes to know beside the value. */
export interface NestedContext {
  readonly shapes: ShapesByName;
  readonly files: RowFiles;
}

/** Lists in lists beyond this are left as they are, and refused by the client. */
const deepest = 500;

/** The value as the client takes it; a promise of it where files are to be found. */
export function readNested(value: unknown, shape: JsonShape, { shapes, files }: NestedContext): unknown {
  const waiting: Promise<void>[] = [];

  function read(
    given: unknown,
    of: readonly JsonShape[],
    depth: number,
    put: (value: unknown) => void,
  ): unknown {
    if (depth > deepest) return given;
    const alternatives = alternativesOf(of, shapes);
    if (Array.isArray(given) || isNumbers(given)) return readItems(given, alternatives, depth);
    if (typeof given === "bigint") return readBigint(given, alternatives);
    if (typeof given === "string") {
      if (!isPath(given, alternatives)) return given;
      waiting.push(files.open(given).then(put));
      return given;
    }
    if (given instanceof Uint8Array)
      return alternatives.some(({ type }) => type === "file") ? given : toText(given);
    if (given instanceof Date) return toText(given);
    return typeof given === "object" && given !== null ? readMembers(given, alternatives, depth) : given;
  }

  function readItems(
    given: ArrayLike<unknown>,
    alternatives: readonly StatedShape[],
    depth: number,
  ): unknown {
    const items: unknown[] = [];
    for (let index = 0; index < given.length; index += 1) {
      const of = alternatives.flatMap((one) => itemShape(one, index));
      items.push(read(given[index], of, depth + 1, (value) => (items[index] = value)));
    }
    return items;
  }

  function readMembers(given: object, alternatives: readonly StatedShape[], depth: number): unknown {
    const members: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(given)) {
      const of = alternatives.flatMap((one) => memberShape(one, name));
      const put = (ready: unknown): void => setMember(members, name, ready);
      setMember(members, name, read(value, of, depth + 1, put));
    }
    return members;
  }

  let whole: unknown;
  whole = read(value, [shape], 0, (ready) => (whole = ready));
  return waiting.length === 0 ? whole : Promise.all(waiting).then(() => whole);
}

function itemShape(shape: StatedShape, index: number): readonly JsonShape[] {
  if (shape.type === "any") return [shape];
  if (shape.type === "list") return [shape.items];
  if (shape.type !== "tuple") return [];
  const item = shape.items[index] ?? shape.rest;
  return item === undefined ? [] : [item];
}

function memberShape(shape: StatedShape, name: string): readonly JsonShape[] {
  if (shape.type === "any") return [shape];
  if (shape.type === "record") return [shape.values];
  if (shape.type !== "object") return [];
  const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
  if (member !== undefined) return [member.shape];
  return shape.rest === false ? [] : [shape.rest ?? { type: "any" }];
}

function readBigint(value: bigint, alternatives: readonly StatedShape[]): number | bigint {
  const isExact = alternatives.some(({ type }) => type === "integer" || type === "any");
  const number = Number(value);
  return isExact && !Number.isSafeInteger(number) ? value : number;
}

/** Whether a text is a path: it stands for a file and cannot be anything else. */
function isPath(text: string, alternatives: readonly StatedShape[]): boolean {
  return (
    !isDataUrl(text) &&
    !isAddress(text) &&
    alternatives.some(({ type }) => type === "file") &&
    !alternatives.some(({ type }) => type === "text" || type === "any" || type === "enum")
  );
}

/** The typed arrays of Parquet's lists; bytes by themselves are none. */
function isNumbers(value: unknown): value is ArrayLike<unknown> {
  return ArrayBuffer.isView(value) && "length" in value && !(value instanceof Uint8Array);
}
