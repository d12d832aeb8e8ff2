import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createImage } from "../../src/runtime/src/files/image.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { readShaped } from "../../src/runtime/src/shapes/read-shape.js";
import { thrownBy } from "../runtime/thrown-by.js";

const text: JsonShape = { type: "text" };
const number: JsonShape = { type: "number" };
const integer: JsonShape = { type: "integer", max: 10 };
const nothing: JsonShape = { type: "null" };
const any: JsonShape = { type: "any" };
const label: JsonShape = { type: "enum", values: ["a", "b"] };
const base64: JsonShape = { type: "file", form: "base64" };
const row: JsonShape = {
  type: "object",
  members: { x: { shape: number }, note: { shape: text, optional: true } },
};
const tagged = (tag: string, member: string, shape: JsonShape): JsonShape => ({
  type: "object",
  members: { tag: { shape: { type: "enum", values: [tag] } }, [member]: { shape } },
});
const shapes: Readonly<Record<string, JsonShape>> = {
  Tree: {
    type: "object",
    members: { children: { shape: { type: "list", items: { type: "named", name: "Tree" } } } },
  },
  Json: {
    type: "union",
    of: [
      text,
      { type: "list", items: { type: "named", name: "Json" } },
      { type: "tuple", items: [{ type: "named", name: "Json" }], rest: { type: "named", name: "Json" } },
    ],
  },
};
const read = (value: unknown, shape: JsonShape, strict = false): unknown =>
  readShaped(value, shape, { shapes, feature: "f", strict });

describe("what a reply holds", () => {
  test.each<{
    readonly name: string;
    readonly given: unknown;
    readonly shape: JsonShape;
    readonly want: unknown;
  }>([
    { name: "anything", given: { a: [null] }, shape: any, want: { a: [null] } },
    { name: "a fraction where a whole number is due", given: 1.5, shape: integer, want: 1.5 },
    { name: "a number out of bounds", given: 11, shape: integer, want: 11 },
    { name: "a label that nobody knew", given: "c", shape: label, want: "c" },
    { name: "a member that nobody knew", given: { x: 1, y: [2] }, shape: row, want: { x: 1, y: [2] } },
    {
      name: "a member that may not be there",
      given: { x: 1, y: 2 },
      shape: { ...row, rest: false },
      want: { x: 1, y: 2 },
    },
    { name: "a null for what is optional", given: { x: 1, note: null }, shape: row, want: { x: 1 } },
    { name: "numbers", given: [1, 2.5], shape: { type: "list", items: number }, want: [1, 2.5] },
    {
      name: "a longer list",
      given: [1, 2, 3],
      shape: { type: "list", items: number, max: 2 },
      want: [1, 2, 3],
    },
    {
      name: "a tuple",
      given: ["a", 1, 2],
      shape: { type: "tuple", items: [text], rest: number },
      want: ["a", 1, 2],
    },
    {
      name: "a record",
      given: { a: 1, c: 2 },
      shape: { type: "record", values: number, keys: ["a"] },
      want: { a: 1, c: 2 },
    },
    {
      name: "bytes",
      given: { x: "AQID" },
      shape: { type: "record", values: base64 },
      want: { x: Uint8Array.of(1, 2, 3) },
    },
    {
      name: "what holds itself",
      given: { children: [{ children: [] }] },
      shape: { type: "named", name: "Tree" },
      want: { children: [{ children: [] }] },
    },
    { name: "the second of two", given: null, shape: { type: "union", of: [text, nothing] }, want: null },
    {
      name: "by a label, the second of two",
      given: { tag: "b", value: "AQID" },
      shape: { type: "union", of: [tagged("a", "value", text), tagged("b", "value", base64)] },
      want: { tag: "b", value: Uint8Array.of(1, 2, 3) },
    },
    {
      name: "by an unknown label, the first of two",
      given: { tag: "c", value: "AQID" },
      shape: { type: "union", of: [tagged("a", "value", text), tagged("b", "value", base64)] },
      want: { tag: "c", value: "AQID" },
    },
  ])("$name", ({ given, shape, want }) => {
    const before = structuredClone(given);
    expect(read(given, shape)).toEqual(want);
    expect(given).toEqual(before);
  });

  test("pictures", () => {
    const picture = read("data:image/png;base64,AQID", { type: "file", form: "data-url" });
    expect(picture).toMatchObject({ mediaType: "image/png", bytes: Uint8Array.of(1, 2, 3) });
    expect(inspect(picture)).toBe(inspect(createImage("image/png", Uint8Array.of(1, 2, 3))));
  });

  test("members of hostile names", () => {
    const shape: JsonShape = { type: "object", members: { ["__proto__"]: { shape: text } } };
    const given = read(JSON.parse('{"__proto__":"a","constructor":1}'), shape);
    expect(Object.entries(Object(given))).toEqual([
      ["__proto__", "a"],
      ["constructor", 1],
    ]);
    expect(Object.getPrototypeOf(given)).toBe(Object.prototype);
  });

  test("addresses of files", () => {
    const seen: string[] = [];
    const openFile = (url: string): ReturnType<typeof file> => file(url);
    const file = (url: string) => {
      seen.push(url);
      const bytes = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
      return { url, bytes, blob: () => Promise.resolve(new Blob()) };
    };
    const shape: JsonShape = { type: "list", items: { type: "file", form: "uri" } };
    expect(readShaped(["https://a/b", "data:,x"], shape, { shapes, openFile })).toMatchObject([
      { url: "https://a/b" },
      { url: "data:,x" },
    ]);
    expect(seen).toEqual(["https://a/b", "data:,x"]);
  });
});

describe("what a reply may not hold", () => {
  test.each<{
    readonly name: string;
    readonly given: unknown;
    readonly shape: JsonShape;
    readonly says: string;
  }>([
    {
      name: "a number for text",
      given: { x: { y: [1] } },
      shape: { type: "record", values: { type: "record", values: { type: "list", items: text } } },
      says: 'The reply\'s "f.x.y[0]" is 1, expected text.',
    },
    {
      name: "text for a number",
      given: [1, "2"],
      shape: { type: "list", items: number },
      says: '"f[1]" is "2"',
    },
    { name: "a label of another kind", given: 1, shape: label, says: '"f" is 1' },
    { name: "a member less", given: {}, shape: row, says: 'lacks the member "x"' },
    {
      name: "an inherited member",
      given: {},
      shape: { type: "object", members: { toString: { shape: any } } },
      says: "lacks",
    },
    { name: "a key less", given: {}, shape: { type: "record", values: number, keys: ["a"] }, says: "lacks" },
    { name: "a null", given: { x: null }, shape: row, says: '"f.x" is null' },
    { name: "a list for an object", given: [], shape: row, says: "an array of 0" },
    { name: "a short tuple", given: [], shape: { type: "tuple", items: [any] }, says: "0 items" },
    {
      name: "a short list of stated length",
      given: [1],
      shape: { type: "list", items: number, min: 2, max: 2 },
      says: "1 items",
    },
    {
      name: "none of the kinds",
      given: true,
      shape: { type: "union", of: [text, nothing] },
      says: "expected text or null",
    },
    {
      name: "none of two objects",
      given: {},
      shape: { type: "union", of: [row, tagged("a", "b", text)] },
      says: "none of 2",
    },
    { name: "what is not base64", given: "!", shape: base64, says: "no file that can be read" },
    {
      name: "what is no data URL",
      given: "x",
      shape: { type: "file", form: "data-url" },
      says: "no file that can be read",
    },
    { name: "an object for a file", given: {}, shape: base64, says: "expected a file" },
  ])("$name", ({ given, shape, says }) => {
    const error = thrownBy(() => read(given, shape));
    expect(error).toMatchObject({ code: "bad-reply", feature: "f" });
    expect(String(error)).toContain(says);
  });

  test.each<{ readonly name: string; readonly given: unknown; readonly shape: JsonShape }>([
    { name: "a fraction", given: 1.5, shape: integer },
    { name: "a number out of bounds", given: 11, shape: integer },
    { name: "an unknown label", given: "c", shape: label },
    { name: "a member more", given: { x: 1, y: 1 }, shape: { ...row, rest: false } },
    { name: "an item more", given: [1, 2], shape: { type: "tuple", items: [any] } },
    { name: "a null for what is optional", given: { x: 1, note: null }, shape: row },
  ])("$name, where it is held to all of it", ({ given, shape }) => {
    expect(thrownBy(() => read(given, shape, true))).toMatchObject({ code: "bad-reply" });
    expect(thrownBy(() => read(given, shape))).toBeUndefined();
  });

  test("costs no more the more alternatives fail, and has an end", () => {
    const nested = (depth: number): unknown => JSON.parse(`${"[".repeat(depth)}true${"]".repeat(depth)}`);
    expect(thrownBy(() => read(nested(40), { type: "named", name: "Json" }))).toMatchObject({
      code: "bad-reply",
    });
    expect(thrownBy(() => read(nested(3000), { type: "named", name: "Json" }))).toMatchObject({
      code: "bad-reply",
    });
  });
});
