import { describe, expect, expectTypeOf, test } from "vitest";
import { isNdArrayLike, ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import type { NdArray } from "../../src/runtime/src/arrays/nd-array.js";

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("ndarray", () => {
  test("knows a literal shape and the dtype of a typed array", () => {
    const array = ndarray([4, 6, 2], new Float32Array(48));
    expectTypeOf(array).toEqualTypeOf<NdArray<"float32", [4, 6, 2]>>();
    expectTypeOf(ndarray([2], [1, 2])).toEqualTypeOf<NdArray<"float32", [2]>>();
    expectTypeOf(ndarray([1], [1n], "int64")).toEqualTypeOf<NdArray<"int64", [1]>>();
    const length: number = 3;
    expectTypeOf(ndarray([length, 2], new Int8Array(6))).toEqualTypeOf<NdArray<"int8", [number, 2]>>();
    expect([array.dtype, array.shape, array.data.length]).toEqual(["float32", [4, 6, 2], 48]);
  });

  test.each([
    { name: "Int8Array", given: new Int8Array(1), want: "int8" },
    { name: "Int16Array", given: new Int16Array(1), want: "int16" },
    { name: "Int32Array", given: new Int32Array(1), want: "int32" },
    { name: "BigInt64Array", given: new BigInt64Array(1), want: "int64" },
    { name: "Uint8Array", given: new Uint8Array(1), want: "uint8" },
    { name: "Buffer", given: Buffer.alloc(1), want: "uint8" },
    { name: "Uint16Array", given: new Uint16Array(1), want: "uint16" },
    { name: "Uint32Array", given: new Uint32Array(1), want: "uint32" },
    { name: "BigUint64Array", given: new BigUint64Array(1), want: "uint64" },
    { name: "Float32Array", given: new Float32Array(1), want: "float32" },
    { name: "Float64Array", given: new Float64Array(1), want: "float64" },
  ])("takes a $name as $want and does not copy it", ({ given, want }) => {
    const array = ndarray([1], given);
    expect(array.dtype).toBe(want);
    expect(array.data).toBe(given);
  });

  test("makes lists what the dtype says", () => {
    expect(ndarray([2], [0.1, 1]).data).toEqual(Float32Array.of(0.1, 1));
    expect(ndarray([2], [true, false], "bool").data).toEqual(Uint8Array.of(1, 0));
    expect(ndarray([2], [1n, -1n], "int64").data).toEqual(BigInt64Array.of(1n, -1n));
    expect(ndarray([2], ["a", "b"], "string").data).toEqual(["a", "b"]);
    expect(
      ndarray(
        [2],
        [
          [1, 2],
          [3, 4],
        ],
        "complex64",
      ).data,
    ).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(ndarray([], [7], "uint8").toNested()).toBe(7);
  });

  test("keeps the caller's shape from changing it, and shows nothing but its parts", () => {
    const shape = [2, 1];
    const array = ndarray(shape, [1, 2]);
    shape[0] = 9;
    expect(array.shape).toEqual([2, 1]);
    expect(Object.isFrozen(array.shape)).toBe(true);
    expect(Object.keys(array)).toEqual(["dtype", "shape", "data"]);
    expect(array.toNested()).toEqual([[1], [2]]);
  });

  test("nests complex elements in pairs, raw items in views", () => {
    expect(ndarray([2, 1], Float64Array.of(1, 2, 3, 4), "complex128").toNested()).toEqual([
      [[1, 2]],
      [[3, 4]],
    ]);
    expect(ndarray([2], Uint8Array.of(1, 2, 3, 4), "bytes").toNested()).toEqual([
      Uint8Array.of(1, 2),
      Uint8Array.of(3, 4),
    ]);
  });

  // What JavaScript callers may give, whatever the types say.
  const untyped: (...given: unknown[]) => unknown = (...given) => Reflect.apply(ndarray, undefined, given);
  test.each([
    {
      name: "too few elements",
      given: [
        [2, 2],
        [1, 2, 3],
      ],
      want: "wrong-shape",
    },
    { name: "too many elements", given: [[2], new Float32Array(3)], want: "wrong-shape" },
    { name: "half a complex element", given: [[2], new Float32Array(3), "complex64"], want: "wrong-shape" },
    { name: "a negative length", given: [[-1], []], want: "wrong-shape" },
    { name: "a fractional length", given: [[0.5, 2], [1]], want: "wrong-shape" },
    { name: "no shape", given: [undefined, [1]], want: "wrong-shape" },
    { name: "an unknown dtype", given: [[1], [1], "__proto__"], want: "wrong-type" },
    { name: "no data", given: [[1], null], want: "wrong-type" },
    { name: "text as numbers", given: [[1], ["1"]], want: "wrong-type" },
    { name: "a bigint as float32", given: [[1], [1n]], want: "wrong-type" },
    { name: "256 as uint8", given: [[1], [256], "uint8"], want: "wrong-type" },
    { name: "a byte of 2 as bool", given: [[1], Uint8Array.of(2), "bool"], want: "wrong-type" },
    { name: "65520 as float16", given: [[1], Float32Array.of(65520), "float16"], want: "wrong-type" },
    { name: "numbers as text", given: [[1], [1], "string"], want: "wrong-type" },
  ])("refuses $name", ({ given, want }) => {
    expect(thrownBy(() => untyped(...given))).toMatchObject({
      code: want,
      message: expect.stringMatching(/expected .*\.$/),
    });
  });
});

test("isNdArrayLike goes by the parts, not by who made them", () => {
  const parts = { dtype: "int8", shape: [1], data: new Int8Array(1) };
  expect(isNdArrayLike(parts)).toBe(true);
  expect(isNdArrayLike({ ...parts, dtype: "constructor" })).toBe(false);
  expect(isNdArrayLike({ ...parts, shape: [-1] })).toBe(false);
  expect(isNdArrayLike({ ...parts, data: [1] })).toBe(false);
  expect(isNdArrayLike(null)).toBe(false);
});
