import { describe, expect, test } from "vitest";
import { membersOf, read, readAll } from "./schema-reading.js";

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const named = (name: string): object => ({ type: "named", name });
const object = (properties: object, more: object = {}): object => ({ type: "object", properties, ...more });
const text = { type: "string" };

describe("the name of a shape", () => {
  const schemas = {
    Box: object({ a: text }),
    Size: { type: "string", enum: ["s", "m"] },
    Alias: ref("Box"),
    Boxes: { type: "array", items: object({ b: text }) },
    Either: { anyOf: [object({ c: text }), object({ d: text }, { title: "The D" })] },
    Only: { allOf: [ref("Box")], description: "The same box." },
  };
  test.each([
    { name: "a component's own", given: ref("Box"), want: ["Box"] },
    { name: "that of a component behind another", given: ref("Alias"), want: ["Box"] },
    { name: "that of the only one in allOf", given: ref("Only"), want: ["Box"] },
    { name: "that of labels that are a component", given: ref("Size"), want: ["Size"] },
    { name: "the place's", given: object({ a: text }), want: ["Thing"] },
    { name: "the title", given: object({ a: text }, { title: "Leaf scan" }), want: ["LeafScan"] },
    {
      name: "no sentence",
      given: object({ a: text }, { title: "What a leaf is, more or less." }),
      want: ["Thing"],
    },
    {
      name: "another where a component has it",
      given: object({ a: text }, { title: "Box" }),
      want: ["Box2"],
    },
    {
      name: "the place's and the member's",
      given: object({ "inner-part": object({ a: text }) }),
      want: ["Thing", "ThingInnerPart"],
    },
    { name: "the list's", given: ref("Boxes"), want: ["BoxesItem"] },
    { name: "the alternative's", given: ref("Either"), want: ["Either1", "TheD"] },
    {
      name: "of labels that are many",
      given: { enum: Array.from({ length: 21 }, (_, index) => `l${index}`) },
      want: ["Thing"],
    },
    { name: "none for labels that are few", given: { enum: ["a", "b"] }, want: [] },
    {
      name: "that of a closed object without members",
      given: { type: "object", additionalProperties: false },
      want: ["Thing"],
    },
  ])("$name", async ({ given, want }) => {
    const { shapes } = await read(given, { schemas });
    expect(shapes.map(({ name }) => name)).toEqual(want);
  });

  test("is unique, whatever a description calls its schemas", async () => {
    const properties = Object.fromEntries(
      ["a", "b", "c"].map((key) => [key, object({ [key]: text }, { title: "Part" })]),
    );
    const schemas: unknown = JSON.parse(
      '{"__proto__": {"type":"object","properties":{"__proto__":{"type":"string"}}}, "": {"type":"object","properties":{"x":{}}}}',
    );
    const reading = await read(
      object({ ...properties, p: ref("__proto__"), e: { $ref: "#/components/schemas/" } }),
      { schemas: Object(schemas) },
    );
    const names = reading.shapes.map(({ name }) => name);
    expect(names).toEqual(["Thing", "Part", "Part2", "Part3", "__proto__", "Value"]);
    const proto = reading.shapes.find(({ name }) => name === "__proto__")?.shape;
    expect(JSON.stringify(proto)).toBe(
      '{"type":"object","members":{"__proto__":{"shape":{"type":"text"},"optional":true}}}',
    );
  });
});

describe("what refers to itself", () => {
  const schemas = {
    Node: object(
      { value: { type: "number" }, next: { anyOf: [ref("Node"), { type: "null" }] } },
      { required: ["value"] },
    ),
    Json: {
      anyOf: [
        text,
        { type: "array", items: ref("Json") },
        { type: "object", additionalProperties: ref("Json") },
      ],
    },
    Loop: { anyOf: [ref("Loop"), { type: "number" }] },
    Ping: { anyOf: [ref("Pong"), text] },
    Pong: { anyOf: [ref("Ping"), { type: "number" }] },
    Endless: { type: "array", items: ref("Endless") },
    Knot: { allOf: [ref("Knot"), object({ a: text })] },
  };
  test.each([
    { name: "by a member", given: "Node", want: named("Node") },
    { name: "by items and values", given: "Json", want: named("Json") },
    { name: "as its own alternative", given: "Loop", want: { type: "number" } },
    {
      name: "as each other's alternative",
      given: "Ping",
      want: { type: "union", of: [{ type: "number" }, { type: "text" }] },
    },
    { name: "by nothing but items", given: "Endless", want: named("Endless") },
    { name: "as a part of itself", given: "Knot", want: named("Knot") },
  ])("has a name, or an end: $name", async ({ given, want }) => {
    const { shape, shapes } = await read(ref(given), { schemas });
    expect(shape).toEqual(want);
    for (const one of shapes) expect(JSON.stringify(one.shape).length).toBeLessThan(300);
  });

  test("by items and values is spelt out once", async () => {
    const { shapes } = await read(ref("Json"), { schemas });
    expect(shapes.map(({ shape }) => shape)).toEqual([
      {
        type: "union",
        of: [
          { type: "text" },
          { type: "list", items: named("Json") },
          { type: "record", values: named("Json") },
        ],
      },
    ]);
  });
});

describe("the sides of a shape", () => {
  const schemas = {
    Plain: object({ a: text, inner: ref("Inner") }, { required: ["a"] }),
    Inner: object({ n: { type: "number" } }),
    Labelled: object({ size: { enum: ["s", "m"] } }),
    Above: object({ below: { type: "array", items: ref("Labelled") }, plain: ref("Plain") }),
    Account: object(
      { id: { type: "string", readOnly: true }, secret: { type: "string", writeOnly: true } },
      { required: ["id", "secret"] },
    ),
    Given: object({ n: { type: "integer", default: 3 } }, { required: ["n"] }),
  };
  const both = async (name: string): Promise<readonly string[]> => {
    const [, last] = await readAll(
      [
        { schema: ref(name), side: "input" },
        { schema: ref(name), side: "output" },
      ],
      { schemas },
    );
    return (last?.shapes ?? []).map((shape) => `${shape.name} ${shape.side}`);
  };
  test.each([
    { name: "one where they agree", given: "Plain", want: ["Plain both", "Inner both"] },
    {
      name: "two where labels are open on the way out",
      given: "Labelled",
      want: ["Labelled input", "LabelledOutput output"],
    },
    {
      name: "two where something below differs, one for what does not",
      given: "Above",
      want: [
        "Above input",
        "Labelled input",
        "Plain both",
        "Inner both",
        "AboveOutput output",
        "LabelledOutput output",
      ],
    },
    {
      name: "two where members go one way",
      given: "Account",
      want: ["Account input", "AccountOutput output"],
    },
    {
      name: "two where a default makes optional",
      given: "Given",
      want: ["Given input", "GivenOutput output"],
    },
  ])("$name", async ({ given, want }) => {
    expect(await both(given)).toEqual(want);
  });

  test("has the members that go its way", async () => {
    const [input, output] = await readAll(
      [
        { schema: ref("Account"), side: "input" },
        { schema: ref("Account"), side: "output" },
      ],
      { schemas },
    );
    if (input === undefined || output === undefined) throw new Error("nothing was read");
    expect(Object.keys(membersOf(input, "Account"))).toEqual(["secret"]);
    expect(Object.keys(membersOf(output, "AccountOutput"))).toEqual(["id"]);
  });

  test("makes a required member with a default optional on the way in alone", async () => {
    const [input, output] = await readAll(
      [
        { schema: ref("Given"), side: "input" },
        { schema: ref("Given"), side: "output" },
      ],
      { schemas },
    );
    if (input === undefined || output === undefined) throw new Error("nothing was read");
    expect(Object.keys(membersOf(input, "Given"))).toEqual(["n?"]);
    expect(Object.keys(membersOf(output, "GivenOutput"))).toEqual(["n"]);
  });

  test("renames the input where the output came first", async () => {
    const [, last] = await readAll(
      [
        { schema: ref("Labelled"), side: "output" },
        { schema: ref("Labelled"), side: "input" },
      ],
      { schemas },
    );
    expect(last?.shapes.map(({ name }) => name)).toEqual(["Labelled", "LabelledInput"]);
  });
});
