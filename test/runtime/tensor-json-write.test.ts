import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBodyWriter } from "../../src/runtime/src/json/body-writer.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import type { TensorToWrite } from "../../src/runtime/src/tensor-json/write-tensor.js";
import { writeRowOf, writeTensor } from "../../src/runtime/src/tensor-json/write-tensor.js";
import { thrownBy } from "./thrown-by.js";

function written(tensor: TensorToWrite, options: { assumed?: boolean; row?: number } = {}): string {
  const body = createBodyWriter();
  const { row, assumed } = options;
  if (row === undefined) writeTensor(tensor, body, { feature: "x", assumed });
  else writeRowOf(tensor, body, { feature: "x", assumed, row });
  return new TextDecoder("utf-8", { fatal: true }).decode(body.finish("application/json").toBytes());
}

/** The elements as lists in lists, the obvious way. */
function reference(texts: readonly string[], shape: readonly number[]): string {
  const [length, ...rest] = shape;
  if (length === undefined) return texts[0] ?? "";
  const size = texts.length / Math.max(1, length);
  const rows = Array.from({ length }, (_, row) => reference(texts.slice(row * size, (row + 1) * size), rest));
  return `[${rows.join(",")}]`;
}

const f32 = (...values: number[]): Float32Array => Float32Array.from(values);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test.each([
  { name: "a scalar", given: ndarray([], f32(1.5)), want: "1.5" },
  { name: "a list", given: ndarray([3], f32(1, 2.5, -3)), want: "[1,2.5,-3]" },
  { name: "a matrix", given: ndarray([2, 2], Int32Array.of(1, -2, 3, 4)), want: "[[1,-2],[3,4]]" },
  { name: "none", given: ndarray([0], f32()), want: "[]" },
  { name: "empty rows", given: ndarray([2, 0], f32()), want: "[[],[]]" },
  { name: "no rows", given: ndarray([0, 2], f32()), want: "[]" },
  { name: "empty text rows", given: ndarray([2, 0], [], "string"), want: "[[],[]]" },
  {
    name: "float32 in its shortest text",
    given: ndarray([3], f32(0.1, 1e-45, 16777216)),
    want: "[0.1,1e-45,16777216]",
  },
  {
    name: "the ends of float32",
    given: ndarray([2], f32(3.4028235e38, -3.4028235e38)),
    want: "[3.4028235e+38,-3.4028235e+38]",
  },
  {
    name: "what JSON lacks",
    given: ndarray([4], f32(-0, NaN, Infinity, -Infinity)),
    want: "[-0.0,NaN,Infinity,-Infinity]",
  },
  {
    name: "the same in float64",
    given: ndarray([5], Float64Array.of(-0, NaN, Infinity, -Infinity, 0.1)),
    want: "[-0.0,NaN,Infinity,-Infinity,0.1]",
  },
  { name: "a scalar of its tokens", given: ndarray([], f32(NaN)), want: "NaN" },
  { name: "float16", given: ndarray([3], [0.5, -65504, Infinity], "float16"), want: "[0.5,-65504,Infinity]" },
  {
    name: "the ends of int64",
    given: ndarray([3], BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n), 0n)),
    want: "[9223372036854775807,-9223372036854775808,0]",
  },
  {
    name: "the end of uint64",
    given: ndarray([1], BigUint64Array.of(2n ** 64n - 1n)),
    want: "[18446744073709551615]",
  },
  { name: "the end of uint32", given: ndarray([1], Uint32Array.of(4294967295)), want: "[4294967295]" },
  { name: "the ends of int8", given: ndarray([2], Int8Array.of(-128, 127)), want: "[-128,127]" },
  { name: "bool", given: ndarray([2], [true, false], "bool"), want: "[true,false]" },
  {
    name: "text",
    given: ndarray([3], ["a\u0000b", "é😀", '"\\'], "string"),
    want: '["a\\u0000b","é😀","\\"\\\\"]',
  },
  {
    name: "byte strings",
    given: ndarray([2], [bytes(0xff, 0xfe), bytes()], "binary"),
    want: '[{"b64":"//4="},{"b64":""}]',
  },
  { name: "one byte string", given: ndarray([], [bytes(104, 105)], "binary"), want: '{"b64":"aGk="}' },
  {
    name: "texts and byte strings",
    given: { dtype: "string" as const, shape: [2, 1], data: ["hi", bytes(104, 105)] },
    want: '[["hi"],[{"b64":"aGk="}]]',
  },
])("writes $name", ({ given, want }) => {
  expect(written(given)).toBe(want);
});

const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 5 });

test("nests any shape as the obvious way does, in bytes and in pieces", () => {
  const long = fc.constantFrom([9000], [3, 9000], [9000, 2], [2, 3, 1500, 1], [1, 1, 1, 1, 1, 1, 1, 16, 1]);
  fc.assert(
    fc.property(fc.oneof({ weight: 20, arbitrary: shapes }, { weight: 1, arbitrary: long }), (shape) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const data = Int32Array.from({ length: count }, (_, index) => (index * 2654435761) | 0);
      expect(written(ndarray(shape, data))).toBe(reference(Array.from(data, String), shape));
      const texts = Array.from(data, String);
      const want = reference(
        texts.map((text) => JSON.stringify(text)),
        shape,
      );
      expect(written(ndarray(shape, texts, "string"))).toBe(want);
    }),
    { numRuns: 300 },
  );
});

test("writes one row as it stands in the whole", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), shapes, (rows, rest) => {
      const shape = [rows, ...rest];
      const count = shape.reduce((product, length) => product * length, 1);
      const tensor = ndarray(shape, Float64Array.from({ length: count }, Math.random));
      const texts = Array.from({ length: rows }, (_, row) => written(tensor, { row }));
      expect(`[${texts.join(",")}]`).toBe(written(tensor));
    }),
  );
});

describe("of an assumed dtype", () => {
  const doubles = (...values: number[]) => ndarray([values.length], Float64Array.from(values));

  test("writes whole numbers as integers and floats both take them", () => {
    const given = doubles(1, -0, 0.5, 2 ** 53 - 1, 1 - 2 ** 53, NaN, -Infinity, 1e-7);
    expect(written(given, { assumed: true })).toBe(
      "[1,-0,0.5,9007199254740991,-9007199254740991,NaN,-Infinity,1e-7]",
    );
  });

  test.each([2 ** 53, -(2 ** 53), 1e21, 1e300])("refuses %d, which may have lost digits", (value) => {
    const error = thrownBy(() => written(doubles(1, value), { assumed: true }));
    expect(isDeploymentError(error, "wrong-type") && error.feature).toBe("x");
    expect(String(error)).toContain("at index 1");
    expect(String(error)).toContain("--metadata");
    expect(written(doubles(value))).toBe(`[${value}]`);
  });
});

test.each([
  { name: "complex numbers", given: ndarray([1], [[1, 2]], "complex64"), says: "complex64" },
  { name: "raw items", given: ndarray([1], bytes(1, 2), "bytes"), says: "bytes" },
  { name: "half of a surrogate pair", given: ndarray([2], ["a", "b\ud83d"], "string"), says: "surrogate" },
  { name: "the other half", given: ndarray([], ["\ude00b"], "string"), says: "surrogate" },
])("refuses $name", ({ given, says }) => {
  const error = thrownBy(() => written(given));
  expect(isDeploymentError(error, "wrong-type") && error.feature).toBe("x");
  expect(String(error)).toContain(says);
});

test("leaves the caller's arrays alone, views of larger memory too, and copies no byte string", () => {
  const whole = f32(9, 1, 2, 9);
  expect(written(ndarray([2], whole.subarray(1, 3)))).toBe("[1,2]");
  expect(whole).toEqual(f32(9, 1, 2, 9));

  const payload = new Uint8Array(300_000).fill(7);
  const body = createBodyWriter();
  writeTensor(ndarray([1], [payload.subarray(1)], "binary"), body, { feature: "x" });
  // What is encoded only when it is sent shows what stands there by then.
  payload.fill(0);
  const text = new TextDecoder().decode(body.finish("application/json").toBytes());
  expect(text).toBe(`[{"b64":"${Buffer.alloc(299_999).toString("base64")}"}]`);
});
