import type { DataOf, Dtype } from "./dtype.js";
import { allocate, isBytes, isNumeric, isText, storageByDtype, typedArrayTag } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { partWriter } from "./dtype-writer.js";
import { shown } from "../errors.js";
import { isList, misfit, misshapen, tensorFault } from "./nd-data.js";
import type { ShapedTarget, TensorTarget } from "./nd-data.js";
import { elementCount, fitsShape, isShape, mostDimensions } from "./nd-shape.js";

/**
 * The shape of lists in lists, going by the first member of each; what an empty list cannot show comes from `target`.
 * Throws `wrong-shape` where it is not `target`'s, and `wrong-type` where there is no list at all but one is due.
 */
export function shapeOfLists(lists: unknown, target: TensorTarget): readonly number[] {
  const { dtype, shape: wanted } = target;
  const seen = seenShape(lists, dtype, wanted?.length ?? mostDimensions);
  if (wanted === null) {
    if (isShape(seen)) return seen;
    throw misshapen(seen, target);
  }
  if (wanted.length > 0 && !isLevel(lists, dtype)) {
    throw tensorFault("wrong-type", target, `is ${shown(lists)}, expected an array of ${dtype}`);
  }
  const hidden = seen.at(-1) === 0 ? wanted.slice(seen.length) : [];
  const shape = [...seen, ...hidden.map((length) => Math.max(0, length))];
  if (!fitsShape(shape, wanted)) throw misshapen(seen, target);
  return shape;
}

/** The lengths as far as they can be told, little more than `deepest` of them; the pairs of complex elements are none. */
function seenShape(lists: unknown, dtype: Dtype, deepest: number): readonly number[] {
  const pair = dtype.startsWith("complex") ? 1 : 0;
  const lengths: number[] = [];
  for (let level = lists; isLevel(level, dtype) && lengths.length <= deepest + pair; level = level[0]) {
    lengths.push(level.length);
  }
  return lengths.includes(0) ? lengths : lengths.slice(0, lengths.length - pair);
}

/** Whether `value` is a list of elements or of further lists: bytes among texts or byte strings are elements. */
export function isLevel(value: unknown, dtype: Dtype): value is ArrayLike<unknown> {
  if ((dtype === "string" || dtype === "binary") && typedArrayTag(value) !== undefined) return false;
  return isList(value);
}

/**
 * The elements of lists in lists in C order. Throws `wrong-shape` where a list at any level is longer or shorter
 * than `target`'s shape, and `wrong-type` where an element does not fit the dtype.
 */
export function flattenLists<D extends Dtype>(lists: unknown, target: ShapedTarget<D>): DataOf<D>;
export function flattenLists(lists: unknown, target: ShapedTarget): DataOf<Dtype> {
  const { dtype } = target;
  if (isNumeric(dtype)) return numbers(lists, dtype, target);
  if (dtype === "bytes")
    throw tensorFault("wrong-type", target, "is a list, expected bytes in one Uint8Array");
  return dtype === "binary" ? collect(lists, target, isBytes) : collect(lists, target, isText);
}

/** As `flattenLists`, where the elements are no numbers but what `isElement` knows. */
export function collect<Element>(
  lists: unknown,
  target: ShapedTarget,
  isElement: (value: unknown) => value is Element,
): readonly Element[] {
  checkLevels(lists, target, []);
  const elements: Element[] = [];
  visit(lists, target.shape.length, (element) => {
    if (!isElement(element)) throw misfit(element, elements.length, target);
    elements.push(element);
  });
  return elements;
}

function numbers(lists: unknown, dtype: NumericDtype, target: ShapedTarget): DataOf<NumericDtype> {
  checkLevels(lists, target, []);
  const { parts } = storageByDtype[dtype];
  const data = allocate(dtype, elementCount(target.shape) * parts);
  const write = partWriter(dtype, data);
  let index = 0;
  visit(lists, target.shape.length, (element) => {
    if (parts === 1) {
      if (!write(index, element)) throw misfit(element, index, target);
    } else if (
      !isList(element) ||
      element.length !== 2 ||
      !write(index, element[0]) ||
      !write(index + 1, element[1])
    ) {
      throw misfit(element, index / 2, target);
    }
    index += parts;
  });
  return data;
}

/** Holds every list to the shape before room is made for its elements. */
function checkLevels(value: unknown, target: ShapedTarget, path: readonly number[]): void {
  const due = target.shape[path.length];
  const where = path.length === 0 ? "" : ` at [${path.join("][")}]`;
  if (due === undefined) return;
  if (!isLevel(value, target.dtype) || value.length !== due) {
    const seen = isLevel(value, target.dtype) ? `a list of ${value.length}` : "no list";
    throw tensorFault("wrong-shape", target, `has ${seen}${where}, expected a list of ${due}`);
  }
  const last = path.length === target.shape.length - 1;
  for (let i = 0; i < value.length; i += 1) {
    if (!last) checkLevels(value[i], target, [...path, i]);
    else if (
      isLevel(value[i], target.dtype) &&
      !target.dtype.startsWith("complex") &&
      target.dtype !== "bytes"
    ) {
      throw tensorFault(
        "wrong-shape",
        target,
        `has a list at [${[...path, i].join("][")}], expected ${target.dtype}`,
      );
    }
  }
}

function visit(value: unknown, depth: number, take: (element: unknown) => void): void {
  if (depth === 0 || !isList(value)) return take(value);
  for (let i = 0; i < value.length; i += 1) {
    if (depth === 1) take(value[i]);
    else visit(value[i], depth - 1, take);
  }
}
