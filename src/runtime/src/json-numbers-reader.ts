import { allocate, storageByDtype } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { partWriter } from "./dtype-writer.js";
import type { DataOf } from "./dtype.js";
import { DeploymentError, shown } from "./errors.js";
import type { PayloadSlice } from "./reply-document.js";

/** What `readNumbers` must know beside the text. */
export interface NumbersToRead<D extends NumericDtype> {
  readonly dtype: D;
  /** How many there must be. */
  readonly count: number;
  /** For messages. */
  readonly feature: string;
}

/**
 * The elements of a JSON array of numbers, from its parsed list or the bytes between its brackets; in the dtype's
 * own array, exact for 64-bit integers that stand as bytes. Anything but `count` numbers that the dtype can hold is
 * `bad-reply`, and so is a complex dtype.
 */
export function readNumbers<D extends NumericDtype>(
  source: PayloadSlice | readonly unknown[],
  { dtype, count, feature }: NumbersToRead<D>,
): DataOf<D> {
  const fail = (what: string): never => {
    throw new DeploymentError("bad-reply", `The reply's ${shown(feature)} ${what}.`, { feature });
  };
  const storage = storageByDtype[dtype];
  const expected = `${count} numbers of dtype ${dtype}`;
  const numbers = "bytes" in source ? textNumbers(source, dtype) : listedNumbers(source);
  if (storage.parts !== 1) return fail(`is of dtype ${dtype}, which JSON has no numbers for`);
  // Memory is only taken for what can be there.
  if (count > numbers.most)
    return fail(`holds no more than ${numbers.most} numbers, but ${expected} are due`);
  const data = allocate(dtype, count);
  const write = partWriter(dtype, data);
  for (let index = 0; index < count; index += 1) {
    const value = numbers.next(index);
    if (value === undefined)
      return fail(`has ${numbers.shown()} at index ${index} where ${expected} are due`);
    if (value === Infinity || value === -Infinity || !write(index, value)) {
      return fail(`has ${shown(value)} at index ${index}, which is no ${dtype}`);
    }
  }
  return numbers.done(count) ? data : fail(`does not end after ${expected}`);
}

/** Where numbers come from, one after another. */
interface NumberSource {
  /** There are no more than these. */
  readonly most: number;
  /** The number at `index`, which is asked for in order; undefined where there is none. */
  next(index: number): unknown;
  /** Whether nothing is left after `count` numbers. */
  done(count: number): boolean;
  /** What stands where a number was due, for messages. */
  shown(): string;
}

function listedNumbers(list: readonly unknown[]): NumberSource {
  return {
    most: list.length,
    next: (index) => list[index],
    done: (count) => count === list.length,
    shown: () => "nothing",
  };
}

function textNumbers(slice: PayloadSlice, dtype: NumericDtype): NumberSource {
  const cursor = createNumberCursor(slice, dtype === "float32");
  const big = dtype === "int64" || dtype === "uint64";
  return {
    // A number and its comma take two bytes.
    most: Math.ceil((slice.end - slice.start) / 2),
    next(index) {
      const value = cursor.next(index > 0);
      return big && value !== undefined ? (cursor.integer() ?? value) : value;
    },
    done: () => cursor.done(),
    shown: () => cursor.shown(),
  };
}

/** Reads one JSON number after another. */
interface NumberCursor {
  /** The next number, after a comma where `comma` says so; undefined where there is none. */
  next(comma: boolean): number | undefined;
  /** The last number in full, if it is written as a whole number. */
  integer(): bigint | undefined;
  /** Whether nothing but white space is left. */
  done(): boolean;
  /** What stands where a number was due, for messages. */
  shown(): string;
}

/** More digits than these are not counted in: so many are always exact in a double. */
const exactDigits = 15;
/** Bounds what digits beyond them, and two roundings, can add. */
const blur = 2e-14;
const powers: Float64Array = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Numbers of `single` precision need only be right to their nearest float32. */
function createNumberCursor(slice: PayloadSlice, single: boolean): NumberCursor {
  const bytes = slice.bytes.subarray(slice.start, slice.end);
  let at = 0;
  let start = 0;

  const text = (): string => asciiText(bytes.subarray(start, at));

  /** RFC 8259 §6. */
  function next(comma: boolean): number | undefined {
    let here = skipSpace(bytes, at);
    start = here;
    if (comma) {
      if (bytes[here] !== 0x2c) return undefined;
      here = skipSpace(bytes, here + 1);
      start = here;
    }
    const negative = bytes[here] === 0x2d;
    if (negative) here += 1;

    let mantissa = 0;
    let digits = 0;
    let scale = 0;
    let whole = true;
    const first = here;
    for (let digit = digitAt(bytes, here); digit >= 0; digit = digitAt(bytes, ++here)) {
      if (digits < exactDigits) {
        mantissa = mantissa * 10 + digit;
        if (mantissa > 0) digits += 1;
      } else {
        scale += 1;
        whole = false;
      }
    }
    if (here === first || (bytes[first] === 0x30 && here > first + 1)) return undefined;

    if (bytes[here] === 0x2e) {
      const point = ++here;
      for (let digit = digitAt(bytes, here); digit >= 0; digit = digitAt(bytes, ++here)) {
        if (digits < exactDigits) {
          mantissa = mantissa * 10 + digit;
          if (mantissa > 0) digits += 1;
          scale -= 1;
        } else whole = false;
      }
      if (here === point) return undefined;
    }

    if (bytes[here] === 0x65 || bytes[here] === 0x45) {
      here += 1;
      const sign = bytes[here] === 0x2d ? -1 : 1;
      if (bytes[here] === 0x2d || bytes[here] === 0x2b) here += 1;
      const point = here;
      let exponent = 0;
      for (let digit = digitAt(bytes, here); digit >= 0; digit = digitAt(bytes, ++here)) {
        if (exponent < 100_000) exponent = exponent * 10 + digit;
      }
      if (here === point) return undefined;
      scale += sign * exponent;
    }
    at = here;

    if (scale < -22 || scale > 22) return Number(text());
    const size = scale < 0 ? mantissa / (powers[-scale] ?? 1) : mantissa * (powers[scale] ?? 1);
    if (whole) return negative ? -size : size;
    const nearest = Math.fround(size * (1 - blur));
    if (!single || nearest !== Math.fround(size * (1 + blur))) return Number(text());
    return negative ? -nearest : nearest;
  }

  return {
    next,
    integer() {
      // No 64-bit integer has more digits, and longer ones take long to convert.
      const digits = at - start > 20 ? "" : text();
      return /^-?\d+$/.test(digits) ? BigInt(digits) : undefined;
    },
    done: () => skipSpace(bytes, at) === bytes.length,
    shown() {
      const rest = asciiText(bytes.subarray(start, start + 20));
      return rest === "" ? "nothing" : shown(rest);
    },
  };
}

/** Spreading is faster for a few bytes, and impossible for many. */
function asciiText(bytes: Uint8Array): string {
  return bytes.length < 64 ? String.fromCharCode(...bytes) : new TextDecoder().decode(bytes);
}

function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - 0x30;
  return digit <= 9 ? digit : -1;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
}
