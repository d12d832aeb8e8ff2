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
