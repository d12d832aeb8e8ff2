import { describe, expect, test } from "vitest";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { writeShaped } from "../../src/runtime/src/shapes/write-shape.js";
import { thrownBy } from "../runtime/thrown-by.js";

const text: JsonShape = { type: "text" };
const integer: JsonShape = { type: "integer" };
const number: JsonShape = { type: "number" };
const nothing: JsonShape = { type: "null" };
const any: JsonShape = { type: "any" };
const point: JsonShape = {
  type: "object",
  members: { x: { shape: number }, label: { shape: text, optional: true } },
};
const closed: JsonShape = { type: "object", members: { x: { shape: number } }, rest: false };
const shapes: Readonly<Record<string, JsonShape>> = {
  Point: point,
  Tree: {
    type: "object",
    members: { children: { shape: { type: "list", items: { type: "named", name: "Tree" } } } },
  },
  Knot: { type: "union", of: [{ type: "named", name: "Knot" }, text] },
  Json: {
    type: "union",
    of: [
      text,
      number,
      { type: "list", items: { type: "named", name: "Json" } },
      { type: "tuple", items: [{ type: "named", name: "Json" }], rest: { type: "named", name: "Json" } },
    ],
  },
  ["__proto__"]: integer,
};
const write = (value: unknown, shape: JsonShape, validate = true): string =>
  writeShaped(value, shape, { shapes, feature: "f", validate });

describe("what goes out", () => {
  test.each<{
    readonly name: string;
    readonly given: unknown;
    readonly shape: JsonShape;
    readonly want: string;
  }>([
    { name: "text", given: 'a"\n', shape: text, want: '"a\\"\\n"' },
    { name: "a whole number", given: 7, shape: integer, want: "7" },
    { name: "a negative zero that is whole", given: -0, shape: integer, want: "0" },
    { name: "a negative zero that is not", given: -0, shape: number, want: "-0.0" },
    {
      name: "a bigint in all digits",
      given: 12345678901234567890n,
      shape: integer,
      want: "12345678901234567890",
    },
    {
      name: "a large whole number in all digits",
      given: 1e21,
      shape: integer,
      want: "1000000000000000000000",
    },
    {
      name: "a typed array",
      given: Float32Array.of(0.5, -2),
      shape: { type: "list", items: number },
      want: "[0.5,-2]",
    },
    {
      name: "negative zeros in a list",
      given: Float64Array.of(-0, 1e21),
      shape: { type: "list", items: number },
      want: "[-0.0,1e+21]",
    },
    {
      name: "whole numbers in a list",
      given: [-0, 2 ** 60, 7],
      shape: { type: "list", items: integer },
      want: "[0,1152921504606846976,7]",
    },
    {
      name: "64-bit integers",
      given: BigInt64Array.of(-1n),
      shape: { type: "list", items: integer },
      want: "[-1]",
    },
    {
      name: "anything",
      given: { a: [1, null, true, "x"], b: undefined },
      shape: any,
      want: '{"a":[1,null,true,"x"]}',
    },
    {
      name: "members in the shape's order",
      given: { label: "l", x: 1 },
      shape: point,
      want: '{"x":1,"label":"l"}',
    },
    { name: "members that nobody stated", given: { x: 1, y: [2] }, shape: point, want: '{"x":1,"y":[2]}' },
    { name: "an optional member left out", given: { x: 1, label: undefined }, shape: point, want: '{"x":1}' },
    { name: "a named shape", given: { x: 1 }, shape: { type: "named", name: "Point" }, want: '{"x":1}' },
    { name: "a shape with a hostile name", given: 1, shape: { type: "named", name: "__proto__" }, want: "1" },
    {
      name: "a member with a hostile name",
      given: JSON.parse('{"__proto__":1}'),
      shape: { type: "object", members: { ["__proto__"]: { shape: integer } } },
      want: '{"__proto__":1}',
    },
    {
      name: "what holds itself",
      given: { children: [{ children: [] }] },
      shape: { type: "named", name: "Tree" },
      want: '{"children":[{"children":[]}]}',
    },
    { name: "a name that leads to itself", given: "a", shape: { type: "named", name: "Knot" }, want: '"a"' },
    { name: "the second of two", given: null, shape: { type: "union", of: [text, nothing] }, want: "null" },
    {
      name: "the object that fits",
      given: { y: "a" },
      shape: { type: "union", of: [closed, { type: "object", members: { y: { shape: text } } }] },
      want: '{"y":"a"}',
    },
    { name: "a label", given: "b", shape: { type: "enum", values: ["a", "b"] }, want: '"b"' },
    { name: "a label that is none", given: null, shape: { type: "enum", values: ["a", null] }, want: "null" },
    { name: "a label that is a number", given: 2, shape: { type: "enum", values: [1, 2] }, want: "2" },
    {
      name: "a tuple",
      given: ["a", 1, 2],
      shape: { type: "tuple", items: [text], rest: integer },
      want: '["a",1,2]',
    },
    {
      name: "a record",
      given: { a: 1, b: 2 },
      shape: { type: "record", values: integer, keys: ["a", "b"] },
      want: '{"a":1,"b":2}',
    },
    {
      name: "bytes in base64",
      given: Uint8Array.of(1, 2, 3),
      shape: { type: "file", form: "base64" },
      want: '"AQID"',
    },
    {
      name: "bytes as a data URL",
      given: Uint8Array.of(0xff, 0xd8, 0xff),
      shape: { type: "file", form: "data-url" },
      want: '"data:image/jpeg;base64,/9j/"',
    },
    {
      name: "bytes where an address is due",
      given: Uint8Array.of(1, 2, 3).buffer,
      shape: { type: "file", form: "uri", mediaType: "audio/wav" },
      want: '"data:audio/wav;base64,AQID"',
    },
    {
      name: "an address",
      given: new URL("https://example.com/a b"),
      shape: { type: "file", form: "uri" },
      want: '"https://example.com/a%20b"',
    },
    {
      name: "an address as text",
      given: "gs://b/a b",
      shape: { type: "file", form: "uri" },
      want: '"gs://b/a b"',
    },
    {
      name: "a data URL",
      given: "data:,x",
      shape: { type: "file", form: "data-url" },
      want: '"data:,x"',
    },
  ])("$name", ({ given, shape, want }) => {
    expect(write(given, shape)).toBe(want);
  });

  test("unchecked, where checks are off", () => {
    expect(write("c", { type: "enum", values: ["a"] }, false)).toBe('"c"');
    expect(write(11, { type: "integer", max: 10 }, false)).toBe("11");
    expect(write([1], { type: "list", items: integer, min: 2 }, false)).toBe("[1]");
    expect(write({ y: 1 }, closed, false)).toBe('{"y":1}');
    expect(thrownBy(() => write(1.5, integer, false))).toMatchObject({ code: "wrong-type" });
  });
});
