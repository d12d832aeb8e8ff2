import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import { json } from "./descriptor.js";
import { literal, object, type Value } from "./package-plan.js";
import { mainSignatures, type SignaturePlan } from "./tf-serving-signatures.js";
import { tensorOf } from "./tf-serving-types.js";

/** The descriptor of a model on TensorFlow Serving. */
export function signaturesDescriptor(model: DeploymentModel, signatures: readonly SignaturePlan[]): Value {
  return object([
    ["title", literal(model.title)],
    ["url", literal(model.url)],
    ["auth", json(model.auth)],
    ["main", object(mainSignatures(signatures).map(([verb, name]) => [verb, literal(name)]))],
    ["signatures", object(signatures.map((signature) => [signature.name, signatureValue(signature)]))],
  ]);
}

function signatureValue({ name, predict, example }: SignaturePlan): Value {
  return object([
    ["name", literal(name)],
    ...(predict === undefined ? [] : tensorsOf(predict)),
    ...(example === undefined ? [] : examplesOf(example)),
  ]);
}

function tensorsOf({
  framing,
  input,
  output,
}: OperationModel): readonly (readonly [name: string, value: Value])[] {
  return [
    ["batched", literal(framing.protocol === "tensors" && framing.batched)],
    ["inputs", object(input.features.map((feature) => [feature.wireName, tensorValue(feature)]))],
    ["outputs", object(output.features.map((feature) => [feature.wireName, tensorValue(feature)]))],
  ];
}

function tensorValue(feature: FeatureModel): Value {
  const { dtype, shape, assumed, unnamed } = tensorOf(feature);
  return object([
    ["dtype", literal(dtype)],
    ["shape", json(shape)],
    ["assumed", assumed === true ? literal(true) : undefined],
    ["unnamed", unnamed === true ? literal(true) : undefined],
  ]);
}

function examplesOf({ framing, input }: OperationModel): readonly (readonly [name: string, value: Value])[] {
  if (framing.protocol !== "examples") throw new Error(`no examples: ${framing.protocol}`);
  return [
    ["verb", literal(framing.verb)],
    [
      "features",
      input.features.length === 0
        ? literal(null)
        : object(input.features.map((feature) => [feature.wireName, featureValue(feature)])),
    ],
  ];
}

function featureValue({ codec, required }: FeatureModel): Value {
  if (codec.kind !== "example") throw new Error(`no feature of an example: ${codec.kind}`);
  return object([
    ["type", literal(codec.type)],
    ["list", literal(codec.list)],
    ["optional", required ? undefined : literal(true)],
  ]);
}
