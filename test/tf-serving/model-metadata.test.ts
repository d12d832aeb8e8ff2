import { describe, expect, test } from "vitest";
import { DriftError } from "../../src/runtime/src/errors.js";
import type { MemoryReply } from "../../src/runtime/src/http/memory-transport.js";
import { clientOf } from "./client-deployment.js";

describe("metadata and verify", () => {
  const tensor = (dtype: string, ...sizes: readonly number[]): object => ({
    dtype,
    tensor_shape: { dim: sizes.map((size) => ({ size: String(size), name: "" })), unknown_rank: false },
    name: "x:0",
  });
  const anyRank = { dtype: "DT_FLOAT", tensor_shape: { dim: [], unknown_rank: true } };
  const text = { dtype: "DT_STRING", tensor_shape: { unknown_rank: true } };
  const live = {
    serving_default: {
      inputs: { x: tensor("DT_FLOAT", -1, 1) },
      outputs: { y: tensor("DT_FLOAT_REF", -1, 1) },
    },
    pair: {
      inputs: { photo: tensor("DT_STRING", -1), id: tensor("DT_INT64", -1) },
      outputs: {
        score: tensor("DT_FLOAT", -1),
        table: tensor("DT_INT32", 2, -1),
        total: tensor("DT_INT64"),
        more: anyRank,
      },
    },
    whole: {
      inputs: { a: tensor("DT_DOUBLE"), b: tensor("DT_BOOL", 2) },
      outputs: { c: tensor("DT_STRING") },
    },
    text: { inputs: { words: tensor("DT_STRING", -1, -1) }, outputs: { n: tensor("DT_INT64", -1) } },
    sort: { inputs: { inputs: text }, outputs: { scores: tensor("DT_FLOAT", -1, 2) } },
    guess: { inputs: { inputs: text }, outputs: { outputs: tensor("DT_FLOAT", -1) } },
    new_one: { inputs: {}, outputs: {}, method_name: "tensorflow/serving/predict" },
  };

  function metadataOf(signatures: object): MemoryReply {
    const metadata = { signature_def: { signature_def: signatures } };
    return { json: { model_spec: { name: "m", signature_name: "", version: "7" }, metadata } };
  }

  test("are read in an order of their own", async () => {
    const { client } = clientOf(() => metadataOf(live));
    const { model, signatures } = await client.metadata();
    expect(model).toEqual({ name: "m", version: "7" });
    expect(signatures.map(({ name }) => name)).toEqual(Object.keys(live).toSorted());
    expect(signatures.find(({ name }) => name === "pair")?.inputs).toEqual([
      { name: "id", dtype: "DT_INT64", shape: [-1] },
      { name: "photo", dtype: "DT_STRING", shape: [-1] },
    ]);
    const camel = JSON.stringify(metadataOf(live).json).replace(/_([a-z])/g, (_, letter: string) =>
      letter.toUpperCase(),
    );
    const gave = await clientOf(() => ({ body: camel })).client.metadata();
    expect(gave.model.version).toBe("7");
  });

  test("that say what the package says are no drift", async () => {
    await expect(clientOf(() => metadataOf(live)).client.verify()).resolves.toBeUndefined();
  });

  test.each([
    {
      name: "a dtype",
      change: { ...live, text: { ...live.text, outputs: { n: tensor("DT_INT32", -1) } } },
      want: { side: "output", change: "changed", feature: "n" },
    },
    {
      name: "a length",
      change: {
        ...live,
        serving_default: { ...live.serving_default, inputs: { x: tensor("DT_FLOAT", -1, 2) } },
      },
      want: { side: "input", change: "changed", feature: "x" },
    },
    {
      name: "a rank",
      change: { ...live, text: { ...live.text, outputs: { n: { dtype: "DT_INT64" } } } },
      want: { side: "output", change: "changed", feature: "n" },
    },
    {
      name: "a new input",
      change: { ...live, text: { ...live.text, inputs: { ...live.text.inputs, toString: text } } },
      want: { side: "input", change: "added", feature: "toString" },
    },
    {
      name: "an output that is gone",
      change: { ...live, whole: { ...live.whole, outputs: {} } },
      want: { side: "output", change: "removed", feature: "c" },
    },
    {
      name: "a signature that is gone",
      change: { ...live, sort: undefined },
      want: { side: "deployment", change: "removed" },
    },
    {
      name: "a verb that is gone",
      change: { ...live, guess: live.sort },
      want: { side: "deployment", change: "changed" },
    },
  ])("that differ in $name are drift", async ({ change, want }) => {
    const error: unknown = await clientOf(() => metadataOf(change))
      .client.verify()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DriftError);
    expect(error).toMatchObject({ code: "drift", changes: [want] });
  });

  test.each([{ body: "[]" }, { body: "{" }, { json: { metadata: {} } }])("%o are bad", async (reply) => {
    await expect(clientOf(() => reply).client.verify()).rejects.toMatchObject({ code: "bad-reply" });
  });
});
