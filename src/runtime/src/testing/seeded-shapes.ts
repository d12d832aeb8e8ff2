/*
 * In: a shape, and what draws. Out: a value of that shape as JSON has it, which strict readers accept, always the same
 * from the same seed. What is endless ends with null, and what has no values gets one that is nearly right.
 */
import { encodeBase64 } from "../files/base64.js";
import { toDataUrl } from "../files/data-url.js";
import { setOwnMember } from "../own-member.js";
import type {
  FileShape,
  JsonShape,
  ListShape,
  ObjectShape,
  RecordShape,
  TupleShape,
} from "../shapes/json-shape.js";
import { deepest } from "../shapes/place.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import type { Shapes, StatedShape } from "../shapes/stated-shapes.js";
import { isOutside } from "../shapes/write-number.js";
import type { Draw } from "./seed.js";
import { seededFile } from "./seeded-shapes-file.js";
import { heightOf, noValues } from "./seeded-shapes-height.js";
import { seededNumber } from "./seeded-shapes-number.js";
import { seededShares } from "./seeded-shapes-shares.js";
import { loremNames, loremText } from "./seeded-shapes-text.js";

/** What a value is drawn by. */
export interface SeededContext {
  readonly shapes: Shapes;
  readonly draw: Draw;
  /** The words for text in a member of that name, or in no member; undefined leaves it to the seed. */
  readonly words?: ((member: string | undefined) => string | undefined) | undefined;
}

/** Where a value stands. */
interface Place extends SeededContext {
  readonly member: string | undefined;
  readonly depth: number;
  /** Values so far, all together. */
  readonly count: { value: number };
}

/** From this depth on, and after so many values, whatever need not be there is left out. */
const frugal = { depth: 5, count: 400 } as const;

/** After so many values even lists that should have more end: a description may ask for more than memory holds. */
const mostValues = 1_000_000;

/** A value of `shape` as it stands in JSON; files that JSON cannot hold are bytes. */
export function seededShape(shape: JsonShape, context: SeededContext): unknown {
  return seeded(shape, { ...context, member: undefined, depth: 0, count: { value: 0 } });
}

function seeded(shape: JsonShape, at: Place): unknown {
  at.count.value += 1;
  const stated = shape.type === "named" || shape.type === "union" ? chosen(shape, at) : shape;
  if (stated === undefined || at.depth > deepest || heightOf(stated, at.shapes) === Infinity) return null;
  switch (stated.type) {
    case "any":
      return seededAny(at);
    case "null":
      return null;
    case "text":
      return at.words?.(at.member) ?? loremText(at.draw, 3);
    case "boolean":
      return at.draw.next() < 0.5;
    case "integer":
    case "number":
      return seededNumber(stated, at.draw) ?? stated.min ?? stated.max ?? 0;
    case "enum":
      return stated.values.length === 0 ? null : at.draw.pick(stated.values);
    case "file":
      return fileValue(stated, at);
    case "list":
      return seededList(stated, at);
    case "tuple":
      return seededTuple(stated, at);
    case "record":
      return seededRecord(stated, at);
    case "object":
      return seededObject(stated, at);
  }
}

/** One of the alternatives; null seldom, and the shallowest where the value is to come to an end. */
function chosen(shape: JsonShape, at: Place): StatedShape | undefined {
  const all = statedShapes(shape, at.shapes);
  const fitting = all.filter((one) => heightOf(one, at.shapes) < noValues);
  const possible = fitting.length > 0 ? fitting : all;
  const [first, ...others] = possible;
  if (first === undefined || others.length === 0) return first;
  if (isFrugal(at)) {
    return others.reduce(
      (low, one) => (heightOf(one, at.shapes) < heightOf(low, at.shapes) ? one : low),
      first,
    );
  }
  const values = possible.filter(({ type }) => type !== "null");
  return at.draw.next() < 0.15 || values.length === 0 ? at.draw.pick(possible) : at.draw.pick(values);
}

function isFrugal({ depth, count }: Place): boolean {
  return depth >= frugal.depth || count.value >= frugal.count;
}

function inside(at: Place, member?: string): Place {
  return { ...at, member, depth: at.depth + 1 };
}

function seededAny(at: Place): unknown {
  const kinds = ["text", "number", "boolean", "object"] as const;
  const kind = at.draw.pick(isFrugal(at) ? (["text"] as const) : kinds);
  if (kind !== "object") return seeded({ type: kind }, at);
  const members = loremNames(at.draw, 2).map((name) => [name, { shape: { type: "number" } }] as const);
  return seeded({ type: "object", members: Object.fromEntries(members) }, at);
}

function fileValue(shape: FileShape, { draw }: Place): string | Uint8Array {
  const { mediaType, bytes } = seededFile(shape, draw);
  if (shape.form === "binary") return bytes;
  return shape.form === "base64" ? encodeBase64(bytes) : toDataUrl(mediaType, bytes);
}

function seededList({ items, min = 0, max = Infinity }: ListShape, at: Place): readonly unknown[] {
  const isPossible = heightOf(items, at.shapes) < noValues;
  const wanted = isFrugal(at) ? 0 : at.draw.integer(1, 3);
  const length = isPossible ? Math.max(min, Math.min(max, wanted)) : 0;
  const within = inside(at);
  const list: unknown[] = [];
  while (list.length < length && at.count.value < mostValues) list.push(seeded(items, within));
  return list;
}

function seededTuple({ items, rest }: TupleShape, at: Place): readonly unknown[] {
  const isLonger = rest !== undefined && !isFrugal(at) && heightOf(rest, at.shapes) < noValues;
  const all = isLonger && at.draw.next() < 0.5 ? [...items, rest] : items;
  return all.map((item) => seeded(item, inside(at)));
}

function seededRecord({ values, keys }: RecordShape, at: Place): Readonly<Record<string, unknown>> {
  const isPossible = heightOf(values, at.shapes) < noValues;
  const names = keys ?? (isFrugal(at) || !isPossible ? [] : loremNames(at.draw, at.draw.integer(1, 3)));
  const shares = keys === undefined ? undefined : sharesOf(values, keys.length, at);
  const record: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    setOwnMember(record, name, shares?.[index] ?? seeded(values, inside(at, name)));
  }
  return record;
}

/** Numbers by label are probabilities, where the bounds have room for them. */
function sharesOf(values: JsonShape, count: number, at: Place): readonly number[] | undefined {
  const [only, ...others] = statedShapes(values, at.shapes);
  if (only?.type !== "number" || others.length > 0) return undefined;
  const shares = seededShares(count, at.draw);
  return shares.some((share) => isOutside(share, only)) ? undefined : shares;
}

function seededObject({ members }: ObjectShape, at: Place): Readonly<Record<string, unknown>> {
  const object: Record<string, unknown> = {};
  for (const [name, { shape, optional }] of Object.entries(members)) {
    const isPossible = heightOf(shape, at.shapes) < noValues;
    if (optional === true && (isFrugal(at) || !isPossible || at.draw.next() < 0.15)) continue;
    setOwnMember(object, name, seeded(shape, inside(at, name)));
  }
  return object;
}
