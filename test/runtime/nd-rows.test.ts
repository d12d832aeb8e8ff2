import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import { rowOf, stackTensors } from "../../src/runtime/src/arrays/nd-rows.js";
import { stackTexts, toTextTensor } from "../../src/runtime/src/tensor-json/text-tensor.js";
import { thrownBy } from "./thrown-by.js";

describe("rows", () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const arrays = [
    ndarray([3, 2], Float32Array.of(1, 2, 3, 4, 5, 6)),
    ndarray([2], BigInt64Array.of(1n, -1n)),
    ndarray([3, 2, 0], Int8Array.of()),
    ndarray([2], [true, false], "bool"),
    ndarray([2, 1], [[1, 2], [3, 4]], "complex64"), // prettier-ignore
    ndarray([2, 2], ["a", "b", "c", "d"], "string"),
    ndarray([2], [bytes(1), bytes(2, 3)], "binary"),
    ndarray([3], [0.5, 1, 65504], "float16"),
  ];

  test.each(arrays)("of $dtype stack to the array that they are of", (array) => {
    const rows = Array.from({ length: array.shape[0] ?? 0 }, (_, index) => rowOf(array, index));
    expect(rows.map((row) => row.toNested())).toEqual(array.toNested());
    expect(stackTensors(rows)).toEqual(array);
  });

  test("of raw items keep their width", () => {
    const array = ndarray([2, 1], bytes(1, 2, 3, 4), "bytes");
    expect(rowOf(array, 1)).toEqual(ndarray([1], bytes(3, 4), "bytes"));
  });

  test("are views, and what is stacked is none", () => {
    const array = ndarray([2, 2], Float32Array.of(1, 2, 3, 4));
    const row = rowOf(array, 1);
    expect(row.data.buffer).toBe(array.data.buffer);
    const whole = stackTensors([row, row]);
    array.data.fill(9);
    expect([row.data, whole.data]).toEqual([Float32Array.of(9, 9), Float32Array.of(3, 4, 3, 4)]);
  });

  test("of float16 stack whichever way they are held", () => {
    const held = { dtype: "float16", shape: [1], toNested: () => [0.5] } as const;
    const mixed = [ndarray([1], [0.25], "float16"), { ...held, data: Float32Array.of(0.5) }];
    expect(Array.from(stackTensors(mixed).data)).toEqual([0.25, 0.5]);
  });

  test("come back whatever their shape", () => {
    const shape = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), shape, (rows, rest) => {
        const count = rest.reduce((product, length) => product * length, rows);
        const array = ndarray([rows, ...rest], Float64Array.from({ length: count }, Math.random));
        expect(stackTensors(Array.from({ length: rows }, (_, index) => rowOf(array, index)))).toEqual(array);
      }),
    );
  });

  test.each([-1, 2, 0.5, NaN])("refuse the index %d", (index) => {
    const error = thrownBy(() => rowOf(ndarray([2], Int8Array.of(1, 2)), index));
    expect(error).toMatchObject({ code: "wrong-shape" });
  });

  test("of a scalar are none", () => {
    expect(thrownBy(() => rowOf(ndarray([], Int8Array.of(1)), 0))).toMatchObject({ code: "wrong-shape" });
  });

  test.each([
    { name: "no rows", rows: [], want: { code: "wrong-shape" }, says: "no rows" },
    {
      name: "rows of two shapes",
      rows: [
        ndarray([2], Int8Array.of(1, 2)),
        ndarray([2], Int8Array.of(1, 2)),
        ndarray([1, 2], Int8Array.of(1, 2)),
      ],
      want: { code: "wrong-shape", row: 2 },
      says: 'In row 2 feature "x" has shape [1, 2], expected [2] as in the first row.',
    },
    {
      name: "rows of two dtypes",
      rows: [ndarray([1], Int8Array.of(1)), ndarray([1], Uint8Array.of(1))],
      want: { code: "wrong-type", row: 1 },
      says: "has dtype uint8, expected int8",
    },
    {
      name: "raw items",
      rows: [ndarray([1], bytes(1), "bytes")],
      want: { code: "wrong-type" },
      says: "bytes",
    },
  ])("cannot be stacked: $name", ({ rows, want, says }) => {
    const error = thrownBy(() => stackTensors(rows, "x"));
    expect(error).toMatchObject({ ...want, feature: "x" });
    expect(String(error)).toContain(says);
  });
});

describe("texts and byte strings", () => {
  const raw = Uint8Array.of(1, 2);

  test.each([
    { name: "a text", given: "a", want: { shape: [], data: ["a"] } },
    { name: "a byte string", given: raw, want: { shape: [], data: [raw] } },
    { name: "both in lists", given: [["a"], [raw]], want: { shape: [2, 1], data: ["a", raw] } },
    { name: "nothing", given: [], want: { shape: [0], data: [] } },
    {
      name: "an array of texts",
      given: ndarray([1, 2], ["a", "b"], "string"),
      want: { shape: [1, 2], data: ["a", "b"] },
    },
    {
      name: "an array of byte strings",
      given: ndarray([1], [raw], "binary"),
      want: { shape: [1], data: [raw] },
    },
  ])("take $name", ({ given, want }) => {
    expect(toTextTensor(given, { shape: null })).toEqual({ dtype: "string", ...want });
    expect(toTextTensor(given, { shape: want.shape.map(() => -1) })).toEqual({ dtype: "string", ...want });
  });

  test.each([
    { name: "a number", given: [1], shape: [-1], want: "wrong-type" },
    { name: "another typed array", given: [Float32Array.of(1)], shape: [-1], want: "wrong-type" },
    { name: "bytes for a list", given: raw, shape: [2], want: "wrong-type" },
    { name: "an array of numbers", given: ndarray([2], raw), shape: [2], want: "wrong-type" },
    { name: "a list too deep", given: [["a"]], shape: [-1], want: "wrong-shape" },
    { name: "rows of two lengths", given: [["a"], []], shape: null, want: "wrong-shape" },
    {
      name: "an array of another shape",
      given: ndarray([1], ["a"], "string"),
      shape: [2],
      want: "wrong-shape",
    },
    {
      name: "an array that holds too little",
      given: { dtype: "string", shape: [2], data: ["a"] },
      shape: [2],
      want: "wrong-shape",
    },
  ])("refuse $name", ({ given, shape, want }) => {
    const error = thrownBy(() => toTextTensor(given, { shape, feature: "x" }));
    expect(error).toMatchObject({ code: want, feature: "x" });
  });

  test("stack", () => {
    const rows = ["a", raw].map((value) => toTextTensor([value], { shape: [1] }));
    expect(stackTexts(rows)).toEqual({ dtype: "string", shape: [2, 1], data: ["a", raw] });
  });
});
