import { appendPointer, isArray, isObject } from "./pointer.js";
import type { Json } from "./spec-types.js";

/** The pointer of the schema that names itself `$anchor: name` (JSON Schema 2020-12 §8.2.2); undefined where none does. */
export function findAnchor(root: Json, name: string, pointer = ""): string | undefined {
  if (isObject(root) && Object.hasOwn(root, "$anchor") && root["$anchor"] === name) return pointer;
  const entries = isArray(root) ? root.entries() : isObject(root) ? Object.entries(root) : [];
  for (const [key, value] of entries) {
    const found = findAnchor(value, name, appendPointer(pointer, String(key)));
    if (found !== undefined) return found;
  }
  return undefined;
}
