import type { DataOf, Dtype } from "./dtype.js";
import { nativeFloat16 } from "./float16.js";

/** The dtypes whose elements are numbers or booleans. */
export type NumericDtype = Exclude<Dtype, "string" | "bytes" | "binary">;

/** The typed array that holds the elements of a dtype. */
export interface ElementsConstructor<D extends NumericDtype> {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): DataOf<D>;
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
}

/** How the elements of a numeric dtype are held. */
export interface DtypeStorage<D extends NumericDtype> {
  /** NumPy's letter for the kind of number. */
  readonly kind: "b" | "i" | "u" | "f" | "c";
  /** Bytes of one element in a `.npy` file. */
  readonly itemSize: number;
  /** Numbers in one element: 2 for complex dtypes. */
  readonly parts: 1 | 2;
  readonly Elements: ElementsConstructor<D>;
}

function stored<D extends NumericDtype>(
  kind: DtypeStorage<D>["kind"],
  itemSize: number,
  Elements: ElementsConstructor<D>,
): DtypeStorage<D> {
  return { kind, itemSize, parts: kind === "c" ? 2 : 1, Elements };
}

/** How each numeric dtype is held; ask `isNumeric` before looking a foreign name up. */
export const storageByDtype: { readonly [D in NumericDtype]: DtypeStorage<D> } = {
  bool: stored("b", 1, Uint8Array),
  int8: stored("i", 1, Int8Array),
  int16: stored("i", 2, Int16Array),
  int32: stored("i", 4, Int32Array),
  int64: stored("i", 8, BigInt64Array),
  uint8: stored("u", 1, Uint8Array),
  uint16: stored("u", 2, Uint16Array),
  uint32: stored("u", 4, Uint32Array),
  uint64: stored("u", 8, BigUint64Array),
  float16: stored("f", 2, nativeFloat16() ?? Float32Array),
  float32: stored("f", 4, Float32Array),
  float64: stored("f", 8, Float64Array),
  complex64: stored("c", 8, Float32Array),
  complex128: stored("c", 16, Float64Array),
};

/** Whether `dtype` is a numeric dtype; takes any value, as a foreign name may be `__proto__`. */
export function isNumeric(dtype: unknown): dtype is NumericDtype {
  return typeof dtype === "string" && Object.hasOwn(storageByDtype, dtype);
}

/** Whether `dtype` is one of ours; takes any value. */
export function isDtype(dtype: unknown): dtype is Dtype {
  return dtype === "string" || dtype === "bytes" || dtype === "binary" || isNumeric(dtype);
}

/** Room for `length` parts, all zero. */
export function allocate<D extends NumericDtype>(dtype: D, length: number): DataOf<D> {
  const { Elements } = storageByDtype[dtype];
  return new Elements(new ArrayBuffer(length * Elements.BYTES_PER_ELEMENT), 0, length);
}

/** The name of the typed array that `value` is, whatever realm it comes from, or undefined. */
export function typedArrayTag(value: unknown): string | undefined {
  const isTyped = ArrayBuffer.isView(value) && "length" in value;
  return isTyped ? Object.prototype.toString.call(value).slice(8, -1) : undefined;
}

/** Whether `value` is text. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether `value` is a Uint8Array, whatever realm it comes from. */
export function isBytes(value: unknown): value is Uint8Array {
  return typedArrayTag(value) === "Uint8Array";
}

/** Whether `data` may be the data of an array of `dtype`; the values themselves are not looked at. */
export function holds<D extends Dtype>(dtype: D, data: unknown): data is DataOf<D> {
  if (isNumeric(dtype)) return holdsNumbers(dtype, data);
  if (dtype === "bytes") return isBytes(data);
  const isElement = dtype === "binary" ? isBytes : isText;
  return Array.isArray(data) && data.every(isElement);
}

/** Whether `data` may be the data of an array of a numeric `dtype`; the values themselves are not looked at. */
export function holdsNumbers<D extends NumericDtype>(dtype: D, data: unknown): data is DataOf<D> {
  const tag = typedArrayTag(data);
  // What was made where there is no Float16Array is held as float32 everywhere.
  return tag === storageByDtype[dtype].Elements.name || (dtype === "float16" && tag === "Float32Array");
}

/** The real dtype whose elements `data` holds, or undefined where it is no typed array of numbers. */
export function dtypeOfTypedArray(data: unknown): NumericDtype | undefined {
  const dtype = typedArrayTag(data)
    ?.replace(/^Big|Clamped|Array$/g, "")
    .toLowerCase();
  return isNumeric(dtype) ? dtype : undefined;
}
