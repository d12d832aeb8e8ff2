import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { interpret, predictions, sketch } from "./cog-descriptions.js";

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
