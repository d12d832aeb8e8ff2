import type { JsonShape } from "@gen-deploy/runtime";
import { describe, expect, test } from "vitest";
import { printValue } from "../printed.js";
import type { NamedShapeModel } from "../../src/model/deployment-model.js";
import { createShapeBook } from "../../src/plan/shape-book.js";
import { createShapeExamples } from "../../src/plan/shape-example.js";

function example(shape: JsonShape, named: Readonly<Record<string, JsonShape>> = {}): string {
  const shapes = Object.entries(named).map(([name, inner]): NamedShapeModel => ({
    name,
    doc: "",
    shape: inner,
    docs: {},
    side: "input",
    wireType: null,
  }));
  return printValue(createShapeExamples(createShapeBook(shapes))(shape));
}

const text: JsonShape = { type: "text" };
const to = (name: string): JsonShape => ({ type: "named", name });
const holding = (shape: JsonShape): JsonShape => ({ type: "object", members: { a: { shape } } });

describe("the example of a shape", () => {
  test.each<{
    name: string;
    given: JsonShape;
    named?: Readonly<Record<string, JsonShape>>;
    want: string;
  }>([
    { name: "a number", given: { type: "number" }, want: "1.5" },
    { name: "a whole number", given: { type: "integer" }, want: "1" },
    { name: "a number within bounds", given: { type: "number", min: 0, max: 1 }, want: "0.5" },
    { name: "a whole number above", given: { type: "integer", above: 7 }, want: "8" },
    { name: "a whole number below", given: { type: "integer", below: -2.5 }, want: "-3" },
    { name: "a number between", given: { type: "number", above: 8, below: 9 }, want: "8.5" },
    { name: "a label", given: { type: "enum", values: [null, "b", "c"] }, want: '"b"' },
    {
      name: "a picture",
      given: { type: "file", form: "binary", mediaType: "image/png" },
      want: 'fromFile("picture.png")',
    },
    { name: "a file", given: { type: "file", form: "uri" }, want: 'fromFile("file.bin")' },
    { name: "a list", given: { type: "list", items: text }, want: '["some text"]' },
    {
      name: "a list of three",
      given: { type: "list", items: text, min: 3 },
      want: '["some text", "some text", "some text"]',
    },
    {
      name: "a long list",
      given: { type: "list", items: { type: "number" }, min: 512, max: 512 },
      want: "Array.from({ length: 512 }, () => 1.5)",
    },
    { name: "a list of nothing", given: { type: "list", items: text, max: 0 }, want: "[]" },
    {
      name: "an object: what is required",
      given: {
        type: "object",
        members: { a: { shape: text }, b: { shape: text, optional: true } },
      },
      want: '{ a: "some text" }',
    },
    { name: "a record", given: { type: "record", values: text }, want: "{}" },
    {
      name: "a record with names",
      given: { type: "record", values: { type: "boolean" }, keys: ["a"] },
      want: "{ a: true }",
    },
    {
      name: "what holds itself in a list",
      given: to("Node"),
      named: { Node: holding({ type: "list", items: to("Node") }) },
      want: "{ a: [] }",
    },
    {
      name: "what may hold itself",
      given: to("Node"),
      named: { Node: holding({ type: "union", of: [to("Node"), { type: "null" }] }) },
      want: "{ a: null }",
    },
    {
      name: "what never ends",
      given: to("Node"),
      named: { Node: holding(to("Node")) },
      want: 'JSON.parse("{}")',
    },
  ])("$name", ({ given, named, want }) => {
    expect(example(given, named)).toBe(want);
  });

  test("is short where lists in lists multiply", () => {
    const pairs = (inner: JsonShape): JsonShape => ({ type: "list", items: inner, min: 2, max: 2 });
    const deep = Array.from({ length: 40 }).reduce<JsonShape>(pairs, { type: "number" });
    expect(example(deep)).toBe('JSON.parse("{}")');
    expect(example(pairs(pairs({ type: "number" })))).toBe("[\n  [1.5, 1.5],\n  [1.5, 1.5],\n]");
  });

  test("is short, and soon there, where a whole one has more members than anybody reads", () => {
    const named = Object.fromEntries(
      Array.from({ length: 60 }, (_, index): [string, JsonShape] => [
        `N${index}`,
        {
          type: "object",
          members: { a: { shape: to(`N${index + 1}`) }, b: { shape: to(`N${index + 1}`) } },
        },
      ]),
    );
    expect(example(to("N0"), named)).toBe('JSON.parse("{}")');
  });
});
