import type { DataOf, Dtype } from "./dtype.js";
import { allocate, isNumeric, storageByDtype } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { partWriter } from "./dtype-writer.js";
import { isList, misfit, tensorFault } from "./nd-data.js";
import type { TensorTarget } from "./nd-data.js";
import { elementCount } from "./nd-shape.js";

/**
 * The shape of lists in lists, going by the first member of each: as far as it can be told, and at most `deepest`
 * levels. The pairs of complex elements are no level.
 */
export function shapeOfLists(lists: unknown, dtype: Dtype, deepest: number): readonly number[] {
  const pair = dtype.startsWith("complex") ? 1 : 0;
  const lengths: number[] = [];
  for (let level = lists; isList(level) && lengths.length <= deepest + pair; level = level[0]) {
    lengths.push(level.length);
  }
  return lengths.includes(0) ? lengths : lengths.slice(0, lengths.length - pair);
}

/**
 * The elements of lists in lists in C order. Throws `wrong-shape` where a list at any level is longer or shorter
 * than `target`'s shape, which has no -1, and `wrong-type` where an element does not fit the dtype.
 */
export function flattenLists<D extends Dtype>(lists: unknown, target: TensorTarget<D>): DataOf<D>;
export function flattenLists(lists: unknown, target: TensorTarget): DataOf<Dtype> {
  const { dtype, shape } = target;
  checkLevels(lists, target, []);
  if (isNumeric(dtype)) return numbers(lists, dtype, target);
  if (dtype === "bytes")
    throw tensorFault("wrong-type", target, "is a list, expected bytes in one Uint8Array");
  const texts: string[] = [];
  visit(lists, shape.length, (text) => {
    if (typeof text !== "string") throw misfit(text, texts.length, target);
    texts.push(text);
  });
  return texts;
}

function numbers(lists: unknown, dtype: NumericDtype, target: TensorTarget): DataOf<NumericDtype> {
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
function checkLevels(value: unknown, target: TensorTarget, path: readonly number[]): void {
  const due = target.shape[path.length];
  const where = path.length === 0 ? "" : ` at [${path.join("][")}]`;
  if (due === undefined) return;
  if (!isList(value) || value.length !== due) {
    const seen = isList(value) ? `a list of ${value.length}` : "no list";
    throw tensorFault("wrong-shape", target, `has ${seen}${where}, expected a list of ${due}`);
  }
  const last = path.length === target.shape.length - 1;
  for (let i = 0; i < value.length; i += 1) {
    if (!last) checkLevels(value[i], target, [...path, i]);
    else if (isList(value[i]) && !target.dtype.startsWith("complex") && target.dtype !== "bytes") {
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
