/**
 * House prices.
 *
 * Estimates the median price of homes of a tract.
 */
import type { Since } from "@gen-deploy/runtime";
import type {
  ExampleSignature,
  FeatureInput,
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
  /** Per capita crime rate by town. */
  CRIM: number;
  /** Share of land zoned for large lots, in percent. */
  ZN: number;
  /** Share of business acres, in percent. */
  INDUS: number;
  /** Whether the tract bounds the river. */
  CHAS: boolean;
  /** Nitric oxides, in parts per 10 million. */
  NOX: number;
  /** Average number of rooms. */
  RM: number;
  /** Share of homes built before 1940, in percent. */
  AGE: number;
  /** Weighted distance to employment centres. */
  DIS: number;
  /** Index of access to highways. */
  RAD: number;
  /** Property tax rate per 10,000. */
  TAX: TensorValue<"int64", []>;
  /** Pupils per teacher. */
  PTRATIO: number;
  /** Name of the town. */
  TOWN: TensorValue<"string", []>;
  /** Share of lower status, in percent. */
  LSTAT: number;
}
/** One row as the model answers it. */
export interface Output {
  /** In thousands. */
  price: number;
  /** The nearest tracts. */
  codes: TensorResult<"string", [3]>;
}
/** Whole inputs: rows stacked along the first dimension. */
export interface InputColumns {
  /** Per capita crime rate by town. */
  CRIM: TensorValue<"float32", [number]>;
  /** Share of land zoned for large lots, in percent. */
  ZN: TensorValue<"float32", [number]>;
  /** Share of business acres, in percent. */
  INDUS: TensorValue<"float32", [number]>;
  /** Whether the tract bounds the river. */
  CHAS: TensorValue<"bool", [number]>;
  /** Nitric oxides, in parts per 10 million. */
  NOX: TensorValue<"float32", [number]>;
  /** Average number of rooms. */
  RM: TensorValue<"float32", [number]>;
  /** Share of homes built before 1940, in percent. */
  AGE: TensorValue<"float32", [number]>;
  /** Weighted distance to employment centres. */
  DIS: TensorValue<"float64", [number]>;
  /** Index of access to highways. */
  RAD: TensorValue<"int32", [number]>;
  /** Property tax rate per 10,000. */
  TAX: TensorValue<"int64", [number]>;
  /** Pupils per teacher. */
  PTRATIO: TensorValue<"float32", [number]>;
  /** Name of the town. */
  TOWN: TensorValue<"string", [number]>;
  /** Share of lower status, in percent. */
  LSTAT: TensorValue<"float32", [number]>;
}
/** Whole outputs: rows stacked along the first dimension. */
export interface OutputColumns {
  /** In thousands. */
  price: TensorResult<"float32", [number]>;
  /** The nearest tracts. */
  codes: TensorResult<"string", [number, 3]>;
}
/** One row of the signature "embed" as the model takes it. */
export interface EmbedInput {
  table: TensorValue<"float32", [13]>;
}

/** One row of the signature "embed" as the model answers it. */
export interface EmbedOutput {
  embedding: TensorResult<"float32", [4]>;
}

/** Whole inputs of the signature "embed": rows stacked along the first dimension. */
export interface EmbedInputColumns {
  table: TensorValue<"float32", [number, 13]>;
}

/** Whole outputs of the signature "embed": rows stacked along the first dimension. */
export interface EmbedOutputColumns {
  embedding: TensorResult<"float32", [number, 4]>;
}

/** One example of the signature "price_of_example". */
export interface PriceOfExampleExample {
  /** Per capita crime rate by town. */
  CRIM: FeatureInput<"float", false>;
  /** Average number of rooms. */
  RM: FeatureInput<"float", false>;
  /** Property tax rate per 10,000. */
  TAX: FeatureInput<"int64", false>;
  /** Name of the town. */
  TOWN?: FeatureInput<"bytes", false>;
  tags?: FeatureInput<"bytes", true>;
  year?: FeatureInput<"int64", false>;
}

/** What each signature of the model takes and gives. */
export interface Signatures {
  /** The median price. */
  serving_default: Signature<Input, Output, InputColumns, OutputColumns>;
  /** The embedding of a tract. */
  embed: Signature<EmbedInput, EmbedOutput, EmbedInputColumns, EmbedOutputColumns>;
  price_of_example: ExampleSignature<"regress", PriceOfExampleExample>;
}
/** The signatures that the client's own methods call. */
export interface MainSignatures {
  predict: "serving_default";
  regress: "price_of_example";
}
/** A client of this model. */
export type Client = Since<"0.1", TfServingClient<Signatures, MainSignatures>>;
/** What the description says of this model. */
export declare const deployment: TfServingDeployment<Signatures, MainSignatures>;
/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export declare function createClient(options?: TfServingClientOptions): Client;
