import type { Json, JsonObject } from "../spec/spec-types.js";

/*
 * A description in, a copy of it out that openapi-typescript can turn into types that compile. Nothing is read of it
 * but what trips that library.
 */

/** A document that has all that openapi-typescript asks for. */
export interface WireDocument {
  readonly [key: string]: Json;
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, never>>;
}

/** What openapi-typescript needs, what a description may lack, and nothing that ends in types that do not compile. */
export function wireDocument(root: JsonObject): WireDocument {
  const document = {
    openapi: "3.0.3",
    info: { title: "", version: "" },
    paths: {},
    ...structuredClone(root),
  };
  makeIdsUnique(document);
  makeSchemas(document, false);
  breakCycles(document);
  return document;
}

/** An `operationId` that was there before is taken out: types of operations stand under their ids. */
function makeIdsUnique(document: JsonObject): void {
  const seen = new Set<Json>();
  for (const operation of [document["paths"], document["webhooks"]].flatMap(members).flatMap(members)) {
    if (!isObject(operation) || operation["operationId"] === undefined) continue;
    if (seen.has(operation["operationId"])) Reflect.deleteProperty(operation, "operationId");
    else seen.add(operation["operationId"]);
  }
}

/** Members that are no schemas, which readers take for any value, are made just that; what is no members, none. */
function makeSchemas(node: Json | undefined, isMap: boolean): void {
  const items: readonly Json[] = Array.isArray(node) ? node : [];
  for (const item of items) makeSchemas(item, false);
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (!isMap && values.has(key)) continue;
    if (!isMap && key === "properties")
      if (!isObject(value)) makeAny(node, key);
      else
        for (const [name, member] of Object.entries(value))
          if (!isObject(member) && typeof member !== "boolean") makeAny(value, name);
    makeSchemas(value, !isMap && maps.has(key));
  }
}

/** Keywords whose values are data, whatever they look like. */
const values: ReadonlySet<string> = new Set(["const", "default", "enum", "example", "examples"]);

/** Keywords whose members have names of the user's own choice, those of keywords included. */
const maps: ReadonlySet<string> = new Set(
  (
    "$defs callbacks content definitions dependentSchemas encoding headers parameters pathItems paths " +
    "patternProperties properties requestBodies responses schemas securitySchemes webhooks"
  ).split(" "),
);

function makeAny(holder: JsonObject, name: string): void {
  Object.defineProperty(holder, name, { value: {}, enumerable: true, configurable: true, writable: true });
}

/**
 * Schemas that lead back to themselves without an object between, such as lists of themselves, are made any value:
 * their types, which stand in one interface, would be refused as circular.
 */
function breakCycles(document: JsonObject): void {
  const { components } = document;
  const schemas = isObject(components) ? components["schemas"] : undefined;
  if (!isObject(schemas)) return;
  const waiting = new Map<string, Set<string>>();
  for (const [name, schema] of Object.entries(schemas)) waiting.set(name, new Set(referred(schema)));
  const settled = new Set<string>();
  for (let before = -1; before < settled.size;) {
    before = settled.size;
    for (const [name, others] of waiting) {
      if ([...others].some((other) => waiting.has(other))) continue;
      settled.add(name);
      waiting.delete(name);
    }
  }
  for (const name of waiting.keys()) makeAny(schemas, name);
}

const direct: readonly string[] = ["$ref", "items", "prefixItems", "allOf", "anyOf", "oneOf"];

/** The component schemas that a schema's type mentions outside of objects. */
function referred(schema: Json | undefined): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(referred);
  if (!isObject(schema)) return [];
  return direct.flatMap((key) => {
    const value = Object.hasOwn(schema, key) ? schema[key] : undefined;
    return key === "$ref" && typeof value === "string" ? componentOf(value) : referred(value);
  });
}

function componentOf(reference: string): readonly string[] {
  const [, name] = /^#\/components\/schemas\/([^/]*)/.exec(reference) ?? [];
  if (name === undefined) return [];
  try {
    return [decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~")];
  } catch {
    return [name];
  }
}

function members(value: Json | undefined): readonly Json[] {
  return isObject(value) ? Object.values(value) : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
