/*
 * Schemas of Swagger 2.0 as OpenAPI 3.0 writes them. Swagger lets a schema refer to any place; in OpenAPI many of these
 * places are gone, so what is referred to outside of `definitions` is brought there.
 */
import { follow, localPointer } from "./follow.js";
import { isArray, isObject, parsePointer } from "./pointer.js";
import { refOf } from "./references.js";
import type { Json, JsonObject } from "./spec-types.js";

/** Converts the schemas of one description. */
export interface SchemaConverter {
  readonly convert: (schema: Json) => Json;
  /** Every definition, converted: the description's own, and what was brought in with its origin. */
  readonly definitions: () => {
    readonly schemas: JsonObject;
    readonly origins: ReadonlyMap<string, string>;
  };
}

/** A converter of the schemas below `root`, which is left untouched. */
export function createSchemaConverter(root: JsonObject): SchemaConverter {
  const stated =
    Object.hasOwn(root, "definitions") && isObject(root["definitions"]) ? root["definitions"] : {};
  const brought = new Map<string, { readonly name: string; readonly value: Json }>();
  const names = new Set(Object.keys(stated));
  const converted = new Map<JsonObject, JsonObject>();

  const bringIn = (ref: string): string => {
    const pointer = localPointer(ref);
    if (pointer === undefined || /^\/definitions\/[^/]/.test(pointer)) return ref;
    const found = follow(root, pointer);
    if (found.kind !== "value") return ref;
    const { located } = found;
    if (/^\/definitions\/[^/]/.test(located.pointer)) return toRef(located.pointer);
    const known = brought.get(located.pointer);
    const name = known?.name ?? freshName(located.pointer, names);
    if (known === undefined) brought.set(located.pointer, { name, value: located.value });
    return `#/definitions/${name}`;
  };

  const convert = (schema: Json): Json => {
    if (!isObject(schema)) return schema;
    const known = converted.get(schema);
    if (known !== undefined) return known;
    const made = convertObject(schema, convert, bringIn);
    converted.set(schema, made);
    return made;
  };

  const definitions: SchemaConverter["definitions"] = () => {
    const entries = Object.entries(stated).map(([name, schema]): [string, Json] => [name, convert(schema)]);
    const origins = new Map<string, string>();
    // A map may grow while it is walked: what is brought in may refer to more.
    for (const [pointer, { name, value }] of brought) {
      entries.push([name, convert(value)]);
      origins.set(`/components/schemas/${name}`, pointer);
    }
    return { schemas: Object.fromEntries(entries), origins };
  };
  return { convert, definitions };
}

function toRef(pointer: string): string {
  return `#${pointer.replaceAll("%", "%25")}`;
}

function freshName(pointer: string, taken: Set<string>): string {
  const keys = parsePointer(pointer) ?? [];
  const telling = keys.findLast((key) => !/^(?:schema|items|\d+)$/.test(key)) ?? "";
  const base = telling.replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^[._-]+$|^__proto__$/, "") || "Schema";
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${count}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** Keywords whose value is a schema, or a list of schemas. */
const schemas: ReadonlySet<string> = new Set([
  "items",
  "additionalProperties",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
]);

function convertObject(
  schema: JsonObject,
  convert: (schema: Json) => Json,
  bringIn: (ref: string) => string,
): JsonObject {
  const isFile = Object.hasOwn(schema, "type") && schema["type"] === "file";
  const ref = refOf(schema);
  const nullable = Object.hasOwn(schema, "x-nullable") && schema["x-nullable"] === true;
  const target = ref === undefined ? [] : [["$ref", bringIn(ref)] as const];
  const members = Object.entries(schema)
    .filter(([key]) => !(key === "$ref" && ref !== undefined) && !(key === "x-nullable" && nullable))
    .filter(([key]) => !(isFile && (key === "type" || key === "format")))
    .map(([key, value]): readonly [string, Json] => [key, convertMember(key, value, convert)]);
  const file = isFile ? ([["type", "string"] as const, ["format", "binary"] as const] as const) : [];
  if (!nullable) return Object.fromEntries([...target, ...file, ...members]);
  // OpenAPI 3.0 passes over what stands beside a $ref.
  const reference = ref === undefined ? [] : [["allOf", [Object.fromEntries(target)]] as const];
  return Object.fromEntries([...reference, ...file, ...members, ["nullable", true]]);
}

function convertMember(key: string, value: Json, convert: (schema: Json) => Json): Json {
  if (key === "properties" && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, schema]): [string, Json] => [name, convert(schema)]),
    );
  if (key === "discriminator" && typeof value === "string") return { propertyName: value };
  if (!schemas.has(key)) return value;
  return isArray(value) ? value.map(convert) : convert(value);
}
