import type { Float16Data } from "./dtype.js";

/** What makes a platform's own `Float16Array`. */
export interface Float16Constructor {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Float16Data;
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
}

function isFloat16Constructor(value: unknown): value is Float16Constructor {
  return typeof value === "function" && "BYTES_PER_ELEMENT" in value && value.BYTES_PER_ELEMENT === 2;
}

/** The platform's own `Float16Array`, or undefined where it has none. */
export function nativeFloat16(): Float16Constructor | undefined {
  const native: unknown = Reflect.get(globalThis, "Float16Array");
  return isFloat16Constructor(native) ? native : undefined;
}

/** The bits of the float32 that equals the float16 with these bits; the payload of a NaN is kept (IEEE 754 binary16). */
export function widenHalf(half: number): number {
  const sign = (half & 0x8000) << 16;
  const fraction = half & 0x3ff;
  const exponent = (half >> 10) & 0x1f;
  if (exponent === 0x1f) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
  if (exponent > 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
  if (fraction === 0) return sign >>> 0;
  const shift = Math.clz32(fraction) - 21;
  return (sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)) >>> 0;
}

/**
 * The bits of the float16 nearest to the float32 with these bits, ties to even; the top of a NaN's payload is kept,
 * and what is too large becomes an infinity, as NumPy does it.
 */
export function narrowToHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const rest = bits & 0x7fffffff;
  if (rest > 0x7f800000) return sign | 0x7c00 | ((rest >> 13) & 0x3ff || 1);
  if (rest >= 0x477ff000) return sign | 0x7c00;
  if (rest < 0x33000000) return sign;
  const exponent = rest >> 23;
  // Below 2^-14 the fraction loses its leading bit's place, so more of it is cut.
  const cut = exponent < 113 ? 126 - exponent : 13;
  const whole = exponent < 113 ? (rest & 0x7fffff) | 0x800000 : rest - (112 << 23);
  return sign | ((whole + (1 << (cut - 1)) - 1 + ((whole >> cut) & 1)) >> cut);
}

/** The float16 nearest to `value`, ties to even: what the platform's `Math.f16round` gives. */
export function roundToHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size < 65520)) return Number.isNaN(value) ? value : value < 0 ? -Infinity : Infinity;
  let power = 2 ** Math.max(-14, Math.floor(Math.log2(size)));
  // A logarithm so near to a whole number may have been rounded up.
  if (power > size && power > 2 ** -14) power /= 2;
  const unit = power / 1024;
  // 2^52 leaves no room for a fraction, so adding it rounds, ties to even.
  const rounded = (size / unit + 2 ** 52 - 2 ** 52) * unit;
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}
