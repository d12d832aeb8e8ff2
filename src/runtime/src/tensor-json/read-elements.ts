import { decodeBase64 } from "../files/base64.js";
import type { DataOf, Dtype } from "../arrays/dtype.js";
import { allocate, isNumeric, storageByDtype } from "../arrays/dtype-storage.js";
import type { NumericDtype } from "../arrays/dtype-storage.js";
import { partWriter } from "../arrays/dtype-writer.js";
import { isDeploymentError } from "../errors.js";
import { asciiText, readString, sliceString, takeWord } from "./json-cursor.js";
import type { JsonCursor } from "./json-cursor.js";
import { readInteger, readNumber } from "./json-number.js";
import { readFloat } from "./json-value.js";

/** Takes the elements of an array from a text, one after another, without knowing how many there will be. */
export interface ElementReader<D extends Dtype = Dtype> {
  /** Reads the element that begins at the cursor; false where none of the dtype does. */
  take(cursor: JsonCursor): boolean;
  /** All that were read. */
  finish(): DataOf<D>;
}

/**
 * A reader of elements of `dtype`: floats with their tokens, to the nearest; integers in digits alone, exact; `true`
 * and `false`; strings; `{"b64": …}` objects. Of an `assumed` dtype, whole numbers beyond what a double holds exactly
 * are refused where they are written as such. Undefined for dtypes that have no form as JSON.
 */
export function elementReader<D extends Dtype>(dtype: D, assumed: boolean): ElementReader<D> | undefined;
export function elementReader(dtype: Dtype, assumed: boolean): ElementReader | undefined {
  if (dtype === "string") return listReader(readText);
  if (dtype === "binary") return listReader(readBase64);
  if (!isNumeric(dtype)) return undefined;
  const { kind } = storageByDtype[dtype];
  if (kind === "c") return undefined;
  if (kind === "b") return numberReader(dtype, readBoolean);
  if (kind === "i" || kind === "u") return numberReader(dtype, readInteger);
  if (assumed) return numberReader(dtype, readAssumed);
  return numberReader(dtype, dtype === "float32" ? readSingle : readDouble);
}

type ReadPart = (cursor: JsonCursor) => number | bigint | boolean | undefined;

/** So many elements have room before more is made. */
const firstRoom = 64;

function numberReader<D extends NumericDtype>(dtype: D, read: ReadPart): ElementReader<D> {
  let data = allocate(dtype, firstRoom);
  let write = partWriter(dtype, data);
  let count = 0;

  function resized(room: number): DataOf<D> {
    const other = allocate(dtype, room);
    const used = Math.min(count, room) * data.BYTES_PER_ELEMENT;
    new Uint8Array(other.buffer).set(new Uint8Array(data.buffer, data.byteOffset, used));
    return other;
  }

  return {
    take(cursor) {
      if (count === data.length) {
        data = resized(count * 2);
        write = partWriter(dtype, data);
      }
      const value = read(cursor);
      return value !== undefined && write(count++, value);
    },
    finish: () => (count === data.length ? data : resized(count)),
  };
}

function listReader<T>(read: (cursor: JsonCursor) => T | undefined): {
  take(cursor: JsonCursor): boolean;
  finish(): readonly T[];
} {
  const list: T[] = [];
  return {
    take(cursor) {
      const value = read(cursor);
      return value !== undefined && list.push(value) > 0;
    },
    finish: () => list,
  };
}

function readSingle(cursor: JsonCursor): number | undefined {
  return bounded(cursor, true);
}

function readDouble(cursor: JsonCursor): number | undefined {
  return bounded(cursor, false);
}

/** Infinite only where a token says so: digits that are too large are no number of any dtype. */
function bounded(cursor: JsonCursor, single: boolean): number | undefined {
  const number = readNumber(cursor, single);
  if (number === undefined) return readFloat(cursor, single);
  return Number.isFinite(number) ? number : undefined;
}

/** None where digits alone stand for a whole number that a double may have rounded. */
function readAssumed(cursor: JsonCursor): number | undefined {
  const { bytes, at } = cursor;
  const number = bounded(cursor, false);
  if (number === undefined || !Number.isFinite(number) || Math.abs(number) <= Number.MAX_SAFE_INTEGER)
    return number;
  return /[.e]/i.test(asciiText(bytes, at, cursor.at)) ? number : undefined;
}

function readBoolean(cursor: JsonCursor): boolean | undefined {
  if (takeWord(cursor, "true")) return true;
  return takeWord(cursor, "false") ? false : undefined;
}

function readText(cursor: JsonCursor): string | undefined {
  return cursor.bytes[cursor.at] === 0x22 ? readString(cursor) : undefined;
}

/** The bytes of an object whose only member is `b64`. */
function readBase64(cursor: JsonCursor): Uint8Array | undefined {
  if (!takeWord(cursor, "{") || !takeWord(cursor, '"b64"') || !takeWord(cursor, ":")) return undefined;
  const slice = sliceString(cursor, "base64 text");
  const text = slice.escaped
    ? readString({ ...cursor, at: slice.start - 1 })
    : cursor.bytes.subarray(slice.start, slice.end);
  if (!takeWord(cursor, "}")) return undefined;
  try {
    return decodeBase64(text);
  } catch (error) {
    if (isDeploymentError(error, "bad-base64")) return undefined;
    throw error;
  }
}
