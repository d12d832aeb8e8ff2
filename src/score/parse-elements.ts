/*
 * One element of an array, by its dtype: what NumPy can hold is taken, what it would wrap around or cut is refused.
 */
import type { Dtype } from "@gen-deploy/runtime";
import { parseBoolean, parseFloatText, parseInteger } from "./parse-number.js";
import { shownValue, ValueFault } from "./value-fault.js";

/** Reads single elements. */
export interface ElementReader {
  readonly fromText: (text: string) => unknown;
  readonly fromValue: (value: unknown) => unknown;
}

const bounds: Readonly<Record<string, readonly [min: number | bigint, max: number | bigint]>> = {
  int8: [-128, 127],
  int16: [-32_768, 32_767],
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 4_294_967_295],
  uint64: [0, 2n ** 64n - 1n],
};

/** What reads elements of `dtype`; those of text and bytes come through as they are, if they are such. */
export function elementReader(dtype: Dtype): ElementReader {
  switch (dtype) {
    case "bool":
      return { fromText: parseBoolean, fromValue: toBoolean };
    case "string":
      return { fromText: (text) => text, fromValue: toTextOrBytes };
    case "binary":
    case "bytes":
      return { fromText: (text) => text, fromValue: toTextOrBytes };
    case "float16":
    case "float32":
    case "float64":
      return {
        fromText: (text) => inFloat(parseFloatText(text), dtype),
        fromValue: (value) => inFloat(toNumber(value), dtype),
      };
    case "complex64":
    case "complex128":
      return { fromText: noText, fromValue: (value) => value };
    default: {
      const within = (value: number | bigint): number | bigint => inRange(value, dtype);
      return {
        fromText: (text) => within(parseInteger(text)),
        fromValue: (value) => within(toInteger(value)),
      };
    }
  }
}

function noText(text: string): never {
  throw new ValueFault(`is ${shownValue(text)}, not a list`);
}

function inRange(value: number | bigint, dtype: string): number | bigint {
  const [min, max] = bounds[dtype] ?? [-Infinity, Infinity];
  if (value >= min && value <= max) return value;
  throw new ValueFault(`is ${value}, which ${dtype} cannot hold`);
}

function inFloat(value: number, dtype: string): number {
  const most = dtype === "float64" ? Infinity : dtype === "float32" ? 3.4028235677973366e38 : 65520;
  if (Math.abs(value) < most || !Number.isFinite(value)) return value;
  throw new ValueFault(`is ${value}, which ${dtype} cannot hold`);
}

/** A number, NaN or an infinity; a bigint as the nearest one. */
export function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  throw new ValueFault(`is ${shownValue(value)}, not a number`);
}

/** A finite number. */
export function toFinite(value: unknown): number {
  const number = toNumber(value);
  if (Number.isFinite(number)) return number;
  throw new ValueFault(`is ${number}, not a finite number`);
}

/** A whole number, as a bigint where it is beyond 2^53. */
export function toInteger(value: unknown): number | bigint {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new ValueFault(`is ${shownValue(value)}, not a whole number`);
}

/** `true` or `false`. */
export function toBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new ValueFault(`is ${shownValue(value)}, neither true nor false`);
}

/** Text; Parquet's bytes as the UTF-8 that they are, and its dates as ISO 8601 has them. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return utf8Text(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw new ValueFault(`is ${shownValue(value)}, not text`);
}

function utf8Text(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ValueFault(`is ${bytes.byteLength} bytes, not text`);
  }
}

function toTextOrBytes(value: unknown): string | Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  throw new ValueFault(`is ${shownValue(value)}, neither text nor bytes`);
}
