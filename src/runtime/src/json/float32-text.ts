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
  // Noise takes 8 digits or 9, so 8 are tried first. Any decimal of up to 6 survives float32: what 6 digits say is
  // as short as can be once its zeros are cut.
  const scale = 7 - exponent;
  const eight = digitsThatReadAs(size, scale);
  if (eight < 0) {
    const nine = digitsThatReadAs(size, scale + 1);
    return nine < 0 ? writeAscii(slowText(size), target, next) : writeDecimal(nine, scale + 1, target, next);
  }
  const seven = digitsThatReadAs(size, scale - 1);
  if (seven < 0) return writeDecimal(eight, scale, target, next);
  const six = digitsThatReadAs(size, scale - 2);
  return six < 0 ? writeDecimal(seven, scale - 1, target, next) : writeShort(six, scale - 2, target, next);
}

/** `size` times ten to the `scale` as a whole number, if that is enough to give the float back; else -1. */
function digitsThatReadAs(size: number, scale: number): number {
  const digits = Math.round(scaled(size, scale));
  return Math.fround(scaled(digits, -scale)) === size ? digits : -1;
}

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

/** As `writeDecimal`, zeros at the end left out. */
function writeShort(digits: number, scale: number, target: Uint8Array, at: number): number {
  let whole = digits;
  let places = scale;
  while (places > 0 && whole % 10 === 0) {
    whole /= 10;
    places -= 1;
  }
  return writeDecimal(whole, places, target, at);
}

/** Writes `digits`, at most 2^31, over ten to the `places`. */
function writeDecimal(digits: number, places: number, target: Uint8Array, at: number): number {
  if (places <= 0) return writeInteger(digits * (powers[-places] ?? 1), target, at);
  const unit = powers[places] ?? 1;
  const whole = digits < unit ? 0 : Math.floor(digits / unit);
  const afterWhole = writeInteger(whole, target, at);
  target[afterWhole] = point;
  return writeDigits(digits - whole * unit, places, target, afterWhole + 1);
}

/** Writes a whole number from 0 to 2^53 and gives the offset after it. */
export function writeInteger(value: number, target: Uint8Array, at: number): number {
  if (value < 10) {
    target[at] = zero + value;
    return at + 1;
  }
  if (value < 2 ** 31) return writeDigits(value, digitsOf(value), target, at);
  const high = Math.floor(value / 1e8);
  return writeDigits(value - high * 1e8, 8, target, writeInteger(high, target, at));
}

function digitsOf(value: number): number {
  let count = 1;
  while (value >= (powers[count] ?? Infinity)) count += 1;
  return count;
}

/** Writes the last `count` digits of a whole number below 2^31, zeros in front, two at a time. */
function writeDigits(value: number, count: number, target: Uint8Array, at: number): number {
  let rest = value | 0;
  let to = at + count;
  while (to > at + 1) {
    const next = (rest / 100) | 0;
    const pair = (rest - next * 100) * 2;
    target[--to] = pairs[pair + 1] ?? zero;
    target[--to] = pairs[pair] ?? zero;
    rest = next;
  }
  if (to > at) target[at] = zero + (rest % 10);
  return at + count;
}

/** Writes ASCII `text` and gives the offset after it. */
export function writeAscii(text: string, target: Uint8Array, at: number): number {
  for (let index = 0; index < text.length; index += 1) target[at + index] = text.charCodeAt(index);
  return at + text.length;
}
