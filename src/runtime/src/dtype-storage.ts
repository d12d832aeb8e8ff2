import type { DataOf, Dtype } from "./dtype.js";
import { nativeFloat16, roundToHalf } from "./float16.js";

/** The dtypes whose elements are numbers or booleans. */
export type NumericDtype = Exclude<Dtype, "string" | "bytes">;

/** How the elements of a numeric dtype are held. */
export interface DtypeStorage<D extends NumericDtype> {
  /** NumPy's letter for the kind of number. */
  readonly kind: "b" | "i" | "u" | "f" | "c";
  /** Bytes of one element in a `.npy` file. */
  readonly itemSize: number;
  /** Numbers in one element: 2 for complex dtypes. */
  readonly parts: 1 | 2;
  /** Bytes of one part in memory. */
  readonly partSize: number;
  /** Names of the typed arrays that may hold the parts, the usual one first. */
  readonly tags: readonly string[];
  /** A view of `length` parts; throws a `RangeError` where `byteOffset` is not a multiple of `partSize`. */
  view(buffer: ArrayBufferLike, byteOffset: number, length: number): DataOf<D>;
  /** Puts one part where it belongs, exactly or rounded; false where the dtype cannot hold `value`. */
  write(target: DataOf<D>, index: number, value: unknown): boolean;
}

interface Numbers {
  [index: number]: number;
}

function floatWriter(round: (value: number) => number) {
  return (target: Numbers, index: number, value: unknown): boolean => {
    if (typeof value !== "number") return false;
    const rounded = round(value);
    target[index] = rounded;
    return Number.isFinite(rounded) || !Number.isFinite(value);
  };
}

function integerWriter(least: number, most: number) {
  return (target: Numbers, index: number, value: unknown): boolean => {
    if (typeof value !== "number" && typeof value !== "bigint") return false;
    if (value < least || value > most) return false;
    target[index] = Number(value);
    return typeof value === "bigint" || Number.isInteger(value);
  };
}

function bigWriter(least: bigint, most: bigint) {
  return (target: { [index: number]: bigint }, index: number, value: unknown): boolean => {
    if (typeof value !== "bigint" && !Number.isSafeInteger(value)) return false;
    const whole = typeof value === "bigint" ? value : BigInt(Number(value));
    target[index] = whole;
    return whole >= least && whole <= most;
  };
}

function writeBool(target: Numbers, index: number, value: unknown): boolean {
  target[index] = value === true || value === 1 ? 1 : 0;
  return typeof value === "boolean" || value === 0 || value === 1;
}

function integers(kind: "i" | "u", itemSize: number, tag: string) {
  const bits = itemSize * 8;
  const least = kind === "u" ? 0 : -(2 ** (bits - 1));
  const most = 2 ** (kind === "u" ? bits : bits - 1) - 1;
  return {
    kind,
    itemSize,
    parts: 1,
    partSize: itemSize,
    tags: [tag],
    write: integerWriter(least, most),
  } as const;
}

const Half = nativeFloat16();
const single = { parts: 1, partSize: 4, tags: ["Float32Array"], write: floatWriter(Math.fround) } as const;
const double = { parts: 1, partSize: 8, tags: ["Float64Array"], write: floatWriter(Number) } as const;
const big = { itemSize: 8, parts: 1, partSize: 8 } as const;

/** How each numeric dtype is held; ask `isNumeric` before looking a foreign name up. */
export const storageByDtype: { readonly [D in NumericDtype]: DtypeStorage<D> } = {
  bool: {
    kind: "b",
    itemSize: 1,
    parts: 1,
    partSize: 1,
    tags: ["Uint8Array"],
    view: (buffer, offset, length) => new Uint8Array(buffer, offset, length),
    write: writeBool,
  },
  int8: { ...integers("i", 1, "Int8Array"), view: (b, at, n) => new Int8Array(b, at, n) },
  int16: { ...integers("i", 2, "Int16Array"), view: (b, at, n) => new Int16Array(b, at, n) },
  int32: { ...integers("i", 4, "Int32Array"), view: (b, at, n) => new Int32Array(b, at, n) },
  int64: {
    ...big,
    kind: "i",
    tags: ["BigInt64Array"],
    view: (buffer, offset, length) => new BigInt64Array(buffer, offset, length),
    write: bigWriter(-(2n ** 63n), 2n ** 63n - 1n),
  },
  uint8: { ...integers("u", 1, "Uint8Array"), view: (b, at, n) => new Uint8Array(b, at, n) },
  uint16: { ...integers("u", 2, "Uint16Array"), view: (b, at, n) => new Uint16Array(b, at, n) },
  uint32: { ...integers("u", 4, "Uint32Array"), view: (b, at, n) => new Uint32Array(b, at, n) },
  uint64: {
    ...big,
    kind: "u",
    tags: ["BigUint64Array"],
    view: (buffer, offset, length) => new BigUint64Array(buffer, offset, length),
    write: bigWriter(0n, 2n ** 64n - 1n),
  },
  float16: {
    kind: "f",
    itemSize: 2,
    parts: 1,
    partSize: Half === undefined ? 4 : 2,
    tags: Half === undefined ? ["Float32Array", "Float16Array"] : ["Float16Array", "Float32Array"],
    view: (b, at, n) => (Half === undefined ? new Float32Array(b, at, n) : new Half(b, at, n)),
    write: floatWriter(roundToHalf),
  },
  float32: { ...single, kind: "f", itemSize: 4, view: (b, at, n) => new Float32Array(b, at, n) },
  float64: { ...double, kind: "f", itemSize: 8, view: (b, at, n) => new Float64Array(b, at, n) },
  complex64: { ...single, kind: "c", itemSize: 8, parts: 2, view: (b, at, n) => new Float32Array(b, at, n) },
  complex128: {
    ...double,
    kind: "c",
    itemSize: 16,
    parts: 2,
    view: (b, at, n) => new Float64Array(b, at, n),
  },
};

/** Whether `dtype` is a numeric dtype; takes any value, as a foreign name may be `__proto__`. */
export function isNumeric(dtype: unknown): dtype is NumericDtype {
  return typeof dtype === "string" && Object.hasOwn(storageByDtype, dtype);
}

/** Room for `length` parts, all zero. */
export function allocate<D extends NumericDtype>(dtype: D, length: number): DataOf<D> {
  const storage = storageByDtype[dtype];
  return storage.view(new ArrayBuffer(length * storage.partSize), 0, length);
}

const typedArray: unknown = Object.getPrototypeOf(Uint8Array.prototype);

/** The name of the typed array that `value` is, whatever realm it comes from, or undefined. */
export function typedArrayTag(value: unknown): string | undefined {
  if (!ArrayBuffer.isView(value) || typeof typedArray !== "object" || typedArray === null) return undefined;
  const tag: unknown = Reflect.get(typedArray, Symbol.toStringTag, value);
  return typeof tag === "string" ? tag : undefined;
}

/** Whether `data` may be the data of an array of `dtype`; the values themselves are not looked at. */
export function holds<D extends Dtype>(dtype: D, data: unknown): data is DataOf<D> {
  if (isNumeric(dtype)) return storageByDtype[dtype].tags.includes(typedArrayTag(data) ?? "");
  if (dtype === "bytes") return typedArrayTag(data) === "Uint8Array";
  return Array.isArray(data) && data.every((item) => typeof item === "string");
}

/** Whether `dtype` is one of ours; takes any value. */
export function isDtype(dtype: unknown): dtype is Dtype {
  return dtype === "string" || dtype === "bytes" || isNumeric(dtype);
}

/** The real dtype whose elements `data` holds, or undefined where it is no typed array of numbers. */
export function dtypeOfTypedArray(data: unknown): NumericDtype | undefined {
  const tag = typedArrayTag(data)?.replace("Clamped", "");
  const dtype = tag
    ?.replace(/Array$/, "")
    .replace(/^Big/, "")
    .toLowerCase();
  return isNumeric(dtype) ? dtype : undefined;
}
