/*
 * Schemas of OpenAPI 3.0 and 3.1 come in, shapes go out. What a schema says that shapes cannot is left away, so that a
 * shape allows at least what its schema does; what cannot be understood is anything. Nothing here throws, whatever
 * a description holds, and nothing grows without end: what is too much becomes anything, with a note.
 */
import type { JsonShape } from "@gen-deploy/runtime";
import type { NamedShapeModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { ownText } from "./openapi-tree.js";
import { isArray, isObject, ownMember } from "./pointer.js";
import { fileOf, lengthBounds, listedValues, numberShape, united, valueTypes } from "./schema-facets.js";
import type { JsonType } from "./schema-facets.js";
import { componentName, memberName, titleName } from "./schema-names.js";
import { createSchemaNotes } from "./schema-notes.js";
import { memberNames, objectShape, recordKeys, restOf } from "./schema-object.js";
import { childParts, partsKey, partsOf, spreadOut, statedTypes } from "./schema-parts.js";
import type { Alternative, SchemaContext, SchemaPart } from "./schema-parts.js";
import { below, createShapeRegistry } from "./schema-registry.js";
import type { Side } from "./schema-registry.js";
import type { JsonObject, Located, ResolvedSpec } from "./spec-types.js";

/** Where the values of a schema go. */
export interface SchemaPlace {
  readonly side: Side;
  /** What an object without a name of its own is called after, such as `PredictInput`. */
  readonly name: string;
  /** Whether the object's members are parts of a form, which hold bytes as they are; in JSON such bytes are text. */
  readonly form?: boolean;
}

/** Reads schemas of one description, and remembers the shapes that have names. */
export interface ShapeReader {
  /** The shape of a schema. Inputs are best read first: where the two sides differ, what comes later is renamed. */
  read(schema: Located, place: SchemaPlace): JsonShape;
  /** Every shape that was named so far, in the order in which they were met. */
  shapes(): readonly NamedShapeModel[];
  /** What was passed over. */
  notes(): readonly Diagnostic[];
}

/** What is read in more than one way. */
export interface ShapeOptions {
  /** What text with `format: uri` is; default `text`. */
  readonly uri?: "text" | "file";
}

/** Where a schema stands on the way from its place. */
interface Frame {
  readonly side: Side;
  readonly name: string;
  /** How many shapes it stands in; those with a name begin anew. */
  readonly depth: number;
  /** Whether bytes may stand here as they are: in the parts of a form. */
  readonly bytes: "form" | "part" | "text";
}

const mostSteps = 1_000_000;
const deepest = 24;
/** How many shapes may stand in one without a name; fewer where the description has a name for it. */
const largest = { unnamed: 400, named: 60 } as const;
const mostLabels = 20;
const anything: JsonShape = { type: "any" };

/** A reader that has read nothing yet. */
export function createShapeReader(spec: ResolvedSpec, { uri = "text" }: ShapeOptions = {}): ShapeReader {
  let steps = 0;
  const step = (): boolean => {
    steps += 1;
    return steps <= mostSteps;
  };
  const context: SchemaContext = { spec, step };
  const registry = createShapeRegistry(spec);
  const known = new Map<string, JsonShape>();
  const open = new Set<string>();
  const notes = createSchemaNotes();

  function shapeOf(parts: readonly SchemaPart[], frame: Frame): JsonShape {
    for (const { value, pointer } of parts)
      if (!isObject(value) && typeof value !== "boolean") notes.noSchema(pointer, value);
    const key = `${frame.bytes} ${partsKey(parts)}`;
    const memo = `${frame.side} ${key}`;
    const before = known.get(memo);
    if (before !== undefined) return before;
    const [first] = parts;
    const pointer = parts.length === 1 ? first?.pointer : undefined;
    const name = (pointer === undefined ? undefined : componentName(pointer)) ?? frame.name;
    const here = { ...frame, name };
    const enter = (): JsonShape =>
      registry.enter({
        key,
        side: frame.side,
        name,
        pointer,
        make: () => ({ ...plain, shape: unnamed(parts, { ...here, depth: 0 }), doc: docOf(spec, pointer) }),
      });
    if (!step()) return overflow(first?.pointer ?? "");
    if (registry.has(key, frame.side) || open.has(memo) || frame.depth > deepest) return enter();
    open.add(memo);
    const inline = unnamed(parts, here);
    open.delete(memo);
    const most = name === frame.name ? largest.unnamed : largest.named;
    const shape = registry.has(key, frame.side) || isLarger(inline, most) ? enter() : inline;
    known.set(memo, shape);
    return shape;
  }

  function unnamed(parts: readonly SchemaPart[], frame: Frame): JsonShape {
    const { alternatives, nullable, cut } = spreadOut(context, parts);
    const shapes = alternatives.flatMap((alternative) => shapesOf(alternative, frame));
    if (cut) overflow(parts[0]?.pointer ?? "");
    return united(nullable ? [...shapes, { type: "null" }] : shapes);
  }

  function shapesOf(alternative: Alternative, frame: Frame): readonly JsonShape[] {
    const schemas = alternative.parts.map(({ value }) => value);
    for (const { value, pointer } of alternative.parts) {
      const properties = ownMember(value, "properties");
      if (properties !== undefined && !isObject(properties)) notes.noMembers(pointer, properties);
    }
    const values = listedValues(schemas);
    const types = valueTypes(schemas);
    if (values !== undefined && values.length > 0) {
      const isNull = values.includes(null) || types.includes("null");
      return [
        ...labelShapes(
          alternative,
          values.filter((value) => value !== null),
          frame,
        ),
        ...(isNull ? [nothing] : []),
      ];
    }
    if (types.length === 0) {
      for (const { value, pointer } of alternative.parts) noteTypes(value, pointer);
      return [anything];
    }
    return types.map((type) => shapeOfType(type, alternative, frame));
  }

  function labelShapes(
    alternative: Alternative,
    values: readonly (string | number | boolean)[],
    frame: Frame,
  ): readonly JsonShape[] {
    if (values.length === 0) return [];
    const shape = united([{ type: "enum", values }]);
    const { name, pointer } = nameOf(alternative, frame);
    const isNamed = pointer !== undefined && componentName(pointer) === name;
    if (shape.type !== "enum" || (!isNamed && values.length <= mostLabels)) return [shape];
    const key = `labels ${partsKey(alternative.parts)}`;
    const doc = docOf(spec, pointer);
    return [registry.enter({ key, side: frame.side, name, pointer, make: () => ({ ...plain, shape, doc }) })];
  }

  function shapeOfType(type: JsonType, alternative: Alternative, frame: Frame): JsonShape {
    const schemas = alternative.parts.map(({ value }) => value);
    switch (type) {
      case "string":
        return fileOf(schemas, { uri, binary: frame.bytes === "part" }) ?? { type: "text" };
      case "number":
      case "integer":
        return numberShape(schemas, type);
      case "boolean":
      case "null":
        return { type };
      case "array":
        return listShape(alternative.parts, frame);
      case "object":
        return objectOrRecord(alternative, frame);
    }
  }

  function listShape(parts: readonly Located<JsonObject>[], frame: Frame): JsonShape {
    const inside = (name: string): Frame => ({ ...frame, name: frame.name + name, depth: frame.depth + 1 });
    const bounds = lengthBounds(parts.map(({ value }) => value));
    const prefix = parts.flatMap((part) => prefixOf(spec, part) ?? []).at(-1);
    if (prefix === undefined) {
      const items = parts.flatMap((part) => childParts(spec, part, "items"));
      return {
        type: "list",
        items: items.length === 0 ? anything : shapeOf(items, inside("Item")),
        ...bounds,
      };
    }
    const { max = Infinity } = bounds;
    const stated = prefix.items.slice(0, max);
    const items = stated.map((item, index) => shapeOf(item, inside(`Item${index + 1}`)));
    const isWhole = max <= items.length || prefix.rest.some(({ value }) => value === false);
    if (isWhole) return { type: "tuple", items };
    const rest = prefix.rest.length === 0 ? anything : shapeOf(prefix.rest, inside("Item"));
    return { type: "tuple", items, rest };
  }

  function objectOrRecord(alternative: Alternative, frame: Frame): JsonShape {
    const { parts } = alternative;
    const { name, pointer } = nameOf(alternative, frame);
    // What stands in a part of a form is JSON again.
    const bytes = frame.bytes === "form" ? "part" : "text";
    const read = (member: readonly SchemaPart[], key: string | undefined): JsonShape => {
      const called = key === undefined ? `${name}Value` : memberName(name, key);
      return shapeOf(member, { side: frame.side, name: called, depth: 0, bytes });
    };
    if (memberNames({ spec, parts }).length > 0 || isClosed(parts)) {
      const schemas = { spec, parts, side: frame.side, read };
      const key = `${frame.bytes === "form" ? "form" : "object"} ${partsKey(parts)}`;
      return registry.enter({ key, side: frame.side, name, pointer, make: () => objectShape(schemas) });
    }
    const inside = (member: readonly SchemaPart[]): JsonShape =>
      shapeOf(member, { ...frame, name: `${frame.name}Value`, depth: frame.depth + 1, bytes });
    const rest = restOf({ spec, parts, read: inside });
    const keys = recordKeys({ spec, parts });
    const values = rest === undefined || rest === false ? anything : rest;
    return { type: "record", values, ...(keys === undefined ? {} : { keys }) };
  }

  function overflow(pointer: string): JsonShape {
    notes.tooMuch(pointer);
    return anything;
  }

  function noteTypes(schema: JsonObject, pointer: string): void {
    const types = statedTypes(schema);
    if (types.length > 0) notes.unknownTypes(pointer, types);
  }

  return {
    read(schema, { side, name, form = false }) {
      const shape = shapeOf(partsOf(spec, schema), { side, name, depth: 0, bytes: form ? "form" : "text" });
      registry.complete();
      return shape;
    },
    shapes: registry.shapes,
    notes: notes.all,
  };
}

const nothing: JsonShape = { type: "null" };
const plain = { docs: {}, wireType: null, sided: false } as const;

/** What the shape of an alternative is called, and which schema has that name by right. */
function nameOf(
  { parts, from, index }: Alternative,
  frame: Frame,
): { readonly name: string; readonly pointer: string | undefined } {
  for (const only of [parts, from]) {
    const [part] = only;
    const component = only.length === 1 && part !== undefined ? componentName(part.pointer) : undefined;
    if (part !== undefined && component !== undefined) return { name: component, pointer: part.pointer };
  }
  const last = from.at(-1);
  const component = last === undefined || from.length === 1 ? undefined : componentName(last.pointer);
  if (component !== undefined) return { name: memberName(frame.name, component), pointer: undefined };
  const title = titleName(ownText(last?.value, "title"));
  const name = title ?? (index === undefined ? frame.name : `${frame.name}${index + 1}`);
  return { name, pointer: undefined };
}

/** The schemas of the first items of a list, and of the others; undefined where all items are alike. */
function prefixOf(
  spec: ResolvedSpec,
  part: Located,
): { readonly items: readonly (readonly SchemaPart[])[]; readonly rest: readonly SchemaPart[] } | undefined {
  const others = { prefixItems: "items", items: "additionalItems" } as const;
  for (const key of ["prefixItems", "items"] as const) {
    const list = spec.member(part, key);
    if (list === undefined || !isArray(list.value) || list.value.length === 0) continue;
    const items = list.value.map((_, index) => childParts(spec, list, String(index)));
    return { items, rest: childParts(spec, part, others[key]) };
  }
  return undefined;
}

function isClosed(parts: readonly Located<JsonObject>[]): boolean {
  return parts.some(({ value }) => ownMember(value, "additionalProperties") === false);
}

function docOf(spec: ResolvedSpec, pointer: string | undefined): string {
  return pointer === undefined ? "" : ownText(spec.find(pointer)?.value, "description").trim();
}

function isLarger(shape: JsonShape, most: number): boolean {
  let left = most;
  const pending = [shape];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    left -= 1;
    if (left < 0) return true;
    pending.push(...below(next));
  }
  return false;
}
