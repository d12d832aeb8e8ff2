/*
 * Where the references of a description are. Data that merely looks like one (examples, defaults, enums) is none.
 */
import { appendPointer, isArray, isObject } from "./pointer.js";
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
  return walk(value, pointer, { rewrite, names: false });
}

interface Walk {
  readonly rewrite: Rewrite;
  /** Whether the keys of this object are names. */
  readonly names: boolean;
}

function walk(value: Json, pointer: string, { rewrite, names }: Walk): Json {
  if (isArray(value)) {
    const items = value.map((item, index) => walk(item, `${pointer}/${index}`, { rewrite, names: false }));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const ref = names ? undefined : refOf(value);
  const object = (ref === undefined ? undefined : rewrite({ ref, pointer }, value)) ?? value;
  const entries = Object.entries(object).map(([key, member]): [string, Json] => {
    if (!names && (data.has(key) || (key === "examples" && isArray(member)))) return [key, member];
    return [key, walk(member, appendPointer(pointer, key), { rewrite, names: !names && named.has(key) })];
  });
  // Entries make own members of `__proto__` too.
  return entries.some(([key, member]) => member !== object[key]) ? Object.fromEntries(entries) : object;
}

/** The `$ref` of an object, if it is a reference. */
export function refOf(value: Json): string | undefined {
  if (!isObject(value) || !Object.hasOwn(value, "$ref")) return undefined;
  const ref = value["$ref"];
  return typeof ref === "string" ? ref : undefined;
}
