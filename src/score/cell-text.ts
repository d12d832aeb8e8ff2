/*
 * Values of replies come in, as clients give them; text goes out, for a cell of a table or as JSON. Every value has one
 * text, whatever batch it came in, so that a run that was interrupted ends with the bytes of one that was not.
 */

import { isArrayValue, isFileValue, isRemoteValue } from "./answer-values.js";

/** A value as JSON writes it: arrays as lists in lists, files as data URLs or addresses, bytes in base64. */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      // JSON has no NaN and no infinities.
      return Number.isFinite(value) ? numberText(value) : "null";
    case "bigint":
      return value.toString();
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : objectText(value);
    default:
      return "null";
  }
}

/** A value as it stands in a cell: text as it is, nothing for nothing, and JSON for what has parts. */
export function cellText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return numberText(value);
    case "object": {
      if (value === null) return "";
      const leaf = leafOf(value);
      return typeof leaf === "string" ? leaf : leaf === undefined ? objectText(value) : cellText(leaf);
    }
    case "undefined":
      return "";
    default:
      return jsonText(value);
  }
}

/** The shortest decimal number that the same single-precision float is nearest to: 0.1, not 0.10000000149011612. */
export function shortFloat(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function objectText(value: object): string {
  const leaf = leafOf(value);
  if (leaf !== undefined) return jsonText(leaf);
  if (isList(value)) return listText(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`).join(",")}}`;
}

function listText(items: readonly unknown[]): string {
  return `[${items.map((item) => jsonText(item)).join(",")}]`;
}

/** What stands for an object that is one value for its reader: an array's lists, a file's data URL; else undefined. */
function leafOf(value: object): unknown {
  if (isArrayValue(value)) {
    const nested = value.toNested();
    return "dtype" in value && value.dtype === "float32" ? shortened(nested) : nested;
  }
  if (isFileValue(value)) return value.toDataUrl();
  if (isRemoteValue(value)) return value.url;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return isTypedArray(value) ? Array.from(value) : undefined;
}

function shortened(nested: unknown): unknown {
  if (typeof nested === "number") return shortFloat(nested);
  return isList(nested) ? nested.map(shortened) : nested;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isTypedArray(value: object): value is Iterable<number | bigint> & ArrayLike<number | bigint> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
