/** A run of a reply's bytes: the inside of a JSON string without escapes, or a flat JSON array of numbers. */
export interface PayloadSlice {
  readonly kind: "string" | "numbers";
  readonly bytes: Uint8Array;
  /** First byte inside the quotes or brackets. */
  readonly start: number;
  /** First byte after them. */
  readonly end: number;
}

/**
 * A JSON reply whose long strings and long arrays of numbers are still bytes: they stand in `root` as opaque
 * stand-ins, and `JSON.parse` has not seen them.
 */
export interface ReplyDocument {
  readonly root: unknown;
  /** The bytes behind a stand-in, or undefined where `value` is an ordinary value. */
  payload(value: unknown): PayloadSlice | undefined;
  /** `value` as text, whether it is a string or stands for one; undefined where it is neither. */
  text(value: unknown): string | undefined;
}
