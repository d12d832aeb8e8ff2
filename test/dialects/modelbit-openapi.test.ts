import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.js";
import { interpret, openapi, operation, read, refusal } from "./modelbit-descriptions.js";

async function first(text: string) {
  const { model, diagnostics } = await interpret(text);
  const [only] = model.operations;
  if (only === undefined) throw new Error("no operation");
  const inputs = only.input.features.map(({ wireName, codec, required }) => [
    wireName,
    codec.kind === "json" ? codec.shape : codec,
    required,
  ]);
  const result = only.output.features[0]?.codec;
  return { ...model, inputs, result: result?.kind === "json" ? result.shape : result, diagnostics };
}

async function claimants(text: string): Promise<readonly string[]> {
  const spec = await read(text);
  return dialects.filter((dialect) => dialect.recognises(spec)).map(({ id }) => id);
}

describe("the arguments of a function", () => {
  const integer = { type: "integer" };
  test.each([
    { name: "one scalar", data: integer, want: [["data", integer, true]] },
    { name: "one scalar with a title", data: { ...integer, title: "half" }, want: [["half", integer, true]] },
    {
      name: "one that may be null",
      data: { type: ["integer", "null"] },
      want: [["data", { type: "union", of: [integer, { type: "null" }] }, true]],
    },
    {
      name: "one list",
      data: { type: "array", items: integer },
      want: [["data", { type: "list", items: integer }, true]],
    },
    {
      name: "several",
      data: {
        prefixItems: [
          { ...integer, title: "b" },
          { title: "a", type: "string" },
        ],
      },
      want: [
        ["b", integer, true],
        ["a", { type: "text" }, true],
      ],
    },
    {
      name: "several, the last of which may be left out",
      data: {
        minItems: 1,
        prefixItems: [
          { ...integer, title: "a" },
          { ...integer, title: "b" },
        ],
      },
      want: [
        ["a", integer, true],
        ["b", integer, false],
      ],
    },
    { name: "none", data: { prefixItems: [] }, want: [] },
    {
      name: "names of any kind",
      data: {
        prefixItems: [
          { ...integer, title: "__proto__" },
          { ...integer, title: "a b" },
        ],
      },
      want: [
        ["__proto__", integer, true],
        ["a b", integer, true],
      ],
    },
    { name: "anything at all", data: true, want: [["data", { type: "any" }, true]] },
  ])("are $name", async ({ data, want }) => {
    expect((await first(openapi(data))).inputs).toEqual(want);
  });

  test("are known by position where they have no title, and gen-deploy says so", async () => {
    const { inputs, diagnostics } = await first(openapi({ prefixItems: [{ type: "integer" }, {}] }));
    expect(inputs.map(([name]) => name)).toEqual(["argument1", "argument2"]);
    expect(diagnostics.map(({ code }) => code)).toContain("modelbit/unnamed-argument");
  });

  test("cannot have the same name", async () => {
    const data = { prefixItems: [{ title: "a" }, { title: "a" }] };
    expect(await refusal(openapi(data))).toMatch(/^modelbit\/bad-argument .*\/prefixItems\/1$/);
  });

  test("are a dictionary by the name of its title, or of its schema", async () => {
    const members = { type: "object", properties: { value: { type: "integer" } } };
    const titled = await first(openapi({ ...members, title: "half" }, members));
    expect(titled.inputs).toEqual([["half", { type: "named", name: expect.any(String) }, true]]);
    expect(titled.shapes).toHaveLength(2);
    const referred = JSON.stringify({
      ...JSON.parse(openapi({ $ref: "#/components/schemas/Half" }, { $ref: "#/components/schemas/Half" })),
      components: { schemas: { Half: members } },
    });
    const { inputs, result, shapes } = await first(referred);
    expect(inputs).toEqual([["Half", { type: "named", name: "Half" }, true]]);
    expect(result).toEqual({ type: "named", name: "Half" });
    expect(shapes).toMatchObject([{ name: "Half", side: "both" }]);
  });
});

describe("the address of a function", () => {
  const servers = [{ url: "https://w.modelbit.com/" }];
  const at = (path: string, more: object = {}): string =>
    JSON.stringify({ openapi: "3.1.0", servers, paths: { [path]: { post: { ...operation({}), ...more } } } });
  const parameters = [
    { name: "version", in: "query", schema: { default: "no" } },
    { name: "version", in: "path", schema: { type: "string", default: "latest" } },
  ];
  test.each([
    { name: "stated whole", text: at("/v1/f/main/3"), want: "https://w.modelbit.com/v1/f/main/3" },
    {
      name: "by default",
      text: at("/v1/f/{version}", { parameters }),
      want: "https://w.modelbit.com/v1/f/latest",
    },
    { name: "left open", text: at("/v1/f/{branch}/{version}", { parameters }), want: null },
    { name: "without a server", text: openapi({}), want: null },
  ])("$name", async ({ text, want }) => {
    const { url, diagnostics } = await first(text);
    expect(url).toBe(want);
    expect(diagnostics.some(({ code }) => code === "modelbit/no-url")).toBe(want === null);
  });

  test("names the package where the document does not", async () => {
    expect((await first(at("/v1/my%20f/latest"))).title).toBe("my f");
    expect((await first(at("/v1/{f}/latest"))).title).toBe("Modelbit deployment");
  });

  test("is called with the raw key unless the document says otherwise", async () => {
    expect((await first(openapi({}))).auth).toEqual([{ kind: "raw" }]);
    expect((await first(at("/v1/f/latest", { security: [] }))).auth).toEqual([]);
  });
});

describe("documents of functions", () => {
  const two = JSON.stringify({
    openapi: "3.1.0",
    paths: { "/v1/f/latest": { post: operation({}) }, "/v1/g/latest": { post: operation({}) } },
  });
  test.each([
    { name: "one operation with data both ways", text: openapi({}), want: true },
    { name: "a branch too", text: openapi({}, {}, "/v1/f/main/latest"), want: true },
    { name: "two operations", text: two, want: false },
    { name: "a verb", text: openapi({}, {}, "/v1/models/m:predict"), want: false },
    { name: "another path", text: openapi({}, {}, "/predict"), want: false },
    { name: "a longer path", text: openapi({}, {}, "/v1/a/b/c/d"), want: false },
    { name: "no data", text: openapi({}).replace('"data"', '"input"'), want: false },
    { name: "metadata", text: '{"runtimeInfo":{"mainFunction":"f"}}', want: true },
    { name: "metadata of no function", text: '{"runtimeInfo":{"mainFunction":1}}', want: false },
  ])("$name: $want", async ({ text, want }) => {
    expect((await claimants(text)).includes("modelbit")).toBe(want);
  });

  test("are of one function, or of the one that is named", async () => {
    expect(await refusal(two)).toBe("modelbit/several-operations /paths");
    expect(await refusal(two, { operations: ["nope"] })).toBe("modelbit/unknown-operation /paths");
    const { model } = await interpret(two, { operations: ["post /v1/g/latest"] });
    expect(model.title).toBe("g");
  });

  test("without an operation that has data are refused", async () => {
    expect(await refusal('{"openapi":"3.1.0","paths":{}}')).toBe("modelbit/no-operation /paths");
  });

  test("take labels for texts, also for those that may be null", async () => {
    const text = openapi({
      prefixItems: [
        { title: "a", type: ["string", "null"] },
        { title: "b", type: "integer" },
      ],
    });
    const { model } = await interpret(text, { labels: { a: ["x"] } });
    expect(model.operations[0]?.input.features[0]?.codec).toEqual({
      kind: "json",
      shape: { type: "union", of: [{ type: "enum", values: ["x"] }, { type: "null" }] },
    });
    expect(await refusal(text, { labels: { b: ["x"] } })).toBe("modelbit/no-such-label-feature");
  });
});
