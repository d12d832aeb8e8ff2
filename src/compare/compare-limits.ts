import type { Effect } from "./change.js";

/** A bound, and whether it is itself allowed; undefined where there is none. */
interface Bound {
  readonly value: number;
  readonly open: boolean;
}

/** Limits of a number or of a count. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** What became of the numbers between two limits, or undefined where they are the same. */
export function compareLimits(before: Limits, after: Limits): Effect | undefined {
  const low = compareBounds(lowest(before), lowest(after), 1);
  const high = compareBounds(highest(before), highest(after), -1);
  if (low === undefined || high === undefined || low === high) return low ?? high;
  return "other";
}

/** The limits in words. */
export function limitWords({ min, max, above, below }: Limits): string {
  const low = above === undefined ? (min === undefined ? "" : `from ${min}`) : `above ${above}`;
  const high = below === undefined ? (max === undefined ? "" : `to ${max}`) : `below ${below}`;
  return [low, high].filter((word) => word !== "").join(" ") || "without limit";
}

/** `inwards` is the direction in which fewer numbers are left. */
function compareBounds(
  before: Bound | undefined,
  after: Bound | undefined,
  inwards: 1 | -1,
): Effect | undefined {
  if (before === undefined) return after === undefined ? undefined : "narrower";
  if (after === undefined) return "wider";
  if (before.value !== after.value) return (after.value - before.value) * inwards > 0 ? "narrower" : "wider";
  if (before.open === after.open) return undefined;
  return after.open ? "narrower" : "wider";
}

function lowest({ min, above }: Limits): Bound | undefined {
  if (above !== undefined && (min === undefined || above >= min)) return { value: above, open: true };
  return min === undefined ? undefined : { value: min, open: false };
}

function highest({ max, below }: Limits): Bound | undefined {
  if (below !== undefined && (max === undefined || below <= max)) return { value: below, open: true };
  return max === undefined ? undefined : { value: max, open: false };
}
