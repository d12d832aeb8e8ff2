/**
 * House prices.
 *
 * Estimates the median price of homes of a tract.
 */
import type { Described, Since, WireNames } from "@gen-deploy/runtime";
import { createTfServingClient } from "@gen-deploy/runtime/tf-serving";
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
import type { paths } from "./wire.js";

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

/** The names that the description gives to the tensors: one that it lacks does not compile. */
type InputName = WireNames<
  paths,
  ["/v1/models/houses:predict", "post", "requestBody", "content", "application/json", "inputs"]
>;
type OutputName = WireNames<
  paths,
  [
    "/v1/models/houses:predict",
    "post",
    "responses",
    "200",
    "content",
    "application/json",
    "outputs",
  ]
>;
type Deployed = Described<
  Described<TfServingDeployment<Signatures, MainSignatures>, keyof Input, InputName>,
  keyof Output,
  OutputName
>;

/** What the description says of this model. */
export const deployment: TfServingDeployment<Signatures, MainSignatures> = {
  title: "House prices",
  url: "https://models.example.com/tf/v1/models/houses",
  auth: [],
  main: { predict: "serving_default", regress: "price_of_example" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: {
        CRIM: { dtype: "float32", shape: [-1] },
        ZN: { dtype: "float32", shape: [-1] },
        INDUS: { dtype: "float32", shape: [-1] },
        CHAS: { dtype: "bool", shape: [-1] },
        NOX: { dtype: "float32", shape: [-1] },
        RM: { dtype: "float32", shape: [-1] },
        AGE: { dtype: "float32", shape: [-1] },
        DIS: { dtype: "float64", shape: [-1] },
        RAD: { dtype: "int32", shape: [-1] },
        TAX: { dtype: "int64", shape: [-1] },
        PTRATIO: { dtype: "float32", shape: [-1] },
        TOWN: { dtype: "string", shape: [-1] },
        LSTAT: { dtype: "float32", shape: [-1] },
      },
      outputs: {
        price: { dtype: "float32", shape: [-1] },
        codes: { dtype: "string", shape: [-1, 3] },
      },
    },
    embed: {
      name: "embed",
      batched: true,
      inputs: { table: { dtype: "float32", shape: [-1, 13] } },
      outputs: { embedding: { dtype: "float32", shape: [-1, 4] } },
    },
    price_of_example: {
      name: "price_of_example",
      verb: "regress",
      features: {
        CRIM: { type: "float", list: false },
        RM: { type: "float", list: false },
        TAX: { type: "int64", list: false },
        TOWN: { type: "bytes", list: false, optional: true },
        tags: { type: "bytes", list: true, optional: true },
        year: { type: "int64", list: false, optional: true },
      },
    },
  },
} satisfies Deployed;

/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export function createClient(options: TfServingClientOptions = {}): Client {
  return createTfServingClient(deployment, options);
}
