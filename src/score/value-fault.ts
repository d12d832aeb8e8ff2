/** Thrown for a value that an input does not take; the message says what it is, as in `is "x", not a number`. */
export class ValueFault extends Error {
  override readonly name = "ValueFault";
}

/** `value` for use in a message: quoted where it is text, and cut where it is long. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** Which of `names` is probably meant: those that are `near`, or else the first few. */
export function nearOnes(names: readonly string[], near: readonly string[]): string {
  if (near.length > 0) return `did you mean ${near.map((name) => shownValue(name)).join(" or ")}?`;
  const first = names.slice(0, 5).map((name) => shownValue(name));
  return `${first.join(", ")}${names.length > first.length ? ", …" : ""}`;
}
