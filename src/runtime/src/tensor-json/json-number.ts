import { asciiText } from "./json-cursor.js";
import type { JsonCursor } from "./json-cursor.js";

/*
 * Numbers from the bytes of a JSON text: as doubles, correctly rounded, or as whole numbers with all their digits.
 */

/** So many digits are always exact in a double. */
const exactDigits = 15;
/** So many more are kept beside them; what is longer still is left to the platform. */
const moreDigits = 7;
/** Bounds what digits beyond the exact ones, and two roundings, can add. */
const blur = 2e-14;
const powers: Float64Array = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** No 64-bit integer has more digits, and longer ones take long to convert. */
const mostDigits = 20;
/** The powers of ten by which the digits beyond the exact ones shift those. */
const bigPowers: readonly bigint[] = [1n, 10n, 100n, 1000n, 10_000n, 100_000n];

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
  let more = 0;
  let moreCount = 0;
  let scale = 0;
  const first = at;
  let point = -1;
  for (;;) {
    const digit = digitAt(bytes, at);
    if (digit >= 0) {
      if (digits < exactDigits) {
        mantissa = mantissa * 10 + digit;
        if (mantissa > 0) digits += 1;
      } else {
        if (moreCount < moreDigits) more = more * 10 + digit;
        moreCount += 1;
      }
    } else if (bytes[at] === 0x2e && point === -1 && at > first) {
      if (bytes[first] === 0x30 && at > first + 1) return undefined;
      point = at;
    } else break;
    at += 1;
  }
  if (at === first || at === point + 1 || (point === -1 && bytes[first] === 0x30 && at > first + 1))
    return undefined;
  if (point !== -1) scale = point + 1 - at;

  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at += 1;
    const sign = bytes[at] === 0x2d ? -1 : 1;
    if (bytes[at] === 0x2d || bytes[at] === 0x2b) at += 1;
    const power = at;
    let exponent = 0;
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) {
      if (exponent < 100_000) exponent = exponent * 10 + digit;
    }
    if (at === power) return undefined;
    scale += sign * exponent;
  }
  cursor.at = at;

  let size: number | undefined;
  if (moreCount === 0) size = exactly(mantissa, scale);
  else if (single) size = nearestSingle({ mantissa, more, moreCount, scale });
  else size = nearestDouble({ mantissa, more, moreCount, scale });
  if (size === undefined) return Number(asciiText(bytes, start, at));
  return negative ? -size : size;
}

/** `mantissa` times ten to the `scale`, rounded once; undefined where it would be rounded twice. */
function exactly(mantissa: number, scale: number): number | undefined {
  if (scale < -22 || scale > 22) return undefined;
  return scale < 0 ? mantissa / (powers[-scale] ?? 1) : mantissa * (powers[scale] ?? 1);
}

interface ManyDigits {
  /** The first 15 digits. */
  readonly mantissa: number;
  /** The next ones, 7 at most. */
  readonly more: number;
  /** How many follow the first 15. */
  readonly moreCount: number;
  /** The power of ten that the last digit stands for. */
  readonly scale: number;
}

/** The float32 nearest to a number, going by its first digits; undefined where the others may matter. */
function nearestSingle({ mantissa, moreCount, scale }: ManyDigits): number | undefined {
  const size = exactly(mantissa, scale + moreCount);
  if (size === undefined) return undefined;
  const nearest = Math.fround(size * (1 - blur));
  return nearest === Math.fround(size * (1 + blur)) ? nearest : undefined;
}

/**
 * The double nearest to a number of more digits than a double holds, computed in two doubles, of which the second
 * stands for what the first has lost; undefined where not even that settles it.
 */
function nearestDouble({ mantissa, more, moreCount, scale }: ManyDigits): number | undefined {
  if (moreCount > moreDigits || scale < -22 || scale > 22) return undefined;
  const shift = powers[moreCount] ?? 1;
  const shifted = mantissa * shift;
  const rest = lostProduct(mantissa, shift, shifted) + more;
  const high = shifted + rest;
  const low = rest - (high - shifted);

  const power = powers[Math.abs(scale)] ?? 1;
  const size = scale < 0 ? high / power : high * power;
  const lost =
    scale < 0
      ? (high - size * power - lostProduct(size, power, size * power) + low) / power
      : lostProduct(high, power, size) + low * power;
  const nearest = size + lost * (1 - blur);
  return nearest === size + lost * (1 + blur) ? nearest : undefined;
}

/** What the double `product` lacks to be `a` times `b` (Dekker 1971, after Veltkamp). */
function lostProduct(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** The upper 26 bits of a double. */
function upperHalf(value: number): number {
  const far = value * 134217729;
  return far - (far - value);
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
  let rest = 0;
  for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) {
    if (at - first < exactDigits) size = size * 10 + digit;
    else if (at - first < mostDigits) rest = rest * 10 + digit;
  }
  const digits = at - first;
  if (digits === 0 || digits > mostDigits || (bytes[first] === 0x30 && digits > 1)) return undefined;
  // A point or an exponent: a number, but not one in digits alone.
  if (bytes[at] === 0x2e || bytes[at] === 0x65 || bytes[at] === 0x45) return undefined;
  cursor.at = at;
  if (digits > exactDigits) {
    const whole = BigInt(size) * (bigPowers[digits - exactDigits] ?? 1n) + BigInt(rest);
    return first === start ? whole : -whole;
  }
  return first === start || size === 0 ? size : -size;
}

function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - 0x30;
  return digit <= 9 ? digit : -1;
}
