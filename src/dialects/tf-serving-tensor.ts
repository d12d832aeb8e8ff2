import { fingerprintAt } from "@gen-deploy/runtime/fingerprint";
import type { FeatureModel } from "../model/deployment-model.js";
import type { JsonObject } from "../spec/spec-types.js";

/** The codec of a tensor. */
export type TensorCodec = Extract<FeatureModel["codec"], { readonly kind: "tensor" }>;
export type Dtype = TensorCodec["dtype"];

/** A tensor of a signature as its description has it. */
export interface Tensor {
  readonly name: string;
  readonly doc: string;
  readonly dtype: Dtype;
  /** Batch dimension included, -1 where any length is right; null where not even the rank is known. */
  readonly shape: readonly number[] | null;
  /** True where the description does not state the dtype. */
  readonly assumed: boolean;
  /** True where the description does not name it: `name` is a stand-in. */
  readonly unnamed: boolean;
  readonly fingerprint: string;
}

/** What REST carries (the server refuses every other), by the names of TensorFlow's `DataType`. */
const dtypes: ReadonlyMap<string, Dtype> = new Map([
  ["DT_FLOAT", "float32"],
  ["DT_DOUBLE", "float64"],
  ["DT_INT8", "int8"],
  ["DT_INT16", "int16"],
  ["DT_INT32", "int32"],
  ["DT_INT64", "int64"],
  ["DT_UINT8", "uint8"],
  ["DT_UINT32", "uint32"],
  ["DT_UINT64", "uint64"],
  ["DT_BOOL", "bool"],
  ["DT_STRING", "string"],
]);

const plainNames: ReadonlyMap<string, Dtype> = new Map([
  ...[...dtypes.values()].map((dtype) => [dtype, dtype] as const),
  ["binary", "binary"],
]);

/**
 * The dtype that a description means: TensorFlow's name, also that of a reference (`DT_FLOAT_REF`), or NumPy's.
 * Text whose alias ends in `_bytes` is bytes: so the server writes it. Undefined for what REST cannot carry.
 */
export function toDtype(name: string, alias: string): Dtype | undefined {
  const dtype = dtypes.get(name.replace(/_REF$/, "")) ?? plainNames.get(name);
  return dtype === "string" && alias.endsWith("_bytes") ? "binary" : dtype;
}

/** The dtypes that a description may state, for messages. */
export const dtypeNames: string = [...plainNames.keys()].join(", ");

const highestRank = 32;
const mostElements = 2 ** 31;

/** Whether lengths, -1 for open ones, are those of a tensor that can exist. */
export function isTensorShape(shape: readonly number[]): boolean {
  const elements = shape.reduce((product, length) => product * Math.max(1, length), 1);
  return (
    shape.length <= highestRank &&
    elements <= mostElements &&
    shape.every((length) => Number.isSafeInteger(length) && length >= -1)
  );
}

/** Whether rows can be stacked to a call: every input has an open first dimension. */
export function isBatched(inputs: readonly Tensor[]): boolean {
  return inputs.every(({ shape }) => shape === null || shape[0] === -1);
}

/** A tensor as a feature of the model. */
export function toFeature({ name, doc, fingerprint, ...tensor }: Tensor): FeatureModel {
  const codec: TensorCodec = {
    kind: "tensor",
    dtype: tensor.dtype,
    shape: tensor.shape,
    form: "nested",
    ...(tensor.assumed ? { assumed: true as const } : {}),
    ...(tensor.unnamed ? { unnamed: true as const } : {}),
  };
  return { wireName: name, doc, required: true, codec, fingerprint };
}

/** The fingerprint of what stands at a pointer of a document that has it. */
export function fingerprintOf(root: JsonObject, pointer: string): string {
  const fingerprint = fingerprintAt(root, pointer);
  if (fingerprint === undefined) throw new Error(`no fingerprint for ${pointer}, which the description has`);
  return fingerprint;
}
