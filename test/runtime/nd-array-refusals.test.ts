import { describe, expect, test } from "vitest";
import { ndarray, toTensor } from "../../src/runtime/src/arrays/nd-array.js";

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("toTensor", () => {
  const float = (shape: readonly number[]) => ({ dtype: "float32", shape, feature: "x" }) as const;

  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  test.each([
    {
      name: "a wrong length",
      given: [1, 2, 3],
      shape: [2],
      want: "wrong-shape",
      says: "has shape [3], expected [2]",
    },
    {
      name: "too few dimensions",
      given: [1, 2],
      shape: [2, 1],
      want: "wrong-shape",
      says: "has shape [2], expected [2, 1]",
    },
    {
      name: "too many dimensions",
      given: [[1], [2]],
      shape: [2],
      want: "wrong-shape",
      says: "has shape [2, 1], expected [2]",
    },
    {
      name: "a short row",
      given: [[1, 2], [3]],
      shape: [2, 2],
      want: "wrong-shape",
      says: "a list of 1 at [1], expected a list of 2",
    },
    {
      name: "a short row of any length",
      given: [[1, 2], [3]],
      shape: [-1, -1],
      want: "wrong-shape",
      says: "a list of 1 at [1]",
    },
    {
      name: "a short row three deep",
      given: [
        [[1], [2]],
        [[3], []],
      ],
      shape: [-1, -1, -1],
      want: "wrong-shape",
      says: "at [1][1]",
    },
    {
      name: "a number for a row",
      given: [[1, 2], 3],
      shape: [2, 2],
      want: "wrong-shape",
      says: "no list at [1]",
    },
    {
      name: "a row for a number",
      given: [[1, [2]]],
      shape: [1, 2],
      want: "wrong-shape",
      says: "a list at [0][1]",
    },
    {
      name: "a list in itself",
      given: cyclic,
      shape: [1, 1],
      want: "wrong-shape",
      says: "has shape [1, 1, 1]",
    },
    {
      name: "too long a typed array",
      given: new Float32Array(3),
      shape: [2, -1],
      want: "wrong-shape",
      says: "has shape [3]",
    },
    {
      name: "a typed array of any shape",
      given: new Float32Array(4),
      shape: [-1, -1],
      want: "wrong-shape",
      says: "has shape [4]",
    },
    {
      name: "an array of another shape",
      given: ndarray([4], new Float32Array(4)),
      shape: [2, 2],
      want: "wrong-shape",
      says: "has shape [4], expected [2, 2]",
    },
    {
      name: "an array whose data are short",
      given: { dtype: "float32", shape: [2], data: new Float32Array(1) },
      shape: [2],
      want: "wrong-shape",
      says: "has 1 values",
    },
    {
      name: "text",
      given: "1,2",
      shape: [2],
      want: "wrong-type",
      says: 'is "1,2", expected an array of float32',
    },
    { name: "a number", given: 1, shape: [1], want: "wrong-type", says: "is 1, expected an array" },
    { name: "null", given: null, shape: [1], want: "wrong-type", says: "is null" },
    { name: "nothing", given: undefined, shape: [], want: "wrong-type", says: "holds undefined" },
    {
      name: "a view of no type",
      given: new DataView(new ArrayBuffer(4)),
      shape: [1],
      want: "wrong-type",
      says: "expected an array",
    },
    {
      name: "a hole",
      given: new Array(2),
      shape: [2],
      want: "wrong-type",
      says: "holds undefined at index 0",
    },
    { name: "text in a list", given: [1, "2"], shape: [2], want: "wrong-type", says: 'holds "2" at index 1' },
    { name: "a bigint", given: [1n], shape: [1], want: "wrong-type", says: "holds 1n" },
    { name: "bare bigints", given: new BigInt64Array(1), shape: [1], want: "wrong-type", says: "holds 0n" },
    { name: "true", given: [true], shape: [1], want: "wrong-type", says: "holds true" },
    { name: "what float32 cannot hold", given: [1e39], shape: [1], want: "wrong-type", says: "holds 1e+39" },
    {
      name: "a complex array",
      given: ndarray([1], new Float32Array(2), "complex64"),
      shape: [1],
      want: "wrong-type",
      says: "is an array of complex64",
    },
    {
      name: "a bool array",
      given: ndarray([1], [true], "bool"),
      shape: [1],
      want: "wrong-type",
      says: "is an array of bool",
    },
  ])("refuses $name for float32", ({ given, shape, want, says }) => {
    const error = thrownBy(() => toTensor(given, float(shape)));
    expect(error).toMatchObject({
      code: want,
      feature: "x",
      message: expect.stringContaining(`Feature "x" `),
    });
    expect(error).toHaveProperty("message", expect.stringContaining(says));
  });

  test.each([
    { dtype: "uint8", given: -1 },
    { dtype: "uint8", given: 256 },
    { dtype: "uint8", given: 1.5 },
    { dtype: "int16", given: NaN },
    { dtype: "int32", given: 2 ** 31 },
    { dtype: "int32", given: 2n ** 31n },
    { dtype: "int64", given: 2 ** 53 },
    { dtype: "int64", given: 2n ** 63n },
    { dtype: "int64", given: 0.5 },
    { dtype: "uint64", given: -1n },
    { dtype: "bool", given: 2 },
    { dtype: "bool", given: Symbol("x") },
    { dtype: "float16", given: 65520 },
    { dtype: "string", given: 1 },
    { dtype: "complex64", given: 1 },
    { dtype: "complex64", given: [1, 2, 3] },
    { dtype: "complex64", given: [1, 2n] },
    { dtype: "bytes", given: 1 },
  ] as const)("refuses $given for $dtype", ({ dtype, given }) => {
    const error = thrownBy(() => toTensor([given], { dtype, shape: [1], feature: "__proto__" }));
    expect(error).toMatchObject({
      code: expect.stringMatching(/^wrong-(type|shape)$/),
      feature: "__proto__",
    });
  });
});
