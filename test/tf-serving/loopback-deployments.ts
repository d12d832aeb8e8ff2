import type { NdArray } from "../../src/runtime/src/arrays/nd-array.js";
import type {
  BytesInput,
  ExampleSignature,
  Signature,
  TensorValue,
  TfServingDeployment,
} from "../../src/runtime/src/tf-serving/index.js";

/*
 * What generated packages would know of the models of the loopback server.
 */

interface EchoInput {
  readonly i64: number | bigint;
  readonly u64: number | bigint;
  readonly f32: TensorValue<"float32", [2]>;
  readonly f64: number;
  readonly flag: boolean;
  readonly text: BytesInput;
  readonly file_bytes: BytesInput;
}

interface EchoOutput {
  readonly i64: bigint;
  readonly u64: bigint;
  readonly f32: NdArray<"float32", [2]>;
  readonly f64: number;
  readonly flag: boolean;
  readonly text: string;
  readonly file_bytes: Uint8Array;
}

interface EchoInputColumns {
  readonly i64: TensorValue<"int64", [number]>;
  readonly u64: TensorValue<"uint64", [number]>;
  readonly f32: TensorValue<"float32", [number, 2]>;
  readonly f64: TensorValue<"float64", [number]>;
  readonly flag: TensorValue<"bool", [number]>;
  readonly text: TensorValue<"string", [number]>;
  readonly file_bytes: TensorValue<"string", [number]>;
}

interface EchoOutputColumns {
  readonly i64: NdArray<"int64", [number]>;
  readonly u64: NdArray<"uint64", [number]>;
  readonly f32: NdArray<"float32", [number, 2]>;
  readonly f64: NdArray<"float64", [number]>;
  readonly flag: NdArray<"bool", [number]>;
  readonly text: NdArray<"string", [number]>;
  readonly file_bytes: NdArray<"binary", [number]>;
}

interface Column {
  readonly x: TensorValue<"float32", [number]>;
}

interface EchoSignatures {
  readonly serving_default: Signature<EchoInput, EchoOutput, EchoInputColumns, EchoOutputColumns>;
  readonly float: Signature<
    { readonly x: number },
    { readonly x: number },
    Column,
    { readonly x: NdArray<"float32", [number]> }
  >;
  readonly b64: Signature<
    { readonly b64: BytesInput },
    { readonly y_bytes: Uint8Array },
    { readonly b64: TensorValue<"string", [number]> },
    { readonly y_bytes: NdArray<"binary", [number]> }
  >;
  readonly any: Signature<
    { readonly x: TensorValue<"float32", number[]> },
    { readonly x: NdArray<"float32", number[]> },
    { readonly x: TensorValue<"float32", number[]> },
    { readonly x: NdArray<"float32", number[]> }
  >;
}

/** What a package for `echoModel` knows. */
export const echoDeployment: TfServingDeployment<EchoSignatures, { readonly predict: "serving_default" }> = {
  title: "Echo",
  url: null,
  auth: [],
  main: { predict: "serving_default" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: {
        i64: { dtype: "int64", shape: [-1] },
        u64: { dtype: "uint64", shape: [-1] },
        f32: { dtype: "float32", shape: [-1, 2] },
        f64: { dtype: "float64", shape: [-1] },
        flag: { dtype: "bool", shape: [-1] },
        text: { dtype: "string", shape: [-1] },
        file_bytes: { dtype: "string", shape: [-1] },
      },
      outputs: {
        i64: { dtype: "int64", shape: [-1] },
        u64: { dtype: "uint64", shape: [-1] },
        f32: { dtype: "float32", shape: [-1, 2] },
        f64: { dtype: "float64", shape: [-1] },
        flag: { dtype: "bool", shape: [-1] },
        text: { dtype: "string", shape: [-1] },
        file_bytes: { dtype: "binary", shape: [-1] },
      },
    },
    float: {
      name: "float",
      batched: true,
      inputs: { x: { dtype: "float32", shape: [-1] } },
      outputs: { x: { dtype: "float32", shape: [-1] } },
    },
    b64: {
      name: "b64",
      batched: true,
      inputs: { b64: { dtype: "string", shape: [-1] } },
      outputs: { y_bytes: { dtype: "binary", shape: [-1] } },
    },
    any: {
      name: "any",
      batched: true,
      inputs: { x: { dtype: "float32", shape: null } },
      outputs: { x: { dtype: "float32", shape: null } },
    },
  },
};

interface HalfSignatures {
  readonly serving_default: Signature<
    { readonly x: TensorValue<"float32", [1]> },
    { readonly y: NdArray<"float32", [1]> },
    { readonly x: TensorValue<"float32", [number, 1]> },
    { readonly y: NdArray<"float32", [number, 1]> }
  >;
  readonly regress_x_to_y: ExampleSignature<"regress", { readonly x: number }>;
  readonly classify_x_to_y: ExampleSignature<"classify">;
}

/** What a package for TensorFlow Serving's own test model knows: `x` is described to regress, and not to classify. */
export const halfDeployment: TfServingDeployment<
  HalfSignatures,
  {
    readonly predict: "serving_default";
    readonly regress: "regress_x_to_y";
    readonly classify: "classify_x_to_y";
  }
> = {
  title: "Half plus two",
  url: null,
  auth: [{ kind: "basic" }],
  main: { predict: "serving_default", regress: "regress_x_to_y", classify: "classify_x_to_y" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: { x: { dtype: "float32", shape: [-1, 1] } },
      outputs: { y: { dtype: "float32", shape: [-1, 1] } },
    },
    regress_x_to_y: {
      name: "regress_x_to_y",
      verb: "regress",
      features: { x: { type: "float", list: false } },
    },
    classify_x_to_y: { name: "classify_x_to_y", verb: "classify", features: null },
  },
};

interface BertSignatures {
  readonly serving_default: Signature<
    { readonly input_ids: TensorValue<"int64", [number]> },
    {
      readonly attentions: NdArray<"float32", [12]>;
      readonly logits: NdArray<"float32", [2]>;
      readonly pooled: number;
    },
    { readonly input_ids: TensorValue<"int64", [number, number]> },
    {
      readonly attentions: NdArray<"float32", [12]>;
      readonly logits: NdArray<"float32", [number, 2]>;
      readonly pooled: NdArray<"float32", [number]>;
    }
  >;
}

/** What a package for `bertModel` knows. */
export const bertDeployment: TfServingDeployment<BertSignatures, { readonly predict: "serving_default" }> = {
  title: "Bert",
  url: null,
  auth: [],
  main: { predict: "serving_default" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: { input_ids: { dtype: "int64", shape: [-1, -1] } },
      outputs: {
        attentions: { dtype: "float32", shape: [12] },
        logits: { dtype: "float32", shape: [-1, 2] },
        pooled: { dtype: "float32", shape: [-1] },
      },
    },
  },
};
