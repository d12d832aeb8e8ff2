import type { Json, JsonObject } from "./spec-types.js";

/** Whether `value` is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `value` is a JSON array. */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The keys that a JSON pointer names, or undefined where it is malformed (RFC 6901 §3). */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The JSON pointer of `keys` (RFC 6901 §3). */
export function formatPointer(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The JSON pointer of the member `key` of what stands at `pointer`. */
export function appendPointer(pointer: string, key: string): string {
  return `${pointer}${formatPointer([key])}`;
}

/** The pointer of a `$ref` fragment as written, percent-encoding undone (RFC 6901 §6); undefined where it is malformed. */
export function decodeFragment(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}

/** The own member `key` of an object or array; undefined where there is none, whatever the prototype has. */
export function ownMember(value: Json | undefined, key: string): Json | undefined {
  if (isArray(value)) return /^(?:0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at `pointer` with no reference followed; undefined where there is none (RFC 6901 §4). */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const key of parsePointer(pointer) ?? [""]) value = ownMember(value, key);
  return parsePointer(pointer) === undefined ? undefined : value;
}
