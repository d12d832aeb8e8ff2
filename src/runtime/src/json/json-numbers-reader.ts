import { allocate, storageByDtype } from "../arrays/dtype-storage.js";
import type { NumericDtype } from "../arrays/dtype-storage.js";
import { partWriter } from "../arrays/dtype-writer.js";
import type { DataOf } from "../arrays/dtype.js";
import { DeploymentError, shown } from "../errors.js";
import type { PayloadSlice } from "./reply-document.js";
import { asciiText, skipSpace } from "../tensor-json/json-cursor.js";
import type { JsonCursor } from "../tensor-json/json-cursor.js";
import { readNumber } from "../tensor-json/json-number.js";

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

/** Numbers of `single` precision need only be right to their nearest float32. */
function createNumberCursor(slice: PayloadSlice, single: boolean): NumberCursor {
  const cursor: JsonCursor = { bytes: slice.bytes.subarray(slice.start, slice.end), at: 0, depth: 0 };
  const { bytes } = cursor;
  let start = 0;

  function next(comma: boolean): number | undefined {
    start = skipSpace(cursor);
    if (comma) {
      if (bytes[start] !== 0x2c) return undefined;
      cursor.at = start + 1;
      start = skipSpace(cursor);
    }
    return readNumber(cursor, single);
  }

  return {
    next,
    integer() {
      // No 64-bit integer has more digits, and longer ones take long to convert.
      const digits = cursor.at - start > 20 ? "" : asciiText(bytes, start, cursor.at);
      return /^-?\d+$/.test(digits) ? BigInt(digits) : undefined;
    },
    done: () => skipSpace(cursor) === bytes.length,
    shown() {
      const rest = asciiText(bytes, start, start + 20);
      return rest === "" ? "nothing" : shown(rest);
    },
  };
}
