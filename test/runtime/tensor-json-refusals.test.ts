import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dtype } from "../../src/runtime/src/arrays/dtype.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { closeJson, openJson } from "../../src/runtime/src/tensor-json/json-cursor.js";
import { readTensor } from "../../src/runtime/src/tensor-json/read-tensor.js";
import { thrownBy } from "./thrown-by.js";

function read(bytes: Uint8Array, dtype: Dtype): unknown {
  const cursor = openJson(bytes);
  const array = readTensor(cursor, { feature: "y", dtype });
  closeJson(cursor);
  return array;
}

describe("what is no tensor of the dtype is bad-reply", () => {
  const table: readonly { name: string; given: string; dtype?: Dtype; says?: string }[] = [
    { name: "nothing", given: "", says: "has nothing at byte 0, expected float32" },
    { name: "null", given: "[1, null]", says: 'has "null]" at index [1], byte 4, expected float32' },
    { name: "text for numbers", given: '["NaN"]' },
    { name: "a boolean for numbers", given: "[true]" },
    { name: "an object for numbers", given: '[{"a":1}]' },
    { name: "words in small letters", given: "[nan]" },
    { name: "words cut short", given: "[Inf]" },
    { name: "a positive infinity with its sign", given: "[+Infinity]" },
    {
      name: "a long row",
      given: "[[1],[2,3]]",
      says: "has a list of 2 at index [1], byte 9, expected one of 1 as before",
    },
    {
      name: "a short row",
      given: "[[1,2],[3]]",
      says: "has a list of 1 at index [1], byte 9, expected one of 2",
    },
    { name: "an empty row", given: "[[1],[]]" },
    { name: "an empty row first", given: "[[],[1]]" },
    { name: "an empty row of rows", given: "[[[1]],[]]" },
    {
      name: "a list among numbers",
      given: "[1,[2]]",
      says: 'has "[2]]" at index [1], byte 3, expected float32',
    },
    {
      name: "a number among lists",
      given: "[[1],2]",
      says: 'has "2]" at index [1], byte 5, expected a list as before',
    },
    { name: "a deeper list", given: "[[1],[[2]]]" },
    { name: "a deeper empty list", given: "[[],[[]]]", says: "expected float32 as before" },
    { name: "a comma at the end", given: "[1,]" },
    { name: "a comma behind a row", given: "[[1],]" },
    { name: "a comma at the start", given: "[,1]" },
    { name: "no comma", given: "[1 2]", says: "expected a comma or the end of a list" },
    { name: "no end", given: "[[1,2]", says: "has nothing at index [1], byte 6" },
    { name: "two ends", given: "[1]]", says: "expected its end" },
    { name: "a leading zero", given: "[01]" },
    { name: "a bare point", given: "[.5]" },
    { name: "a number that no double holds", given: "[1e400]", dtype: "float64" },
    { name: "a number that no float32 holds", given: "[1e39]" },
    { name: "a point in an integer", given: "[1.0]", dtype: "int32" },
    { name: "an exponent in an integer", given: "[1e3]", dtype: "int64" },
    { name: "a token in an integer", given: "[NaN]", dtype: "int64" },
    { name: "an integer too large", given: "[128]", dtype: "int8" },
    { name: "an int64 too large", given: "[9223372036854775808]", dtype: "int64" },
    { name: "an int64 too small", given: "[-9223372036854775809]", dtype: "int64" },
    { name: "a uint64 too large", given: "[18446744073709551616]", dtype: "uint64" },
    { name: "a uint64 below zero", given: "[-1]", dtype: "uint64" },
    { name: "digits without end", given: `[${"9".repeat(100_000)}]`, dtype: "int64" },
    { name: "a quoted integer", given: '["1"]', dtype: "int64" },
    { name: "bits for booleans", given: "[1, 0]", dtype: "bool" },
    { name: "a number for text", given: '["a", 1]', dtype: "string", says: 'has "1]" at index [1]' },
    { name: "bytes for text", given: '{"b64":"aGk="}', dtype: "string" },
    { name: "text without end", given: '["a', dtype: "string", says: `The reply's "y" has nothing` },
    { name: "text for bytes", given: '"aGk="', dtype: "binary" },
    { name: "bytes of another name", given: '{"b":"aGk="}', dtype: "binary" },
    { name: "bytes and more", given: '{"b64":"aGk=","x":1}', dtype: "binary" },
    { name: "bytes twice", given: '{"b64":"aGk=","b64":"aGk="}', dtype: "binary" },
    { name: "no bytes at all", given: "{}", dtype: "binary" },
    { name: "bytes that are a number", given: '{"b64":1}', dtype: "binary" },
    { name: "bytes that are no base64", given: '{"b64":"a-_="}', dtype: "binary" },
    { name: "bytes without padding", given: '{"b64":"aGk"}', dtype: "binary" },
    { name: "complex numbers", given: "[1]", dtype: "complex64", says: "JSON has no form for" },
    { name: "raw items", given: "[1]", dtype: "bytes", says: "JSON has no form for" },
    {
      name: "65 dimensions",
      given: `${"[".repeat(65)}1${"]".repeat(65)}`,
      says: "at most 64 inside each other",
    },
    { name: "brackets without end", given: "[".repeat(1_000_000) },
  ];
  test.each(table)("$name", ({ given, dtype = "float32", says = "" }) => {
    const error = thrownBy(() => read(new TextEncoder().encode(given), dtype));
    expect(isDeploymentError(error, "bad-reply")).toBe(true);
    expect(String(error)).toContain(says);
    expect(String(error).length).toBeLessThan(450);
    if (says !== "expected its end") expect(error).toHaveProperty("feature", "y");
  });

  test("text that is not UTF-8", () => {
    const error = thrownBy(() => read(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d), "string"));
    expect(isDeploymentError(error, "bad-reply") && error.feature).toBe("y");
    expect(String(error)).toContain("expected text in UTF-8");
  });
});

test("whatever the bytes are, a tensor or a refusal comes of them", () => {
  const dtypes = fc.constantFrom<Dtype>("float32", "float64", "int64", "uint8", "bool", "string", "binary");
  const pieces = [
    "[",
    "]",
    ",",
    " ",
    "1",
    "-",
    ".",
    "e5",
    "NaN",
    "Infinity",
    "true",
    '"',
    "\\",
    '{"b64":"',
    "aGk=",
    '"}',
  ];
  const soup = fc
    .array(fc.constantFrom(...pieces), { maxLength: 14 })
    .map((list) => new TextEncoder().encode(list.join("")));
  const text = '[[{"b64":"aGk="},1.5e3],[-Infinity,"\\u0041é",true]]';
  const damaged = fc
    .tuple(fc.nat(text.length), fc.integer({ min: 0, max: 255 }))
    .map(([at, byte]) => new TextEncoder().encode(text).with(at, byte));
  fc.assert(
    fc.property(fc.oneof(soup, damaged, fc.uint8Array({ maxLength: 30 })), dtypes, (bytes, dtype) => {
      const error = thrownBy(() => read(bytes, dtype));
      expect(error === undefined || isDeploymentError(error, "bad-reply")).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});
