import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cog } from "../../src/dialects/cog.js";
import type { Interpretation } from "../../src/dialects/dialect.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import type { FeatureModel } from "../../src/model/deployment-model.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";
import type { ResolvedSpec } from "../../src/spec/spec-types.js";

/** What a small description has. */
interface Sketch {
  readonly inputs?: object;
  readonly required?: readonly string[];
  readonly output?: object;
  readonly components?: object;
  readonly more?: object;
}

function sketch({
  inputs = {},
  required = [],
  output = { type: "string" },
  components,
  more,
}: Sketch): string {
  const schemas = { Input: { type: "object", properties: inputs, required }, Output: output, ...components };
  return JSON.stringify({ components: { schemas }, ...more });
}

const read = async (text: string, url: string | null = null): Promise<ResolvedSpec> =>
  await resolve(parse({ name: "spec.json", url, text }));

async function interpret(
  given: Sketch | string,
  said: { readonly url?: string; readonly labels?: object; readonly operations?: readonly string[] } = {},
): Promise<Interpretation> {
  const spec = await read(typeof given === "string" ? given : sketch(given), said.url ?? null);
  const labels = new Map(Object.entries(said.labels ?? {}));
  return cog.interpret(spec, { labels, operations: said.operations ?? [] });
}

const inputsOf = ({ model }: Interpretation): readonly FeatureModel[] =>
  model.operations[0]?.input.features ?? [];
const predictions = { "/predictions": { post: { operationId: "predict_predictions_post" } } };

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

describe("an output", () => {
  const iterator = { type: "array", "x-cog-array-type": "iterator" };
  const uri = { type: "string", format: "uri" };
  test.each([
    { name: "text", output: { type: "string" }, form: "value", shape: { type: "text" } },
    { name: "a file", output: uri, form: "value", shape: { type: "file", form: "uri" } },
    {
      name: "files",
      output: { type: "array", items: uri },
      form: "value",
      shape: { type: "list", items: { type: "file", form: "uri" } },
    },
    {
      name: "files one by one",
      output: { ...iterator, items: uri },
      form: "list",
      shape: { type: "file", form: "uri" },
    },
    {
      name: "tokens",
      output: { ...iterator, items: { type: "string" }, "x-cog-array-display": "concatenate" },
      form: "text",
      shape: { type: "text" },
    },
    {
      name: "numbers that cannot be joined",
      output: { ...iterator, items: { type: "integer" }, "x-cog-array-display": "concatenate" },
      form: "list",
      shape: { type: "integer" },
    },
    { name: "anything", output: { title: "Output" }, form: "value", shape: { type: "any" } },
    { name: "items of any kind", output: iterator, form: "list", shape: { type: "any" } },
    {
      name: "behind a reference",
      output: { $ref: "#/components/schemas/Out" },
      form: "list",
      shape: { type: "number" },
    },
  ])("that is $name", async ({ output, form, shape }) => {
    const components = { Out: { ...iterator, items: { type: "number" } } };
    const { model } = await interpret({ output, components });
    expect(model.operations[0]?.framing).toMatchObject({ output: form });
    expect(model.operations[0]?.output).toMatchObject({
      bare: true,
      stream: form !== "value",
      features: [{ codec: { kind: "json", shape } }],
    });
  });
});

describe("a model", () => {
  const server = sketch({ more: { paths: predictions, info: { title: "Cog" } } });
  test.each([
    { name: "no place", text: server, url: undefined, want: null },
    {
      name: "its server",
      text: server,
      url: "http://localhost:5000/openapi.json",
      want: "http://localhost:5000",
    },
    {
      name: "no host of files",
      text: server,
      url: "https://files.example/o/n/openapi_schema.json",
      want: null,
    },
    {
      name: "what is stated",
      text: sketch({ more: { paths: predictions, servers: [{ url: "https://m.example/v2/" }] } }),
      url: undefined,
      want: "https://m.example/v2",
    },
  ])("runs at $name", async ({ text, url, want }) => {
    const { model, diagnostics } = await interpret(text, url === undefined ? {} : { url });
    expect(model.url).toBe(want);
    expect(diagnostics.map(({ code }) => code)).toEqual(want === null ? ["cog/no-place"] : []);
  });

  test("streams where its operation says so", async () => {
    const paths = { "/predictions": { post: { "x-cog-streaming": true } } };
    const { model } = await interpret({ more: { paths } });
    expect(model.operations[0]?.framing).toMatchObject({ streams: true });
  });

  test("is known by what Replicate calls it", async () => {
    const { components } = JSON.parse(sketch({}));
    const text = JSON.stringify({
      owner: "o",
      name: "n",
      latest_version: { id: "v", openapi_schema: { components } },
    });
    const { model, diagnostics } = await interpret(text);
    expect(model).toMatchObject({ title: "n", operations: [{ framing: { model: "o/n", version: "v" } }] });
    expect(diagnostics).toEqual([]);
  });

  test("has one operation, by either of its names", async () => {
    for (const name of ["predict_predictions_post", "POST /predictions"]) {
      expect((await interpret(server, { operations: [name] })).model.operations).toHaveLength(1);
    }
    await expect(interpret(server, { operations: ["train"] })).rejects.toMatchObject({
      code: "cog/unknown-operation",
    });
  });
});

test("no description makes it throw anything but its own errors", async () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const schema = fc.oneof(
    json,
    fc.record(
      {
        type: fc.oneof(fc.constantFrom("string", "integer", "array", "object", "NamedEmbedding"), json),
        "x-order": json,
        default: json,
        nullable: json,
        allOf: json,
        items: json,
        enum: json,
        "x-cog-array-type": fc.constantFrom("iterator", 1),
      },
      { requiredKeys: [] },
    ),
  );
  const document = fc.record({
    components: fc.record({
      schemas: fc.record({
        Input: fc.oneof(json, fc.record({ properties: fc.dictionary(fc.string(), schema), required: json })),
        Output: schema,
      }),
    }),
  });
  await fc.assert(
    fc.asyncProperty(document, async (given) => {
      try {
        await interpret(JSON.stringify(given));
      } catch (error) {
        expect(error).toBeInstanceOf(GenDeployError);
      }
    }),
    { numRuns: 300 },
  );
});
