import type { CodecSpec, Dtype } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import { list, literal, object, type ReadmeFeature, type ReadmePlan, type Value } from "./package-plan.js";

/** The front page of a package: what goes in, what comes out, and a row that runs. */
export function planReadme(model: DeploymentModel, main: OperationModel, packageName: string): ReadmePlan {
  return {
    title: model.title,
    doc: model.doc,
    packageName,
    inputs: main.input.features.map(toReadmeFeature),
    outputs: main.output.features.map(toReadmeFeature),
    example: object(
      main.input.features
        .filter((feature) => feature.required)
        .map(({ wireName, codec }) => [wireName, exampleOf(codec)]),
    ),
    needsUrl: model.url === null,
    needsToken: model.auth.length > 0,
    readsFile: main.input.features.some((feature) => feature.required && feature.codec.kind === "image"),
  };
}

function toReadmeFeature(feature: FeatureModel): ReadmeFeature {
  const type = inWords(feature.codec);
  return { name: feature.wireName, type: feature.required ? type : `${type}, optional`, doc: feature.doc };
}

/** A codec in words. */
function inWords(codec: CodecSpec): string {
  switch (codec.kind) {
    case "number":
      return codec.min === undefined || codec.max === undefined
        ? "number"
        : `number, ${codec.min} to ${codec.max}`;
    case "text":
      return "text";
    case "label":
      return `one of ${codec.labels.length} labels`;
    case "probabilities":
      return codec.labels === null
        ? sizeInWords(codec.size)
        : `probability of each of ${codec.labels.length} labels`;
    case "tensor":
      return `${codec.dtype} array, ${codec.shape.map((length) => (length < 0 ? "any" : length)).join(" × ") || "scalar"}`;
    case "image":
      return `image (${codec.mediaTypes.map((type) => type.replace(/^image\//, "")).join(", ")})`;
  }
}

function sizeInWords(size: number | null): string {
  return size === null
    ? "probability of each label"
    : `probability of each of ${size} labels, which the description does not name`;
}

function exampleOf(codec: CodecSpec): Value {
  switch (codec.kind) {
    case "number":
      return literal(codec.max ?? codec.min ?? 1.5);
    case "label":
      return literal(codec.labels[0] ?? "");
    case "tensor":
      return exampleArray(codec.dtype, codec.shape);
    case "image":
      return {
        kind: "call",
        callee: "fromFile",
        arguments: [literal(`picture.${extensionOf(codec.mediaTypes[0])}`)],
      };
    case "text":
    case "probabilities":
      return literal("some text");
  }
}

function extensionOf(mediaType: string | undefined): string {
  return mediaType === "image/jpeg" ? "jpg" : "png";
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
