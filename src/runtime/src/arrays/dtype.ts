/**
 * The element types of an array, by NumPy's names; `string` is text, `bytes` is raw items of a fixed size, `binary` is
 * byte strings of any length each.
 */
export type Dtype =
  | "bool"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float16"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128"
  | "string"
  | "bytes"
  | "binary";

/** Lengths of an array's dimensions, outermost first; `number` in a type where the description leaves one open. */
export type Shape = readonly number[];

/** What holds float16 elements: `Float16Array` where the platform has it, `Float32Array` elsewhere. */
export type Float16Data =
  Float32Array | (typeof globalThis extends { Float16Array: { prototype: infer Native } } ? Native : never);

/** What holds the elements of each dtype, in C order. */
export interface DataByDtype {
  /** 0 or 1. */
  bool: Uint8Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  float16: Float16Data;
  float32: Float32Array;
  float64: Float64Array;
  /** Real and imaginary parts in turn: twice as long as the shape says. */
  complex64: Float32Array;
  /** Real and imaginary parts in turn: twice as long as the shape says. */
  complex128: Float64Array;
  string: readonly string[];
  /** The items' own bytes, one after another. */
  bytes: Uint8Array;
  binary: readonly Uint8Array[];
}

/** What holds the elements of an array of dtype `D`. */
export type DataOf<D extends Dtype> = DataByDtype[D];

/** One element as `toNested` gives it and nested input takes it. */
export type ElementOf<D extends Dtype> = D extends "int64" | "uint64"
  ? bigint
  : D extends "string"
    ? string
    : D extends "bool"
      ? boolean
      : D extends "complex64" | "complex128"
        ? readonly [re: number, im: number]
        : D extends "bytes" | "binary"
          ? Uint8Array
          : number;
