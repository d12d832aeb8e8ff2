import type { DataOf, Dtype, Shape } from "./dtype.js";
import { allocate, holds, isNumeric, storageByDtype, typedArrayTag } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { partWriter } from "./dtype-writer.js";
import { DeploymentError, shown } from "../errors.js";
import type { DeploymentErrorCode } from "../errors.js";
import { elementCount, mostDimensions, shownShape } from "./nd-shape.js";

/** The array that a value is to become. */
export interface TensorTarget<D extends Dtype = Dtype> {
  readonly dtype: D;
  /** Lengths of the dimensions, -1 where any length is right; null where there may be any number of dimensions. */
  readonly shape: Shape | null;
  /** The feature's wire name, for messages. */
  readonly feature?: string | undefined;
}

/** The same with a shape that is settled: it has no -1. */
export interface ShapedTarget<D extends Dtype = Dtype> extends TensorTarget<D> {
  readonly shape: Shape;
}

/** The error that says what `target` is found to be: `seen` is a predicate, as in "has shape [2], expected [3]". */
export function tensorFault(code: DeploymentErrorCode, target: TensorTarget, seen: string): DeploymentError {
  const { feature } = target;
  const subject = feature === undefined ? "The array" : `Feature ${shown(feature)}`;
  return new DeploymentError(code, `${subject} ${seen}.`, { feature });
}

/** Whether `value` is an array, a typed array, or an object like one. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  if (Array.isArray(value) || typedArrayTag(value) !== undefined) return true;
  if (typeof value !== "object" || value === null || !("length" in value)) return false;
  return Number.isSafeInteger(value.length) && Number(value.length) >= 0;
}

/**
 * `source`, in C order, as data of `target`'s dtype: itself where it is that already, a converted copy otherwise.
 * Throws `wrong-shape` where the number of elements is not that of `target`'s shape, and `wrong-type` where an element
 * does not fit the dtype.
 */
export function toData<D extends Dtype>(source: ArrayLike<unknown>, target: ShapedTarget<D>): DataOf<D> {
  const { dtype } = target;
  const due = elementCount(target.shape) * (isNumeric(dtype) ? storageByDtype[dtype].parts : 1);
  // How wide raw items are is not known, only that they are equally wide.
  const fits = dtype === "bytes" ? source.length % due === 0 || source.length === due : source.length === due;
  if (!fits) throw tensorFault("wrong-shape", target, `has ${source.length} values, expected ${due}`);
  if (holds(dtype, source) && isInRange(source, dtype)) return source;
  if (isNumeric(dtype)) return converted(source, dtype, target);
  const expected = dtype === "string" ? "texts" : dtype === "binary" ? "byte strings" : "bytes";
  throw tensorFault("wrong-type", target, `is ${shown(source)}, expected ${expected}`);
}

/**
 * Whether data of the right kind hold only what the dtype can: bits where a byte holds a bool, nothing beyond float16
 * where float32 holds one. What is not is converted like any other numbers, which refuses it by name.
 */
function isInRange(source: ArrayLike<unknown>, dtype: Dtype): boolean {
  if (dtype !== "bool" && dtype !== "float16") return true;
  for (let i = 0; i < source.length; i += 1) {
    const value = Number(source[i]);
    if (dtype === "bool" ? value > 1 : Number.isFinite(value) && Math.abs(value) >= 65520) return false;
  }
  return true;
}

function converted<D extends NumericDtype>(
  source: ArrayLike<unknown>,
  dtype: D,
  target: TensorTarget,
): DataOf<D> {
  const data = allocate(dtype, source.length);
  const write = partWriter(dtype, data);
  for (let i = 0; i < source.length; i += 1) {
    if (!write(i, source[i])) throw misfit(source[i], i, target);
  }
  return data;
}

/** The error for a value whose shape, as far as it can be told, is not `target`'s. */
export function misshapen(seen: Shape, target: TensorTarget): DeploymentError {
  const wanted = target.shape === null ? `at most ${mostDimensions} dimensions` : shownShape(target.shape);
  return tensorFault("wrong-shape", target, `has shape ${shownShape(seen)}, expected ${wanted}`);
}

/** The error for an element that the dtype cannot hold. */
export function misfit(value: unknown, index: number, target: TensorTarget): DeploymentError {
  return tensorFault(
    "wrong-type",
    target,
    `holds ${shown(value)} at index ${index}, expected ${target.dtype}`,
  );
}
