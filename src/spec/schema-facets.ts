/*
 * What the keywords of schemas that hold at once say together of a value at a leaf: its types, its values, its bounds.
 * Where they contradict each other, the last one is believed.
 */
import type { FileShape, JsonShape, NumberShape, Scalar } from "@gen-deploy/runtime";
import { isArray, isObject, ownMember } from "./pointer.js";
import { statedTypes } from "./schema-parts.js";
import type { Json, JsonObject } from "./spec-types.js";

/** The types that JSON Schema knows. */
export type JsonType = "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";

const jsonTypes = ["object", "array", "string", "number", "integer", "boolean", "null"] as const;

/** The types of the values, in the order of the text; those that other keywords imply where none is stated, or none. */
export function valueTypes(schemas: readonly JsonObject[]): readonly JsonType[] {
  const stated = schemas.flatMap((schema): (readonly JsonType[])[] => {
    const types = statedTypes(schema);
    const known = types.flatMap((type) => jsonTypes.find((one) => one === type) ?? []);
    return known.length > 0 && known.length === types.length ? [known] : [];
  });
  if (stated.length > 0) return stated.reduce(narrowed);
  if (schemas.some((schema) => hasAny(schema, objectKeywords))) return ["object"];
  if (schemas.some((schema) => hasAny(schema, ["items", "prefixItems"]))) return ["array"];
  return fileOf(schemas, { uri: "text", binary: true }) === undefined ? [] : ["string"];
}

const objectKeywords = [
  "properties",
  "additionalProperties",
  "patternProperties",
  "propertyNames",
  "required",
];

function narrowed(before: readonly JsonType[], types: readonly JsonType[]): readonly JsonType[] {
  const both = before.flatMap((type): JsonType[] => {
    if (types.includes(type)) return [type];
    if (type === "number" && types.includes("integer")) return ["integer"];
    return type === "integer" && types.includes("number") ? ["integer"] : [];
  });
  return both.length > 0 ? both : types;
}

/** The values that are listed, each once; undefined where none are, or where some are no scalars. */
export function listedValues(schemas: readonly JsonObject[]): readonly Scalar[] | undefined {
  const lists = schemas.flatMap((schema): (readonly Json[])[] => {
    const only = ownMember(schema, "const");
    const values = ownMember(schema, "enum");
    return [
      ...(isArray(values) && values.length > 0 ? [values] : []),
      ...(only === undefined ? [] : [[only]]),
    ];
  });
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const all = others.reduce((before, values) => {
    const both = before.filter((value) => values.includes(value));
    return both.length > 0 ? both : values;
  }, first);
  const scalars = [...new Set(all)].flatMap((value): Scalar[] => {
    if (typeof value === "number") return Number.isFinite(value) ? [value + 0] : [];
    return typeof value === "string" || typeof value === "boolean" || value === null ? [value] : [];
  });
  return scalars.length === new Set(all).size ? scalars : undefined;
}

/** A number within all bounds; JSON Schema's two ways to exclude one are understood. */
export function numberShape(schemas: readonly JsonObject[], type: "number" | "integer"): NumberShape {
  const floors = schemas.flatMap((schema) => boundsOf(schema, "minimum", "exclusiveMinimum"));
  const roofs = schemas.flatMap((schema) => boundsOf(schema, "maximum", "exclusiveMaximum"));
  const at = (bounds: readonly Bound[], open: boolean): readonly number[] =>
    bounds.flatMap((bound) => (bound.open === open ? [bound.value] : []));
  const limits = {
    min: most(at(floors, false)),
    max: least(at(roofs, false)),
    above: most(at(floors, true)),
    below: least(at(roofs, true)),
  };
  return { type, ...defined(limits) };
}

interface Bound {
  readonly value: number;
  readonly open: boolean;
}

function boundsOf(schema: JsonObject, inclusive: string, exclusive: string): readonly Bound[] {
  const limit = finite(ownMember(schema, inclusive));
  const open = ownMember(schema, exclusive);
  const other = finite(open);
  return [
    ...(limit === undefined ? [] : [{ value: limit, open: open === true }]),
    ...(other === undefined ? [] : [{ value: other, open: true }]),
  ];
}

/** How many items a list may have: the bounds that all of them state. */
export function lengthBounds(schemas: readonly JsonObject[]): {
  readonly min?: number;
  readonly max?: number;
} {
  const counts = (key: string): readonly number[] =>
    schemas.flatMap((schema) => {
      const count = finite(ownMember(schema, key));
      return count !== undefined && Number.isSafeInteger(count) && count >= 0 ? [count] : [];
    });
  const min = most(counts("minItems"));
  return defined({ min: min === 0 ? undefined : min, max: least(counts("maxItems")) });
}

/** What else decides whether text is a file: what `format: uri` is, and whether bytes can stand there as they are. */
export interface FileContext {
  readonly uri: "text" | "file";
  readonly binary: boolean;
}

/** The file that text of these schemas is, or undefined where it is just text. */
export function fileOf(schemas: readonly JsonObject[], { uri, binary }: FileContext): FileShape | undefined {
  const text = (key: string): string => {
    const values = schemas.map((schema) => ownMember(schema, key));
    return values.findLast((value) => typeof value === "string") ?? "";
  };
  const [format, encoding, mediaType] = [text("format"), text("contentEncoding"), text("contentMediaType")];
  const media = mediaType === "" ? {} : { mediaType };
  if (format === "byte" || encoding.toLowerCase() === "base64")
    return { type: "file", form: "base64", ...media };
  if (/^data-ur[li]$/.test(format) || text("pattern").startsWith("^data:"))
    return { type: "file", form: "data-url", ...media };
  if (format === "uri" && uri === "file") return { type: "file", form: "uri", ...media };
  const isBinary =
    format === "binary" || (mediaType !== "" && encoding === "" && !/\bjson\b/.test(mediaType));
  return isBinary && binary ? { type: "file", form: "binary", ...media } : undefined;
}

/** One shape for all of these: each once, alternatives of alternatives spread, anything where anything is right. */
export function united(shapes: readonly JsonShape[]): JsonShape {
  const flat = shapes.flatMap((shape) => (shape.type === "union" ? shape.of : [shape]));
  if (flat.length === 0 || flat.some(({ type }) => type === "any")) return { type: "any" };
  const values = flat.flatMap((shape) => (shape.type === "enum" ? shape.values : []));
  const distinct = new Map<string, JsonShape>();
  for (const shape of flat) {
    const key = shape.type === "enum" ? "enum" : JSON.stringify(shape);
    if (!distinct.has(key))
      distinct.set(key, shape.type === "enum" ? enumShape([...new Set(values)]) : shape);
  }
  const nulls = distinct.delete(JSON.stringify({ type: "null" }));
  const of = [...distinct.values(), ...(nulls ? [{ type: "null" } as const] : [])];
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { type: "union", of };
}

function enumShape(values: readonly Scalar[]): JsonShape {
  const isBoolean = values.length === 2 && values.includes(true) && values.includes(false);
  return isBoolean ? { type: "boolean" } : { type: "enum", values };
}

/** Whether a schema has one of these keywords. */
function hasAny(schema: JsonObject, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => {
    const value = ownMember(schema, keyword);
    return isObject(value) || isArray(value) || (keyword === "additionalProperties" && value !== undefined);
  });
}

function finite(value: Json | undefined): number | undefined {
  // Adding nothing makes a plain zero of a negative one, which JSON text does not keep.
  return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
}

function most(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function least(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends Readonly<Record<string, number | undefined>>>(limits: T): Defined<T>;
function defined(limits: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(limits).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
