import { asciiText } from "./json-cursor.js";
import type { JsonCursor } from "./json-cursor.js";

/*
 * Numbers from the bytes of a JSON text: as doubles, correctly rounded, or as whole numbers with all their digits.
 */

/** More digits than these are not counted in: so many are always exact in a double. */
const exactDigits = 15;
/** Bounds what digits beyond them, and two roundings, can add. */
const blur = 2e-14;
const powers: Float64Array = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** No 64-bit integer has more digits, and longer ones take long to convert. */
const mostDigits = 20;

/**
 * The number that begins at the cursor (RFC 8259 §6), as the nearest double; what a double cannot hold is infinite.
 * Of `single` precision it need only be right to its nearest float32. Undefined where there is none; the cursor then
 * stays where it is.
 */
export function readNumber(cursor: JsonCursor, single: boolean): number | undefined {
  const { bytes, at: start } = cursor;
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative) at += 1;

  let mantissa = 0;
  let digits = 0;
  let scale = 0;
  let exact = true;
  const first = at;
  for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) {
    if (digits < exactDigits) {
      mantissa = mantissa * 10 + digit;
      if (mantissa > 0) digits += 1;
    } else {
      scale += 1;
      exact = false;
    }
  }
  if (at === first || (bytes[first] === 0x30 && at > first + 1)) return undefined;

  if (bytes[at] === 0x2e) {
    const point = ++at;
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) {
      if (digits < exactDigits) {
        mantissa = mantissa * 10 + digit;
        if (mantissa > 0) digits += 1;
        scale -= 1;
      } else exact = false;
    }
    if (at === point) return undefined;
  }

  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at += 1;
    const sign = bytes[at] === 0x2d ? -1 : 1;
    if (bytes[at] === 0x2d || bytes[at] === 0x2b) at += 1;
    const point = at;
    let exponent = 0;
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) {
      if (exponent < 100_000) exponent = exponent * 10 + digit;
    }
    if (at === point) return undefined;
    scale += sign * exponent;
  }
  cursor.at = at;

  if (scale < -22 || scale > 22) return Number(asciiText(bytes, start, at));
  const size = scale < 0 ? mantissa / (powers[-scale] ?? 1) : mantissa * (powers[scale] ?? 1);
  if (exact) return negative ? -size : size;
  const nearest = Math.fround(size * (1 - blur));
  if (!single || nearest !== Math.fround(size * (1 + blur))) return Number(asciiText(bytes, start, at));
  return negative ? -nearest : nearest;
}

/**
 * The whole number that begins at the cursor, written in digits alone: a bigint where it has more than 15 of them.
 * Undefined where there is none, or one of more than 20 digits; the cursor then stays where it is.
 */
export function readInteger(cursor: JsonCursor): number | bigint | undefined {
  const { bytes, at: start } = cursor;
  const first = bytes[start] === 0x2d ? start + 1 : start;
  let at = first;
  let size = 0;
  for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) {
    if (at - first < exactDigits) size = size * 10 + digit;
  }
  const digits = at - first;
  if (digits === 0 || digits > mostDigits || (bytes[first] === 0x30 && digits > 1)) return undefined;
  // A point or an exponent: a number, but not one in digits alone.
  if (bytes[at] === 0x2e || bytes[at] === 0x65 || bytes[at] === 0x45) return undefined;
  cursor.at = at;
  if (digits > exactDigits) return BigInt(asciiText(bytes, start, at));
  return first === start || size === 0 ? size : -size;
}

function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - 0x30;
  return digit <= 9 ? digit : -1;
}
