import { createClient as createBert } from "bert";
import { createClient as createHalf, deployment } from "half-plus-two";
import type { Input, InputColumns, RegressX2ToY3Output } from "half-plus-two";
import { createClient as createHouses } from "house-prices";
import type { Output as Price, PriceOfExampleExample } from "house-prices";
import { createClient as createFlowers } from "image-classifier";
import type { Classification } from "image-classifier";
import { fromFile } from "image-classifier/node";
import type { NdArray } from "@gen-deploy/runtime";
import { describe, expectTypeOf, test } from "vitest";

const half = createHalf();
const bert = createBert();
const houses = createHouses();
const flowers = createFlowers();

describe("half_plus_two", () => {
  test("takes a row, or the bare value of its only input, and columns", () => {
    expectTypeOf(half.predict({ x: [1] })).resolves.toEqualTypeOf<{ y: NdArray<"float32", [1]> }>();
    void half.predict([1]);
    void half.predict(new Float32Array(1));
    void half.predictMany([[1], { x: [2] }]);
    void half.predictColumns({ x: [[1], [2]] } satisfies InputColumns);
    // @ts-expect-error -- a row of this signature is a list of one number
    void half.predict({ x: 1 });
    // @ts-expect-error -- no such input
    void half.predict({ y: [1] });
    // @ts-expect-error -- text is no number
    void half.predict({ x: ["1"] } satisfies Input);
  });

  test("has every signature by name, and each verb where its tensors allow it", () => {
    expectTypeOf<keyof typeof half.signatures>().toEqualTypeOf<
      "serving_default" | "classify_x_to_y" | "regress_x2_to_y3" | "regress_x_to_y" | "regress_x_to_y2"
    >();
    expectTypeOf(half.signatures.regress_x2_to_y3.predict([1])).resolves.toEqualTypeOf<RegressX2ToY3Output>();
    expectTypeOf(half.classify([{ x: { float: 1 } }])).resolves.toEqualTypeOf<Classification[][]>();
    expectTypeOf(half.signatures.regress_x_to_y2.regress([{ x: { float: 1 } }])).resolves.toEqualTypeOf<
      number[]
    >();
    void half.regress([{}], { context: { x: { float: [1] } } });
    // @ts-expect-error -- a feature of unknown kind must say it
    void half.regress([{ x: 1 }]);
    // @ts-expect-error -- this signature has no tensor for examples
    void half.signatures.regress_x2_to_y3.regress;
    expectTypeOf(deployment.main.predict).toEqualTypeOf<"serving_default">();
  });

  test("is asked for a version or a label, in rows or columns", () => {
    void half.predict([1], { version: 3, framing: "row" });
    void half.status({ label: "stable" });
    void half.waitUntilReady({ timeout: 1000 });
    // @ts-expect-error -- no such framing
    void half.predict([1], { framing: "diagonal" });
  });
});

describe("bert", () => {
  test("takes int64 as bigints or numbers, and gives whole what is no row's", () => {
    void bert.predict({ input_ids: [101n, 7], attention_mask: [1, 1], token_type_ids: new BigInt64Array(2) });
    expectTypeOf<Awaited<ReturnType<typeof bert.predict>>>().toEqualTypeOf<{
      attentions: NdArray<"float32", [2, number, 1, number, number]>;
      logits: NdArray<"float32", [2]>;
    }>();
    // @ts-expect-error -- an input is missing
    void bert.predict({ input_ids: [1n], attention_mask: [1n] });
  });
});

describe("house-prices", () => {
  test("has scalars where a row has no dimensions", () => {
    expectTypeOf<Price>().toEqualTypeOf<{ price: number; codes: NdArray<"string", [3]> }>();
    void houses.signatures.embed.predict(new Float32Array(13));
  });

  test("types the features of examples", () => {
    const example: PriceOfExampleExample = { CRIM: 0.1, RM: 6, TAX: 296n, tags: ["a", "b"] };
    expectTypeOf(houses.regress([example])).resolves.toEqualTypeOf<number[]>();
    void houses.regress([{ RM: 6, TAX: 1 }], { context: { CRIM: 0.5 } });
    // @ts-expect-error -- RM is missing
    void houses.regress([{ CRIM: 0.1, TAX: 296n }]);
    // @ts-expect-error -- this model classifies nothing
    void houses.classify;
  });
});

test("a picture goes in from any source of bytes, and int64 comes out as a bigint", () => {
  expectTypeOf(flowers.predict({ image_bytes: fromFile("a.jpg"), key: "a" })).resolves.toEqualTypeOf<{
    key: string;
    prediction: bigint;
    scores: NdArray<"float32", [6]>;
  }>();
  void flowers.predict({ image_bytes: new Uint8Array(1), key: new Uint8Array(1) });
  // @ts-expect-error -- numbers are no bytes
  void flowers.predict({ image_bytes: 1, key: "a" });
});
