import type { CodecSpec, Dtype } from "@gen-deploy/runtime";
import type { FeatureModel, RowModel } from "../model/deployment-model.js";
import { list, literal, object, type Value } from "./package-plan.js";
import { rowShape } from "./tf-serving-types.js";

/** A row of the features that every row has, or of all. */
export function exampleRow({ features }: Pick<RowModel, "features">, requiredAlone: boolean = true): Value {
  const shown = requiredAlone ? features.filter(({ required }) => required) : features;
  return row(shown, (feature) => exampleOf(feature.codec));
}

/** One row of tensors, or the bare value of the only one. */
export function exampleTensors({ features }: RowModel, batched: boolean): Value {
  const value = ({ wireName, codec }: FeatureModel): Value =>
    codec.kind === "tensor"
      ? tensorExample(wireName, codec.dtype, rowShape(codec.shape, batched))
      : exampleOf(codec);
  const [only, ...others] = features;
  if (only !== undefined && others.length === 0) return value(only);
  return row(
    features.filter(({ required }) => required),
    value,
  );
}

function row(features: readonly FeatureModel[], value: (feature: FeatureModel) => Value): Value {
  return object(features.map((feature) => [feature.wireName, value(feature)]));
}

function exampleOf(codec: CodecSpec): Value {
  switch (codec.kind) {
    case "number":
      return literal(codec.max ?? codec.min ?? 1.5);
    case "label":
      return literal(codec.labels[0] ?? "");
    case "tensor":
      return exampleArray(codec.dtype, codec.shape ?? []);
    case "image":
      return fileExample(`picture.${extensionOf(codec.mediaTypes[0])}`);
    case "text":
    case "probabilities":
      return literal("some text");
    case "example":
      return featureExample(codec.type, codec.list);
    case "json":
      throw new Error("no example of a shape without the shapes that it names");
  }
}

function featureExample(type: "float" | "int64" | "bytes" | null, isList: boolean): Value {
  if (type === null) return object([["float", literal(1.5)]]);
  const value = literal(type === "float" ? 1.5 : type === "int64" ? 1 : "some text");
  return isList ? list([value]) : value;
}

function fileExample(name: string): Value {
  return { kind: "call", callee: "fromFile", arguments: [literal(name)] };
}

function extensionOf(mediaType: string | undefined): string {
  return mediaType === "image/jpeg" ? "jpg" : "png";
}

/** A single element stands for a tensor without dimensions, and for one of any rank. */
function tensorExample(name: string, dtype: Dtype, shape: readonly number[] | null): Value {
  const lengths = (shape ?? []).map((length) => (length < 0 ? 1 : length));
  if (dtype !== "string" && dtype !== "binary") {
    if (shape === null || lengths.length === 0) return scalarExample(dtype);
    return exampleArray(dtype, lengths);
  }
  const file = /image|photo|picture/i.test(name) ? "picture.jpg" : "file.bin";
  const element = dtype === "string" ? literal("some text") : fileExample(file);
  return lengths.reduceRight<Value>((item, length) => ({ kind: "repeated", length, item }), element);
}

function scalarExample(dtype: Dtype): Value {
  if (dtype === "bool") return literal(true);
  return literal(dtype.startsWith("float") ? 1.5 : 1);
}

const arrayTypes: Readonly<Partial<Record<Dtype, string>>> = {
  bool: "Uint8Array",
  int8: "Int8Array",
  int16: "Int16Array",
  int32: "Int32Array",
  int64: "BigInt64Array",
  uint8: "Uint8Array",
  uint16: "Uint16Array",
  uint32: "Uint32Array",
  uint64: "BigUint64Array",
  float16: "Float32Array",
  float32: "Float32Array",
  float64: "Float64Array",
};

function exampleArray(dtype: Dtype, shape: readonly number[]): Value {
  const lengths = shape.map((length) => (length < 0 ? 1 : length));
  const count = lengths.reduce((product, length) => product * length, 1);
  const data: Value = { kind: "typed-array", name: arrayTypes[dtype] ?? "Float32Array", length: count };
  const dtypeArgument = dtype === "bool" || dtype === "float16" ? [literal(dtype)] : [];
  return { kind: "call", callee: "ndarray", arguments: [list(lengths.map(literal)), data, ...dtypeArgument] };
}
