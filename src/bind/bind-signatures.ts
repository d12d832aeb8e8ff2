import type { ExampleFeature, SignatureDescriptor, TensorSpec } from "@gen-deploy/runtime/tf-serving";
import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import { listSignatures, mainSignatures, type SignaturePlan } from "../plan/tf-serving-signatures.js";
import type { SignaturesDeployment } from "./bound-deployment.js";

/** The descriptor of a model on TensorFlow Serving. */
export function bindSignatures(model: DeploymentModel): SignaturesDeployment {
  const { title, url, auth } = model;
  const signatures = listSignatures(model);
  return {
    title,
    url,
    auth,
    main: Object.fromEntries(mainSignatures(signatures)),
    signatures: Object.fromEntries(signatures.map((signature) => [signature.name, bindSignature(signature)])),
  };
}

function bindSignature({ name, predict, example }: SignaturePlan): SignatureDescriptor {
  return {
    name,
    ...(predict === undefined ? {} : tensorsOf(predict)),
    ...(example === undefined ? {} : examplesOf(example)),
  };
}

function tensorsOf({
  framing,
  input,
  output,
}: OperationModel): Pick<SignatureDescriptor, "batched" | "inputs" | "outputs"> {
  return {
    batched: framing.protocol === "tensors" && framing.batched,
    inputs: Object.fromEntries(input.features.map((feature) => [feature.wireName, tensorOf(feature)])),
    outputs: Object.fromEntries(output.features.map((feature) => [feature.wireName, tensorOf(feature)])),
  };
}

function tensorOf({ codec }: FeatureModel): TensorSpec {
  if (codec.kind !== "tensor" || codec.form !== "nested")
    throw new Error(`no tensor of TensorFlow Serving: ${codec.kind}`);
  const { dtype, shape, assumed, unnamed } = codec;
  return {
    dtype,
    shape,
    ...(assumed === true ? { assumed } : {}),
    ...(unnamed === true ? { unnamed } : {}),
  };
}

function examplesOf({ framing, input }: OperationModel): Pick<SignatureDescriptor, "verb" | "features"> {
  if (framing.protocol !== "examples") throw new Error(`no examples: ${framing.protocol}`);
  const features = input.features.map((feature) => [feature.wireName, exampleFeature(feature)] as const);
  return { verb: framing.verb, features: features.length === 0 ? null : Object.fromEntries(features) };
}

function exampleFeature({ codec, required }: FeatureModel): ExampleFeature {
  if (codec.kind !== "example") throw new Error(`no feature of an example: ${codec.kind}`);
  return { type: codec.type, list: codec.list, ...(required ? {} : { optional: true }) };
}
