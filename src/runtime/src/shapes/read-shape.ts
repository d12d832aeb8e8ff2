/*
 * Values of replies: in goes what JSON held and its shape, out comes the value as its type has it, or `bad-reply` with
 * the place. Real servers are known to lie in small things: labels that the description did not know are delivered,
 * and so are members; bounds and lengths are not held.
 */
import { resolveTransport } from "../http/resolve-transport.js";
import { isDeploymentError, shown } from "../errors.js";
import type { DeploymentError } from "../errors.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type {
  EnumShape,
  JsonShape,
  ListShape,
  NumberShape,
  ObjectShape,
  RecordShape,
  TupleShape,
} from "./json-shape.js";
import { mayBe } from "./may-be.js";
import { deepest, inside, shapeError } from "./place.js";
import type { Place } from "./place.js";
import { readFile } from "./read-file.js";
import { createRemoteFile } from "./remote-file.js";
import { describeShape, describeShapes, factsOf, kindOf, statedShapes } from "./stated-shapes.js";
import type { Shapes, StatedShape } from "./stated-shapes.js";
import type { RemoteFile } from "./value-types.js";
import { isOutside } from "./write-number.js";

/** What reading a value takes to know beside its shape. */
export interface ReadContext {
  readonly shapes: Shapes;
  /** The name of the outermost value, for messages; left out where it has none. */
  readonly feature?: string | undefined;
  /** Makes a handle of a file's address; by default one that fetches it by the platform's own way. */
  readonly openFile?: ((url: string) => RemoteFile) | undefined;
  /** Whether bounds, lengths, labels and names of members are held too. */
  readonly strict?: boolean | undefined;
}

/** Where a value stands, and what is known of values that several shapes may fit. */
export interface ShapeReading {
  readonly shapes: Shapes;
  readonly feature: string;
  readonly openFile: (url: string) => RemoteFile;
  readonly strict: boolean;
  readonly place: Place | undefined;
  /** Why objects and lists did not fit; it keeps the number of attempts from multiplying. */
  readonly refused: Map<unknown, Refusal[]>;
}

interface Refusal {
  readonly shape: JsonShape;
  readonly strict: boolean;
  readonly error: DeploymentError;
}

/** The value that a reply holds, as its type has it; `bad-reply` where it has not the shape. */
export function readShaped(value: unknown, shape: JsonShape, context: ReadContext): unknown {
  const { shapes, feature = "", strict = false } = context;
  const openFile = context.openFile ?? openAnywhere();
  return read(value, shape, { shapes, feature, openFile, strict, place: undefined, refused: new Map() });
}

function openAnywhere(): (url: string) => RemoteFile {
  const transport = resolveTransport({});
  return (url) => createRemoteFile(url, transport);
}

function read(value: unknown, shape: JsonShape, at: ShapeReading): unknown {
  if ((at.place?.depth ?? 0) > deepest) throw shapeError(`is deeper than ${deepest} levels`, at);
  if (shape.type !== "named" && shape.type !== "union") return readStated(value, shape, at);
  const all = statedShapes(shape, at.shapes);
  const fitting = all.length === 1 ? all : all.filter((one) => mayBe(value, one));
  const [only] = fitting;
  if (only === undefined) throw wrong(value, describeShapes(all), at);
  return fitting.length === 1 ? readStated(value, only, at) : readFirst(value, shape, fitting, at);
}

/** By the first that the value fits to the letter, or else by the first that it fits at all. */
function readFirst(
  value: unknown,
  shape: JsonShape,
  fitting: readonly StatedShape[],
  at: ShapeReading,
): unknown {
  const before = at.refused.get(value)?.find((one) => one.shape === shape && one.strict === at.strict);
  if (before !== undefined) throw before.error;
  let first: DeploymentError | undefined;
  for (const strict of at.strict ? [true] : [true, false]) {
    for (const one of fitting) {
      try {
        return readStated(value, one, strict === at.strict ? at : { ...at, strict });
      } catch (error) {
        if (!isDeploymentError(error)) throw error;
        first ??= error;
      }
    }
  }
  const why = first === undefined ? "" : `: ${first.message.replace(/\.$/, "").slice(0, 300)}`;
  const error = shapeError(`is ${shown(value)}, which fits none of ${fitting.length} alternatives${why}`, at);
  if (typeof value === "object") {
    const refusals = at.refused.get(value) ?? [];
    at.refused.set(value, [...refusals, { shape, strict: at.strict, error }]);
  }
  throw error;
}

function readStated(value: unknown, shape: StatedShape, at: ShapeReading): unknown {
  switch (shape.type) {
    case "any":
      return value;
    case "null":
    case "text":
    case "boolean":
      if (mayBe(value, shape)) return value;
      throw wrong(value, describeShape(shape), at);
    case "integer":
    case "number":
      return readNumber(value, shape, at);
    case "enum":
      return readLabel(value, shape, at);
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

function readNumber(value: unknown, shape: NumberShape, at: ShapeReading): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(value, "a number", at);
  if (at.strict && shape.type === "integer" && !Number.isInteger(value))
    throw wrong(value, "a whole number", at);
  if (at.strict && isOutside(value, shape)) throw shapeError(`is ${value}, which is out of its bounds`, at);
  return value;
}

function readLabel(value: unknown, shape: EnumShape, at: ShapeReading): unknown {
  const { values, kinds } = factsOf(shape);
  if (!kinds.has(kindOf(value)) || (at.strict && !values.has(value)))
    throw wrong(value, describeShape(shape), at);
  return value;
}

function readList(value: unknown, { items, min, max }: ListShape, at: ShapeReading): unknown {
  if (!isList(value)) throw wrong(value, "a list", at);
  const { length } = value;
  const least = at.strict || min === max ? min : undefined;
  if ((least !== undefined && length < least) || (at.strict && max !== undefined && length > max))
    throw shapeError(`has ${length} items, expected ${countText({ min, max })}`, at);
  const plain = !at.strict && (items.type === "number" || items.type === "integer");
  if (plain && value.every((item) => typeof item === "number")) return value;
  return value.map((item, index) => read(item, items, within(at, index)));
}

function countText({
  min,
  max,
}: {
  readonly min: number | undefined;
  readonly max: number | undefined;
}): string {
  return min === max ? `${min}` : `${min ?? 0} to ${max ?? "any number"}`;
}

function readTuple(value: unknown, { items, rest }: TupleShape, at: ShapeReading): unknown {
  if (!isList(value)) throw wrong(value, "a list", at);
  const { length } = value;
  if (length < items.length || (at.strict && rest === undefined && length > items.length))
    throw shapeError(`has ${length} items, expected ${items.length}`, at);
  return value.map((item, index) => {
    const shape = items[index] ?? rest;
    return shape === undefined ? item : read(item, shape, within(at, index));
  });
}

function readRecord(value: unknown, { values, keys }: RecordShape, at: ShapeReading): unknown {
  if (!isRecord(value)) throw wrong(value, "an object", at);
  const missing = keys?.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw shapeError(`lacks the member ${shown(missing)}`, at);
  const known = at.strict && keys !== undefined ? new Set(keys) : undefined;
  const record: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (known?.has(name) === false) throw shapeError(`has the unknown member ${shown(name)}`, at);
    setOwnMember(record, name, read(inner, values, within(at, name)));
  }
  return record;
}

function readObject(value: unknown, { members, rest }: ObjectShape, at: ShapeReading): unknown {
  if (!isRecord(value)) throw wrong(value, "an object", at);
  const object: Record<string, unknown> = {};
  for (const [name, { shape, optional = false }] of Object.entries(members)) {
    const inner = ownMember(value, name);
    if (inner === undefined && !optional) throw shapeError(`lacks the member ${shown(name)}`, at);
    // Servers in Python write None for what is not there.
    if (inner === undefined || (inner === null && optional && !takesNull(shape, at))) continue;
    setOwnMember(object, name, read(inner, shape, within(at, name)));
  }
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(members, name)) continue;
    if (rest === false && at.strict) throw shapeError(`has the unknown member ${shown(name)}`, at);
    const inner = value[name];
    const known = rest !== undefined && rest !== false;
    setOwnMember(object, name, known ? read(inner, rest, within(at, name)) : inner);
  }
  return object;
}

function takesNull(shape: JsonShape, { shapes, strict }: ShapeReading): boolean {
  return strict || statedShapes(shape, shapes).some((one) => mayBe(null, one));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function within(at: ShapeReading, step: string | number): ShapeReading {
  const { shapes, feature, openFile, strict, refused, place } = at;
  return { shapes, feature, openFile, strict, refused, place: inside(place, step) };
}

function wrong(value: unknown, due: string, at: ShapeReading): DeploymentError {
  return shapeError(`is ${shown(value)}, expected ${due}`, at);
}
