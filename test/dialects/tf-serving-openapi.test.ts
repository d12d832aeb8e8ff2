import { describe, expect, test } from "vitest";
import { tfServing } from "../../src/dialects/tf-serving.js";
import { interpret, openapi, properties, read, refusal } from "./tf-serving-descriptions.js";

const list = (items: object, length?: number): object => ({
  type: "array",
  ...(length === undefined ? {} : { minItems: length, maxItems: length }),
  items,
});
const number = { type: "number" };
const b64 = properties({ b64: { type: "string" } });
const reply = properties({ outputs: { type: "number" } });

async function inputOf(schema: object, name = "x") {
  const { model, diagnostics } = await interpret(
    openapi(properties({ inputs: properties({ [name]: schema }) }), reply),
  );
  const [operation] = model.operations;
  return { codec: operation?.input.features[0]?.codec, framing: operation?.framing, diagnostics };
}

describe("a tensor's schema", () => {
  test.each([
    { name: "a number", given: number, want: { dtype: "float64", shape: [], assumed: true } },
    { name: "a list", given: list(number), want: { dtype: "float64", shape: [-1], assumed: true } },
    { name: "fixed lists", given: list(list(number, 3), 2), want: { shape: [2, 3], assumed: true } },
    {
      name: "bounds that differ",
      given: { ...list(number), minItems: 1, maxItems: 2 },
      want: { shape: [-1] },
    },
    { name: "anything", given: {}, want: { dtype: "float64", shape: null, assumed: true } },
    { name: "a list of anything", given: list({}), want: { shape: null, assumed: true } },
    { name: "a list without items", given: { type: "array" }, want: { shape: null, assumed: true } },
    { name: "text", given: { type: "string" }, want: { dtype: "string", shape: [] } },
    { name: "b64", given: list(b64), want: { dtype: "binary", shape: [-1] } },
    { name: "truth", given: { type: "boolean" }, want: { dtype: "bool" } },
    { name: "an integer", given: { type: "integer" }, want: { dtype: "int64" } },
    { name: "an int32", given: { type: "integer", format: "int32" }, want: { dtype: "int32" } },
    { name: "a float", given: { type: "number", format: "float" }, want: { dtype: "float32" } },
    { name: "a double", given: { type: "number", format: "double" }, want: { dtype: "float64" } },
    { name: "nullable text", given: { type: ["null", "string"] }, want: { dtype: "string" } },
    {
      name: "a mark",
      given: { "x-tensor": { dtype: "int8", shape: [-1, 2] } },
      want: { dtype: "int8", shape: [-1, 2] },
    },
    {
      name: "TensorFlow's name",
      given: { "x-tensor": { dtype: "DT_UINT64", shape: null } },
      want: { dtype: "uint64", shape: null },
    },
    {
      name: "a mark of the dtype alone",
      given: { ...list(number, 4), "x-tensor": { dtype: "float32" } },
      want: { dtype: "float32", shape: [4] },
    },
    {
      name: "a mark of the shape alone",
      given: { ...number, "x-tensor": { shape: [-1] } },
      want: { dtype: "float64", shape: [-1], assumed: true },
    },
  ])("$name", async ({ given, want }) => {
    const { codec } = await inputOf(given);
    expect(codec).toMatchObject({ kind: "tensor", form: "nested", ...want });
    expect(codec).toHaveProperty("dtype");
    if (!("assumed" in want) && "dtype" in want) expect(codec).not.toHaveProperty("assumed");
  });

  test("is bytes where its alias ends in _bytes", async () => {
    expect((await inputOf({ type: "string" }, "x_bytes")).codec).toMatchObject({ dtype: "binary" });
    expect((await inputOf({ "x-tensor": { dtype: "DT_STRING" } }, "x_bytes")).codec).toMatchObject({
      dtype: "binary",
    });
  });

  test("of an input called b64 is told from bytes by its mark", async () => {
    const marked = properties({
      inputs: properties({ b64: { type: "string", "x-tensor": { dtype: "string" } } }),
    });
    const { model } = await interpret(openapi(marked, reply));
    expect(model.operations[0]?.input.features).toMatchObject([
      { wireName: "b64", codec: { dtype: "string" } },
    ]);
  });

  test.each([
    { name: "a dtype that REST cannot carry", mark: { dtype: "float16" }, want: "tf-serving/bad-dtype" },
    { name: "a dtype that is no text", mark: { dtype: 1 }, want: "tf-serving/bad-dtype" },
    { name: "a shape that is no list", mark: { dtype: "int8", shape: 2 }, want: "tf-serving/bad-shape" },
    { name: "a length that is none", mark: { dtype: "int8", shape: ["2"] }, want: "tf-serving/bad-shape" },
    { name: "a negative length", mark: { dtype: "int8", shape: [-2] }, want: "tf-serving/bad-shape" },
  ])("$name is refused", async ({ mark, want }) => {
    const body = properties({ inputs: properties({ x: { "x-tensor": mark } }) });
    expect(await refusal(openapi(body, reply))).toBe(want);
  });

  test("of lists without end is refused", async () => {
    const endless = { components: { schemas: { L: list({ $ref: "#/components/schemas/L" }) } } };
    const body = properties({ inputs: properties({ x: { $ref: "#/components/schemas/L" } }) });
    expect(await refusal(openapi(body, reply, endless))).toBe("tf-serving/bad-shape");
  });
});

describe("rows", () => {
  const rows = (items: object): object => properties({ instances: { type: "array", items } });
  const answers = (items: object): object => properties({ predictions: { type: "array", items } });

  test("have their batch dimension restored", async () => {
    const { model } = await interpret(
      openapi(rows(properties({ a: number, b: list(number, 2) })), answers(number)),
    );
    const [operation] = model.operations;
    expect(operation?.framing).toMatchObject({ batched: true });
    expect(operation?.input).toMatchObject({
      bare: false,
      features: [{ codec: { shape: [-1] } }, { codec: { shape: [-1, 2] } }],
    });
    expect(operation?.output).toMatchObject({
      bare: true,
      features: [{ wireName: "output", codec: { shape: [-1], unnamed: true } }],
    });
  });

  test("cannot have a first dimension that is fixed", async () => {
    const fixed = rows(properties({ x: { "x-tensor": { dtype: "int8", shape: [2] } } }));
    expect(await refusal(openapi(fixed, answers(number)))).toBe("tf-serving/bad-shape");
  });

  test("of one tensor are named by its mark", async () => {
    const one = rows({ "x-tensor": { name: "x", dtype: "float32", shape: [-1, 2] } });
    const { model } = await interpret(openapi(one, answers(number)));
    expect(model.operations[0]?.input).toMatchObject({ bare: true, features: [{ wireName: "x" }] });
    expect(model.operations[0]?.input.features[0]?.codec).not.toHaveProperty("unnamed");
  });
});

describe("what is said", () => {
  test("of dtypes that are not stated, once, with the names", async () => {
    const { diagnostics } = await inputOf(number);
    expect(diagnostics).toMatchObject([{ code: "tf-serving/no-dtypes", severity: "warning" }]);
    expect(diagnostics[0]?.message).toContain('"x", "output"');
    expect(diagnostics[0]?.hint).toContain("--metadata");
  });

  test.each([
    { name: "no inputs", body: properties({ other: number }), answer: reply, want: "tf-serving/no-inputs" },
    {
      name: "empty inputs",
      body: properties({ inputs: properties({}) }),
      answer: reply,
      want: "tf-serving/no-inputs",
    },
    {
      name: "no outputs",
      body: properties({ inputs: number }),
      answer: properties({}),
      want: "tf-serving/no-outputs",
    },
  ])("$name is an error", async ({ body, answer, want }) => {
    expect(await refusal(openapi(body, answer))).toBe(want);
  });

  test("a key in the query is left out", async () => {
    const scheme = (where: string): object => ({ type: "apiKey", in: where, name: "key" });
    const security = { components: { securitySchemes: { q: scheme("query"), h: scheme("header") } } };
    const { model, diagnostics } = await interpret(
      openapi(properties({ inputs: { type: "string" } }), reply, security),
    );
    expect(model.auth).toEqual([{ kind: "api-key", in: "header", name: "key" }]);
    expect(diagnostics.map(({ code }) => code)).toContain("tf-serving/key-in-query");
  });
});

describe("calls", () => {
  const call = (more: object = {}): object => {
    const given: unknown = openapi(
      properties({ inputs: { type: "string" } }),
      properties({ outputs: { type: "string" } }),
    );
    return { post: { ...Object(given).paths["/v1/models/m:predict"].post, ...more } };
  };
  const described = (paths: object, more: object = {}): object => ({ ...openapi({}, {}), paths, ...more });
  const signatures = async (paths: object): Promise<readonly string[]> => {
    const { model } = await interpret(described(paths));
    return model.operations.map(({ framing }) => (framing.protocol === "tensors" ? framing.signature : ""));
  };

  test("are told apart by x-signature, paths by a fragment; a version's or label's own are the same call", async () => {
    const found = await signatures({
      "/v1/models/m:predict#b": call({ "x-signature": "b" }),
      "/v1/models/m:predict": call(),
      "/v1/models/m/versions/{version}:predict": call(),
      "/v1/models/m/labels/{label}:predict": call(),
    });
    expect(found).toEqual(["serving_default", "b"]);
  });

  test("of several models are refused, and chosen from by --operation", async () => {
    const two = described({
      "/v1/models/a:predict": call({ operationId: "a" }),
      "/v1/models/b:predict": call(),
    });
    expect(await refusal(two)).toBe("tf-serving/several-models");
    const { model } = await interpret(two, { operations: ["a"] });
    expect(model.operations.map(({ id }) => id)).toEqual(["a"]);
    expect(await refusal(two, { operations: ["c"] })).toBe("tf-serving/unknown-operation");
  });

  test.each([
    { path: "/v1/models/m:predict", servers: [{ url: "https://h/p/" }], want: "https://h/p/v1/models/m" },
    {
      path: "/v1/models/m/versions/3:predict",
      servers: [{ url: "https://h" }],
      want: "https://h/v1/models/m",
    },
    { path: "/v1/models/{m}:predict", servers: [{ url: "https://h" }], want: null },
    { path: "/v1/models/m:predict", servers: [], want: null },
  ])("$path have the address $want", async ({ path, servers, want }) => {
    const { model } = await interpret(described({ [path]: call() }, { servers }));
    expect(model.url).toBe(want);
  });

  test.each([
    { name: "a predict with inputs", paths: { "/v1/models/m:predict": call() }, want: true },
    { name: "a version", paths: { "/v1/models/m/versions/1:predict": call() }, want: true },
    { name: "a prefix", paths: { "/tf/v1/models/m:predict": call() }, want: true },
    {
      name: "another vendor's predict",
      paths: { "/v1/projects/p/endpoints/e:predict": call() },
      want: false,
    },
    { name: "another verb", paths: { "/v1/models/m:explain": call() }, want: false },
    { name: "no body", paths: { "/v1/models/m:predict": { post: {} } }, want: false },
  ])("$name: recognised is $want", async ({ paths, want }) => {
    expect(tfServing.recognises(await read(described(paths)))).toBe(want);
  });

  test("with examples have the features of their schema, those of the context among them", async () => {
    const examples = {
      type: "array",
      items: {
        ...properties({ f: number, i: { type: "integer" }, t: list({ type: "string" }), q: {} }),
        required: ["f"],
      },
    };
    const post = {
      requestBody: {
        content: {
          "application/json": {
            schema: properties({ examples, context: properties({ f: number, c: b64 }) }),
          },
        },
      },
    };
    const { model } = await interpret(described({ "/v1/models/m:classify": { post } }));
    expect(model.operations).toMatchObject([{ framing: { protocol: "examples", verb: "classify" } }]);
    const features = model.operations[0]?.input.features.map(({ wireName, required, codec }) => [
      wireName,
      required,
      codec,
    ]);
    expect(features).toEqual([
      ["f", true, { kind: "example", type: "float", list: false }],
      ["i", false, { kind: "example", type: "int64", list: false }],
      ["t", false, { kind: "example", type: "bytes", list: true }],
      ["q", false, { kind: "example", type: null, list: false }],
      ["c", false, { kind: "example", type: "bytes", list: false }],
    ]);
    const both = described({ "/v1/models/m:classify": { post }, "/v1/models/m:regress": { post } });
    expect((await interpret(both)).diagnostics).toMatchObject([{ code: "tf-serving/two-verbs" }]);
  });
});
