/** The client of an imaginary model on TensorFlow Serving. */
import type { Described, Since, WireNames } from "@gen-deploy/runtime";
import { createTfServingClient } from "@gen-deploy/runtime/tf-serving";
import type {
  AnyExample,
  ExampleSignature,
  FeatureInput,
  Signature,
  TensorResult,
  TensorValue,
  TfServingClient,
  TfServingClientOptions,
  TfServingDeployment,
} from "@gen-deploy/runtime/tf-serving";
import type { components, paths } from "./wire.js";

export { DeploymentError, DriftError, isDeploymentError, ndarray } from "@gen-deploy/runtime/tf-serving";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type { DeploymentErrorCode, NdArray } from "@gen-deploy/runtime";
export type { BytesInput, Classification } from "@gen-deploy/runtime/tf-serving";

/** One row as the model takes it. */
export interface Input {
  image: TensorValue<"binary", []>;
  grid: TensorValue<"float32", [2, number]>;
}

/** One row as the model answers it. */
export interface Output {
  grid: TensorResult<"float32", [2, number]>;
}

/** Whole inputs: rows stacked along the first dimension. */
export interface InputColumns {
  image: TensorValue<"binary", [number]>;
  grid: TensorValue<"float32", [number, 2, number]>;
}

/** Whole outputs: rows stacked along the first dimension. */
export interface OutputColumns {
  grid: TensorResult<"float32", [number, 2, number]>;
}

/** One example. */
export interface Example {
  age: FeatureInput<"float", false>;
}

/** What each signature of the model takes and gives. */
export interface Signatures {
  serving_default: Signature<Input, Output, InputColumns, OutputColumns>;
  sort: ExampleSignature<"classify", Example>;
  guess: ExampleSignature<"regress", AnyExample>;
}

/** The signatures that the client's own methods call. */
export interface MainSignatures {
  predict: "serving_default";
  classify: "sort";
}

/** A client of this model. */
export type Client = Since<"0.1", TfServingClient<Signatures, MainSignatures>>;

/** The names that the description gives to the tensors: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "tf-inputs"]>;
type OutputName = WireNames<paths, ["/v1/models/imaginary:predict", "outputs"]>;
type Deployed = Described<
  Described<TfServingDeployment<Signatures, MainSignatures>, keyof Input, InputName>,
  keyof Output,
  OutputName
>;

/** What the description says of this model. */
export const deployment: TfServingDeployment<Signatures, MainSignatures> = {
  title: "Imaginary",
  url: null,
  auth: [],
  main: { predict: "serving_default", classify: "sort" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: {
        image: { dtype: "binary", shape: [-1] },
        grid: { dtype: "float32", shape: [-1, 2, -1] },
      },
      outputs: { grid: { dtype: "float32", shape: [-1, 2, -1] } },
    },
    sort: { name: "sort", verb: "classify", features: { age: { type: "float", list: false } } },
    guess: { name: "guess", verb: "regress", features: null },
  },
} satisfies Deployed;

/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export function createClient(options: TfServingClientOptions = {}): Client {
  return createTfServingClient(deployment, options);
}
