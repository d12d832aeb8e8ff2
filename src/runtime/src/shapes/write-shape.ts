/*
 * Values on their way out: in goes a value and its shape, out comes JSON text, or a DeploymentError that names the
 * place. Nothing here waits; what must be awaited is read by `readFiles` before.
 */
import { nearestNames } from "../coders/nearest-names.js";
import { isDeploymentError, shown } from "../errors.js";
import type { DeploymentError } from "../errors.js";
import { ownMember } from "../own-member.js";
import type { EnumShape, JsonShape, ListShape, ObjectShape, RecordShape, TupleShape } from "./json-shape.js";
import { deepest, inside, writeError } from "./place.js";
import type { Place } from "./place.js";
import { describeShapes, factsOf, kindOf, statedShapes } from "./stated-shapes.js";
import type { Shapes, StatedShape } from "./stated-shapes.js";
import { isMap, toItems, whyNoJson } from "./value-kinds.js";
import { writeFile } from "./write-file.js";
import { mayBe } from "./may-be.js";
import { writeNumber, writeNumbers } from "./write-number.js";

/** What writing a value takes to know beside its shape. */
export interface WriteContext {
  readonly shapes: Shapes;
  /** The name of the outermost value, for messages; empty where it has none. */
  readonly feature: string;
  /** False leaves bounds, labels and names of members to whoever gets the value. */
  readonly validate: boolean;
}

/** Where a value stands, and what is known of values in several places. */
export interface Writing extends WriteContext {
  readonly place: Place | undefined;
  /** What became of values that several shapes may fit; it keeps their number from multiplying. */
  readonly tried: Map<unknown, Map<JsonShape, string | DeploymentError>>;
}

const any: JsonShape = { type: "any" };

/** `value` as JSON text, if it has the shape; a `DeploymentError` that names the feature and the place otherwise. */
export function writeShaped(value: unknown, shape: JsonShape, context: WriteContext): string {
  const { shapes, feature, validate } = context;
  return write(value, shape, { shapes, feature, validate, place: undefined, tried: new Map() });
}

function write(value: unknown, shape: JsonShape, at: Writing): string {
  if ((at.place?.depth ?? 0) > deepest)
    throw writeError("wrong-type", at, `is deeper than ${deepest} levels`);
  if (shape.type !== "named" && shape.type !== "union") return writeStated(value, shape, at);
  const all = statedShapes(shape, at.shapes);
  const fitting = all.length === 1 ? all : all.filter((one) => mayBe(value, one));
  const [only] = fitting;
  if (only === undefined) throw wrong(value, describeShapes(all), at);
  return fitting.length === 1 ? writeStated(value, only, at) : writeFirst(value, shape, fitting, at);
}

/** By the first of `fitting` that fits indeed. */
function writeFirst(value: unknown, shape: JsonShape, fitting: readonly StatedShape[], at: Writing): string {
  const ofValue =
    typeof value === "object" ? triedOf(value, at) : new Map<JsonShape, string | DeploymentError>();
  const before = ofValue.get(shape);
  if (typeof before === "string") return before;
  if (before !== undefined) throw before;
  ofValue.set(shape, writeError("wrong-type", at, "holds itself, which JSON cannot say"));
  const faults: DeploymentError[] = [];
  for (const one of fitting) {
    try {
      const text = writeStated(value, one, at);
      ofValue.set(shape, text);
      return text;
    } catch (error) {
      if (!isDeploymentError(error)) throw error;
      faults.push(error);
    }
  }
  const fault = fitsNone(value, faults, at);
  ofValue.set(shape, fault);
  throw fault;
}

function triedOf(value: unknown, { tried }: Writing): Map<JsonShape, string | DeploymentError> {
  const before = tried.get(value);
  if (before !== undefined) return before;
  const ofValue = new Map<JsonShape, string | DeploymentError>();
  tried.set(value, ofValue);
  return ofValue;
}

function fitsNone(value: unknown, faults: readonly DeploymentError[], at: Writing): DeploymentError {
  const reasons = [...new Set(faults.map(({ message }) => message))].slice(0, 4);
  const [first = ""] = reasons;
  const [code = "wrong-type", ...codes] = new Set(faults.map((fault) => fault.code));
  if (reasons.length === 1 && codes.length === 0) return faults[0] ?? writeError(code, at, first);
  const why = reasons.map((reason) => (reason.length > 200 ? `${reason.slice(0, 200)}…` : reason)).join(" ");
  const what = `is ${shown(value)}, which fits none of ${faults.length} alternatives: ${why.replace(/\.$/, "")}`;
  return writeError(codes.length === 0 ? code : "wrong-type", at, what);
}

function writeStated(value: unknown, shape: StatedShape, at: Writing): string {
  switch (shape.type) {
    case "any":
      return writeAny(value, at);
    case "null":
      if (value === null) return "null";
      throw wrong(value, "null", at);
    case "text":
      return writeText(value, at);
    case "boolean":
      if (typeof value === "boolean") return String(value);
      throw wrong(value, "true or false", at);
    case "integer":
    case "number":
      return writeNumber(value, shape, at);
    case "enum":
      return writeLabel(value, shape, at);
    case "file":
      return writeFile(value, shape, at);
    case "list":
      return writeList(value, shape, at);
    case "tuple":
      return writeTuple(value, shape, at);
    case "record":
      return writeRecord(value, shape, at);
    case "object":
      return writeObject(value, shape, at);
  }
}

function wrong(value: unknown, due: string, at: Writing): DeploymentError {
  const hint = whyNoJson(value);
  return writeError("wrong-type", at, `is ${shown(value)}, expected ${due}${hint === "" ? "" : `; ${hint}`}`);
}

function writeAny(value: unknown, at: Writing): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return writeText(value, at);
  if (typeof value === "number") return writeNumber(value, { type: "number" }, at);
  if (typeof value === "bigint") return writeNumber(value, { type: "integer" }, at);
  if (toItems(value) !== undefined) return writeList(value, { type: "list", items: any }, at);
  if (isMap(value)) return writeRecord(value, { type: "record", values: any }, at);
  throw wrong(value, "a JSON value", at);
}

function writeText(value: unknown, at: Writing): string {
  if (typeof value !== "string") throw wrong(value, "text", at);
  if (at.validate && /\p{Surrogate}/u.test(value))
    throw writeError("wrong-type", at, `is ${shown(value)}, which has half of a surrogate pair`);
  return JSON.stringify(value);
}

function writeLabel(value: unknown, shape: EnumShape, at: Writing): string {
  const { values, kinds } = factsOf(shape);
  const kind = kindOf(value);
  if (!kinds.has(kind)) throw wrong(value, `one of ${values.size} values`, at);
  if (at.validate && !values.has(value)) {
    const near = nearestNames(
      String(value),
      shape.values.map((one) => String(one)),
    );
    const what = `is ${shown(value)}, not one of its ${values.size} labels: ${near}`;
    throw writeError("unknown-label", at, what);
  }
  if (typeof value === "number") return writeNumber(value, { type: "number" }, at);
  return typeof value === "string" ? writeText(value, at) : String(value);
}

function writeList(value: unknown, { items, min, max }: ListShape, at: Writing): string {
  const list = toItems(value);
  if (list === undefined) throw wrong(value, "a list", at);
  const { length } = list;
  if (at.validate && ((min !== undefined && length < min) || (max !== undefined && length > max))) {
    const due = min === max ? `${min}` : `${min ?? 0} to ${max ?? "any number"}`;
    throw writeError("wrong-shape", at, `has ${length} items, expected ${due}`);
  }
  const numbers = items.type === "number" || items.type === "integer";
  const text = numbers ? writeNumbers(list, items, at.validate) : undefined;
  if (text !== undefined) return text;
  return `[${Array.from(list, (item, index) => write(item, items, within(at, index))).join(",")}]`;
}

function writeTuple(value: unknown, { items, rest }: TupleShape, at: Writing): string {
  const list = toItems(value);
  if (list === undefined) throw wrong(value, "a list", at);
  const { length } = list;
  if (at.validate && (length < items.length || (length > items.length && rest === undefined))) {
    const due = `${items.length}${rest === undefined ? "" : " or more"}`;
    throw writeError("wrong-shape", at, `has ${length} items, expected ${due}`);
  }
  const texts = Array.from(list, (item, index) =>
    write(item, items[index] ?? rest ?? any, within(at, index)),
  );
  return `[${texts.join(",")}]`;
}

function writeRecord(value: unknown, { values, keys }: RecordShape, at: Writing): string {
  if (!isMap(value)) throw wrong(value, "an object", at);
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  if (at.validate && keys !== undefined) {
    const known = new Set(keys);
    const strange = names.find((name) => !known.has(name));
    if (strange !== undefined) throw unknownMember(strange, keys, at);
    const missing = keys.find((name) => ownMember(value, name) === undefined);
    if (missing !== undefined) throw missingMember(missing, at);
  }
  return `{${names.map((name) => member(name, write(value[name], values, within(at, name)))).join(",")}}`;
}

function writeObject(value: unknown, { members, rest }: ObjectShape, at: Writing): string {
  if (!isMap(value)) throw wrong(value, "an object", at);
  const texts: string[] = [];
  for (const [name, { shape, optional }] of Object.entries(members)) {
    const inner = ownMember(value, name);
    if (inner !== undefined) texts.push(member(name, write(inner, shape, within(at, name))));
    else if (at.validate && optional !== true) throw missingMember(name, at);
  }
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(members, name) || value[name] === undefined) continue;
    if (rest === false && at.validate) throw unknownMember(name, Object.keys(members), at);
    texts.push(member(name, write(value[name], rest === false ? any : (rest ?? any), within(at, name))));
  }
  return `{${texts.join(",")}}`;
}

function within(at: Writing, step: string | number): Writing {
  const { shapes, feature, validate, tried, place } = at;
  return { shapes, feature, validate, tried, place: inside(place, step) };
}

function member(name: string, text: string): string {
  return `${JSON.stringify(name)}:${text}`;
}

function missingMember(name: string, at: Writing): DeploymentError {
  return writeError("missing-feature", at, `lacks the member ${shown(name)}`);
}

function unknownMember(name: string, known: readonly string[], at: Writing): DeploymentError {
  const what = `has the unknown member ${shown(name)}; the known ones are ${nearestNames(name, known)}`;
  return writeError("unknown-feature", at, what);
}
