import type { Dtype } from "./arrays/dtype.js";
import type { JsonShape } from "./shapes/json-shape.js";

/*
 * The instruction set of the runtime: what a description says of one value, as plain JSON.
 * The generator compiles descriptions to it; `coders/` executes it. Adding a kind here without a coder
 * does not compile (see coders/index.ts).
 */

/** A JSON number; `min` and `max`, both inclusive, are held on the way in. */
export interface NumberCodec {
  readonly kind: "number";
  readonly min?: number;
  readonly max?: number;
}

/** A JSON string. */
export interface TextCodec {
  readonly kind: "text";
}

/** One of a closed set of strings, as a categorical input takes it. */
export interface LabelCodec<Label extends string = string> {
  readonly kind: "label";
  readonly labels: readonly Label[];
}

/** An object of label to probability, as a categorical output gives it. */
export interface ProbabilitiesCodec<Label extends string = string> {
  readonly kind: "probabilities";
  /** The label set, or null where the description does not state it. */
  readonly labels: readonly Label[] | null;
  /** How many labels a reply holds, or null where the description does not state it. */
  readonly size: number | null;
}

/**
 * An array of numbers.
 *
 * `flat` is `{"shape": […], "data": […]}` with the elements in C order; `npy` is a data URL of a `.npy` file
 * (NumPy format 1.0, C order, little-endian).
 */
export interface TensorCodec<D extends Dtype = Dtype, S extends readonly number[] = readonly number[]> {
  readonly kind: "tensor";
  readonly dtype: D;
  /** Lengths of the dimensions; -1 where any length is right. */
  readonly shape: TensorShape<S>;
  readonly form: "flat" | "npy";
}

/** A shape in a descriptor: -1 stands where the type says `number`. */
export type TensorShape<S extends readonly number[]> = {
  readonly [I in keyof S]: number extends S[I] ? number : S[I];
};

/** A picture as a data URL. */
export interface ImageCodec {
  readonly kind: "image";
  /** The media types that the deployment takes, by their registered names. */
  readonly mediaTypes: readonly string[];
  /** Whether the deployment takes pictures with an alpha channel. */
  readonly alpha: boolean;
  /** Height, width and channels, where the description states them; pictures of other sizes are taken all the same. */
  readonly shape?: readonly [height: number, width: number, channels: number];
}

/**
 * An array as JSON lists in lists, as TensorFlow Serving takes and gives it: NaN and infinities as bare tokens, 64-bit
 * integers in all digits, byte strings as `{"b64": …}`.
 */
export interface NestedTensorCodec<
  D extends Dtype = Dtype,
  P extends readonly number[] | null = readonly number[] | null,
> {
  readonly kind: "tensor";
  readonly dtype: D;
  /** The whole declared shape, batch dimension included; -1 where any length is right, null where any rank is. */
  readonly shape: P;
  readonly form: "nested";
  /** The description does not state the dtype: numbers go out as JavaScript writes them, and none is rounded. */
  readonly assumed?: true;
  /** The description does not name it: it is the only one of its side, and the name is a stand-in. */
  readonly unnamed?: true;
}

/** A feature of a `tf.Example`, as the verbs classify and regress take it. */
export interface ExampleCodec {
  readonly kind: "example";
  /** The kind of its values, or null where the description does not state it and the caller must. */
  readonly type: "float" | "int64" | "bytes" | null;
  /** Whether it is a list of values and not a single one. */
  readonly list: boolean;
}

/** How one value stands on the wire, where each feature of a row has a coder of its own. */
export type FieldCodec = NumberCodec | TextCodec | LabelCodec | ProbabilitiesCodec | TensorCodec | ImageCodec;

/** A JSON value that a schema describes. */
export interface JsonCodec {
  readonly kind: "json";
  readonly shape: JsonShape;
}

/** How one value stands on the wire. */
export type CodecSpec = FieldCodec | NestedTensorCodec | ExampleCodec | JsonCodec;
