import { deployment as bert } from "bert";
import { deployment as half } from "half-plus-two";
import type { Input, MainSignatures, Output, Signatures } from "half-plus-two";
import { deployment as houses } from "house-prices";
import type { Output as Price } from "house-prices";
import { deployment as flowers } from "image-classifier";
import { ndarray } from "@gen-deploy/runtime";
import type { NdArray } from "@gen-deploy/runtime";
import { mockHandler, mockTransport } from "@gen-deploy/runtime/testing/tf-serving";
import type { MemoryTransport, MockOptions } from "@gen-deploy/runtime/testing/tf-serving";
import { describe, expectTypeOf, test } from "vitest";

const half2 = ndarray([1], [2]);

describe("answers", () => {
  test("of the main signature take its rows and give its outputs", () => {
    expectTypeOf(mockTransport(half)).toEqualTypeOf<MemoryTransport>();
    mockTransport(half, {
      answers: (row) => {
        expectTypeOf(row.x).toEqualTypeOf<NdArray<"float32", [1]>>();
        return { y: half2 };
      },
    });
    mockTransport(half, { answers: (_row: Input): Output => ({ y: half2 }) });
    mockTransport(half, {
      answers: async () => ({ y: half2 }),
      seed: "a",
      version: 2,
      labels: { stable: 2 },
    });
    // @ts-expect-error -- the output's shape is another
    mockTransport(half, { answers: () => ({ y: ndarray([2], [1, 2]) }) });
    // @ts-expect-error -- no such output
    mockTransport(half, { answers: () => ({ z: half2 }) });
    expectTypeOf<MockOptions<Signatures, MainSignatures>>().toHaveProperty("failures");
  });

  test("of any signature stand by its name, for each thing that it does", () => {
    mockHandler(half, {
      answers: {
        regress_x2_to_y3: ({ inputs }) => ({ outputs: inputs }),
        classify_x_to_y: {
          predict: () => ({ scores: half2 }),
          classify: ({ x }) => [
            { label: "a", score: x !== undefined && "float" in x ? (x.float[0] ?? 0) : 0 },
          ],
        },
        regress_x_to_y: { regress: () => 1 },
      },
    });
    // @ts-expect-error -- this signature does not classify
    mockHandler(half, { answers: { regress_x_to_y: { classify: () => [] } } });
    // @ts-expect-error -- no such signature
    mockHandler(half, { answers: { serving: () => ({ y: half2 }) } });
    // @ts-expect-error -- a number is due
    mockHandler(half, { answers: { regress_x_to_y: { regress: () => "1" } } });
  });

  test("have elements as they arrive: integers as bigints, bytes as such", () => {
    mockTransport(houses, {
      answers: (row) => {
        expectTypeOf(row.TAX).toEqualTypeOf<bigint>();
        expectTypeOf(row.CHAS).toEqualTypeOf<boolean>();
        expectTypeOf(row.TOWN).toEqualTypeOf<string | Uint8Array>();
        return { price: row.RM, codes: ndarray([3], ["a", "b", "c"], "string") } satisfies Price;
      },
    });
    mockTransport(houses, {
      answers: {
        price_of_example: {
          regress: (example) => {
            expectTypeOf(example.TAX).toEqualTypeOf<bigint>();
            expectTypeOf<typeof example.tags>().toEqualTypeOf<readonly (string | Uint8Array)[] | undefined>();
            return example.RM;
          },
        },
      },
    });
    mockTransport(bert, {
      answers: ({ input_ids }) => {
        expectTypeOf(input_ids).toEqualTypeOf<NdArray<"int64", [number]>>();
        const attentions = ndarray([2, 1, 1, 1, 1], new Float32Array(2));
        return { attentions, logits: ndarray([2], [0, 1]) };
      },
    });
    mockTransport(flowers, {
      answers: ({ image_bytes, key }) => {
        expectTypeOf(image_bytes).toEqualTypeOf<string | Uint8Array>();
        return { key: String(key), scores: ndarray([6], new Float32Array(6)), prediction: 1n };
      },
    });
  });
});
