import { describe, expect, test } from "vitest";
import type { DeploymentErrorCode } from "../../src/runtime/src/errors.js";
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
const write = (value: unknown, shape: JsonShape): string =>
  writeShaped(value, shape, { shapes, feature: "f", validate: true });

const cyclic: unknown[] = [];
cyclic.push(cyclic);

describe("what does not", () => {
  test.each<{
    readonly name: string;
    readonly given: unknown;
    readonly shape: JsonShape;
    readonly want: DeploymentErrorCode;
    readonly says?: string;
  }>([
    { name: "NaN", given: Number.NaN, shape: number, want: "wrong-type" },
    { name: "an infinity", given: [Infinity], shape: any, want: "wrong-type", says: '"f[0]" is Infinity' },
    {
      name: "a fraction",
      given: 1.5,
      shape: integer,
      want: "wrong-type",
      says: '"f" is 1.5, expected a whole number',
    },
    { name: "a bigint that need not be whole", given: 1n, shape: number, want: "wrong-type" },
    { name: "half a pair", given: "\ud800", shape: text, want: "wrong-type" },
    { name: "a date", given: new Date(0), shape: text, want: "wrong-type", says: "toISOString()" },
    { name: "a date somewhere", given: { at: new Date(0) }, shape: any, want: "wrong-type", says: '"f.at"' },
    { name: "a Map", given: new Map(), shape: any, want: "wrong-type", says: "Object.fromEntries" },
    { name: "a function", given: { a: () => 1 }, shape: any, want: "wrong-type" },
    { name: "a hole", given: Array.from({ length: 1 }), shape: any, want: "wrong-type" },
    {
      name: "a number out of bounds",
      given: 11,
      shape: { type: "integer", min: 0, max: 10 },
      want: "out-of-range",
      says: "at least 0 and at most 10",
    },
    {
      name: "a bound itself",
      given: 1,
      shape: { type: "number", below: 1 },
      want: "out-of-range",
      says: "less than 1",
    },
    { name: "a bigint out of bounds", given: 11n, shape: { type: "integer", max: 10 }, want: "out-of-range" },
    {
      name: "a strange label",
      given: "foward",
      shape: { type: "enum", values: ["forward", "back"] },
      want: "unknown-label",
      says: '"forward"',
    },
    { name: "a label of another kind", given: 1, shape: { type: "enum", values: ["1"] }, want: "wrong-type" },
    {
      name: "a short list",
      given: [],
      shape: { type: "list", items: any, min: 1, max: 2 },
      want: "wrong-shape",
      says: "1 to 2",
    },
    { name: "a short tuple", given: [1], shape: { type: "tuple", items: [any, any] }, want: "wrong-shape" },
    { name: "a long tuple", given: [1, 2], shape: { type: "tuple", items: [any] }, want: "wrong-shape" },
    {
      name: "a member less",
      given: {},
      shape: point,
      want: "missing-feature",
      says: '"f" lacks the member "x"',
    },
    {
      name: "an inherited member",
      given: {},
      shape: { type: "object", members: { toString: { shape: any } } },
      want: "missing-feature",
    },
    { name: "a member more", given: { x: 1, y: 1 }, shape: closed, want: "unknown-feature", says: '"y"' },
    {
      name: "a key less",
      given: { a: 1 },
      shape: { type: "record", values: any, keys: ["a", "b"] },
      want: "missing-feature",
    },
    {
      name: "a key more",
      given: { a: 1, c: 1 },
      shape: { type: "record", values: any, keys: ["a"] },
      want: "unknown-feature",
    },
    {
      name: "a place inside",
      given: { "a b": [{ c: "x" }] },
      shape: { type: "record", values: { type: "list", items: { type: "record", values: integer } } },
      want: "wrong-type",
      says: String.raw`"f[\"a b\"][0].c"`,
    },
    {
      name: "none of the kinds",
      given: true,
      shape: { type: "union", of: [text, nothing] },
      want: "wrong-type",
      says: "expected text or null",
    },
    {
      name: "the only kind out of bounds",
      given: 5,
      shape: { type: "union", of: [{ type: "integer", max: 3 }, nothing] },
      want: "out-of-range",
    },
    {
      name: "none of two objects",
      given: { z: 1 },
      shape: { type: "union", of: [closed, { type: "object", members: { y: { shape: text } } }] },
      want: "missing-feature",
      says: "none of 2 alternatives",
    },
    { name: "no end", given: cyclic, shape: any, want: "wrong-type", says: "deeper" },
    { name: "no end, in a union", given: cyclic, shape: { type: "named", name: "Json" }, want: "wrong-type" },
    {
      name: "a file where JSON cannot hold one",
      given: new Uint8Array(1),
      shape: { type: "file", form: "binary" },
      want: "wrong-type",
    },
    {
      name: "text where a file is due",
      given: "./cat.png",
      shape: { type: "file", form: "uri" },
      want: "wrong-type",
      says: "fromFile",
    },
    {
      name: "text that is no data URL",
      given: "cat",
      shape: { type: "file", form: "base64" },
      want: "wrong-type",
    },
    {
      name: "an object that is no file",
      given: [{}],
      shape: { type: "list", items: { type: "file", form: "base64" } },
      want: "wrong-type",
      says: '"f[0]"',
    },
    {
      name: "a shape that is nowhere",
      given: 1,
      shape: { type: "named", name: "toString" },
      want: "bad-options",
    },
  ])("$name", ({ given, shape, want, says = "" }) => {
    const error = thrownBy(() => write(given, shape));
    expect(error).toMatchObject({ code: want });
    if (want !== "bad-options") expect(error).toMatchObject({ feature: "f" });
    expect(String(error)).toContain(says);
  });

  test("costs no more the more alternatives fail", () => {
    let value: unknown = true;
    for (let depth = 0; depth < 60; depth += 1) value = [value];
    expect(thrownBy(() => write(value, { type: "named", name: "Json" }))).toMatchObject({
      code: "wrong-type",
    });
  });
});
