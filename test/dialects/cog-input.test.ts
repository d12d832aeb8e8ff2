import { describe, expect, test } from "vitest";
import { cog } from "../../src/dialects/cog.js";
import type { Interpretation } from "../../src/dialects/dialect.js";
import type { FeatureModel } from "../../src/model/deployment-model.js";
import { interpret, predictions, read } from "./cog-descriptions.js";

const inputsOf = ({ model }: Interpretation): readonly FeatureModel[] =>
  model.operations[0]?.input.features ?? [];
describe("a description is Cog's", () => {
  test.each([
    {
      name: "with Input and Output",
      given: { components: { schemas: { Input: {}, Output: {} } } },
      want: true,
    },
    {
      name: "with Input and PredictionRequest",
      given: { components: { schemas: { Input: {}, PredictionRequest: {} } } },
      want: true,
    },
    {
      name: "without Input",
      given: { components: { schemas: { Output: {}, PredictionRequest: {} } } },
      want: false,
    },
    { name: "with Input alone", given: { components: { schemas: { Input: {} } } }, want: false },
    {
      name: "with a server's paths",
      given: { components: { schemas: { Input: {}, Output: {} } }, paths: predictions },
      want: true,
    },
    {
      name: "with paths of another service",
      given: { components: { schemas: { Input: {}, Output: {} } }, paths: { "/score": { post: {} } } },
      want: false,
    },
    { name: "without components", given: { paths: predictions }, want: false },
    {
      name: "with components that are none",
      given: { components: { schemas: { Input: 1, Output: [] } } },
      want: false,
    },
  ])("$name: $want", async ({ given, want }) => {
    expect(cog.recognises(await read(JSON.stringify(given)))).toBe(want);
  });
});

describe("an input", () => {
  const shapes: readonly { readonly name: string; readonly schema: object; readonly want: object }[] = [
    { name: "text", schema: { type: "string" }, want: { type: "text" } },
    { name: "a file", schema: { type: "string", format: "uri" }, want: { type: "file", form: "uri" } },
    {
      name: "a secret",
      schema: { type: "string", format: "password", "x-cog-secret": true },
      want: { type: "text" },
    },
    {
      name: "a whole number",
      schema: { type: "integer", minimum: 1, maximum: 8 },
      want: { type: "integer", min: 1, max: 8 },
    },
    { name: "bounds of an old pydantic", schema: { type: "number", ge: 1, le: 8 }, want: { type: "number" } },
    {
      name: "labels without a type",
      schema: { enum: ["a", "b", "a"] },
      want: { type: "enum", values: ["a", "b"] },
    },
    { name: "a type of Python's", schema: { type: "NamedEmbedding" }, want: { type: "any" } },
    { name: "nullable", schema: { type: "integer", nullable: true }, want: { type: "integer" } },
    {
      name: "files",
      schema: { type: "array", items: { type: "string", format: "uri" } },
      want: { type: "list", items: { type: "file", form: "uri" } },
    },
  ];
  test.each(shapes)("that is $name", async ({ schema, want }) => {
    const [input] = inputsOf(await interpret({ inputs: { a: schema } }));
    expect(input?.codec).toEqual({ kind: "json", shape: want });
  });

  test("takes its labels from a component, with its default", async () => {
    const inputs = { size: { allOf: [{ $ref: "#/components/schemas/size" }], default: "32" } };
    const components = { size: { enum: ["32", "48"], type: "integer", title: "size" } };
    const described = await interpret({ inputs, components, required: ["size"] });
    const [size] = inputsOf(described);
    expect(size).toMatchObject({
      required: false,
      doc: 'Default: "32".',
      codec: { shape: { type: "named", name: "size" } },
    });
    expect(described.model.shapes).toMatchObject([
      { name: "size", shape: { type: "enum", values: ["32", "48"] } },
    ]);
  });

  test.each([
    { name: "required", schema: {}, required: ["a"], want: true },
    { name: "not listed", schema: {}, required: [], want: false },
    { name: "with a default", schema: { default: 0 }, required: ["a"], want: false },
    { name: "nullable", schema: { nullable: true }, required: ["a"], want: false },
  ])("that is $name must be given: $want", async ({ schema, required, want }) => {
    const [input] = inputsOf(await interpret({ inputs: { a: { type: "integer", ...schema } }, required }));
    expect(input?.required).toBe(want);
  });

  test("stands in the model's own order", async () => {
    const order = (at: number): object => ({ type: "string", "x-order": at });
    const inputs = { d: { type: "string" }, c: order(10), b: order(2), a: order(0), e: { type: "string" } };
    expect(inputsOf(await interpret({ inputs })).map(({ wireName }) => wireName)).toEqual([
      "a",
      "b",
      "c",
      "d",
      "e",
    ]);
  });

  test("tells its default, unless that is a secret", async () => {
    const inputs = {
      a: { type: "number", description: " How much. ", default: 0.5 },
      b: { type: "string", default: "hunter2", "x-cog-secret": true },
      c: { type: "string", default: null, deprecated: true },
    };
    expect(inputsOf(await interpret({ inputs })).map(({ doc }) => doc)).toEqual([
      "How much.\n\nDefault: 0.5.",
      "",
      "Deprecated.",
    ]);
  });

  test("takes labels of the user's where it is text, and others are refused", async () => {
    const inputs = { a: { type: "string" }, b: { type: "integer" } };
    const [input] = inputsOf(await interpret({ inputs }, { labels: { a: ["x", "y"] } }));
    expect(input?.codec).toMatchObject({ shape: { type: "enum", values: ["x", "y"] } });
    for (const name of ["b", "nobody"]) {
      await expect(interpret({ inputs }, { labels: { [name]: ["x"] } })).rejects.toMatchObject({
        code: "cog/bad-labels",
      });
    }
  });
});
