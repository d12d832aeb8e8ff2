import type { NdArray } from "../../src/runtime/src/index.js";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type { MemoryHandler, MemoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import type {
  BytesInput,
  ExampleSignature,
  Signature,
  TensorValue,
  TfServingClient,
  TfServingClientOptions,
  TfServingDeployment,
} from "../../src/runtime/src/tf-serving/index.js";

interface Half {
  readonly x: TensorValue<"float32", [1]>;
}

interface HalfColumns {
  readonly x: TensorValue<"float32", [number, 1]>;
}

interface Pair {
  readonly id: TensorValue<"int64", []>;
  readonly photo: BytesInput;
}

interface PairColumns {
  readonly id: TensorValue<"int64", [number]>;
  readonly photo: TensorValue<"binary", [number]>;
}

/** What the signatures of the model take and give. */
export interface Signatures {
  readonly serving_default: Signature<
    Half,
    { readonly y: NdArray<"float32", [1]> },
    HalfColumns,
    { readonly y: NdArray<"float32", [number, 1]> }
  >;
  /** Two inputs; an output with rows, one whose first dimension is its own, one without any, one of any rank. */
  readonly pair: Signature<
    Pair,
    {
      readonly score: number;
      readonly table: NdArray<"int32", [2, number]>;
      readonly total: bigint;
      readonly more: NdArray<"float32", number[]>;
    },
    PairColumns,
    {
      readonly score: NdArray<"float32", [number]>;
      readonly table: NdArray<"int32", [2, number]>;
      readonly total: bigint;
      readonly more: NdArray<"float32", number[]>;
    }
  >;
  /** Not batched. */
  readonly whole: Signature<
    { readonly a: number; readonly b: TensorValue<"bool", [2]> },
    { readonly c: string }
  >;
  readonly text: Signature<
    { readonly words: TensorValue<"string", [number]> },
    { readonly n: bigint },
    { readonly words: TensorValue<"string", [number, number]> },
    { readonly n: NdArray<"int64", [number]> }
  >;
  readonly sort: ExampleSignature<
    "classify",
    {
      readonly age: number;
      readonly tags?: readonly BytesInput[];
      readonly ids?: readonly (number | bigint)[];
    }
  >;
  readonly guess: ExampleSignature<"regress">;
}

/** The signatures of the client's own methods. */
export interface Main {
  readonly predict: "serving_default";
  readonly classify: "sort";
  readonly regress: "guess";
}

export const base = "http://host.test:8501/v1/models/m";

export const deployment: TfServingDeployment<Signatures, Main> = {
  title: "Model",
  url: base,
  auth: [{ kind: "bearer" }],
  main: { predict: "serving_default", classify: "sort", regress: "guess" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: { x: { dtype: "float32", shape: [-1, 1] } },
      outputs: { y: { dtype: "float32", shape: [-1, 1] } },
    },
    pair: {
      name: "pair",
      batched: true,
      inputs: { id: { dtype: "int64", shape: [-1] }, photo: { dtype: "binary", shape: [-1] } },
      outputs: {
        score: { dtype: "float32", shape: [-1] },
        table: { dtype: "int32", shape: [2, -1] },
        total: { dtype: "int64", shape: [] },
        more: { dtype: "float32", shape: null },
      },
    },
    whole: {
      name: "whole",
      batched: false,
      inputs: { a: { dtype: "float64", shape: [] }, b: { dtype: "bool", shape: [2] } },
      outputs: { c: { dtype: "string", shape: [] } },
    },
    text: {
      name: "text",
      batched: true,
      inputs: { words: { dtype: "string", shape: [-1, -1] } },
      outputs: { n: { dtype: "int64", shape: [-1] } },
    },
    sort: {
      name: "sort",
      verb: "classify",
      features: {
        age: { type: "float", list: false },
        tags: { type: "bytes", list: true, optional: true },
        ids: { type: "int64", list: true, optional: true },
      },
    },
    guess: { name: "guess", verb: "regress", features: null },
  },
};

export const token = "s3cr3t-t0ken/with+signs==";

/** A client whose requests go to `handler`, what it asked, and the bodies as text. */
export function clientOf(
  handler: MemoryHandler,
  options: TfServingClientOptions = {},
): {
  client: TfServingClient<Signatures, Main>;
  calls: MemoryTransport["calls"];
  bodies: () => readonly string[];
} {
  const transport = memoryTransport(handler);
  const client = createTfServingClient(deployment, { token, retry: false, transport, ...options });
  const bodies = (): readonly string[] =>
    transport.calls.map((call) => new TextDecoder().decode(call.bytes()));
  return { client, calls: transport.calls, bodies };
}

/** `value` in a place whose type it does not have, as a caller without types may put it there. */
export function untyped<Value>(value: unknown, like: Value): Value {
  const holder = [like];
  Reflect.set(holder, 0, value);
  return holder[0] ?? like;
}
