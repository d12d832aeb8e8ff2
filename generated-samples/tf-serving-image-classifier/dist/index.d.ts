/** flowers. */
import type { Since } from "@gen-deploy/runtime";
import type {
  Signature,
  TensorResult,
  TensorValue,
  TfServingClient,
  TfServingClientOptions,
  TfServingDeployment,
} from "@gen-deploy/runtime/tf-serving";
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
/** What the description says of this model. */
export declare const deployment: TfServingDeployment<Signatures, MainSignatures>;
/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export declare function createClient(options?: TfServingClientOptions): Client;
