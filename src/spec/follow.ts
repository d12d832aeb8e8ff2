/*
 * Following references inside one tree. Nothing here throws and nothing loops: a chain of references that never
 * reaches a value is a result like any other.
 */
import { appendPointer, decodeFragment, isObject, ownMember, parsePointer } from "./pointer.js";
import { refOf } from "./references.js";
import type { JsonObject, Located } from "./spec-types.js";

/** Where a pointer leads: a value, a circle of references, or nowhere. */
export type Followed =
  | { readonly kind: "value"; readonly located: Located }
  | { readonly kind: "circle"; readonly pointer: string }
  /** `parent` is the nearest that exists, `key` what it lacks. */
  | { readonly kind: "nowhere"; readonly parent: Located; readonly key: string };

/** Goes to `pointer`, following every reference on the way and at the end. */
export function follow(root: JsonObject, pointer: string): Followed {
  return step(root, pointer, newTrail());
}

/** Follows the reference that `located` is, if it is one. */
export function followReference(root: JsonObject, located: Located): Followed {
  return deref(root, located, newTrail());
}

/** The pointer that a local `$ref` means, or undefined where it is no pointer. */
export function localPointer(ref: string): string | undefined {
  const pointer = ref.startsWith("#") ? decodeFragment(ref.slice(1)) : undefined;
  return pointer !== undefined && parsePointer(pointer) !== undefined ? pointer : undefined;
}

/** The member `key` of `object`, its reference not yet followed. */
export function memberOf({ value, pointer }: Located, key: string): Located | undefined {
  const member = ownMember(value, key);
  return member === undefined ? undefined : { value: member, pointer: appendPointer(pointer, key) };
}

/** The references that are being followed, and how many more may be: longer chains than anybody writes count as circles. */
interface Trail {
  readonly pending: Set<string>;
  left: number;
}

function newTrail(): Trail {
  return { pending: new Set(), left: 1000 };
}

function step(root: JsonObject, pointer: string, trail: Trail): Followed {
  const keys = parsePointer(pointer);
  let at: Located = { value: root, pointer: "" };
  if (keys === undefined) return { kind: "nowhere", parent: at, key: pointer };
  for (const key of keys) {
    let next = memberOf(at, key);
    if (next === undefined) {
      const through = deref(root, at, trail);
      if (through.kind !== "value") return through;
      at = through.located;
      next = memberOf(at, key);
    }
    if (next === undefined) return { kind: "nowhere", parent: at, key };
    at = next;
  }
  return deref(root, at, trail);
}

function deref(root: JsonObject, located: Located, trail: Trail): Followed {
  const ref = refOf(located.value);
  // A property may be called "$ref", and then it is a schema, not text; text that is no local pointer is left alone.
  if (ref === undefined) return { kind: "value", located };
  const target = localPointer(ref);
  if (target === undefined) return { kind: "nowhere", parent: { value: root, pointer: "" }, key: ref };
  trail.left -= 1;
  if (trail.pending.has(located.pointer) || trail.left < 0)
    return { kind: "circle", pointer: located.pointer };
  trail.pending.add(located.pointer);
  const followed = step(root, target, trail);
  trail.pending.delete(located.pointer);
  return followed.kind === "value" && isObject(located.value)
    ? { kind: "value", located: withSiblings(followed.located, located.value) }
    : followed;
}

const annotations = new Set([
  "title",
  "summary",
  "description",
  "deprecated",
  "default",
  "example",
  "examples",
  "readOnly",
  "writeOnly",
]);

/** The target with what stands beside the `$ref` laid over it, where that only annotates (OpenAPI 3.1 §4.8.24). */
function withSiblings(target: Located, holder: JsonObject): Located {
  const siblings = Object.entries(holder).filter(([key]) => annotations.has(key) || key.startsWith("x-"));
  if (siblings.length === 0 || !isObject(target.value)) return target;
  return {
    value: Object.fromEntries([...Object.entries(target.value), ...siblings]),
    pointer: target.pointer,
  };
}
