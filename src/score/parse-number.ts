/*
 * Text of a cell comes in, a number or a truth value goes out; text that is none is refused, never guessed at.
 */
import { shownValue, ValueFault } from "./value-fault.js";

/** Bounds of a number, as codecs and shapes state them. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

const decimal = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const wholeDigits = /^\s*[+-]?\d+\s*$/;
const tokens: ReadonlyMap<string, number> = new Map([
  ...["nan", "-nan", "+nan"].map((token) => [token, NaN] as const),
  ...["inf", "+inf", "infinity", "+infinity"].map((token) => [token, Infinity] as const),
  ...["-inf", "-infinity"].map((token) => [token, -Infinity] as const),
]);

/** A finite number in decimal digits, blanks around it aside: `4`, ` -0.5 `, `1e3`. */
export function parseNumber(text: string): number {
  const value = decimal.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  throw notNumber(text);
}

/** A number, NaN or an infinity, as NumPy and pandas spell them. */
export function parseFloatText(text: string): number {
  if (decimal.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
  }
  const token = tokens.get(text.trim().toLowerCase());
  if (token !== undefined) return token;
  throw notNumber(text);
}

function notNumber(text: string): ValueFault {
  const comma = /^\s*[+-]?\d*,\d+\s*$/.test(text) ? ": decimals are written with a point" : "";
  return new ValueFault(`is ${shownValue(text)}, not a number${comma}`);
}

/** A whole number with none of its digits lost: a bigint beyond 2^53. `4.0` and `1e3` are whole too. */
export function parseInteger(text: string): number | bigint {
  const value = decimal.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (wholeDigits.test(text)) return BigInt(text.trim().replace("+", ""));
  if (Number.isInteger(value)) throw new ValueFault(`is ${shownValue(text)}, whose digits are not all known`);
  throw new ValueFault(`is ${shownValue(text)}, not a whole number`);
}

/** `true` or `false` in any case, `1` or `0`. */
export function parseBoolean(text: string): boolean {
  switch (text.trim().toLowerCase()) {
    case "true":
    case "1":
      return true;
    case "false":
    case "0":
      return false;
    default:
      throw new ValueFault(`is ${shownValue(text)}, neither true nor false`);
  }
}

/** `value`, if it is within its bounds. */
export function withinBounds<N extends number | bigint>(value: N, bounds: NumberBounds): N {
  const { min, max, above, below } = bounds;
  const fits =
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below);
  if (fits) return value;
  const due = [
    min === undefined ? "" : `at least ${min}`,
    above === undefined ? "" : `more than ${above}`,
    max === undefined ? "" : `at most ${max}`,
    below === undefined ? "" : `less than ${below}`,
  ];
  throw new ValueFault(`is ${value}, expected ${due.filter((part) => part !== "").join(" and ")}`);
}
