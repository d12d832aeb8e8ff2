import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { ranked, topLabel } from "../../src/runtime/src/labels.js";
import type { Probabilities } from "../../src/runtime/src/labels.js";

describe("ranked and topLabel go by the values", () => {
  const table: readonly { name: string; given: Record<string, number>; want: readonly [string, number][] }[] =
    [
      {
        name: "highest first",
        given: { cat: 0.1, dog: 0.9 },
        want: [
          ["dog", 0.9],
          ["cat", 0.1],
        ],
      },
      {
        name: "labels that look like integers, which objects reorder",
        given: Object.fromEntries([
          ["9", 0.2],
          ["0", 0.3],
          ["5", 0.5],
        ]),
        want: [
          ["5", 0.5],
          ["0", 0.3],
          ["9", 0.2],
        ],
      },
      {
        name: "equal values stay in their order",
        given: { b: 0.5, a: 0.5 },
        want: [
          ["b", 0.5],
          ["a", 0.5],
        ],
      },
      {
        name: "labels that every object inherits",
        given: Object.fromEntries([
          ["toString", 0.3],
          ["__proto__", 0.7],
        ]),
        want: [
          ["__proto__", 0.7],
          ["toString", 0.3],
        ],
      },
      {
        name: "inherited members are no labels",
        given: Object.setPrototypeOf({ a: 0 }, { b: 1 }),
        want: [["a", 0]],
      },
    ];
  test.each(table)("$name", ({ given, want }) => {
    expect(ranked(given)).toEqual(want);
    expect(topLabel(given)).toBe(want[0]?.[0]);
  });

  test("the top label has the highest value of all", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.double({ noNaN: true }), { minKeys: 1 }), (given) => {
        expect(Object.entries(given).every(([, value]) => value <= (given[topLabel(given)] ?? NaN))).toBe(
          true,
        );
        expect(ranked(given)).toHaveLength(Object.keys(given).length);
      }),
    );
  });

  test("without labels there is no top label", () => {
    expect(ranked({})).toEqual([]);
    try {
      topLabel({});
      expect.unreachable();
    } catch (error) {
      expect(isDeploymentError(error, "wrong-type")).toBe(true);
    }
  });

  test("labels keep their type", () => {
    const given: Probabilities<"cat" | "dog"> = { cat: 1, dog: 0 };
    expectTypeOf(topLabel(given)).toEqualTypeOf<"cat" | "dog">();
    expectTypeOf(ranked(given)).toEqualTypeOf<["cat" | "dog", number][]>();
    expect(topLabel(given)).toBe("cat");
  });
});
