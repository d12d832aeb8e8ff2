/*
 * Numbers to ASCII without strings: `t` is the shortest decimal with `Math.fround(Number(t)) === value`, which is
 * what readers by way of doubles (NumPy, JavaScript) get back. `0.1` in float32 is `0.1`, not
 * `0.10000000149011612`.
 */

/** More bytes than any number takes. */
export const longestNumber = 32;

const zero = 0x30;
const minus = 0x2d;
const point = 0x2e;

/** Exact powers of ten: the largest that a double holds exactly is 10^22. */
const powers: Float64Array = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** For each float32 exponent the decimal exponent of its least number. */
const decimalExponents: Int8Array = Int8Array.from({ length: 256 }, (_, exponent) =>
  exponent === 0 ? -45 : Math.floor((exponent - 127) * Math.LOG10E * Math.LN2),
);

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Two digits for each number below 100. */
const pairs: Uint8Array = Uint8Array.from({ length: 200 }, (_, at) =>
  at % 2 === 0 ? zero + Math.floor(at / 20) : zero + (Math.floor(at / 2) % 10),
);

/**
 * Writes the finite float32 `value` at `at` as the shortest JSON number that reads back as it, negative zero as
 * `-0.0`, and gives the offset after it. `target` must have `longestNumber` bytes left.
 */
export function writeFloat32(value: number, target: Uint8Array, at: number): number {
  if (value === 0) return writeAscii(Object.is(value, -0) ? "-0.0" : "0", target, at);
  let next = at;
  let size = value;
  if (value < 0) {
    target[next++] = minus;
    size = -value;
  }
  if (size < 1e7 && size === Math.trunc(size)) return writeInteger(size, target, next);
  float[0] = size;
  let exponent = decimalExponents[(bits[0] ?? 0) >>> 23] ?? 0;
  if (exponent < -6 || exponent > 14) return writeAscii(slowText(size), target, next);
  if (size >= powerOfTen(exponent + 1)) exponent += 1;
  // Any decimal of up to 6 digits survives float32, so what 6 digits say is as short as can be once its zeros are cut.
  for (const count of digitCounts) {
    const scale = count - 1 - exponent;
    const digits = Math.round(scaled(size, scale));
    if (Math.fround(scaled(digits, -scale)) === size) return writeDecimal(digits, scale, target, next);
  }
  return writeAscii(slowText(size), target, next);
}

const digitCounts: readonly number[] = [6, 7, 8, 9];

function powerOfTen(exponent: number): number {
  return exponent < 0 ? 1 / (powers[-exponent] ?? 1) : (powers[exponent] ?? 1);
}

/** `value` times ten to the `scale`, rounded once. */
function scaled(value: number, scale: number): number {
  return scale < 0 ? value / (powers[-scale] ?? 1) : value * (powers[scale] ?? 1);
}

/** The obvious way, for numbers so large or small that powers of ten are not exact. */
function slowText(value: number): string {
  for (let precision = 1; precision < 9; precision += 1) {
    const short = Number(value.toPrecision(precision));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** Writes `digits` over ten to the `scale`, for a result of 1e-7 at least and less than 1e16. */
function writeDecimal(digits: number, scale: number, target: Uint8Array, at: number): number {
  let whole = digits;
  let places = scale;
  while (places > 0 && whole % 10 === 0) {
    whole /= 10;
    places -= 1;
  }
  if (places <= 0) return writeInteger(whole * (powers[-places] ?? 1), target, at);
  const count = digitsOf(whole);
  let start = at;
  if (count <= places) {
    target[start++] = zero;
    target[start++] = point;
    for (let missing = places - count; missing > 0; missing -= 1) target[start++] = zero;
    return writeInteger(whole, target, start);
  }
  // The digits are written one place to the right, then those before the point move to the left of it.
  const end = writeInteger(whole, target, start + 1);
  const split = end - places - 1;
  for (let move = start; move < split; move += 1) target[move] = target[move + 1] ?? zero;
  target[split] = point;
  return end;
}

function digitsOf(value: number): number {
  let count = 1;
  while (count < powers.length && value >= (powers[count] ?? Infinity)) count += 1;
  return count;
}

/** Writes a whole number from 0 to 2^53 and gives the offset after it. */
export function writeInteger(value: number, target: Uint8Array, at: number): number {
  const end = at + digitsOf(value);
  let rest = value;
  let to = end;
  while (rest >= 100) {
    const next = Math.floor(rest / 100);
    const pair = (rest - next * 100) * 2;
    target[--to] = pairs[pair + 1] ?? zero;
    target[--to] = pairs[pair] ?? zero;
    rest = next;
  }
  if (rest >= 10) target[--to] = pairs[rest * 2 + 1] ?? zero;
  target[--to] = rest >= 10 ? (pairs[rest * 2] ?? zero) : zero + rest;
  return end;
}

/** Writes ASCII `text` and gives the offset after it. */
export function writeAscii(text: string, target: Uint8Array, at: number): number {
  for (let index = 0; index < text.length; index += 1) target[at + index] = text.charCodeAt(index);
  return at + text.length;
}
