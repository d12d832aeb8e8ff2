import type { DataOf, Dtype, Shape } from "./dtype.js";
import { allocate, holds, isNumeric, storageByDtype, typedArrayTag } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { DeploymentError, shown } from "./errors.js";
import type { DeploymentErrorCode } from "./errors.js";
import { elementCount } from "./nd-shape.js";

/** The array that a value is to become. */
export interface TensorTarget<D extends Dtype = Dtype> {
  readonly dtype: D;
  /** Lengths of the dimensions; -1 where any length is right. */
  readonly shape: Shape;
  /** The feature's wire name, for messages. */
  readonly feature?: string | undefined;
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
 * Throws `wrong-shape` where the number of elements is not that of `target`'s shape, which has no -1, and `wrong-type`
 * where an element does not fit the dtype.
 */
export function toData<D extends Dtype>(source: ArrayLike<unknown>, target: TensorTarget<D>): DataOf<D> {
  const { dtype } = target;
  const due = elementCount(target.shape) * (isNumeric(dtype) ? storageByDtype[dtype].parts : 1);
  // How wide raw items are is not known, only that they are equally wide.
  const fits = dtype === "bytes" ? source.length % due === 0 || source.length === due : source.length === due;
  if (!fits) throw tensorFault("wrong-shape", target, `has ${source.length} values, expected ${due}`);
  if (holds(dtype, source) && (dtype !== "bool" || isBits(source))) return source;
  if (isNumeric(dtype)) return converted(source, dtype, target);
  throw tensorFault(
    "wrong-type",
    target,
    `is ${shown(source)}, expected ${dtype === "string" ? "texts" : "bytes"}`,
  );
}

/** Bytes that are not 0 or 1 are converted like any other numbers, which refuses them by name. */
function isBits(source: ArrayLike<unknown>): boolean {
  for (let i = 0; i < source.length; i += 1) if (source[i] !== 0 && source[i] !== 1) return false;
  return true;
}

function converted<D extends NumericDtype>(
  source: ArrayLike<unknown>,
  dtype: D,
  target: TensorTarget,
): DataOf<D> {
  const data = allocate(dtype, source.length);
  const { write } = storageByDtype[dtype];
  for (let i = 0; i < source.length; i += 1) {
    if (!write(data, i, source[i])) throw misfit(source[i], i, target);
  }
  return data;
}

/** The error for an element that the dtype cannot hold. */
export function misfit(value: unknown, index: number, target: TensorTarget): DeploymentError {
  return tensorFault(
    "wrong-type",
    target,
    `holds ${shown(value)} at index ${index}, expected ${target.dtype}`,
  );
}
