/*
 * Where the references of a description are. Data that merely looks like one (examples, defaults, enums) is none.
 */
import { formatPointer, isArray, isObject } from "./pointer.js";
import type { Json, JsonObject } from "./spec-types.js";

/** A `$ref` of the description. */
export interface Reference {
  /** As written. */
  readonly ref: string;
  /** Of the object that holds it. */
  readonly pointer: string;
}

/** Members whose keys are names that the description's author chose, not keywords. */
const named = new Set(
  (
    "properties patternProperties definitions $defs dependentSchemas schemas responses parameters examples " +
    "requestBodies headers securitySchemes links callbacks pathItems paths webhooks variables encoding content"
  ).split(" "),
);

/** Keywords whose values are data. */
const data = new Set(["example", "default", "const", "enum", "value"]);

/** What to put in place of an object that holds a `$ref`; undefined leaves it. */
export type Rewrite = (reference: Reference, object: JsonObject) => JsonObject | undefined;

/** Every reference below `root`, in the order of the text. */
export function listReferences(root: Json, pointer = ""): readonly Reference[] {
  const found: Reference[] = [];
  rewriteReferences(root, pointer, (reference) => void found.push(reference));
  return found;
}

/** The same tree with its references rewritten: what is unchanged is the same object, and the given tree is untouched. */
export function rewriteReferences(value: Json, pointer: string, rewrite: Rewrite): Json {
  // Few places hold a reference, and only theirs are told: the way to the others is never put together.
  const way: string[] = [];
  const walk = (node: Json, names: boolean): Json => {
    if (isArray(node)) {
      let items: Json[] | undefined;
      for (const [index, item] of node.entries()) {
        const walked = step(`${index}`, item, false);
        if (walked !== item) items ??= [...node];
        if (items !== undefined) items[index] = walked;
      }
      return items ?? node;
    }
    if (!isObject(node)) return node;
    const ref = names ? undefined : refOf(node);
    const place = ref === undefined ? "" : pointer + formatPointer(way);
    const object = (ref === undefined ? undefined : rewrite({ ref, pointer: place }, node)) ?? node;
    let entries: [string, Json][] | undefined;
    for (const [index, [key, member]] of Object.entries(object).entries()) {
      if (!names && (data.has(key) || (key === "examples" && isArray(member)))) continue;
      const walked = step(key, member, !names && named.has(key));
      if (walked === member) continue;
      entries ??= Object.entries(object);
      entries[index] = [key, walked];
    }
    // Entries make own members of `__proto__` too.
    return entries === undefined ? object : Object.fromEntries(entries);
  };
  const step = (key: string, member: Json, names: boolean): Json => {
    if (typeof member !== "object" || member === null) return member;
    way.push(key);
    const walked = walk(member, names);
    way.pop();
    return walked;
  };
  return walk(value, false);
}

/** The `$ref` of an object, if it is a reference. */
export function refOf(value: Json): string | undefined {
  if (!isObject(value) || !Object.hasOwn(value, "$ref")) return undefined;
  const ref = value["$ref"];
  return typeof ref === "string" ? ref : undefined;
}
