import type { NumberShape } from "../shapes/json-shape.js";
import { isOutside } from "../shapes/write-number.js";
import type { Draw } from "./seed.js";

/** How far beyond its one bound, or from 0, a number lies at most, unless the bound itself is larger. */
const plainSpan = 100;

/** A number within the bounds of `shape`, plausible and with few digits; undefined where there is none. */
export function seededNumber(shape: NumberShape, draw: Pick<Draw, "next">): number | undefined {
  const whole = shape.type === "integer";
  const low = largest(shape.min, shape.above);
  const high = smallest(shape.max, shape.below);
  const share = draw.next();
  const from = low ?? (high === undefined ? 0 : high - spanAt(high));
  const to = high ?? from + spanAt(from);
  // Such a sum stays finite where a difference would not.
  const drawn = from * (1 - share) + to * share;
  const middle = from / 2 + to / 2;
  const decimals = Math.abs(to - from) > 10 ? 2 : 4;
  const candidates = [
    ...(whole ? [Math.floor(drawn), Math.round(drawn)] : [rounded(drawn, decimals), drawn, middle]),
    ...(whole ? [Math.ceil(from), Math.floor(to)] : []),
    ...[from, to, neighbour(from, 1), neighbour(to, -1)],
    ...(whole ? [Math.floor(from) + 1, Math.ceil(to) - 1] : []),
  ];
  const found = candidates.find(
    (one) => Number.isFinite(one) && (!whole || Number.isInteger(one)) && !isOutside(one, shape),
  );
  return found === undefined ? undefined : found + 0;
}

/** Whether any number is within the bounds of `shape`. */
export function hasNumbers(shape: NumberShape): boolean {
  return seededNumber(shape, { next: () => 0.5 }) !== undefined;
}

function spanAt(bound: number): number {
  return Math.max(plainSpan, Math.min(Math.abs(bound), Number.MAX_VALUE / 2));
}

function largest(...bounds: readonly (number | undefined)[]): number | undefined {
  const stated = bounds.filter((bound) => bound !== undefined);
  return stated.length === 0 ? undefined : Math.max(...stated);
}

function smallest(...bounds: readonly (number | undefined)[]): number | undefined {
  const stated = bounds.filter((bound) => bound !== undefined);
  return stated.length === 0 ? undefined : Math.min(...stated);
}

function rounded(value: number, decimals: number): number {
  return Math.abs(value) < 1e9 ? Number(value.toFixed(decimals)) : value;
}

/** The next number in the direction, as IEEE 754 §5.3.1 has it. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] = (bits[0] ?? 0n) + (value > 0 === direction > 0 ? 1n : -1n);
  return new Float64Array(bits.buffer)[0] ?? value;
}
