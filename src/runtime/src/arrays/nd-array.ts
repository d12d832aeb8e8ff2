import type { DataOf, Dtype, ElementOf, Float16Data, Shape } from "./dtype.js";
import { isList, misshapen, tensorFault, toData } from "./nd-data.js";
import type { TensorTarget } from "./nd-data.js";
import { flattenLists, isLevel, shapeOfLists } from "./nd-lists.js";
import { nested } from "./nd-nested.js";
import { fitsShape, isShape, shapeOfFlat, shownShape } from "./nd-shape.js";
import {
  dtypeOfTypedArray,
  holds,
  isDtype,
  isNumeric,
  storageByDtype,
  typedArrayTag,
} from "./dtype-storage.js";
import { DeploymentError, shown } from "../errors.js";

/** Lists in lists, as deep as the shape has dimensions; any depth where the shape is not known. */
export type Nested<Element, S extends Shape> = S extends readonly []
  ? Element
  : S extends readonly [number, ...infer Rest extends readonly number[]]
    ? readonly Nested<Element, Rest>[]
    : AnyNested<Element>;

/** Lists in lists of any depth, none included. */
export type AnyNested<Element> = Element | readonly AnyNested<Element>[];

/** An array of numbers or text with its shape, in C order. */
export interface NdArray<D extends Dtype = Dtype, S extends Shape = Shape> {
  readonly dtype: D;
  readonly shape: Readonly<S>;
  /** The elements in C order, as many as the shape says (twice as many parts for complex dtypes). */
  readonly data: DataOf<D>;
  /** NumPy's own description of the items, where they are raw bytes read from a `.npy` file. */
  readonly descr?: string;
  /** The elements as lists in lists; booleans for `bool`, pairs for complex dtypes. */
  toNested(): Nested<ElementOf<D>, S>;
}

/** What a row takes for an array: one with its shape, lists in lists, or bare elements in C order. */
export type TensorInput<D extends Dtype, S extends Shape> =
  NdArray<D, S> | Nested<ElementOf<D>, S> | DataOf<D>;

/** The typed arrays whose dtype needs no saying. */
export type TypedData =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float16Data
  | Float32Array
  | Float64Array;

/** The dtype that a typed array is taken to have. */
export type DtypeOf<T extends TypedData> = T extends Float32Array
  ? "float32"
  : T extends Float64Array
    ? "float64"
    : T extends Uint8Array
      ? "uint8"
      : T extends Uint16Array
        ? "uint16"
        : T extends Uint32Array
          ? "uint32"
          : T extends BigUint64Array
            ? "uint64"
            : T extends Int8Array
              ? "int8"
              : T extends Int16Array
                ? "int16"
                : T extends Int32Array
                  ? "int32"
                  : T extends BigInt64Array
                    ? "int64"
                    : "float16";

/**
 * An array of `shape` with elements in C order; its type knows a literal shape. A typed array of the right kind
 * is kept as it is, never copied; lists become one, `float32` unless `dtype` says otherwise. Complex elements are
 * pairs in a list, real and imaginary parts in turn in a typed array.
 *
 * Throws `wrong-shape` where `data` has more or fewer elements than `shape` says, and `wrong-type` where `dtype`
 * cannot hold one of them.
 */
export function ndarray<const S extends Shape, T extends TypedData>(
  shape: S,
  data: T,
): NdArray<DtypeOf<T>, [...S]>;
export function ndarray<const S extends Shape>(shape: S, data: readonly number[]): NdArray<"float32", [...S]>;
export function ndarray<const S extends Shape, D extends Dtype>(
  shape: S,
  data: DataOf<D> | readonly ElementOf<D>[],
  dtype: D,
): NdArray<D, [...S]>;
export function ndarray(
  shape: Shape,
  data: unknown,
  dtype: Dtype = dtypeOfTypedArray(data) ?? "float32",
): NdArray {
  if (!isDtype(dtype)) {
    throw new DeploymentError(
      "wrong-type",
      `The dtype of an array is ${shown(dtype)}, expected one that NumPy has.`,
    );
  }
  if (!isShape(shape)) {
    const seen = Array.isArray(shape) ? shownShape(shape) : shown(shape);
    throw new DeploymentError(
      "wrong-shape",
      `The shape of an array is ${seen}, expected whole numbers from 0 on.`,
    );
  }
  if (!isList(data)) {
    throw new DeploymentError(
      "wrong-type",
      `The data of an array are ${shown(data)}, expected a list or typed array.`,
    );
  }
  const flat = dtype.startsWith("complex") && Array.isArray(data) ? data.flat() : data;
  return createNdArray(dtype, shape, toData(flat, { dtype, shape }));
}

/** An array of another copy of the runtime, or of any library that names its parts alike. */
export type NdArrayLike = Pick<NdArray, "dtype" | "shape" | "data">;

/** Whether `value` has the parts of an array; whether they fit each other is not looked at. */
export function isNdArrayLike(value: unknown): value is NdArrayLike {
  if (typeof value !== "object" || value === null) return false;
  if (!("dtype" in value && "shape" in value && "data" in value)) return false;
  return isDtype(value.dtype) && isShape(value.shape) && holds(value.dtype, value.data);
}

/**
 * The array that a row's value stands for: an array of any copy of the runtime, lists in lists, or a bare typed array
 * in C order. Its dtype and shape are `target`'s, -1 made good; where `target` leaves the shape open it is the value's
 * own, a bare typed array one dimension. Data that are right are kept, never copied; others are converted as far as the
 * dtype can hold them, floats rounded to the nearest.
 *
 * Throws `wrong-type` or `wrong-shape`, naming the feature.
 */
export function toTensor<D extends Dtype>(value: unknown, target: TensorTarget<D>): NdArray<D> {
  const { dtype, shape: wanted } = target;
  if (isNdArrayLike(value)) {
    if (familyOf(value.dtype) !== familyOf(dtype)) {
      throw tensorFault("wrong-type", target, `is an array of ${value.dtype}, expected ${dtype}`);
    }
    if (wanted !== null && !fitsShape(value.shape, wanted)) throw misshapen(value.shape, target);
    return createNdArray(dtype, value.shape, toData(value.data, { ...target, shape: value.shape }));
  }
  if (typedArrayTag(value) !== undefined && isLevel(value, dtype)) {
    const length = value.length / (isNumeric(dtype) ? storageByDtype[dtype].parts : 1);
    const shape = shapeOfFlat(length, wanted ?? [-1]);
    if (shape === undefined) throw misshapen([length], target);
    return createNdArray(dtype, shape, toData(value, { ...target, shape }));
  }
  const shape = shapeOfLists(value, target);
  return createNdArray(dtype, shape, flattenLists(value, { ...target, shape }));
}

/** What may not pass for each other, however like their data are. */
function familyOf(dtype: Dtype): string {
  const storage = isNumeric(dtype) ? storageByDtype[dtype].kind : dtype;
  return storage === "b" || storage === "c" || !isNumeric(dtype) ? storage : "real";
}

// A class only so that every array shares one `toNested`, which a printed or compared array does not show.
class NdArrayValue<D extends Dtype, S extends Shape> implements NdArray<D, S> {
  readonly dtype: D;
  readonly shape: Readonly<S>;
  readonly data: DataOf<D>;
  declare readonly descr?: string;

  constructor(dtype: D, shape: Readonly<S>, data: DataOf<D>) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  toNested(): Nested<ElementOf<D>, S> {
    return nested(this);
  }
}

/** An array of parts that are known to fit each other; nothing is copied but the shape, which is frozen. */
export function createNdArray<D extends Dtype, const S extends Shape>(
  dtype: D,
  shape: S,
  data: DataOf<D>,
  descr?: string,
): NdArray<D, S> {
  const array = new NdArrayValue<D, S>(dtype, frozen(shape), data);
  return descr === undefined ? array : Object.assign(array, { descr });
}

function frozen<S extends Shape>(shape: S): Readonly<S>;
function frozen(shape: Shape): Shape {
  return Object.freeze([...shape]);
}
