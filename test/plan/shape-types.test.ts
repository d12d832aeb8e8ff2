import type { JsonShape } from "@gen-deploy/runtime";
import { describe, expect, test } from "vitest";
import { printType, printTypes, printValue } from "../printed.js";
import type { NamedShapeModel } from "../../src/model/deployment-model.js";
import type { Side } from "../../src/plan/row-types.js";
import { createShapeBook } from "../../src/plan/shape-book.js";
import { createShapeLabels } from "../../src/plan/shape-labels.js";
import { createShapeTypes, type ShapeTypes } from "../../src/plan/shape-types.js";
import { shapesValue, shapeValue } from "../../src/plan/shape-values.js";

function named(name: string, shape: JsonShape, given: Partial<NamedShapeModel> = {}): NamedShapeModel {
  return { name, doc: "", shape, docs: {}, side: "both", wireType: null, ...given };
}

function prepare(...shapes: readonly NamedShapeModel[]) {
  const book = createShapeBook(shapes);
  const labels = createShapeLabels();
  const types: ShapeTypes = createShapeTypes({ book, labels, taken: ["Input"] });
  return { book, labels, types };
}

const text: JsonShape = { type: "text" };
const number: JsonShape = { type: "number" };
const file = (form: "base64" | "binary" | "data-url" | "uri"): JsonShape => ({ type: "file", form });
const pets = named("Pet", { type: "object", members: { name: { shape: text } } });

const cases: readonly {
  readonly name: string;
  readonly given: JsonShape;
  readonly input: string;
  readonly output?: string;
}[] = [
  { name: "any", given: { type: "any" }, input: "unknown" },
  { name: "null", given: { type: "null" }, input: "null" },
  { name: "text", given: text, input: "string" },
  { name: "boolean", given: { type: "boolean" }, input: "boolean" },
  { name: "integer", given: { type: "integer", min: 1 }, input: "number" },
  {
    name: "labels",
    given: { type: "enum", values: ["a", "b"] },
    input: 'Labels["x"]',
    output: 'Open<Labels["x"]>',
  },
  {
    name: "numbers as labels",
    given: { type: "enum", values: [1, 2] },
    input: 'Labels["x"]',
    output: 'Open<Labels["x"]>',
  },
  { name: "one value", given: { type: "enum", values: ["a"] }, input: '"a"' },
  {
    name: "values of several kinds",
    given: { type: "enum", values: ["a", 1, null, true] },
    input: '"a" | 1 | null | true',
    output: 'Open<"a" | 1 | null | true>',
  },
  { name: "a number that is none", given: { type: "enum", values: [Infinity] }, input: "number" },
  { name: "base64", given: file("base64"), input: "FileInput", output: "Uint8Array" },
  { name: "binary", given: file("binary"), input: "FileInput", output: "Image" },
  { name: "a data URL", given: file("data-url"), input: "ImageInput", output: "Image" },
  { name: "an address", given: file("uri"), input: "LinkInput", output: "RemoteFile" },
  { name: "a list", given: { type: "list", items: text }, input: "readonly string[]", output: "string[]" },
  {
    name: "a list of unions",
    given: { type: "list", items: { type: "union", of: [text, { type: "null" }] } },
    input: "readonly (string | null)[]",
    output: "(string | null)[]",
  },
  {
    name: "a short list of one length",
    given: { type: "list", items: number, min: 2, max: 2 },
    input: "readonly [number, number]",
    output: "[number, number]",
  },
  {
    name: "a longer list of one length",
    given: { type: "list", items: number, min: 9, max: 9 },
    input: "readonly number[]",
    output: "number[]",
  },
  {
    name: "a tuple",
    given: { type: "tuple", items: [text, number], rest: { type: "boolean" } },
    input: "readonly [string, number, ...boolean[]]",
    output: "[string, number, ...boolean[]]",
  },
  { name: "a record", given: { type: "record", values: number }, input: "Record<string, number>" },
  {
    name: "a record with names",
    given: { type: "record", values: number, keys: ["a", "b"] },
    input: 'Record<Labels["x"], number>',
  },
  {
    name: "a record of what may lead back to it",
    given: { type: "record", values: { type: "named", name: "Pet" } },
    input: "{ [name: string]: Pet }",
  },
  {
    name: "a record with names of what may lead back to it",
    given: { type: "record", values: { type: "named", name: "Pet" }, keys: ["a", "b", "a"] },
    input: "{ a: Pet; b: Pet }",
  },
  {
    name: "an object without a name",
    given: { type: "object", members: { "a b": { shape: text, optional: true } }, rest: number },
    input: '{ "a b"?: string; [name: string]: unknown }',
  },
  { name: "a union", given: { type: "union", of: [text, number, text] }, input: "string | number" },
  { name: "a union with anything", given: { type: "union", of: [text, { type: "any" }] }, input: "unknown" },
  { name: "a name", given: { type: "named", name: "Pet" }, input: "Pet" },
  { name: "a name of nothing", given: { type: "named", name: "Nobody" }, input: "unknown" },
];

describe("the type of a shape", () => {
  test.each(cases)("$name", ({ given, input, output = input }) => {
    const { types } = prepare(pets);
    const printed = (side: Side): string => printType(types.typeOf(given, side, "x"));
    expect(printed("input")).toBe(input);
    expect(printed("output")).toBe(output);
  });

  test("is short, however deep lists of one length stand in one another", () => {
    let shape: JsonShape = number;
    for (let depth = 0; depth < 30; depth += 1) shape = { type: "list", items: shape, min: 8, max: 8 };
    expect(printType(prepare().types.typeOf(shape, "output", "x")).length).toBeLessThan(2000);
  });

  test("tells what must be imported", () => {
    const { types } = prepare();
    types.typeOf({ type: "list", items: file("uri") }, "output", "x");
    expect([...types.used]).toEqual(["RemoteFile"]);
  });
});

describe("declarations", () => {
  test("are interfaces and aliases, with docs, under names that nothing else has", () => {
    const { types, labels } = prepare(
      named(
        "input",
        {
          type: "object",
          members: Object.fromEntries([
            ["__proto__", { shape: text }],
            ["colour", { shape: { type: "enum", values: ["red", "blue"] }, optional: true }],
          ]),
          rest: { type: "any" },
        },
        { doc: "What goes in.", docs: { colour: "Its colour." }, side: "input" },
      ),
      named("Input", { type: "enum", values: ["a", "b"] }, { side: "output" }),
      named("record", { type: "record", values: { type: "named", name: "record" } }),
    );
    expect(printTypes(types.declarations())).toBe(
      `/** What goes in. */
export interface Input_2 {
  __proto__: string;
  /** Its colour. */
  colour?: Labels["colour"];
  [name: string]: unknown;
}

export type Input_3 = Open<Labels["Input"]>;

export type Record_2 = { [name: string]: Record_2 };

`,
    );
    expect(printValue(labels.value())).toBe('{ colour: ["red", "blue"], Input: ["a", "b"] }');
    expect(types.members().map(({ name, type }) => [name, printType(type)])).toEqual([
      ["input", "Input_2"],
      ["Input", "Input_3"],
      ["record", "Record_2"],
    ]);
  });

  test("of names that are nothing but each other are any value", () => {
    const { book, labels, types } = prepare(
      named("A", { type: "union", of: [text, { type: "named", name: "B" }] }),
      named("B", { type: "named", name: "A" }),
      named("C", { type: "list", items: { type: "named", name: "C" } }),
    );
    expect(types.declarations().map((type) => printTypes([type]).trim())).toEqual([
      "export type A = unknown;",
      "export type B = unknown;",
      "export type C = readonly C[];",
    ]);
    expect(printValue(shapesValue({ book, labels }))).toBe(
      '{ A: { type: "any" }, B: { type: "any" }, C: { type: "list", items: { type: "named", name: "C" } } }',
    );
  });
});

describe("label sets", () => {
  test("stand once where a shape has a type for each side", () => {
    const { keyOf, value } = createShapeLabels();
    const keys = ["Grape", "GrapeOutput", "Wine", "WineOutput"].map((name, index) =>
      keyOf(index < 3 ? ["merlot", "pinot"] : ["merlot", "syrah"], name),
    );
    expect(keys).toEqual(["Grape", "Grape", "Wine", "WineOutput"]);
    expect(printValue(value())).toContain('WineOutput: ["merlot", "syrah"]');
  });

  test("have keys of their own, and one for the same values at the same name", () => {
    const { keyOf, value } = createShapeLabels();
    expect(keyOf(["a", "b"], "x")).toBe("x");
    expect(keyOf(["a", "c"], "x")).toBe("x_2");
    expect(keyOf(["a", "b"], "x")).toBe("x");
    expect(keyOf(["a", "b"], "x 2")).toBe("x2");
    expect(keyOf(["a", "b"], "x_2")).toBe("x2_2");
    expect(keyOf(["a", 1], "y")).toBeUndefined();
    expect(printValue(value())).toBe('{ x: ["a", "b"], x_2: ["a", "c"], x2: ["a", "b"], x2_2: ["a", "b"] }');
  });
});

describe("shapes in a descriptor", () => {
  test.each<{ name: string; given: JsonShape; want: string }>([
    {
      name: "bounds",
      given: { type: "integer", min: 0, below: 5 },
      want: '{ type: "integer", min: 0, below: 5 }',
    },
    {
      name: "labels",
      given: { type: "enum", values: ["a", "b"] },
      want: '{ type: "enum", values: labels.x }',
    },
    { name: "one value", given: { type: "enum", values: [null] }, want: '{ type: "enum", values: [null] }' },
    {
      name: "a list",
      given: { type: "list", items: text, max: 3 },
      want: '{ type: "list", items: { type: "text" }, max: 3 }',
    },
    {
      name: "a tuple",
      given: { type: "tuple", items: [text], rest: number },
      want: '{ type: "tuple", items: [{ type: "text" }], rest: { type: "number" } }',
    },
    {
      name: "a record",
      given: { type: "record", values: text, keys: ["k"] },
      want: '{ type: "record", values: { type: "text" }, keys: ["k"] }',
    },
    {
      name: "an object",
      given: {
        type: "object",
        members: Object.fromEntries([
          ["__proto__", { shape: { type: "enum", values: [1, 2] }, optional: true }],
        ]),
        rest: false,
      },
      want: '{ type: "object", members: { ["__proto__"]: { shape: { type: "enum", values: labels.proto }, optional: true } }, rest: false }',
    },
    {
      name: "a union",
      given: { type: "union", of: [text, file("uri")] },
      want: '{ type: "union", of: [{ type: "text" }, { type: "file", form: "uri" }] }',
    },
    { name: "a name of nothing", given: { type: "named", name: "Nobody" }, want: '{ type: "any" }' },
  ])("$name", ({ given, want }) => {
    const { book, labels } = prepare(pets);
    expect(printValue(shapeValue({ book, labels }, given, "x"))).toBe(want);
  });
});
