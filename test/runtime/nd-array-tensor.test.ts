import { describe, expect, test } from "vitest";
import { ndarray, toTensor } from "../../src/runtime/src/arrays/nd-array.js";
import { encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { thrownBy } from "./thrown-by.js";

describe("toTensor", () => {
  const float = (shape: readonly number[]) => ({ dtype: "float32", shape, feature: "x" }) as const;

  test.each([
    {
      name: "lists",
      given: [
        [1, 2],
        [3, 4],
      ],
      want: [2, 2],
    },
    { name: "typed rows", given: [Float32Array.of(1, 2), new Float64Array([3, 4])], want: [2, 2] },
    {
      name: "objects like lists",
      given: { length: 2, 0: [1, 2], 1: { length: 2, 0: 3, 1: 4 } },
      want: [2, 2],
    },
    { name: "a bare typed array", given: Float32Array.of(1, 2, 3, 4), want: [2, 2] },
    { name: "bare doubles", given: Float64Array.of(1, 2, 3, 4), want: [2, 2] },
    { name: "bare integers", given: Uint8Array.of(1, 2, 3, 4), want: [-1, 2] },
    { name: "an array", given: ndarray([2, 2], [1, 2, 3, 4]), want: [2, -1] },
    { name: "an array of doubles", given: ndarray([2, 2], Float64Array.of(1, 2, 3, 4)), want: [-1, -1] },
    {
      name: "an array of another copy",
      given: { dtype: "float32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4), toNested: () => [] },
      want: [2, 2],
    },
  ])("takes $name", ({ given, want }) => {
    const tensor = toTensor(given, float(want));
    expect([tensor.dtype, tensor.shape, tensor.data]).toEqual([
      "float32",
      [2, 2],
      Float32Array.of(1, 2, 3, 4),
    ]);
    expect(tensor.toNested()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("copies nothing that is right", () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(toTensor(data, float([2])).data).toBe(data);
    expect(toTensor(ndarray([2], data), float([2])).data).toBe(data);
  });

  test("takes what an empty list cannot show from the feature", () => {
    expect(toTensor([], float([-1, 3])).shape).toEqual([0, 3]);
    expect(toTensor([[], []], float([2, -1])).shape).toEqual([2, 0]);
    expect(toTensor(new Float32Array(), float([-1, 0])).shape).toEqual([0, 0]);
  });

  test.each([
    { name: "bool", dtype: "bool", given: [true, 0], want: Uint8Array.of(1, 0) },
    { name: "int8", dtype: "int8", given: [-128, 127n], want: Int8Array.of(-128, 127) },
    { name: "uint32", dtype: "uint32", given: [0, 4294967295], want: Uint32Array.of(0, 4294967295) },
    {
      name: "int64",
      dtype: "int64",
      given: [2n ** 63n - 1n, -1],
      want: BigInt64Array.of(2n ** 63n - 1n, -1n),
    },
    {
      name: "uint64",
      dtype: "uint64",
      given: [2n ** 64n - 1n, 0],
      want: BigUint64Array.of(2n ** 64n - 1n, 0n),
    },
    { name: "float32", dtype: "float32", given: [0.1, NaN], want: Float32Array.of(0.1, NaN) },
    { name: "float64", dtype: "float64", given: [0.1, -Infinity], want: Float64Array.of(0.1, -Infinity) },
    {
      name: "complex64",
      dtype: "complex64",
      given: [
        [1, 2],
        [3, 4],
      ],
      want: Float32Array.of(1, 2, 3, 4),
    },
    { name: "string", dtype: "string", given: ["a", ""], want: ["a", ""] },
  ] as const)("makes lists $name", ({ dtype, given, want }) => {
    expect(toTensor(given, { dtype, shape: [2] }).data).toEqual(want);
  });

  test("takes a single number, pair or text where there is no dimension", () => {
    expect(toTensor(5, float([])).toNested()).toBe(5);
    expect(toTensor([1, 2], { dtype: "complex128", shape: [] }).toNested()).toEqual([1, 2]);
    expect(toTensor("a", { dtype: "string", shape: [] }).toNested()).toBe("a");
  });

  describe("of byte strings", () => {
    const [one, two] = [Uint8Array.of(1), Uint8Array.of(2, 3)];

    test.each([
      { name: "one", given: one, shape: [], want: [one] },
      { name: "a list", given: [one, two], shape: [2], want: [one, two] },
      { name: "lists", given: [[one], [two]], shape: [-1, 1], want: [one, two] },
      { name: "an array", given: ndarray([2], [one, two], "binary"), shape: [2], want: [one, two] },
      { name: "buffers", given: [Buffer.from([7])], shape: [1], want: [Buffer.from([7])] },
    ])("takes $name", ({ given, shape, want }) => {
      const tensor = toTensor(given, { dtype: "binary", shape });
      expect(tensor.data).toEqual(want);
      expect(tensor.toNested()).toEqual("toNested" in given ? given.toNested() : given);
    });

    test.each([
      { name: "text", given: ["a"], shape: [1], says: 'holds "a" at index 0, expected binary' },
      { name: "numbers", given: [1, 2], shape: [2], says: "holds 1 at index 0, expected binary" },
      { name: "other typed arrays", given: [Int8Array.of(1)], shape: [1], says: "expected binary" },
      { name: "bytes for a list of them", given: two, shape: [2], says: "expected an array of binary" },
      { name: "a list for bytes", given: [[one]], shape: [1], says: "has shape [1, 1], expected [1]" },
      {
        name: "a list beside bytes",
        given: [one, [two]],
        shape: [2],
        says: "has a list at [1], expected binary",
      },
      {
        name: "an array of numbers",
        given: ndarray([2], two),
        shape: [2],
        says: "is an array of uint8, expected binary",
      },
    ])("refuses $name", ({ given, shape, says }) => {
      expect(() => toTensor(given, { dtype: "binary", shape })).toThrow(says);
    });
  });

  test("of byte strings has no .npy file", () => {
    const error = thrownBy(() => encodeNpy(ndarray([1], [Uint8Array.of(1)], "binary")));
    expect(error).toMatchObject({ code: "wrong-type" });
  });

  describe("of any shape", () => {
    test.each([
      { name: "a number", given: 5, want: [] },
      { name: "lists", given: [[[1], [2]]], want: [1, 2, 1] },
      { name: "an empty list", given: [[], []], want: [2, 0] },
      { name: "a typed array", given: Float32Array.of(1, 2), want: [2] },
      { name: "an array", given: ndarray([1, 2], [1, 2]), want: [1, 2] },
    ])("takes $name", ({ given, want }) => {
      expect(toTensor(given, { dtype: "float32", shape: null }).shape).toEqual(want);
    });

    const endless: unknown[] = [];
    endless.push(endless);
    test.each([
      { name: "rows of two lengths", given: [[1], [2, 3]], says: "a list of 2 at [1], expected a list of 1" },
      { name: "text", given: "a", says: 'holds "a" at index 0' },
      { name: "nothing", given: undefined, says: "holds undefined at index 0" },
      { name: "a list in itself", given: endless, says: "expected at most 64 dimensions" },
    ])("refuses $name", ({ given, says }) => {
      expect(() => toTensor(given, { dtype: "float32", shape: null })).toThrow(says);
    });
  });
});
