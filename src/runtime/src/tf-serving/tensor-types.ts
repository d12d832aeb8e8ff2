import type { TensorShape } from "../codec.js";
import type { Dtype, Shape } from "../arrays/dtype.js";
import type { ImageInput } from "../files/image.js";
import type { DataOf } from "../arrays/dtype.js";
import type { NdArray, Nested } from "../arrays/nd-array.js";

/**
 * Bytes on their way in: an array or buffer of them, a Blob, a file, or an image that a reply held. A string is text
 * where the signature says `string`, and a data URL where it says `binary`.
 */
export type BytesInput = ImageInput;

/** One element on its way in: 64-bit integers as bigints or safe integers, texts and bytes from any source. */
export type ElementInput<D extends Dtype> = D extends "int64" | "uint64"
  ? number | bigint
  : D extends "string" | "binary"
    ? BytesInput
    : D extends "bool"
      ? boolean
      : number;

/**
 * What a signature takes for a tensor of shape `S`: a bare element where it has no dimensions, otherwise an array
 * with its shape, lists in lists, or bare elements in C order. `number[]` stands for any rank, none included.
 */
export type TensorValue<D extends Dtype, S extends Shape> = S extends readonly []
  ? ElementInput<D>
  : D extends "string"
    ? NdArray<"string" | "binary", S> | Nested<BytesInput, S>
    : D extends "binary"
      ? NdArray<"binary", S> | Nested<BytesInput, S>
      : NdArray<D, S> | Nested<ElementInput<D>, S> | DataOf<D>;

/** One element on its way out. */
export type ElementResult<D extends Dtype> = D extends "int64" | "uint64"
  ? bigint
  : D extends "string"
    ? string
    : D extends "binary"
      ? Uint8Array
      : D extends "bool"
        ? boolean
        : number;

/** What a signature gives for a tensor of shape `S`: a bare element where it has no dimensions, otherwise an array. */
export type TensorResult<D extends Dtype, S extends Shape> = S extends readonly []
  ? ElementResult<D>
  : NdArray<D, S>;

/** What a description says of one tensor of a signature, as plain JSON. */
export interface TensorSpec<
  D extends Dtype = Dtype,
  P extends readonly number[] | null = readonly number[] | null,
> {
  readonly dtype: D;
  /** The whole declared shape, batch dimension included; -1 where any length is right, null where any rank is. */
  readonly shape: P;
  /** The description does not state the dtype: numbers go out as JavaScript writes them, and none is rounded. */
  readonly assumed?: true;
  /** The description does not name it: it is the only one of its side, and the name is a stand-in. */
  readonly unnamed?: true;
}

/** The spec of a tensor whose values have type `V`: what holds a signature's descriptor to its column types. */
export type SpecFor<V> = [Extract<V, NdArray>] extends [never]
  ? TensorSpec<ScalarDtype<V>, readonly []>
  : Extract<V, NdArray> extends NdArray<infer D extends Dtype, infer S>
    ? TensorSpec<"string" extends D ? "string" : D, number extends S["length"] ? null : TensorShape<S>>
    : never;

/** One spec for each member of `Columns`. */
export type SpecsOf<Columns> = {
  readonly [Name in keyof Columns & string]: SpecFor<Exclude<Columns[Name], undefined>>;
};

/** The dtypes whose single elements have type `V`, on their way in or out. */
type ScalarDtype<V> = [V] extends [boolean]
  ? "bool"
  : [V] extends [number]
    ? Exclude<Dtype, "bool" | "int64" | "uint64" | "string" | "binary" | "bytes" | "complex64" | "complex128">
    : [V] extends [number | bigint]
      ? "int64" | "uint64"
      : [V] extends [string]
        ? "string"
        : [V] extends [Uint8Array]
          ? "binary"
          : [BytesInput] extends [V]
            ? "string" | "binary"
            : never;
