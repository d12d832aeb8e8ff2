/*
 * The client of models on TensorFlow Serving, and of Paperspace Gradient, which speaks the same.
 */
export { createTfServingClient } from "./create-client.js";
export { ndarray } from "../arrays/nd-array.js";
export { DeploymentError, DriftError, isDeploymentError } from "../errors.js";
export type {
  Classification,
  ExampleMethod,
  ExampleMethods,
  ExampleOptions,
  ExampleResults,
  FramingOptions,
  MainSignatures,
  ModelCallOptions,
  ModelMethods,
  RowOrBare,
  SignatureMethods,
  TensorBatchOptions,
  TensorCallOptions,
  TensorMethods,
  TensorStreamOptions,
  TfServingClient,
  TfServingClientOptions,
  TfServingDeployment,
  VersionOptions,
  WaitOptions,
} from "./client-types.js";
export type {
  AnyExample,
  ExampleFeature,
  ExampleFeaturesOf,
  ExampleSignature,
  ExampleValue,
  ExampleVerb,
  Signature,
  SignatureDescriptor,
  SignatureTypes,
} from "./signature-types.js";
export type { FeatureInput } from "./feature-input.js";
export type {
  BytesInput,
  ElementInput,
  ElementResult,
  SpecFor,
  SpecsOf,
  TensorResult,
  TensorSpec,
  TensorValue,
} from "./tensor-types.js";
export type { MetadataSignature, MetadataTensor, ModelMetadata } from "./model-metadata.js";
export type { ModelState, ModelStatus, ModelVersionStatus } from "./model-status.js";
