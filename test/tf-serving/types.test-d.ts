import { describe, expectTypeOf, test } from "vitest";
import type { NdArray } from "../../src/runtime/src/index.js";
import type {
  BytesInput,
  Classification,
  ExampleSignature,
  ExampleValue,
  Signature,
  SignatureMethods,
  SpecFor,
  TensorResult,
  TensorSpec,
  TensorValue,
  TfServingClient,
  TfServingDeployment,
} from "../../src/runtime/src/tf-serving/index.js";

interface Input {
  readonly x: TensorValue<"float32", [1]>;
}
interface Output {
  readonly y: NdArray<"float32", [1]>;
}
interface InputColumns {
  readonly x: TensorValue<"float32", [number, 1]>;
}
interface OutputColumns {
  readonly y: NdArray<"float32", [number, 1]>;
}
interface Example {
  readonly x: number;
  readonly tags?: readonly BytesInput[];
}
interface Signatures {
  readonly serving_default: Signature<Input, Output, InputColumns, OutputColumns>;
  readonly classify_x: ExampleSignature<"classify", Example>;
  readonly regress_x: Signature<
    { inputs: BytesInput },
    { outputs: number },
    { inputs: TensorValue<"string", [number]> },
    { outputs: NdArray<"float32", [number]> }
  > &
    ExampleSignature<"regress">;
}
interface Main {
  readonly predict: "serving_default";
  readonly classify: "classify_x";
  readonly regress: "regress_x";
}

const deployment: TfServingDeployment<Signatures, Main> = {
  title: "half plus two",
  url: null,
  auth: [],
  main: { predict: "serving_default", classify: "classify_x", regress: "regress_x" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: { x: { dtype: "float32", shape: [-1, 1] } },
      outputs: { y: { dtype: "float32", shape: [-1, 1] } },
    },
    classify_x: {
      name: "classify_x",
      verb: "classify",
      features: { x: { type: "float", list: false }, tags: { type: "bytes", list: true, optional: true } },
    },
    regress_x: {
      name: "regress_x",
      batched: true,
      inputs: { inputs: { dtype: "string", shape: [-1] } },
      outputs: { outputs: { dtype: "float32", shape: [-1] } },
      verb: "regress",
      features: null,
    },
  },
};

declare const client: TfServingClient<Signatures, Main>;

describe("a descriptor", () => {
  test("is held to the types of its columns", () => {
    const { serving_default: good } = deployment.signatures;
    expectTypeOf<Signatures["serving_default"]>().toExtend<{ readonly name: string }>();
    type Inputs = Signatures["serving_default"]["inputs"];
    expectTypeOf<Inputs>().toEqualTypeOf<{ readonly x: TensorSpec<"float32", readonly [number, 1]> }>();
    expectTypeOf(good.inputs).toEqualTypeOf<Inputs>();
    // @ts-expect-error another dtype
    const dtype: Inputs = { x: { dtype: "float64", shape: [-1, 1] } };
    // @ts-expect-error another length
    const length: Inputs = { x: { dtype: "float32", shape: [-1, 2] } };
    // @ts-expect-error another rank
    const rank: Inputs = { x: { dtype: "float32", shape: [-1] } };
    // @ts-expect-error another name
    const name: Inputs = { X: { dtype: "float32", shape: [-1, 1] } };
    expectTypeOf([dtype, length, rank, name]).toBeArray();
  });

  test("infers the spec of every kind of value", () => {
    expectTypeOf<SpecFor<TensorValue<"int64", [number, 3]>>>().toEqualTypeOf<
      TensorSpec<"int64", readonly [number, 3]>
    >();
    expectTypeOf<SpecFor<TensorValue<"string", [2]>>>().toEqualTypeOf<TensorSpec<"string", readonly [2]>>();
    expectTypeOf<SpecFor<TensorValue<"binary", [number]>>>().toEqualTypeOf<
      TensorSpec<"binary", readonly [number]>
    >();
    expectTypeOf<SpecFor<TensorValue<"float32", number[]>>>().toEqualTypeOf<TensorSpec<"float32", null>>();
    expectTypeOf<SpecFor<TensorValue<"string", number[]>>>().toEqualTypeOf<TensorSpec<"string", null>>();
    expectTypeOf<SpecFor<NdArray<"binary", number[]>>>().toEqualTypeOf<TensorSpec<"binary", null>>();
    expectTypeOf<TensorSpec<"bool", readonly []>>().toExtend<SpecFor<boolean>>();
    expectTypeOf<TensorSpec<"float32", readonly []>>().toExtend<SpecFor<number>>();
    expectTypeOf<TensorSpec<"uint64", readonly []>>().toExtend<SpecFor<TensorValue<"uint64", []>>>();
    expectTypeOf<TensorSpec<"int64", readonly []>>().not.toExtend<SpecFor<number>>();
    expectTypeOf<TensorSpec<"uint64", readonly []>>().toExtend<SpecFor<bigint>>();
    expectTypeOf<TensorSpec<"string", readonly []>>().toExtend<SpecFor<BytesInput>>();
    expectTypeOf<TensorSpec<"binary", readonly []>>().toExtend<SpecFor<TensorResult<"binary", []>>>();
  });
});

describe("a client", () => {
  test("has the methods of its main signatures", async () => {
    expectTypeOf(await client.predict({ x: [1] })).toEqualTypeOf<Output>();
    expectTypeOf(await client.predict([1])).toEqualTypeOf<Output>();
    expectTypeOf(await client.predictMany([[1], { x: [2] }])).toEqualTypeOf<Output[]>();
    expectTypeOf(await client.predictColumns({ x: [[1], [2]] })).toEqualTypeOf<OutputColumns>();
    expectTypeOf(await client.classify([{ x: 1 }])).toEqualTypeOf<Classification[][]>();
    expectTypeOf(await client.classify([{ tags: ["a"] }], { context: { x: 1 } })).toEqualTypeOf<
      Classification[][]
    >();
    expectTypeOf(
      await client.regress([{ x: { float: 1 } }], { context: { y: { int64: [1n] } } }),
    ).toEqualTypeOf<number[]>();
    // @ts-expect-error a wrong shape
    void client.predict({ x: [[1]] });
    // @ts-expect-error a wrong name
    void client.predict({ X: [1] });
    // @ts-expect-error a feature that is neither in the example nor in the context
    void client.classify([{ tags: ["a"] }]);
    // @ts-expect-error a value that does not say its kind
    void client.regress([{ x: 1 }]);
  });

  test("has all signatures by name", () => {
    type Regress = SignatureMethods<Signatures["regress_x"]>;
    expectTypeOf<keyof Regress>().toEqualTypeOf<
      "predict" | "predictMany" | "predictStream" | "predictColumns" | "regress"
    >();
    expectTypeOf<keyof (typeof client)["signatures"]["classify_x"]>().toEqualTypeOf<"classify">();
    expectTypeOf<Parameters<Regress["predict"]>[0]>().toExtend<BytesInput | { inputs: BytesInput }>();
    expectTypeOf<{ float: number }>().toExtend<ExampleValue>();
    // @ts-expect-error no such signature
    void client.signatures.classify_y;
  });
});
