/** half_plus_two. */
import type { Since } from "@gen-deploy/runtime";
import type {
  AnyExample,
  ExampleSignature,
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
  x: TensorValue<"float32", [1]>;
}
/** One row as the model answers it. */
export interface Output {
  y: TensorResult<"float32", [1]>;
}
/** Whole inputs: rows stacked along the first dimension. */
export interface InputColumns {
  x: TensorValue<"float32", [number, 1]>;
}
/** Whole outputs: rows stacked along the first dimension. */
export interface OutputColumns {
  y: TensorResult<"float32", [number, 1]>;
}
/** One row of the signature "classify_x_to_y" as the model takes it. */
export interface ClassifyXToYInput {
  inputs: TensorValue<"string", number[]>;
}

/** One row of the signature "classify_x_to_y" as the model answers it. */
export interface ClassifyXToYOutput {
  scores: TensorResult<"float32", [1]>;
}

/** Whole inputs of the signature "classify_x_to_y": rows stacked along the first dimension. */
export interface ClassifyXToYInputColumns {
  inputs: TensorValue<"string", number[]>;
}

/** Whole outputs of the signature "classify_x_to_y": rows stacked along the first dimension. */
export interface ClassifyXToYOutputColumns {
  scores: TensorResult<"float32", [number, 1]>;
}

/** One row of the signature "regress_x2_to_y3" as the model takes it. */
export interface RegressX2ToY3Input {
  inputs: TensorValue<"float32", [1]>;
}

/** One row of the signature "regress_x2_to_y3" as the model answers it. */
export interface RegressX2ToY3Output {
  outputs: TensorResult<"float32", [1]>;
}

/** Whole inputs of the signature "regress_x2_to_y3": rows stacked along the first dimension. */
export interface RegressX2ToY3InputColumns {
  inputs: TensorValue<"float32", [number, 1]>;
}

/** Whole outputs of the signature "regress_x2_to_y3": rows stacked along the first dimension. */
export interface RegressX2ToY3OutputColumns {
  outputs: TensorResult<"float32", [number, 1]>;
}

/** One row of the signature "regress_x_to_y" as the model takes it. */
export interface RegressXToYInput {
  inputs: TensorValue<"string", number[]>;
}

/** One row of the signature "regress_x_to_y" as the model answers it. */
export interface RegressXToYOutput {
  outputs: TensorResult<"float32", [1]>;
}

/** Whole inputs of the signature "regress_x_to_y": rows stacked along the first dimension. */
export interface RegressXToYInputColumns {
  inputs: TensorValue<"string", number[]>;
}

/** Whole outputs of the signature "regress_x_to_y": rows stacked along the first dimension. */
export interface RegressXToYOutputColumns {
  outputs: TensorResult<"float32", [number, 1]>;
}

/** One row of the signature "regress_x_to_y2" as the model takes it. */
export interface RegressXToY2Input {
  inputs: TensorValue<"string", number[]>;
}

/** One row of the signature "regress_x_to_y2" as the model answers it. */
export interface RegressXToY2Output {
  outputs: TensorResult<"float32", [1]>;
}

/** Whole inputs of the signature "regress_x_to_y2": rows stacked along the first dimension. */
export interface RegressXToY2InputColumns {
  inputs: TensorValue<"string", number[]>;
}

/** Whole outputs of the signature "regress_x_to_y2": rows stacked along the first dimension. */
export interface RegressXToY2OutputColumns {
  outputs: TensorResult<"float32", [number, 1]>;
}

/** What each signature of the model takes and gives. */
export interface Signatures {
  serving_default: Signature<Input, Output, InputColumns, OutputColumns>;
  classify_x_to_y: Signature<
    ClassifyXToYInput,
    ClassifyXToYOutput,
    ClassifyXToYInputColumns,
    ClassifyXToYOutputColumns
  > &
    ExampleSignature<"classify", AnyExample>;
  regress_x2_to_y3: Signature<
    RegressX2ToY3Input,
    RegressX2ToY3Output,
    RegressX2ToY3InputColumns,
    RegressX2ToY3OutputColumns
  >;
  regress_x_to_y: Signature<
    RegressXToYInput,
    RegressXToYOutput,
    RegressXToYInputColumns,
    RegressXToYOutputColumns
  > &
    ExampleSignature<"regress", AnyExample>;
  regress_x_to_y2: Signature<
    RegressXToY2Input,
    RegressXToY2Output,
    RegressXToY2InputColumns,
    RegressXToY2OutputColumns
  > &
    ExampleSignature<"regress", AnyExample>;
}
/** The signatures that the client's own methods call. */
export interface MainSignatures {
  predict: "serving_default";
  classify: "classify_x_to_y";
  regress: "regress_x_to_y";
}
/** A client of this model. */
export type Client = Since<"0.1", TfServingClient<Signatures, MainSignatures>>;
/** What the description says of this model. */
export declare const deployment: TfServingDeployment<Signatures, MainSignatures>;
/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export declare function createClient(options?: TfServingClientOptions): Client;
