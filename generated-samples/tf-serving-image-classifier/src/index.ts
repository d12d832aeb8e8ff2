/** flowers. */
import type { Described, Since, WireNames } from "@gen-deploy/runtime";
import { createTfServingClient } from "@gen-deploy/runtime/tf-serving";
import type {
  Signature,
  TensorResult,
  TensorValue,
  TfServingClient,
  TfServingClientOptions,
  TfServingDeployment,
} from "@gen-deploy/runtime/tf-serving";
import type { components } from "./wire.js";

export {
  DeploymentError,
  DriftError,
  isDeploymentError,
  ndarray,
} from "@gen-deploy/runtime/tf-serving";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type { DeploymentErrorCode, NdArray } from "@gen-deploy/runtime";
export type { BytesInput, Classification } from "@gen-deploy/runtime/tf-serving";

/** One row as the model takes it. */
export interface Input {
  image_bytes: TensorValue<"binary", []>;
  key: TensorValue<"string", []>;
}

/** One row as the model answers it. */
export interface Output {
  key: string;
  prediction: bigint;
  scores: TensorResult<"float32", [6]>;
}

/** Whole inputs: rows stacked along the first dimension. */
export interface InputColumns {
  image_bytes: TensorValue<"binary", [number]>;
  key: TensorValue<"string", [number]>;
}

/** Whole outputs: rows stacked along the first dimension. */
export interface OutputColumns {
  key: TensorResult<"string", [number]>;
  prediction: TensorResult<"int64", [number]>;
  scores: TensorResult<"float32", [number, 6]>;
}

/** What each signature of the model takes and gives. */
export interface Signatures {
  serving_default: Signature<Input, Output, InputColumns, OutputColumns>;
}

/** The signatures that the client's own methods call. */
export interface MainSignatures {
  predict: "serving_default";
}

/** A client of this model. */
export type Client = Since<"0.1", TfServingClient<Signatures, MainSignatures>>;

/** The names that the description gives to the tensors: one that it lacks does not compile. */
type InputName = WireNames<
  components,
  ["requestBodies", "modelInput", "content", "application/json", "instances"]
>;
type OutputName = WireNames<
  components,
  ["responses", "modelOutput", "content", "application/json", "predictions"]
>;
type Deployed = Described<
  Described<TfServingDeployment<Signatures, MainSignatures>, keyof Input, InputName>,
  keyof Output,
  OutputName
>;

/** What the description says of this model. */
export const deployment: TfServingDeployment<Signatures, MainSignatures> = {
  title: "flowers",
  url: "http://models.example.com:8501/v1/models/flowers",
  auth: [],
  main: { predict: "serving_default" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: {
        image_bytes: { dtype: "binary", shape: [-1] },
        key: { dtype: "string", shape: [-1] },
      },
      outputs: {
        key: { dtype: "string", shape: [-1] },
        prediction: { dtype: "int64", shape: [-1] },
        scores: { dtype: "float32", shape: [-1, 6] },
      },
    },
  },
} satisfies Deployed;

/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export function createClient(options: TfServingClientOptions = {}): Client {
  return createTfServingClient(deployment, options);
}
