import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBodyWriter } from "../../src/runtime/src/json/body-writer.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { ExampleType } from "../../src/runtime/src/tensor-json/example-text.js";
import { writeExample } from "../../src/runtime/src/tensor-json/example-text.js";
import { thrownBy } from "./thrown-by.js";

function written(value: unknown, type: ExampleType | null, list: boolean = true): string {
  const body = createBodyWriter();
  writeExample(value, body, { type, list, feature: "x" });
  return new TextDecoder().decode(body.finish("application/json").toBytes());
}

test.each([
  { name: "a whole float with its point", type: "float", given: 1, want: "1.0" },
  { name: "floats", type: "float", given: [1, 2.5, -0, 0], want: "[1.0,2.5,-0.0,0.0]" },
  {
    name: "large floats",
    type: "float",
    given: [16777216, 1e20, 1e-45],
    want: "[16777216.0,100000000000000000000.0,1e-45]",
  },
  { name: "very large floats", type: "float", given: 3.4028234663852886e38, want: "3.4028235e+38" },
  {
    name: "floats that JSON lacks",
    type: "float",
    given: [NaN, Infinity, -Infinity],
    want: "[NaN,Infinity,-Infinity]",
  },
  {
    name: "doubles as the float32 that the server makes of them",
    type: "float",
    given: 0.1234567891,
    want: "0.12345679",
  },
  { name: "a typed array", type: "float", given: Float32Array.of(0.1, 8), want: "[0.1,8.0]" },
  {
    name: "integers",
    type: "int64",
    given: [20, -0, 2n ** 63n - 1n, -(2n ** 63n)],
    want: "[20,0,9223372036854775807,-9223372036854775808]",
  },
  { name: "a single integer", type: "int64", given: 1e15, want: "1000000000000000" },
  { name: "a typed array of bigints", type: "int64", given: BigInt64Array.of(1n, -1n), want: "[1,-1]" },
  { name: "text", type: "bytes", given: 'a"\u0000é', want: '"a\\"\\u0000é"' },
  { name: "bytes", type: "bytes", given: Uint8Array.of(255, 254), want: '{"b64":"//4="}' },
  {
    name: "texts and bytes",
    type: "bytes",
    given: ["foo", Uint8Array.of(1)],
    want: '["foo",{"b64":"AQ=="}]',
  },
  { name: "no values", type: "float", given: [], want: "[]" },
  { name: "a float that says so", type: null, given: { float: 1 }, want: "1.0" },
  { name: "integers that say so", type: null, given: { int64: [1, 2n] }, want: "[1,2]" },
  { name: "bytes that say so", type: null, given: { bytes: [] }, want: "[]" },
] as const)("writes $name", ({ type, given, want }) => {
  expect(written(given, type)).toBe(want);
});

test("writes a single value where no list is taken", () => {
  expect(written(1, "float", false)).toBe("1.0");
  expect(written(Uint8Array.of(1), "bytes", false)).toBe('{"b64":"AQ=="}');
});

test("every float reads back as its float32 and can be told from an integer", () => {
  fc.assert(
    fc.property(fc.float(), (value) => {
      const text = written(value, "float");
      expect(text).toMatch(/[.eN]|Infinity/);
      if (Number.isFinite(value)) expect(Math.fround(Number(text))).toBe(value);
    }),
  );
});

describe("refuses", () => {
  const table: readonly {
    name: string;
    type: ExampleType | null;
    given: unknown;
    list?: boolean;
    want?: string;
  }[] = [
    { name: "text for a float", type: "float", given: "1" },
    { name: "a bigint for a float", type: "float", given: 1n },
    { name: "what float32 cannot hold", type: "float", given: [1, 1e39] },
    { name: "null", type: "float", given: [1, null] },
    { name: "nothing at all", type: "bytes", given: undefined },
    { name: "a fraction for an integer", type: "int64", given: 1.5 },
    { name: "an integer that has lost digits", type: "int64", given: 2 ** 53 },
    { name: "a bigint beyond int64", type: "int64", given: [2n ** 63n] },
    { name: "NaN for an integer", type: "int64", given: NaN },
    { name: "a boolean for an integer", type: "int64", given: true },
    { name: "a number for bytes", type: "bytes", given: ["a", 1] },
    { name: "an object for bytes", type: "bytes", given: { b64: "AQ==" } },
    { name: "half of a surrogate pair", type: "bytes", given: ["a", "\ud800"] },
    { name: "lists in lists", type: "float", given: [[1]], want: "wrong-shape" },
    { name: "a list where none is taken", type: "float", given: [1], list: false, want: "wrong-shape" },
    { name: "a value that does not say what it is", type: null, given: 1 },
    { name: "a list that does not say what it is", type: null, given: [1], want: "wrong-shape" },
    { name: "a value that says two things", type: null, given: { float: 1, int64: 1 } },
    { name: "an unknown kind", type: null, given: { double: 1 } },
    { name: "a kind with a value beside it", type: null, given: { float: 1, unit: "m" } },
    {
      name: "the name of what every object has",
      type: null,
      given: JSON.parse('{"__proto__":1}') as unknown,
    },
    { name: "an inherited kind", type: null, given: Object.create({ float: 1 }) as unknown },
  ];
  test.each(table)("$name", ({ type, given, list = true, want = "wrong-type" }) => {
    const error = thrownBy(() => written(given, type, list));
    expect(error).toMatchObject({ code: want, feature: "x" });
    expect(isDeploymentError(error)).toBe(true);
  });
});
