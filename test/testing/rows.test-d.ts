import { deployment as animals } from "animal-weight";
import type { Input as Animal, Output as Weight } from "animal-weight";
import { deployment, ndarray } from "digits-and-grids";
import type { Input, Output } from "digits-and-grids";
import { mockTransport } from "@gen-deploy/runtime/testing/rows";
import type { AnsweredRow, MemoryTransport, MockOptions } from "@gen-deploy/runtime/testing/rows";
import type { ImageInput, TensorInput } from "@gen-deploy/runtime";
import { describe, expectTypeOf, test } from "vitest";

describe("a mocked deployment", () => {
  test("takes any descriptor, and gives a transport that keeps its calls", () => {
    expectTypeOf(mockTransport(animals)).toEqualTypeOf<MemoryTransport>();
    expectTypeOf(mockTransport(deployment, { seed: "seven" })).toEqualTypeOf<MemoryTransport>();
  });

  test("answers in the types of its rows", () => {
    mockTransport<Animal, Weight>(animals, {
      answers(row) {
        expectTypeOf(row).toEqualTypeOf<Animal>();
        return { Weight: row.Size };
      },
    });
    mockTransport<Animal, Weight>(animals, { answers: async ({ Size }) => ({ Weight: Size }) });
    // @ts-expect-error -- it is a number.
    mockTransport<Animal, Weight>(animals, { answers: () => ({ Weight: "heavy" }) });
    // @ts-expect-error -- it is missing.
    mockTransport<Animal, Weight>(animals, { answers: () => ({}) });
    // @ts-expect-error -- no row has it.
    mockTransport<Animal, Weight>(animals, { answers: ({ Weight }) => ({ Weight }) });
  });

  test("takes for arrays and pictures whatever a row takes for them", () => {
    expectTypeOf<AnsweredRow<Output>["heat map"]>().toEqualTypeOf<TensorInput<"float32", [2, 3]>>();
    expectTypeOf<AnsweredRow<Output>["cleaned"]>().toEqualTypeOf<ImageInput>();
    expectTypeOf<AnsweredRow<Output>["digit"]>().toEqualTypeOf<Output["digit"]>();
    const answers = (): AnsweredRow<Output> => ({
      digit: { zero: 1, one: 0, "other digit": 0 },
      // @ts-expect-error -- it has another shape.
      "heat map": ndarray([3, 3], new Float32Array(9)),
      cleaned: new Uint8Array(),
      "is blurred": 0,
    });
    mockTransport<Input, Output>(deployment, { answers });
  });

  test("fails as statuses do", () => {
    expectTypeOf<{
      failures: [{ status: 503; retryAfter: 1 }, { status: "unreachable" }];
    }>().toExtend<MockOptions>();
    // @ts-expect-error -- there is no such word.
    mockTransport(animals, { failures: [{ status: "gone" }] });
  });
});
