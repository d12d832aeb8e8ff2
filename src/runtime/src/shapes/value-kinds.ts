/** A list, or a typed array, which counts as one; undefined for anything else. */
export function toItems(value: unknown): ArrayLike<unknown> | undefined {
  return isArray(value) || isTypedArray(value) ? value : undefined;
}

/** `Array.isArray`, which says nothing of the items. */
function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isTypedArray(value: unknown): value is ArrayLike<number | bigint> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && "length" in value;
}

/** Whether `value` is an object for the sake of its members alone: no Date, Map, file or typed array. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.prototype.toString.call(value) === "[object Object]" &&
    !("toJSON" in value && typeof value.toJSON === "function" && !Object.hasOwn(value, "toJSON"))
  );
}

/** What to give in place of a value that JSON cannot say; empty where there is nothing to add. */
export function whyNoJson(value: unknown): string {
  if (value instanceof Date) return "give the text of a date, such as its toISOString()";
  if (value instanceof Map) return "give Object.fromEntries of a Map";
  if (value instanceof Set) return "give an array of a Set's items";
  if (typeof value === "object" && value !== null && "toJSON" in value && !Array.isArray(value))
    return "give what its toJSON() makes of it";
  return "";
}
