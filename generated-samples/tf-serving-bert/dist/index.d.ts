/** bert. */
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
  attention_mask: TensorValue<"int64", [number]>;
  input_ids: TensorValue<"int64", [number]>;
  token_type_ids: TensorValue<"int64", [number]>;
}
/** One row as the model answers it. */
export interface Output {
  /** Its first dimension is not the rows': each row has all of it. */
  attentions: TensorResult<"float32", [2, number, 1, number, number]>;
  logits: TensorResult<"float32", [2]>;
}
/** Whole inputs: rows stacked along the first dimension. */
export interface InputColumns {
  attention_mask: TensorValue<"int64", [number, number]>;
  input_ids: TensorValue<"int64", [number, number]>;
  token_type_ids: TensorValue<"int64", [number, number]>;
}
/** Whole outputs: rows stacked along the first dimension. */
export interface OutputColumns {
  attentions: TensorResult<"float32", [2, number, 1, number, number]>;
  logits: TensorResult<"float32", [number, 2]>;
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
