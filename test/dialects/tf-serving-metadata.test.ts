import { describe, expect, test } from "vitest";
import { interpret, metadata, read, refusal, signature, tensor } from "./tf-serving-descriptions.js";
import { tfServing } from "../../src/dialects/tf-serving.js";

async function first(signatures: object) {
  const { model, diagnostics } = await interpret(metadata(signatures));
  return { ...model, framing: model.operations[0]?.framing, diagnostics };
}

async function codecs(inputs: object) {
  const { model } = await interpret(metadata({ s: signature(inputs) }));
  return model.operations[0]?.input.features.map(({ codec }) => codec);
}

describe("dtypes", () => {
  const known = [
    ["DT_FLOAT", "float32"],
    ["DT_DOUBLE", "float64"],
    ["DT_INT8", "int8"],
    ["DT_INT16", "int16"],
    ["DT_INT32", "int32"],
    ["DT_INT64", "int64"],
    ["DT_UINT8", "uint8"],
    ["DT_UINT32", "uint32"],
    ["DT_UINT64", "uint64"],
    ["DT_BOOL", "bool"],
    ["DT_STRING", "string"],
    ["DT_FLOAT_REF", "float32"],
    ["DT_INT64_REF", "int64"],
  ] as const;
  test.each(known)("%s is %s", async (stated, dtype) => {
    expect(await codecs({ x: tensor(stated) })).toEqual([
      { kind: "tensor", dtype, shape: [-1], form: "nested" },
    ]);
  });

  test("text is bytes where the alias ends in _bytes, and other dtypes are not", async () => {
    const given = { a_bytes: tensor("DT_STRING"), b_bytes: tensor("DT_FLOAT"), c_BYTES: tensor("DT_STRING") };
    expect(await codecs(given)).toMatchObject([
      { dtype: "binary" },
      { dtype: "float32" },
      { dtype: "string" },
    ]);
  });

  const unsupported = "HALF BFLOAT16 UINT16 COMPLEX64 COMPLEX128 QINT8 RESOURCE VARIANT INVALID".split(" ");
  test.each(unsupported.flatMap((name) => [`DT_${name}`, `DT_${name}_REF`]))(
    "%s leaves the signature out, in and out",
    async (dtype) => {
      const { operations, diagnostics } = await first({
        a: signature({ x: tensor(dtype) }),
        b: signature(undefined, { y: tensor(dtype) }),
        c: signature(),
      });
      expect(operations.map(({ id }) => id)).toEqual(["c"]);
      expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
        "warning tf-serving/not-callable",
        "warning tf-serving/not-callable",
      ]);
    },
  );
});

describe("shapes", () => {
  const shaped = (tensor_shape: unknown) => ({ x: { dtype: "DT_FLOAT", tensor_shape, name: "" } });
  test.each([
    { name: "of a scalar", given: { dim: [], unknown_rank: false }, want: [] },
    { name: "of unknown rank", given: { dim: [], unknown_rank: true }, want: null },
    { name: "left out", given: undefined, want: null },
    { name: "null", given: null, want: null },
    { name: "with everything at its default", given: {}, want: [] },
    { name: "in camel case", given: { dim: [{ size: "2" }], unknownRank: false }, want: [2] },
    { name: "of unknown rank in camel case", given: { unknownRank: true }, want: null },
    { name: "with numbers", given: { dim: [{ size: -1 }, { size: 3 }, {}] }, want: [-1, 3, 0] },
  ])("$name", async ({ given, want }) => {
    expect(await codecs(shaped(given))).toMatchObject([{ shape: want }]);
  });

  test.each([
    { name: "a fraction", given: { dim: [{ size: 1.5 }] } },
    { name: "less than -1", given: { dim: [{ size: "-2" }] } },
    { name: "text", given: { dim: [{ size: "x" }] } },
    { name: "beyond 2^31 elements", given: { dim: [{ size: "65536" }, { size: "65537" }] } },
    { name: "33 dimensions", given: { dim: Array.from({ length: 33 }, () => ({ size: "1" })) } },
    { name: "no list", given: { dim: "1" } },
    { name: "no object", given: [1] },
  ])("$name is none", async ({ given }) => {
    expect(await refusal(metadata({ s: signature(shaped(given)) }))).toBe("tf-serving/no-signature");
  });
});

describe("framing", () => {
  test.each([
    { name: "rows", inputs: { a: tensor("DT_FLOAT", [-1, 2]), b: tensor("DT_FLOAT", [-1]) }, batched: true },
    { name: "unknown rank", inputs: { a: tensor("DT_FLOAT", null) }, batched: true },
    {
      name: "a fixed first dimension",
      inputs: { a: tensor("DT_FLOAT", [-1]), b: tensor("DT_FLOAT", [3]) },
      batched: false,
    },
    { name: "a scalar", inputs: { a: tensor("DT_FLOAT", []) }, batched: false },
  ])("$name: batched is $batched", async ({ inputs, batched }) => {
    const { framing } = await first({ s: signature(inputs) });
    expect(framing).toEqual({ protocol: "tensors", signature: "s", batched });
  });
});

describe("signatures", () => {
  test("serving_default is the main one, then by name; the server's order does not count", async () => {
    const names = ["z", "serving_default", "B", "a"];
    const { operations } = await first(Object.fromEntries(names.map((name) => [name, signature()])));
    expect(operations.map(({ id }) => id)).toEqual(["serving_default", "B", "a", "z"]);
  });

  test("without a callable serving_default the first by name is", async () => {
    const { operations } = await first({ b: signature(), serving_default: signature({}), a: signature() });
    expect(operations.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  const example = { inputs: tensor("DT_STRING", null) };
  const scores = tensor("DT_FLOAT", [-1, 2]);
  const classes = tensor("DT_STRING", [-1, 2]);
  test.each([
    { name: "scores", inputs: example, outputs: { scores }, want: ["predict", "classify"] },
    { name: "classes", inputs: example, outputs: { classes }, want: ["predict", "classify"] },
    {
      name: "classes and scores",
      inputs: example,
      outputs: { classes, scores },
      want: ["predict", "classify"],
    },
    { name: "one more", inputs: example, outputs: { scores, z: scores }, want: ["predict"] },
    { name: "classes of numbers", inputs: example, outputs: { classes: scores }, want: ["predict"] },
    {
      name: "outputs",
      inputs: example,
      outputs: { outputs: tensor("DT_FLOAT", [-1, 1]) },
      want: ["predict", "regress"],
    },
    {
      name: "flat outputs",
      inputs: example,
      outputs: { outputs: tensor("DT_FLOAT") },
      want: ["predict", "regress"],
    },
    { name: "wide outputs", inputs: example, outputs: { outputs: scores }, want: ["predict"] },
    { name: "outputs of text", inputs: example, outputs: { outputs: classes }, want: ["predict"] },
    { name: "another input", inputs: { x: tensor("DT_STRING") }, outputs: { scores }, want: ["predict"] },
    {
      name: "an input of numbers",
      inputs: { inputs: tensor("DT_FLOAT") },
      outputs: { scores },
      want: ["predict"],
    },
    { name: "two inputs", inputs: { ...example, y: classes }, outputs: { scores }, want: ["predict"] },
  ])("$name: $want", async ({ inputs, outputs, want }) => {
    const { operations } = await first({ s: signature(inputs, outputs) });
    expect(operations.map(({ path }) => path.slice(1))).toEqual(want);
  });

  test.each([
    { verb: "classify", outputs: { scores } },
    { verb: "regress", outputs: { outputs: tensor("DT_FLOAT") } },
  ])("$verb is certain by its method name, and said to be uncertain otherwise", async ({ verb, outputs }) => {
    const certain = await first({ s: signature(example, outputs, `tensorflow/serving/${verb}`) });
    expect(certain.diagnostics).toEqual([]);
    const perhaps = await first({ s: signature(example, outputs) });
    expect(perhaps.diagnostics).toMatchObject([{ code: "tf-serving/perhaps-examples", severity: "info" }]);
  });

  test.each([
    { name: "without inputs", given: signature({}) },
    { name: "without outputs", given: signature(undefined, {}) },
    {
      name: "with a sparse input",
      given: signature({ x: { dtype: "DT_FLOAT", coo_sparse: { values_tensor_name: "" } } }),
    },
    { name: "with a composite input", given: signature({ x: { dtype: "DT_FLOAT", compositeTensor: {} } }) },
    { name: "with a strange input", given: signature({ x: "DT_FLOAT" }) },
    { name: "without anything", given: {} },
  ])("$name are left out, and none at all is an error", async ({ given }) => {
    const { operations, diagnostics } = await first({ given, good: signature() });
    expect(operations.map(({ id }) => id)).toEqual(["good"]);
    expect(diagnostics).toMatchObject([
      { code: "tf-serving/not-callable", pointer: "/metadata/signature_def/signature_def/given" },
    ]);
    expect(await refusal(metadata({ given }))).toBe("tf-serving/no-signature");
  });

  test("nor can one without a name be called, which the server takes for the default", async () => {
    const { operations, diagnostics } = await first({ "": signature(), other: signature() });
    expect(operations.map(({ id }) => id)).toEqual(["other"]);
    expect(diagnostics).toMatchObject([{ code: "tf-serving/not-callable" }]);
  });

  test("--operation keeps those that it names", async () => {
    const given = metadata({ a: signature(), b: signature(), c: signature() });
    const { model } = await interpret(given, { operations: ["c", "a"] });
    expect(model.operations.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(await refusal(given, { operations: ["d"] })).toBe("tf-serving/unknown-operation");
  });

  test("names of the language's own are names like any other", async () => {
    const name = "__proto__";
    const given = JSON.parse(
      JSON.stringify(
        metadata({ toString: signature({ constructor: tensor("DT_FLOAT") }), X: signature() }),
      ).replace('"X"', `"${name}"`),
    );
    const { model } = await interpret(given);
    expect(model.operations.map(({ id }) => id)).toEqual([name, "toString"]);
    expect(model.operations[1]?.input.features.map(({ wireName }) => wireName)).toEqual(["constructor"]);
  });
});

describe("the model's address", () => {
  test.each([
    { url: "http://h:8501/v1/models/m/metadata", want: "http://h:8501/v1/models/m" },
    { url: "http://h/model-serving/x/versions/2/metadata", want: "http://h/model-serving/x" },
    { url: "http://h/saved.json", want: null },
  ])("is what $url is the metadata of", async ({ url, want }) => {
    expect((await interpret(metadata({ a: signature() }), { url })).model.url).toBe(want);
  });

  test("a version in it is one to pin, as the client's own address is without", async () => {
    const given = metadata({ a: signature() });
    const pinned = await interpret(given, { url: "http://h/v1/models/m/versions/2/metadata" });
    expect(pinned.diagnostics).toMatchObject([
      { code: "tf-serving/one-version", severity: "info", hint: expect.stringContaining("version: 2") },
    ]);
    expect((await interpret(given, { url: "http://h/v1/models/m/metadata" })).diagnostics).toEqual([]);
  });
});

test.each([
  { name: "metadata", given: metadata({}), want: true },
  { name: "camel case", given: { metadata: { signatureDef: { signatureDef: {} } } }, want: true },
  { name: "a package's own metadata", given: { name: "x", metadata: { signature_def: {} } }, want: false },
  { name: "nothing", given: {}, want: false },
])("$name is recognised: $want", async ({ given, want }) => {
  expect(tfServing.recognises(await read(given))).toBe(want);
});
