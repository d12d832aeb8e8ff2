import { shown } from "../errors.js";
import type { NumberShape } from "./json-shape.js";
import { writeError } from "./place.js";
import type { Writing } from "./write-shape.js";

/**
 * A number as JSON text. Whole numbers go out in all their digits, bigints too; NaN and infinities, which JSON cannot
 * say, are `wrong-type`, and what is out of bounds is `out-of-range`.
 */
export function writeNumber(value: unknown, shape: NumberShape, at: Writing): string {
  const whole = shape.type === "integer";
  const fits =
    typeof value === "bigint"
      ? whole
      : typeof value === "number" && (whole ? Number.isInteger(value) : Number.isFinite(value));
  if (!fits || (typeof value !== "number" && typeof value !== "bigint"))
    throw writeError("wrong-type", at, `is ${shown(value)}, expected a ${whole ? "whole" : "finite"} number`);
  if (at.validate && isOutside(value, shape))
    throw writeError("out-of-range", at, `is ${shown(value)}, expected ${rangeText(shape)}`);
  if (!whole) return Object.is(value, -0) ? "-0.0" : String(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
}

/** A whole list of numbers as JSON text, fast; undefined where any of them must be looked at by itself. */
export function writeNumbers(
  list: ArrayLike<unknown>,
  shape: NumberShape,
  validate: boolean,
): string | undefined {
  const whole = shape.type === "integer";
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index];
    if (typeof value !== "number" || (validate && isOutside(value, shape))) return undefined;
    if (whole ? !Number.isSafeInteger(value) : !Number.isFinite(value) || Object.is(value, -0))
      return undefined;
  }
  return `[${Array.prototype.join.call(list, ",")}]`;
}

/** Whether a number is out of its bounds. */
export function isOutside(value: number | bigint, { min, max, above, below }: NumberShape): boolean {
  return (
    (min !== undefined && value < min) ||
    (max !== undefined && value > max) ||
    (above !== undefined && value <= above) ||
    (below !== undefined && value >= below)
  );
}

function rangeText({ min, max, above, below }: NumberShape): string {
  const bounds = [
    min === undefined ? "" : `at least ${min}`,
    above === undefined ? "" : `more than ${above}`,
    max === undefined ? "" : `at most ${max}`,
    below === undefined ? "" : `less than ${below}`,
  ];
  return bounds.filter((bound) => bound !== "").join(" and ");
}
