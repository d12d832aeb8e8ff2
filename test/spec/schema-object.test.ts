import { describe, expect, test } from "vitest";
import { membersOf, read } from "./schema-reading.js";

const text = { type: "text" } as const;
const any = { type: "any" } as const;

async function objectOf(schema: object, more: Parameters<typeof read>[1] = {}): Promise<object> {
  const { shapes } = await read(schema, more);
  return shapes[0]?.shape ?? {};
}

describe("an object with stated members", () => {
  const properties = { a: { type: "string" }, b: { type: "string" } };
  const members = { a: { shape: text }, b: { shape: text, optional: true } };
  test.each([
    { name: "with more that it does not state", given: {}, want: { members } },
    { name: "closed", given: { additionalProperties: false }, want: { members, rest: false } },
    {
      name: "closed by what nothing evaluated",
      given: { unevaluatedProperties: false },
      want: { members, rest: false },
    },
    { name: "open in so many words", given: { additionalProperties: true }, want: { members, rest: any } },
    {
      name: "with more of a kind",
      given: { additionalProperties: { type: "number" } },
      want: { members, rest: { type: "number" } },
    },
    {
      name: "with more by a pattern",
      given: { patternProperties: { "^x-": {} }, additionalProperties: false },
      want: { members, rest: any },
    },
    { name: "without its type", given: { type: undefined }, want: { members } },
  ])("$name", async ({ given, want }) => {
    const shape = await objectOf({ type: "object", properties, required: ["a"], ...given });
    expect(shape).toEqual({ type: "object", ...want });
  });

  test("has what it requires and does not describe", async () => {
    const reading = await read({ type: "object", properties, required: ["a", "c"] });
    expect(membersOf(reading, "Thing")).toEqual({ a: text, "b?": text, c: any });
  });

  test("lacks what nothing meets", async () => {
    const reading = await read({ type: "object", properties: { ...properties, c: false } });
    expect(Object.keys(membersOf(reading, "Thing"))).toEqual(["a?", "b?"]);
  });

  test("has members called as its keywords are", async () => {
    const schema = {
      type: "object",
      properties: { $ref: { type: "string" }, properties: { type: "number" }, required: {} },
    };
    expect(membersOf(await read(schema), "Thing")).toEqual({
      "$ref?": text,
      "properties?": { type: "number" },
      "required?": any,
    });
  });

  test("may be null", async () => {
    const { shape } = await read({ type: ["object", "null"], properties });
    expect(shape).toEqual({ type: "union", of: [{ type: "named", name: "Thing" }, { type: "null" }] });
  });
});

describe("the parts of a form", () => {
  const schema = {
    type: "object",
    properties: {
      file: { type: "string", format: "binary" },
      image: { type: "string", contentMediaType: "image/png" },
      files: { type: "array", items: { type: "string", contentMediaType: "application/octet-stream" } },
      mask: { anyOf: [{ type: "string", format: "binary" }, { type: "null" }] },
      meta: { type: "object", properties: { raw: { type: "string", format: "binary" } } },
    },
  };
  const file = { type: "file", form: "binary" };

  test("are files where bytes stand as they are, and JSON inside", async () => {
    const reading = await read(schema, { form: true });
    expect(membersOf(reading, "Thing")).toEqual({
      "file?": file,
      "image?": { ...file, mediaType: "image/png" },
      "files?": { type: "list", items: { ...file, mediaType: "application/octet-stream" } },
      "mask?": { type: "union", of: [file, { type: "null" }] },
      "meta?": { type: "named", name: "ThingMeta" },
    });
    expect(membersOf(reading, "ThingMeta")).toEqual({ "raw?": text });
  });

  test("are text in JSON", async () => {
    expect(membersOf(await read(schema), "Thing")).toMatchObject({ "file?": text, "image?": text });
  });
});

describe("what is said of a member", () => {
  test.each([
    { name: "its description", given: { description: " Says it. " }, want: "Says it." },
    { name: "a title that says more", given: { title: "Millimetres of rain" }, want: "Millimetres of rain" },
    { name: "no title that is the name again", given: { title: "Rain Fall" }, want: undefined },
    {
      name: "that it is going",
      given: { description: "Old.", deprecated: true },
      want: "Deprecated.\n\nOld.",
    },
    {
      name: "its default",
      given: { description: "How much.", default: 3 },
      want: "How much.\n\nDefault: 3.",
    },
    {
      name: "no default that is no value of it",
      given: { type: "boolean", default: "true" },
      want: undefined,
    },
    {
      name: "no default that is none of its labels",
      given: { enum: ["Left", "Right", null], default: "right" },
      want: undefined,
    },
    { name: "no default that is long", given: { default: "x".repeat(80) }, want: undefined },
    { name: "nothing", given: {}, want: undefined },
    { name: "nothing that is no text", given: { description: 7, title: [] }, want: undefined },
  ])("$name", async ({ given, want }) => {
    const { shapes } = await read({
      type: "object",
      properties: { rain_fall: { type: "string", ...given } },
    });
    expect(shapes[0]?.docs["rain_fall"]).toBe(want);
  });

  test("is not what its type says of itself, unless it says so itself", async () => {
    const schemas = { Sky: { type: "object", description: "What is above.", properties: { blue: {} } } };
    const sky = { $ref: "#/components/schemas/Sky" };
    const { shapes } = await read(
      { type: "object", properties: { here: sky, there: { ...sky, description: "Above there." } } },
      { schemas },
    );
    expect(shapes.map(({ doc, docs }) => ({ doc, docs }))).toEqual([
      { doc: "", docs: { there: "Above there." } },
      { doc: "What is above.", docs: {} },
    ]);
  });
});

describe("where openapi-typescript puts the type", () => {
  const member = { properties: { a: {} } };
  test.each([
    { name: "a component", given: { type: "object", ...member }, want: ["components", "schemas", "a/b~c"] },
    { name: "no type of its own", given: { allOf: [{ type: "object", ...member }] }, want: null },
    {
      name: "with alternatives",
      given: { type: "object", ...member, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
      want: null,
    },
    {
      name: "a member that it does not know",
      given: { type: "object", ...member, required: ["b"] },
      want: null,
    },
  ])("$name", async ({ given, want }) => {
    const { shapes } = await read({ $ref: "#/components/schemas/a~1b~0c" }, { schemas: { "a/b~c": given } });
    expect(shapes[0]?.wireType).toEqual(want);
  });
});
