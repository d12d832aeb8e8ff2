/** Number of elements in an array of `shape`; 1 for a single number. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** No array has more dimensions, as with NumPy. */
export const mostDimensions = 64;

/** Whether `shape` is a list of lengths that an array can have: whole numbers from 0 on, 64 at most. */
export function isShape(shape: unknown): shape is readonly number[] {
  return (
    Array.isArray(shape) &&
    shape.length <= mostDimensions &&
    shape.every((length) => Number.isSafeInteger(length) && length >= 0) &&
    Number.isSafeInteger(elementCount(shape))
  );
}

/** `shape` for a message, cut where it is long; -1 stands as "any". */
export function shownShape(shape: readonly number[]): string {
  const lengths = shape.slice(0, 8).map((length) => (length === -1 ? "any" : String(length)));
  return `[${lengths.join(", ")}${shape.length > 8 ? ", …" : ""}]`;
}

/** Whether an array of `shape` is one of `wanted`, where -1 stands for any length. */
export function fitsShape(shape: readonly number[], wanted: readonly number[]): boolean {
  return (
    shape.length === wanted.length && wanted.every((length, axis) => length === -1 || length === shape[axis])
  );
}

/**
 * The shape that `count` elements in C order have where `wanted` is asked for; undefined where they are too many or
 * too few, or where more than one -1 leaves it open.
 */
export function shapeOfFlat(count: number, wanted: readonly number[]): readonly number[] | undefined {
  const open = wanted.indexOf(-1);
  if (open === -1) return elementCount(wanted) === count ? wanted : undefined;
  if (wanted.lastIndexOf(-1) !== open) return undefined;
  const rest = elementCount(wanted.toSpliced(open, 1, 1));
  const length = rest === 0 ? 0 : count / rest;
  return Number.isInteger(length) && length * rest === count ? wanted.toSpliced(open, 1, length) : undefined;
}
