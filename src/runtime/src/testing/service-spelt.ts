/*
 * Values that a request spells as text: in goes what stands in an address, a header or a form, and a shape; out comes
 * the JSON value that it spells if it spells one of that shape, and otherwise the text itself, for which the reader of
 * values has words.
 */
import type { Image } from "../files/image.js";
import { setOwnMember } from "../own-member.js";
import type {
  EnumShape,
  JsonShape,
  ListShape,
  ObjectShape,
  RecordShape,
  TupleShape,
} from "../shapes/json-shape.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import type { Shapes, StatedShape } from "../shapes/stated-shapes.js";
import { readStrictly } from "./read-strictly.js";

/** A value as a request spells it: what it is to a reader who looks for a single value, a list, or an object. */
export interface Spelt {
  /** The text, or a file of a form; undefined where there is none. */
  readonly scalar: string | Image | undefined;
  /** Left out where only JSON text could be a list. */
  readonly items?: readonly Spelt[];
  /** Left out where only JSON text could be an object. */
  readonly members?: readonly (readonly [name: string, value: Spelt])[];
  /** Whether members that an object does not know belong to others. */
  readonly mixed?: boolean;
  /** Whether the text is JSON whatever the shape. */
  readonly json?: boolean;
}

/** The JSON value that `spelt` stands for, by the first shape that it fits, or the nearest thing to it. */
export function fromSpelt(spelt: Spelt, shape: JsonShape, shapes: Shapes): unknown {
  if (spelt.json === true) return fromJson(spelt.scalar);
  const alternatives = statedShapes(shape, shapes).filter(({ type }) => type !== "null");
  let first: { readonly value: unknown } | undefined;
  for (const one of alternatives) {
    const value = fromStated(spelt, one, shapes);
    if (readStrictly(value, one, { shapes, loc: [] }).faults === undefined) return value;
    first ??= { value };
  }
  return first === undefined ? spelt.scalar : first.value;
}

function fromStated(spelt: Spelt, shape: StatedShape, shapes: Shapes): unknown {
  const { scalar, items } = spelt;
  switch (shape.type) {
    case "any":
      return items === undefined || items.length === 0 ? scalar : fromAny(items);
    case "null":
    case "text":
    case "file":
      return scalar;
    case "boolean":
      return toBoolean(scalar) ?? scalar;
    case "integer":
    case "number":
      return toNumber(scalar) ?? scalar;
    case "enum":
      return toLabel(scalar, shape);
    case "list":
    case "tuple":
      return fromItems(spelt, shape, shapes);
    case "record":
    case "object":
      return fromMembers(spelt, shape, shapes);
  }
}

function fromAny(items: readonly Spelt[]): unknown {
  const values = items.map(({ scalar, json }) => (json === true ? fromJson(scalar) : scalar));
  return values.length === 1 ? values[0] : values;
}

/** What stands alone may be the one item, or JSON text of all of them. */
function fromItems({ scalar, items }: Spelt, shape: ListShape | TupleShape, shapes: Shapes): unknown {
  if (items === undefined) return fromJson(scalar);
  const list = items.map((item, index) => {
    const of = shape.type === "list" ? shape.items : (shape.items[index] ?? shape.rest);
    return fromSpelt(item, of ?? { type: "any" }, shapes);
  });
  const isWhole = items.length === 1 && readStrictly(list, shape, { shapes, loc: [] }).faults !== undefined;
  const whole = isWhole ? fromJson(scalar) : undefined;
  return Array.isArray(whole) ? whole : list;
}

function fromMembers(
  { scalar, members, mixed = false }: Spelt,
  shape: RecordShape | ObjectShape,
  shapes: Shapes,
): unknown {
  if (members === undefined) return fromJson(scalar);
  const object: Record<string, unknown> = {};
  for (const [name, value] of members) {
    const stated = memberShape(shape, name);
    if (stated === undefined && mixed) continue;
    setOwnMember(object, name, fromSpelt(value, stated ?? { type: "any" }, shapes));
  }
  return object;
}

/** The shape of an object's member; undefined where the object's says nothing of the name. */
export function memberShape(shape: StatedShape, name: string): JsonShape | undefined {
  if (shape.type !== "record" && shape.type !== "object") return undefined;
  if (shape.type === "record") return shape.values;
  if (Object.hasOwn(shape.members, name)) return shape.members[name]?.shape;
  return shape.rest === false ? undefined : shape.rest;
}

function fromJson(text: string | Image | undefined): unknown {
  if (typeof text !== "string") return text;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function toNumber(text: string | Image | undefined): number | undefined {
  if (typeof text !== "string" || !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text))
    return undefined;
  return Number(text);
}

/** The words that Pydantic takes for them. */
const booleans: readonly [readonly string[], readonly string[]] = [
  ["false", "0", "off", "f", "n", "no"],
  ["true", "1", "on", "t", "y", "yes"],
];

function toBoolean(text: string | Image | undefined): boolean | undefined {
  if (typeof text !== "string") return undefined;
  const found = booleans.findIndex((spellings) => spellings.includes(text.toLowerCase()));
  return found === -1 ? undefined : found === 1;
}

function toLabel(text: string | Image | undefined, { values }: EnumShape): unknown {
  const found = values.findIndex((value) => value !== null && String(value) === text);
  return found === -1 ? text : values[found];
}
