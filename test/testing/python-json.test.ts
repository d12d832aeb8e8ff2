import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pythonJsonFault } from "../../src/runtime/src/testing/python-json.js";

describe("what Python says of JSON that is none", () => {
  // Each as `json.loads` of CPython 3.11 has it.
  test.each([
    { text: "", at: 0, error: "Expecting value" },
    { text: '{"plant": oak}', at: 10, error: "Expecting value" },
    { text: "{", at: 1, error: "Expecting property name enclosed in double quotes" },
    { text: "{'a': 1}", at: 1, error: "Expecting property name enclosed in double quotes" },
    { text: '{"a":1} x', at: 8, error: "Extra data" },
    { text: "01", at: 1, error: "Extra data" },
    { text: "[1,2", at: 4, error: "Expecting ',' delimiter" },
    { text: "[1,]", at: 3, error: "Expecting value" },
    { text: '{"a" 1}', at: 5, error: "Expecting ':' delimiter" },
    { text: '{"a":1 "b"', at: 7, error: "Expecting ',' delimiter" },
    { text: '{"a', at: 1, error: "Unterminated string starting at" },
    { text: '"a\n"', at: 2, error: "Invalid control character at" },
    { text: '"\\x"', at: 1, error: "Invalid \\escape" },
    { text: '"ü\\u12"', at: 3, error: "Invalid \\uXXXX escape" },
    { text: "-", at: 0, error: "Expecting value" },
  ])("$text", ({ text, ...want }) => {
    expect(pythonJsonFault(text)).toEqual(want);
  });

  test.each(["NaN", '[Infinity, -Infinity, {"a": NaN}]', " 1 "])("%s is none to it", (text) => {
    expect(pythonJsonFault(text)).toBeUndefined();
  });

  test("is nothing where the platform reads it too, and something elsewhere", () => {
    const broken = fc.tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", '"', "}", "]", "\\", "1"));
    fc.assert(
      fc.property(broken, ([json, place, other]) => {
        const at = place % (json.length + 1);
        for (const text of [json, json.slice(0, at) + other + json.slice(at + 1)])
          expect(pythonJsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 5000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
