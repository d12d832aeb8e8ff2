import { describe, expect, test } from "vitest";
import { interpret, metadata, refusal } from "./modelbit-descriptions.js";

async function first(text: string) {
  const { model, diagnostics } = await interpret(text);
  const [operation] = model.operations;
  if (operation === undefined) throw new Error("no operation");
  const inputs = operation.input.features.map(({ wireName, codec }) => [wireName, codec]);
  return { ...model, operation, inputs, output: operation.output.features[0]?.codec, diagnostics };
}

const json = (shape: object) => ({ kind: "json", shape });

describe("the arguments of a function", () => {
  test.each([
    { name: "int", given: "a:int", want: { type: "integer" } },
    { name: "float", given: "a:float", want: { type: "number" } },
    { name: "str", given: "a:str", want: { type: "text" } },
    { name: "bool", given: "a:bool", want: { type: "boolean" } },
    { name: "any other type", given: "a:Dict[str, int]", want: { type: "any" } },
    { name: "no type", given: "a", want: { type: "any" } },
    { name: "an empty type", given: "a:", want: { type: "any" } },
    { name: "spaces", given: " a : int ", want: { type: "integer" } },
  ])("$name", async ({ given, want }) => {
    expect((await first(metadata([given]))).inputs).toEqual([["a", json(want)]]);
    expect((await first(metadata([given.replace("a", "return")]))).output).toEqual(json(want));
  });

  test("keep their order and their names, whatever these are", async () => {
    const names = ["z", "__proto__", "größe", "_"];
    const { inputs, operation } = await first(
      metadata([...names.slice(0, 2), "return:int", ...names.slice(2)]),
    );
    expect(inputs.map(([name]) => name)).toEqual(names);
    expect(operation).toMatchObject({ id: "f", framing: { protocol: "data", form: "arguments" } });
    expect(operation.output).toMatchObject({ bare: true, features: [{ wireName: "result" }] });
  });

  test("may be none, and the result anything", async () => {
    expect(await first(metadata([]))).toMatchObject({ inputs: [], output: json({ type: "any" }) });
  });

  test.each([
    { name: "no list", given: "a:int", want: "modelbit/bad-argument /runtimeInfo/mainFunctionArgs" },
    { name: "left out", given: undefined, want: "modelbit/no-arguments /runtimeInfo" },
    { name: "a number", given: [1], want: "modelbit/bad-argument /runtimeInfo/mainFunctionArgs/0" },
    {
      name: "no name",
      given: ["a:int", ":int"],
      want: "modelbit/bad-argument /runtimeInfo/mainFunctionArgs/1",
    },
    { name: "stars", given: ["*args"], want: "modelbit/bad-argument /runtimeInfo/mainFunctionArgs/0" },
    {
      name: "one twice",
      given: ["a", "a:int"],
      want: "modelbit/bad-argument /runtimeInfo/mainFunctionArgs/1",
    },
    {
      name: "two results",
      given: ["return", "return:int"],
      want: "modelbit/bad-argument /runtimeInfo/mainFunctionArgs/1",
    },
  ])("cannot be $name", async ({ given, want }) => {
    expect(await refusal(metadata(given))).toBe(want);
  });
});

describe("the columns of a DataFrame", () => {
  const frame = (dataframeModeColumns: unknown) => metadata(["df", "return"], { dataframeModeColumns });

  test.each([
    { dtype: "float64", want: { type: "number" } },
    { dtype: "float32", want: { type: "number" } },
    { dtype: "int64", want: { type: "integer" } },
    { dtype: "uint8", want: { type: "integer" } },
    { dtype: "object", want: { type: "any" } },
    { dtype: undefined, want: { type: "any" } },
    { dtype: "category", want: { type: "any" } },
    { dtype: "bool", want: { type: "boolean" } },
    { dtype: "datetime64[ns]", want: { type: "text" } },
    { dtype: "datetime64[ns, UTC]", want: { type: "text" } },
  ])("of $dtype", async ({ dtype, want }) => {
    const { inputs, operation } = await first(frame([{ name: "a b", dtype }]));
    expect(inputs).toEqual([["a b", json(want)]]);
    expect(operation.framing).toEqual({ protocol: "data", form: "rows" });
  });

  test("say an example where they have one, cut and on one line", async () => {
    const columns = [
      { name: "a", example: 1 },
      { name: "b", example: `x\`\n${"y".repeat(99)}` },
    ];
    const { operation } = await first(frame(columns));
    expect(operation.input.features[0]?.doc).toBe("Such as 1.");
    expect(operation.input.features[1]?.doc).toMatch(/^Such as x` y{57}…\.$/);
  });

  test.each([
    { name: "no list", given: {}, want: "modelbit/bad-column /dataframeModeColumns" },
    { name: "none", given: [], want: "modelbit/bad-column /dataframeModeColumns" },
    { name: "text", given: ["a"], want: "modelbit/bad-column /dataframeModeColumns/0" },
    { name: "no name", given: [{ dtype: "int64" }], want: "modelbit/bad-column /dataframeModeColumns/0" },
    {
      name: "a strange dtype",
      given: [{ name: "a", dtype: 1 }],
      want: "modelbit/bad-column /dataframeModeColumns/0",
    },
    {
      name: "one twice",
      given: [{ name: "a" }, { name: "a" }],
      want: "modelbit/bad-column /dataframeModeColumns/1",
    },
  ])("cannot be $name", async ({ given, want }) => {
    expect(await refusal(frame(given))).toBe(want);
  });

  test("are none where the file says null", async () => {
    expect((await first(metadata(["a:int"], { dataframeModeColumns: null }))).inputs).toHaveLength(1);
  });
});

describe("what the file says besides", () => {
  test("is the deployment's name, or else the function's", async () => {
    expect((await first(metadata([]))).title).toBe("f");
    expect((await first(metadata([], { name: "g" }))).title).toBe("g");
  });

  test("is no address, and the raw key", async () => {
    const { url, auth, diagnostics } = await first(metadata(["a"]));
    expect({ url, auth }).toEqual({ url: null, auth: [{ kind: "raw" }] });
    expect(diagnostics.map(({ code }) => code)).toEqual(["modelbit/no-url", "modelbit/untyped"]);
  });
});

describe("what the user says besides", () => {
  const text = metadata(["a:str", "b", "c:int", "return:str"]);

  test("are labels of texts and of what may be text", async () => {
    const { model } = await interpret(text, { labels: { a: ["x", "y"], b: ["z"] } });
    expect(model.operations[0]?.input.features.map(({ codec }) => codec)).toEqual([
      json({ type: "enum", values: ["x", "y"] }),
      json({ type: "enum", values: ["z"] }),
      json({ type: "integer" }),
    ]);
  });

  test.each([
    { name: "of a number", labels: { c: ["x"] }, want: "modelbit/no-such-label-feature" },
    { name: "of what is no argument", labels: { d: ["x"] }, want: "modelbit/no-such-label-feature" },
    { name: "of the result", labels: { result: ["x"] }, want: "modelbit/no-such-label-feature" },
    { name: "that are none", labels: { a: [] }, want: "modelbit/bad-labels" },
    { name: "twice", labels: { a: ["x", "x"] }, want: "modelbit/bad-labels" },
  ])("cannot be labels $name", async ({ labels, want }) => {
    expect(await refusal(text, { labels })).toBe(want);
  });

  test("is the function's own name, or none", async () => {
    expect((await interpret(text, { operations: ["f"] })).model.operations).toHaveLength(1);
    expect(await refusal(text, { operations: ["g"] })).toBe("modelbit/unknown-operation");
  });
});
