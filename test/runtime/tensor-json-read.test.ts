import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBodyWriter } from "../../src/runtime/src/json/body-writer.js";
import type { Dtype } from "../../src/runtime/src/arrays/dtype.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { NdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import { closeJson, openJson } from "../../src/runtime/src/tensor-json/json-cursor.js";
import { readTensor } from "../../src/runtime/src/tensor-json/read-tensor.js";
import { writeTensor } from "../../src/runtime/src/tensor-json/write-tensor.js";
import { thrownBy } from "./thrown-by.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function read<D extends Dtype>(text: Uint8Array | string, dtype: D, assumed = false): NdArray<D> {
  const cursor = openJson(typeof text === "string" ? bytesOf(text) : text);
  const array = readTensor(cursor, { feature: "y", dtype, assumed });
  closeJson(cursor);
  return array;
}

function roundTrip<D extends Dtype>(array: NdArray<D>): NdArray<D> {
  const body = createBodyWriter();
  writeTensor(array, body, { feature: "x" });
  return read(body.finish("application/json").toBytes(), array.dtype);
}

test.each([
  { name: "a scalar", given: "1.5", want: ndarray([], Float32Array.of(1.5)) },
  { name: "a scalar token", given: " NaN ", want: ndarray([], Float32Array.of(NaN)) },
  { name: "a list", given: "[1, 2.0,3e0]", want: ndarray([3], Float32Array.of(1, 2, 3)) },
  {
    name: "a pretty matrix",
    given: "[\n    [1.0,\r\n2.0],\t[3.0, 4.0]\n]",
    want: ndarray([2, 2], Float32Array.of(1, 2, 3, 4)),
  },
  { name: "no rows", given: "[]", want: ndarray([0], new Float32Array()) },
  { name: "empty rows", given: "[[], [ ]]", want: ndarray([2, 0], new Float32Array()) },
  {
    name: "empty rows of rows",
    given: "[[[],[]],[[],[]],[[],[]]]",
    want: ndarray([3, 2, 0], new Float32Array()),
  },
  {
    name: "tokens",
    given: "[NaN, Infinity, -Infinity, -0.0]",
    want: ndarray([4], Float32Array.of(NaN, Infinity, -Infinity, -0)),
  },
  {
    name: "float64",
    given: "[0.1, 1e-324, 1.7976931348623157e308]",
    want: ndarray([3], Float64Array.of(0.1, 0, Number.MAX_VALUE)),
  },
  { name: "float16", given: "[0.1, 65504]", want: ndarray([2], [0.1, 65504], "float16") },
  {
    name: "int64 to its ends",
    given: "[9007199254740993, 9223372036854775807, -9223372036854775808]",
    want: ndarray([3], BigInt64Array.of(2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n))),
  },
  {
    name: "uint64 to its end",
    given: "[18446744073709551615, 0]",
    want: ndarray([2], BigUint64Array.of(2n ** 64n - 1n, 0n)),
  },
  { name: "int8", given: "[-128, 127, -0]", want: ndarray([3], Int8Array.of(-128, 127, 0)) },
  { name: "uint32", given: "[4294967295]", want: ndarray([1], Uint32Array.of(4294967295)) },
  { name: "bool", given: "[[true], [false]]", want: ndarray([2, 1], [true, false], "bool") },
  {
    name: "text",
    given: '["a\\u0000b", "\\ud83d\\ude00é", ""]',
    want: ndarray([3], ["a\u0000b", "😀é", ""], "string"),
  },
  {
    name: "text that looks like lists",
    given: '[["]"],[",["]]',
    want: ndarray([2, 1], ["]", ",["], "string"),
  },
  {
    name: "one byte string",
    given: '{"b64": "//4="}',
    want: ndarray([], [Uint8Array.of(255, 254)], "binary"),
  },
  {
    name: "byte strings",
    given: '[[{ "b64" : "" }], [{"b64":"\\/\\/4="}]]',
    want: ndarray([2, 1], [new Uint8Array(), Uint8Array.of(255, 254)], "binary"),
  },
])("reads $name", ({ given, want }) => {
  const got = read(given, want.dtype);
  expect([got.dtype, got.shape, got.data]).toEqual([want.dtype, want.shape, want.data]);
});

describe("what was written comes back", () => {
  test.each([
    ndarray([4], BigInt64Array.of(9223372036854775807n, -9223372036854775808n, 9007199254740993n, -1n)),
    ndarray([2], BigUint64Array.of(18446744073709551615n, 0n)),
    ndarray([7], Float32Array.of(1e-45, -1e-45, -0, NaN, Infinity, -Infinity, 3.4028235e38)),
    ndarray([6], Float64Array.of(5e-324, -0, NaN, Infinity, -Infinity, 0.1 + 0.2)),
    ndarray([3], [-0, 6e-8, NaN], "float16"),
    ndarray([2, 1], [true, false], "bool"),
    ndarray([2], ["\u0000", "\u2028é😀"], "string"),
    ndarray([1, 2], [Uint8Array.of(0, 255), new Uint8Array(100_000).fill(9)], "binary"),
  ])("$dtype", (given) => {
    const back = roundTrip(given);
    expect([back.dtype, back.shape, back.data]).toEqual([given.dtype, given.shape, given.data]);
  });

  const shaped = <T>(element: fc.Arbitrary<T>): fc.Arbitrary<{ shape: number[]; list: T[] }> =>
    fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }).chain((shape) => {
      const size = shape.reduce((product, length) => product * length, 1);
      return fc.record({
        shape: fc.constant(shape),
        list: fc.array(element, { minLength: size, maxLength: size }),
      });
    });

  test("any float32, int64 and text, in any shape", () => {
    const bits = shaped(fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    fc.assert(
      fc.property(bits, shaped(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (floats, integers) => {
        const float = ndarray(floats.shape, new Float32Array(Uint32Array.from(floats.list).buffer));
        expect(roundTrip(float).data).toEqual(float.data);
        expect(roundTrip(float).shape).toEqual(floats.shape);
        const integer = ndarray(integers.shape, BigInt64Array.from(integers.list));
        expect(roundTrip(integer)).toEqual(integer);
      }),
    );
    const text = fc.string({ unit: "binary", maxLength: 8 });
    fc.assert(
      fc.property(shaped(text), shaped(fc.uint8Array({ maxLength: 9 })), (texts, byteStrings) => {
        const given = ndarray(texts.shape, texts.list, "string");
        expect(roundTrip(given)).toEqual(given);
        const binary = ndarray(byteStrings.shape, byteStrings.list, "binary");
        expect(roundTrip(binary)).toEqual(binary);
      }),
    );
  });

  test("long lists, beyond every first guess of their length", () => {
    const float = ndarray(
      [100, 331],
      Float32Array.from({ length: 33_100 }, (_, index) => index / 7),
    );
    expect(roundTrip(float)).toEqual(float);
    expect(roundTrip(float).data.buffer.byteLength).toBe(4 * 33_100);
  });
});

/** The shape and elements of what JSON.parse gives; undefined where its lists are no tensor. */
function reference(value: unknown): { shape: readonly number[]; elements: readonly unknown[] } | undefined {
  if (!Array.isArray(value)) return { shape: [], elements: [value] };
  const parts = value.map(reference);
  const [first = { shape: [] }] = parts;
  const elements: unknown[] = [];
  for (const part of parts) {
    if (
      part === undefined ||
      String(part.shape) !== String(first.shape) ||
      part.shape.length !== first.shape.length
    )
      return undefined;
    elements.push(...part.elements);
  }
  return { shape: [value.length, ...first.shape], elements };
}

test("is right wherever JSON.parse is, on lists of any form", () => {
  const leaf = fc.oneof(
    { weight: 6, arbitrary: fc.integer() },
    { weight: 1, arbitrary: fc.constantFrom(null, "a", true, 1.5) },
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree"), { maxLength: 3 })),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const want = reference(value);
      const fits = want?.elements.every((element) => Number.isInteger(element)) === true;
      let got: NdArray<"int32"> | undefined;
      const error = thrownBy(() => (got = read(JSON.stringify(value), "int32")));
      expect(error === undefined || isDeploymentError(error, "bad-reply")).toBe(true);
      expect(got && [got.shape, Array.from(got.data)]).toEqual(
        fits ? [want.shape, want.elements] : undefined,
      );
    }),
    { numRuns: 3000 },
  );
});

describe("of an assumed dtype", () => {
  test("reads what a double holds exactly", () => {
    const text = "[1, -0.0, 9007199254740991, -9007199254740991, 1e300, 9007199254740993.0, NaN]";
    const want = [1, -0, 2 ** 53 - 1, 1 - 2 ** 53, 1e300, 2 ** 53, NaN];
    expect(Array.from(read(text, "float64", true).data)).toEqual(want);
  });

  test.each(["9007199254740992", "-9223372036854775808", "18446744073709551615", "9".repeat(30)])(
    "refuses %s, whose digits a double may lose",
    (text) => {
      const error = thrownBy(() => read(`[1, ${text}]`, "float64", true));
      expect(isDeploymentError(error, "bad-reply") && error.feature).toBe("y");
      expect(String(error)).toContain("--metadata");
    },
  );
});
