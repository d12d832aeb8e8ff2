import type { JsonShape } from "@gen-deploy/runtime";
import { describe, expect, test } from "vitest";
import { membersOf, read } from "./schema-reading.js";

const text = { type: "text" } as const;
const number = { type: "number" } as const;
const any = { type: "any" } as const;
const nothing = { type: "null" } as const;
const union = (...of: readonly JsonShape[]): JsonShape => ({ type: "union", of });
const list = (items: JsonShape, more: object = {}): object => ({ type: "list", items, ...more });
const labels = (...values: readonly (string | number | boolean)[]): object => ({ type: "enum", values });
const file = (form: string, mediaType?: string): object => ({
  type: "file",
  form,
  ...(mediaType === undefined ? {} : { mediaType }),
});

describe("the shape of a schema without a name", () => {
  test.each([
    { name: "nothing said", given: {}, want: any },
    { name: "true", given: true, want: any },
    { name: "false, which nothing meets", given: false, want: any },
    { name: "text", given: { type: "string", minLength: 3, pattern: "^a" }, want: text },
    { name: "a date is text", given: { type: "string", format: "date-time" }, want: text },
    { name: "an address is text", given: { type: "string", format: "uri" }, want: text },
    { name: "a boolean", given: { type: "boolean" }, want: { type: "boolean" } },
    { name: "null", given: { type: "null" }, want: nothing },
    { name: "a number", given: { type: "number", format: "double" }, want: number },
    { name: "a whole number", given: { type: "integer", format: "int64" }, want: { type: "integer" } },
    {
      name: "bounds",
      given: { type: "number", minimum: 0, maximum: 1 },
      want: { type: "number", min: 0, max: 1 },
    },
    {
      name: "bounds that are excluded, as 3.0 has them",
      given: { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: false },
      want: { type: "number", max: 1, above: 0 },
    },
    {
      name: "bounds that are excluded, as 3.1 has them",
      given: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
      want: { type: "number", above: 0, below: 1 },
    },
    { name: "nullable", given: { type: "string", nullable: true }, want: union(text, nothing) },
    {
      name: "a type of several",
      given: { type: ["null", "string", "number"] },
      want: union(text, number, nothing),
    },
    {
      name: "anyOf with null",
      given: { anyOf: [{ type: "string" }, { type: "null" }] },
      want: union(text, nothing),
    },
    {
      name: "alternatives of alternatives, each once",
      given: {
        oneOf: [{ type: "string" }, { anyOf: [{ type: "number" }, { type: "string" }] }, { type: "number" }],
      },
      want: union(text, number),
    },
    { name: "anything among the alternatives", given: { anyOf: [{ type: "string" }, {}] }, want: any },
    { name: "one alternative that nothing meets", given: { anyOf: [{ type: "string" }, false] }, want: text },
    {
      name: "a type beside alternatives that have it",
      given: { type: "number", anyOf: [{ type: "integer" }] },
      want: { type: "integer" },
    },
    { name: "labels", given: { type: "string", enum: ["a", "b", "a"] }, want: labels("a", "b") },
    { name: "labels without a type", given: { enum: ["a", 1] }, want: labels("a", 1) },
    {
      name: "labels of another type",
      given: { type: "integer", enum: ["32", "48"] },
      want: labels("32", "48"),
    },
    {
      name: "null among the labels",
      given: { enum: ["a", null] },
      want: union({ type: "enum", values: ["a"] }, nothing),
    },
    { name: "nothing but null", given: { enum: [null] }, want: nothing },
    { name: "no labels at all", given: { type: "string", enum: [] }, want: text },
    { name: "labels that are no scalars", given: { type: "array", enum: [[1], [2]] }, want: list(any) },
    { name: "a constant", given: { const: "v1" }, want: labels("v1") },
    {
      name: "constants one by one",
      given: {
        oneOf: [
          { const: "a", title: "A" },
          { const: "b", title: "B" },
        ],
      },
      want: labels("a", "b"),
    },
    { name: "both booleans", given: { enum: [true, false] }, want: { type: "boolean" } },
    { name: "a list", given: { type: "array", items: { type: "string" } }, want: list(text) },
    { name: "a list of anything", given: { type: "array" }, want: list(any) },
    { name: "a list without its type", given: { items: { type: "number" } }, want: list(number) },
    {
      name: "a list of a length",
      given: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
      want: list(number, { min: 2, max: 2 }),
    },
    { name: "a length that is none", given: { type: "array", minItems: -1, maxItems: 1.5 }, want: list(any) },
    {
      name: "a tuple",
      given: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false },
      want: { type: "tuple", items: [text, number] },
    },
    {
      name: "a tuple with more of the same",
      given: { type: "array", prefixItems: [{ type: "string" }], items: { type: "number" } },
      want: { type: "tuple", items: [text], rest: number },
    },
    {
      name: "a tuple with more of anything",
      given: { type: "array", prefixItems: [{ type: "string" }] },
      want: { type: "tuple", items: [text], rest: any },
    },
    {
      name: "a tuple that is as long as it may be",
      given: { type: "array", prefixItems: [{ type: "string" }], minItems: 1, maxItems: 1 },
      want: { type: "tuple", items: [text] },
    },
    {
      name: "a tuple as drafts before had it",
      given: { type: "array", items: [{ type: "string" }], additionalItems: false },
      want: { type: "tuple", items: [text] },
    },
    { name: "an object of anything", given: { type: "object" }, want: { type: "record", values: any } },
    {
      name: "an object by names that are data",
      given: { type: "object", additionalProperties: { type: "number" } },
      want: { type: "record", values: number },
    },
    {
      name: "an object by names that are stated",
      given: {
        type: "object",
        propertyNames: { enum: ["cat", "dog"] },
        additionalProperties: { type: "number" },
      },
      want: { type: "record", values: number, keys: ["cat", "dog"] },
    },
    {
      name: "names by a pattern",
      given: { type: "object", patternProperties: { "^x": { type: "number" } } },
      want: { type: "record", values: any },
    },
    { name: "base64 as 3.0 has it", given: { type: "string", format: "byte" }, want: file("base64") },
    {
      name: "base64 as 3.1 has it",
      given: { type: "string", contentEncoding: "base64", contentMediaType: "image/png" },
      want: file("base64", "image/png"),
    },
    { name: "a data URL", given: { type: "string", format: "data-url" }, want: file("data-url") },
    {
      name: "a data URL by its pattern",
      given: { type: "string", pattern: "^data:image/" },
      want: file("data-url"),
    },
    {
      name: "bytes in JSON, which can only be text",
      given: { type: "string", format: "binary" },
      want: text,
    },
    { name: "JSON in text", given: { type: "string", contentMediaType: "application/json" }, want: text },
    { name: "a type that is no text", given: { type: 7 }, want: any },
    { name: "what is not", given: { type: "string", not: { enum: ["a"] }, if: {}, else: false }, want: text },
    { name: "leftovers of a library", given: { type: "integer", ge: 1, le: 3 }, want: { type: "integer" } },
    {
      name: "keywords of the wrong kind",
      given: { anyOf: {}, allOf: 3, enum: "a", required: {}, type: "string" },
      want: text,
    },
  ])("$name", async ({ given, want }) => {
    const { shape, shapes, notes } = await read(given);
    expect(shape).toEqual(want);
    expect(shapes).toEqual([]);
    expect(notes).toEqual([]);
  });

  test("leaves out what is no members, and says so", async () => {
    const { notes } = await read({ type: "object", properties: ["a"], required: ["a"] });
    expect(notes).toMatchObject([{ code: "schema/no-members", pointer: "/x-read/0/schema/properties" }]);
  });

  test.each([
    { name: "of a type that is none", given: { type: "NamedEmbedding" }, code: "schema/unknown-type" },
    { name: "that is text", given: "string", code: "schema/none" },
    { name: "that is a list", given: [1], code: "schema/none" },
  ])("$name is anything, and noted", async ({ given, code }) => {
    const { shape, notes } = await read(given);
    expect(shape).toEqual(any);
    expect(notes).toMatchObject([{ code, severity: "warning", pointer: "/x-read/0/schema" }]);
  });

  test("is a file at its address where the system means that", async () => {
    const { shape } = await read({ type: "string", format: "uri" }, { uri: "file" });
    expect(shape).toEqual(file("uri"));
  });
});

describe("schemas that hold at once", () => {
  const schemas = { Size: { type: "string", enum: ["s", "m", "l"] }, Count: { type: "integer", minimum: 1 } };
  test.each([
    {
      name: "a reference with a default",
      given: { allOf: [{ $ref: "#/components/schemas/Size" }], default: "s", "x-order": 3 },
      want: { type: "named", name: "Size" },
    },
    {
      name: "a reference that may be null",
      given: { allOf: [{ $ref: "#/components/schemas/Size" }], nullable: true },
      want: union({ type: "named", name: "Size" }, nothing),
    },
    {
      name: "a reference with keywords beside it",
      given: { $ref: "#/components/schemas/Count", maximum: 9 },
      want: { type: "integer", min: 1, max: 9 },
    },
    {
      name: "null beside a reference",
      given: { $ref: "#/components/schemas/Size", nullable: true },
      want: union({ type: "named", name: "Size" }, nothing),
    },
    {
      name: "types that overlap",
      given: { allOf: [{ type: ["string", "integer"] }, { type: "number" }] },
      want: { type: "integer" },
    },
    {
      name: "types that do not: the last",
      given: { allOf: [{ type: "string" }, { type: "number" }] },
      want: number,
    },
    {
      name: "labels that overlap",
      given: { allOf: [{ enum: ["a", "b"] }, { enum: ["b", "c"] }] },
      want: labels("b"),
    },
    {
      name: "bounds: the tighter",
      given: { type: "number", minimum: 0, allOf: [{ minimum: 1 }] },
      want: { type: "number", min: 1 },
    },
    {
      name: "alternatives twice: all pairs",
      given: {
        anyOf: [{ type: "string" }, { type: "number" }],
        oneOf: [{ type: "number" }, { type: "null" }],
      },
      want: union(number, nothing),
    },
  ])("$name", async ({ given, want }) => {
    expect((await read(given, { schemas })).shape).toEqual(want);
  });

  test("merge their members, and what each requires", async () => {
    const reading = await read(
      {
        allOf: [
          { $ref: "#/components/schemas/Base" },
          { type: "object", properties: { b: { type: "number" }, id: { minimum: 1 } }, required: ["b"] },
        ],
      },
      {
        schemas: { Base: { type: "object", properties: { id: { type: "integer" } }, required: ["id"] } },
        name: "Sum",
      },
    );
    expect(reading.shape).toEqual({ type: "named", name: "Sum" });
    expect(membersOf(reading, "Sum")).toEqual({ id: { type: "integer", min: 1 }, b: number });
    expect(reading.shapes[0]?.wireType).toBeNull();
  });

  test("go into each alternative of an object", async () => {
    const schemas = {
      Pet: {
        type: "object",
        properties: { name: { type: "string" } },
        required: ["name"],
        oneOf: [{ $ref: "#/components/schemas/Cat" }, { properties: { barks: { type: "boolean" } } }],
      },
      Cat: { type: "object", properties: { lives: { type: "integer" } } },
    };
    const reading = await read({ $ref: "#/components/schemas/Pet" }, { schemas });
    expect(reading.shape).toEqual(union({ type: "named", name: "PetCat" }, { type: "named", name: "Pet2" }));
    expect(membersOf(reading, "PetCat")).toEqual({ name: text, "lives?": { type: "integer" } });
    expect(membersOf(reading, "Pet2")).toEqual({ name: text, "barks?": { type: "boolean" } });
  });
});
