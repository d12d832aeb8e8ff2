/*
 * The converter changes the tree that it gets, and copies members by assignment. So it gets a tree of its own, in which
 * no two places share a value and `__proto__` goes by another name.
 */
import type { Json } from "./spec-types.js";

const proto = "\u0000proto";

/** A copy of `value` that may be changed in place, and that copying by assignment does not harm. */
export function toPlain(value: Json): Json {
  return copied(value, "__proto__", proto);
}

/** What the converter made, as JSON of our own: no two places share a value, and members that are undefined are left out. */
export function fromPlain(value: unknown): Json {
  return copied(value, proto, "__proto__");
}

function copied(value: unknown, from: string, to: string): Json {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map((item: unknown) => copied(item, from, to));
  if (typeof value !== "object") return null;
  const members: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Object.fromEntries(
    members
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key === from ? to : key, copied(member, from, to)]),
  );
}
