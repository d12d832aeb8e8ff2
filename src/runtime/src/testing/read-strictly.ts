/*
 * Values of requests: in goes what JSON held, or what was made of text, and its shape; out comes the value as callers
 * give it, or everything that is wrong with it in the words of Pydantic. All that the shape says is held: bounds,
 * labels, lengths and names. What passes is what strict readers of replies let through too.
 */
import { decodeBase64 } from "../files/base64.js";
import { parseDataUrl } from "../files/data-url.js";
import { createImage } from "../files/image.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type {
  FileShape,
  JsonShape,
  ListShape,
  NumberShape,
  ObjectShape,
  RecordShape,
  TupleShape,
} from "../shapes/json-shape.js";
import { mayBe } from "../shapes/may-be.js";
import { deepest, inside } from "../shapes/place.js";
import type { Place } from "../shapes/place.js";
import { isFile } from "../shapes/resolved-file.js";
import { factsOf, statedShapes } from "../shapes/stated-shapes.js";
import type { Shapes, StatedShape } from "../shapes/stated-shapes.js";
import { isAddress } from "../shapes/write-file.js";
import { beyond, faultWords, inputOf, notAmong, notBase64, valueError, wrongLength } from "./fault.js";
import { nameOf, pythonName } from "./python-name.js";
import type { Fault, FaultWords } from "./fault.js";

/** Where values come from, and how they are told of. */
export interface StrictContext {
  readonly shapes: Shapes;
  /** Where the outermost value was looked for. */
  readonly loc: readonly (string | number)[];
  /** Whether no value may be shown: it came where credentials come. */
  readonly secret?: boolean;
}

/** A value that has its shape, or what is wrong with it; `faults` is never empty. */
export type StrictReading =
  { readonly value: unknown; readonly faults?: undefined } | { readonly faults: readonly Fault[] };

interface Reading extends StrictContext {
  readonly place: Place | undefined;
  readonly faults: Fault[];
  /** Whether it is asked only if the value fits, and not for all that is wrong. */
  readonly isTrial: boolean;
  /** What became of objects and lists that several shapes may fit; it keeps the number of attempts from multiplying. */
  readonly tried: Map<unknown, Map<JsonShape, Trial>>;
}

type Trial = { readonly value: unknown } | "refused";

/** Nobody reads more of them. */
const mostFaults = 100;

/**
 * `value` where it has the shape to the letter: base64 as bytes, data URLs as images, and other addresses as text.
 * Files of a form, which JSON cannot hold, are let through where the shape has them.
 */
export function readStrictly(value: unknown, shape: JsonShape, context: StrictContext): StrictReading {
  const faults: Fault[] = [];
  const read = readValue(value, shape, {
    ...context,
    place: undefined,
    faults,
    isTrial: false,
    tried: new Map(),
  });
  return faults.length > 0 ? { faults } : { value: read };
}

/** What is wrong with a value at `loc`. */
export function faultAt(
  loc: readonly (string | number)[],
  words: FaultWords,
  input: { readonly input?: unknown } = {},
): Fault {
  const { type, msg, ctx } = words;
  return { type, loc, msg, ...input, ...(ctx === undefined ? {} : { ctx }) };
}

function readValue(value: unknown, shape: JsonShape, at: Reading): unknown {
  if ((at.place?.depth ?? 0) > deepest) return wrong(at, valueError(`deeper than ${deepest} levels`), value);
  if (at.faults.length >= (at.isTrial ? 1 : mostFaults)) return undefined;
  if (shape.type !== "named" && shape.type !== "union") return readStated(value, shape, at);
  const all = statedShapes(shape, at.shapes);
  const [only] = all;
  if (only === undefined) return wrong(at, valueError("nothing at all is right here"), value);
  if (all.length === 1) return readStated(value, only, at);
  const trial = triedBefore(value, shape, { all, at });
  if (trial !== "refused") return trial.value;
  if (at.isTrial) return wrong(at, faultWords.missing, undefined);
  // As Pydantic tells it: what may be null is not said to be none, and of several alternatives each says its own.
  const others = all.filter(({ type }) => type !== "null");
  for (const one of others)
    readStated(value, one, others.length === 1 ? at : within(at, pythonName(one, at.shapes)));
  return undefined;
}

/** By the first of all that fits. */
function triedBefore(
  value: unknown,
  shape: JsonShape,
  { all, at }: { readonly all: readonly StatedShape[]; readonly at: Reading },
): Trial {
  const before = at.tried.get(value) ?? new Map<JsonShape, Trial>();
  let trial = before.get(shape);
  if (trial === undefined) {
    trial = tryAll(value, all, at);
    if (typeof value === "object") at.tried.set(value, before.set(shape, trial));
  }
  return trial;
}

function tryAll(value: unknown, all: readonly StatedShape[], at: Reading): Trial {
  for (const one of all) {
    if (!isOfKind(value, one)) continue;
    const faults: Fault[] = [];
    const read = readStated(value, one, { ...at, faults, isTrial: true });
    if (faults.length === 0) return { value: read };
  }
  return "refused";
}

/** Readers of replies ask no more of the kind. */
function isOfKind(value: unknown, shape: StatedShape): boolean {
  if (shape.type === "file") return shape.form === "binary" ? isFile(value) : isAddress(value);
  return mayBe(value, shape) && !(shape.type === "integer" && !Number.isInteger(value));
}

function readStated(value: unknown, shape: StatedShape, at: Reading): unknown {
  switch (shape.type) {
    case "any":
      return value;
    case "null":
      return value === null ? null : wrong(at, faultWords.notNull, value);
    case "text":
      return typeof value === "string" ? value : wrong(at, faultWords.notText, value);
    case "boolean":
      if (typeof value === "boolean") return value;
      return wrong(at, isScalar(value) ? faultWords.noBoolean : faultWords.notBoolean, value);
    case "integer":
    case "number":
      return readNumber(value, shape, at);
    case "enum":
      if (factsOf(shape).values.has(value)) return value;
      return wrong(at, notAmong(shape.values, nameOf(shape, at.shapes) !== undefined), value);
    case "file":
      return readFile(value, shape, at);
    case "list":
      return readList(value, shape, at);
    case "tuple":
      return readTuple(value, shape, at);
    case "record":
      return readRecord(value, shape, at);
    case "object":
      return readObject(value, shape, at);
  }
}

function readNumber(value: unknown, shape: NumberShape, at: Reading): unknown {
  const whole = shape.type === "integer";
  if (typeof value === "string") return wrong(at, whole ? faultWords.noWhole : faultWords.noNumber, value);
  if (typeof value !== "number") return wrong(at, whole ? faultWords.notWhole : faultWords.notNumber, value);
  if (!Number.isFinite(value)) return wrong(at, faultWords.notFinite, String(value));
  if (whole && !Number.isInteger(value)) return wrong(at, faultWords.fraction, value);
  const { min, max, above, below } = shape;
  if (min !== undefined && value < min) return wrong(at, beyond("ge", min), value);
  if (above !== undefined && value <= above) return wrong(at, beyond("gt", above), value);
  if (max !== undefined && value > max) return wrong(at, beyond("le", max), value);
  if (below !== undefined && value >= below) return wrong(at, beyond("lt", below), value);
  return value;
}

function readFile(value: unknown, { form }: FileShape, at: Reading): unknown {
  if (form === "binary")
    return isFile(value)
      ? value
      : wrong(at, valueError("Expected UploadFile, received: <class 'str'>"), value);
  if (typeof value !== "string") return wrong(at, faultWords.notText, value);
  if (form === "uri" && !/^data:/i.test(value))
    return /^[a-z][a-z\d+.-]*:/i.test(value) ? value : wrong(at, faultWords.notUrl, value);
  try {
    if (form === "base64") return decodeBase64(value);
    const { mediaType, bytes } = parseDataUrl(value);
    return createImage(mediaType, bytes);
  } catch {
    return wrong(at, form === "base64" ? notBase64(value) : valueError("not a data URL"), value);
  }
}

function readList(value: unknown, { items, min, max }: ListShape, at: Reading): unknown {
  if (!isList(value)) return wrong(at, faultWords.notList, value);
  const { length } = value;
  if ((min !== undefined && length < min) || (max !== undefined && length > max))
    return wrong(at, wrongLength("List", length, { min, max }), value);
  return value.map((item, index) => readValue(item, items, within(at, index)));
}

function readTuple(value: unknown, { items, rest }: TupleShape, at: Reading): unknown {
  if (!isList(value)) return wrong(at, faultWords.notTuple, value);
  const { length } = value;
  if (rest === undefined && length > items.length)
    return wrong(at, wrongLength("Tuple", length, { max: items.length }), value);
  for (let index = length; index < items.length; index += 1)
    wrong(within(at, index), faultWords.missing, value);
  return value.map((item, index) =>
    readValue(item, items[index] ?? rest ?? { type: "any" }, within(at, index)),
  );
}

function readRecord(value: unknown, { values, keys }: RecordShape, at: Reading): unknown {
  if (!isRecord(value) || isFile(value)) return wrong(at, faultWords.notRecord, value);
  const known = keys === undefined ? undefined : new Set(keys);
  for (const name of keys ?? [])
    if (!Object.hasOwn(value, name)) wrong(within(at, name), faultWords.missing, value);
  const record: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (known?.has(name) === false) wrong(within(at, name), faultWords.extra, inner);
    else setOwnMember(record, name, readValue(inner, values, within(at, name)));
  }
  return record;
}

function readObject(value: unknown, { members, rest }: ObjectShape, at: Reading): unknown {
  if (!isRecord(value) || isFile(value)) return wrong(at, faultWords.notObject, value);
  const object: Record<string, unknown> = {};
  for (const [name, { shape, optional }] of Object.entries(members)) {
    const inner = ownMember(value, name);
    if (inner !== undefined) setOwnMember(object, name, readValue(inner, shape, within(at, name)));
    else if (optional !== true) wrong(within(at, name), faultWords.missing, value);
  }
  for (const [name, inner] of Object.entries(value)) {
    if (Object.hasOwn(members, name) || inner === undefined) continue;
    if (rest === false) wrong(within(at, name), faultWords.extra, inner);
    else setOwnMember(object, name, rest === undefined ? inner : readValue(inner, rest, within(at, name)));
  }
  return object;
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function within(at: Reading, step: string | number): Reading {
  return { ...at, place: inside(at.place, step) };
}

function wrong(at: Reading, words: FaultWords, value: unknown): undefined {
  const steps: (string | number)[] = [];
  for (let place = at.place; place !== undefined; place = place.within) steps.push(place.step);
  addFault(at, faultAt([...at.loc, ...steps.reverse()], words, at.secret === true ? {} : inputOf(value)));
  return undefined;
}

function addFault({ faults }: Reading, fault: Fault): void {
  if (faults.length < mostFaults) faults.push(fault);
}
