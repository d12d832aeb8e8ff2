import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import { topLabel } from "../../src/runtime/src/labels.js";
import { isRecord } from "../../src/runtime/src/own-member.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { drawFeature } from "../../src/runtime/src/testing/seeded-features.js";
import { outputCodec } from "./field-codecs.js";

function drawn(codec: FieldCodec, seed: number | string = 0): unknown {
  return drawFeature(createDraw(seed), codec);
}

/** The probabilities of a set, added up in its order. */
function sumOf(value: unknown): number {
  if (!isRecord(value)) throw new Error("these are no probabilities");
  return Object.values(value).reduce((sum: number, share) => sum + Number(share), 0);
}

describe("a value that is drawn", () => {
  test("is the same from the same seed, and mostly another from another", () => {
    fc.assert(
      fc.property(outputCodec, fc.integer(), (codec, seed) => {
        expect(drawn(codec, seed)).toEqual(drawn(codec, seed));
      }),
    );
    const seeds = Array.from({ length: 50 }, (_, seed) => seed);
    const texts = new Set(seeds.map((seed) => drawn({ kind: "text" }, seed)));
    const numbers = new Set(seeds.map((seed) => drawn({ kind: "number" }, seed)));
    expect(Math.min(texts.size, numbers.size)).toBeGreaterThan(40);
  });

  test("of a number is within its bounds, and short", () => {
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    for (const [min, max] of [
      [0, 1],
      [-5, 5],
      [1e-9, 2e-9],
      [-Number.MAX_VALUE, Number.MAX_VALUE],
      [3, 3],
    ] as const) {
      for (const seed of seeds) {
        const value = Number(drawn({ kind: "number", min, max }, seed));
        expect(value >= min && value <= max).toBe(true);
      }
    }
    for (const seed of seeds) expect(String(drawn({ kind: "number" }, seed)).length).toBeLessThan(8);
    expect(Number(drawn({ kind: "number", max: -1000 }))).toBeLessThanOrEqual(-1000);
    expect(Number(drawn({ kind: "number", min: 1000 }))).toBeGreaterThanOrEqual(1000);
  });

  test.each([1, 2, 3, 10, 1000, 5000, 100_000])("of probabilities over %d labels adds up to 1", (size) => {
    for (let seed = 0; seed < (size > 1000 ? 3 : 50); seed += 1) {
      const value = drawn({ kind: "probabilities", labels: null, size }, seed);
      expect(Object.keys(Object(value))).toHaveLength(size);
      expect(sumOf(value)).toBe(1);
      expect(Object.values(Object(value)).every((share) => Number(share) >= 0)).toBe(true);
    }
  });

  test("of probabilities mostly has a label that is far ahead, whichever it is", () => {
    const labels = ["a", "b", "c", "__proto__"];
    const winners = Array.from({ length: 400 }, (_, seed) => {
      const value = drawn({ kind: "probabilities", labels, size: 4 }, seed);
      if (!isRecord(value)) throw new Error("these are no probabilities");
      const entries = labels.map((label) => [label, Number(value[label])] as const);
      const label = topLabel(Object.fromEntries(entries));
      return { label, share: Number(value[label]) };
    });
    expect(new Set(winners.map(({ label }) => label))).toEqual(new Set(labels));
    expect(winners.filter(({ share }) => share >= 0.6).length).toBeGreaterThan(300);
    expect(winners.filter(({ share }) => share < 0.6).length).toBeGreaterThan(20);
  });

  test("of labels that nobody states has three, counted from 0", () => {
    const value = drawn({ kind: "probabilities", labels: null, size: null });
    expect(Object.keys(Object(value))).toEqual(["0", "1", "2"]);
  });

  test("is refused where it would be larger than any reply", () => {
    const shape = [65_536, 32_768];
    expect(() => drawn({ kind: "tensor", dtype: "float32", shape, form: "npy" })).toThrow(
      "An array of 2147483648 elements is due, but a mock answers with 67108864 at most.",
    );
    expect(() => drawn({ kind: "probabilities", labels: null, size: 2 ** 31 })).toThrow(
      "Probabilities of 2147483648 labels are due, but a mock answers with 1048576 at most.",
    );
  });

  test("is what it has always been", () => {
    const codecs: readonly FieldCodec[] = [
      { kind: "number" },
      { kind: "number", min: 0, max: 1 },
      { kind: "text" },
      { kind: "label", labels: ["x", "y", "z"] },
      { kind: "probabilities", labels: ["cat", "dog"], size: 2 },
      { kind: "tensor", dtype: "float32", shape: [2, -1], form: "npy" },
      { kind: "tensor", dtype: "int64", shape: [3], form: "npy" },
    ];
    expect(codecs.map((codec) => drawn(codec, "always"))).toEqual([
      33.38,
      0.3338,
      "dolor amet ad adipiscing dolor",
      "y",
      { cat: 0.6518856287002563, dog: 0.34811437129974365 },
      ndarray([2, 2], [-0.8518, -0.734, 0.2761, -0.5796]),
      ndarray([3], [3n, 0n, 1n], "int64"),
    ]);
  });
});
