import { describe, expect, test } from "vitest";
import type { DeploymentModel, FeatureModel, OperationModel } from "../../src/model/deployment-model.js";
import type { Edit, Member, NewInterface } from "../../src/plan/package-plan.js";
import { planPackage } from "../../src/plan/plan-package.js";
import { planTfServing } from "../../src/plan/tf-serving-plan.js";
import { printType, printValue } from "../printed.js";

type Codec = Extract<FeatureModel["codec"], { readonly form: "nested" }>;

const tensor = (
  name: string,
  dtype: Codec["dtype"],
  shape: Codec["shape"],
  more: Partial<Codec> = {},
): FeatureModel => ({
  wireName: name,
  doc: "",
  required: true,
  codec: { kind: "tensor", dtype, shape, form: "nested", ...more },
  fingerprint: "0",
});
const feature = (name: string, required: boolean): FeatureModel => ({
  ...{ wireName: name, doc: "", required, fingerprint: "0" },
  codec: { kind: "example", type: "int64", list: true },
});
const row = (features: readonly FeatureModel[], wireType: readonly string[] | null = null) => ({
  ...{ features, bare: false, stream: false, pointer: "", wireType },
});

interface Sketch {
  readonly signature?: string;
  readonly batched?: boolean;
  readonly inputs?: readonly FeatureModel[];
  readonly outputs?: readonly FeatureModel[];
  readonly wireType?: readonly string[];
}

function predict({
  signature = "serving_default",
  batched = true,
  inputs,
  outputs,
  wireType,
}: Sketch = {}): OperationModel {
  return {
    ...{ id: signature, doc: "", method: "POST", path: ":predict" },
    framing: { protocol: "tensors", signature, batched },
    input: row(inputs ?? [tensor("x", "float32", [-1, 2])], wireType),
    output: row(outputs ?? [tensor("y", "float32", [-1])], wireType),
  };
}

function examples(
  verb: "classify" | "regress",
  signature: string,
  features: readonly FeatureModel[] = [],
): OperationModel {
  return {
    ...{ id: signature, doc: "", method: "POST", path: `:${verb}` },
    framing: { protocol: "examples", verb, signature },
    input: row(features),
    output: row([]),
  };
}

function model(...operations: readonly OperationModel[]): DeploymentModel {
  return { dialect: "tf-serving", title: "M", doc: "", url: null, auth: [], live: null, operations };
}

function edits(...operations: readonly OperationModel[]): readonly Edit[] {
  return planTfServing(model(...operations)).edits;
}

function membersOf(given: readonly Edit[], name: string): Readonly<Record<string, string>> {
  const own = given.find((edit) => edit.kind === "set-members" && edit.target === name);
  const found: readonly Member[] | undefined =
    own?.kind === "set-members" ? own.members : added(given).find((one) => one.name === name)?.members;
  return Object.fromEntries((found ?? []).map((member) => [member.name, printType(member.type)]));
}

function added(given: readonly Edit[]): readonly NewInterface[] {
  return given.flatMap((edit) =>
    edit.kind === "add-types" ? edit.types.filter((type) => type.kind === "interface") : [],
  );
}

function removed(given: readonly Edit[]): readonly string[] {
  return given.flatMap((edit) => (edit.kind === "remove" ? [edit.target] : []));
}

describe("types of tensors", () => {
  test.each([
    {
      name: "a row loses the batch's dimension",
      shape: [-1, 2, -1],
      row: 'TensorValue<"float32", [2, number]>',
      column: 'TensorValue<"float32", [number, 2, number]>',
    },
    {
      name: "a row without dimensions is an element",
      shape: [-1],
      row: "number",
      column: 'TensorValue<"float32", [number]>',
    },
    {
      name: "unknown rank stays unknown",
      shape: null,
      row: 'TensorValue<"float32", number[]>',
      column: 'TensorValue<"float32", number[]>',
    },
  ])("$name", ({ shape, row: inRow, column }) => {
    const given = edits(predict({ inputs: [tensor("x", "float32", shape)] }));
    expect(membersOf(given, "Input")).toEqual({ x: inRow });
    expect(membersOf(given, "InputColumns")).toEqual({ x: column });
  });

  test("what has no batch dimension comes out whole, and says so", () => {
    const given = edits(predict({ outputs: [tensor("y", "int64", [12, -1]), tensor("z", "bool", [])] }));
    expect(membersOf(given, "Output")).toEqual({ y: 'TensorResult<"int64", [12, number]>', z: "boolean" });
    const output = given.find((edit) => edit.kind === "set-members" && edit.target === "Output");
    expect(output?.kind === "set-members" && output.members[0]?.doc).toMatch(/each row has all of it/);
  });

  test("where rows are not stacked, a row is the columns", () => {
    const given = edits(
      predict({ batched: false, inputs: [tensor("x", "uint8", [1, 3]), tensor("n", "int32", [])] }),
    );
    expect(membersOf(given, "Input")).toEqual({ x: 'TensorValue<"uint8", [1, 3]>', n: "number" });
    expect(membersOf(given, "InputColumns")).toEqual(membersOf(given, "Input"));
  });

  test.each([
    { dtype: "float64", taken: "number", given: "number" },
    { dtype: "bool", taken: "boolean", given: "boolean" },
    { dtype: "int64", taken: 'TensorValue<"int64", []>', given: "bigint" },
    { dtype: "string", taken: 'TensorValue<"string", []>', given: "string" },
    { dtype: "binary", taken: 'TensorValue<"binary", []>', given: "Uint8Array" },
  ] as const)(
    "an element of $dtype goes in as $taken and comes out as $given",
    ({ dtype, taken, given: out }) => {
      const given = edits(
        predict({ inputs: [tensor("x", dtype, [-1])], outputs: [tensor("y", dtype, [-1])] }),
      );
      expect([membersOf(given, "Input"), membersOf(given, "Output")]).toEqual([{ x: taken }, { y: out }]);
    },
  );
});

describe("signatures", () => {
  test("each have types of their own; the main one's have no prefix, and both verbs of one are one", () => {
    const given = edits(
      predict(),
      predict({ signature: "embed_x" }),
      predict({ signature: "tag" }),
      examples("classify", "tag", [feature("age", true)]),
      examples("regress", "guess"),
    );
    expect(membersOf(given, "Signatures")).toEqual({
      serving_default: "Signature<Input, Output, InputColumns, OutputColumns>",
      embed_x: "Signature<EmbedXInput, EmbedXOutput, EmbedXInputColumns, EmbedXOutputColumns>",
      tag: 'Signature<TagInput, TagOutput, TagInputColumns, TagOutputColumns> & ExampleSignature<"classify", TagExample>',
      guess: 'ExampleSignature<"regress", AnyExample>',
    });
    expect(membersOf(given, "MainSignatures")).toEqual({
      predict: '"serving_default"',
      classify: '"tag"',
      regress: '"guess"',
    });
    expect(membersOf(given, "TagExample")).toEqual({ age: 'FeatureInput<"int64", true>' });
    expect(removed(given)).toContain("Example");
    expect(removed(given)).not.toContain("AnyExample");
  });

  test.each([
    { name: "names of the template", signatures: ["any", "bytes", "feature"] },
    { name: "names that differ in case alone", signatures: ["foo", "Foo", "FOO"] },
    {
      name: "names that are no identifiers",
      signatures: ["", "-", "a b", "a.b", "1", "日本語", "class", "*/", "__proto__"],
    },
  ])("$name give types of different names", ({ signatures }) => {
    const given = edits(predict(), ...signatures.map((signature) => predict({ signature })));
    const names = added(given).map(({ name }) => name);
    expect(new Set(names).size).toBe(4 * signatures.length);
    for (const name of names) {
      expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
      expect(["AnyInput", "BytesInput", "FeatureInput", "TensorInput"]).not.toContain(name);
    }
    expect(Object.keys(membersOf(given, "Signatures"))).toHaveLength(signatures.length + 1);
  });

  test("without one that predicts there are no rows", () => {
    const given = edits(examples("classify", "serving_default", [feature("age", false)]));
    expect(removed(given)).toEqual(
      expect.arrayContaining([
        "Input",
        "Output",
        "InputColumns",
        "OutputColumns",
        "Signature",
        "TensorValue",
        "Described",
      ]),
    );
    expect(membersOf(given, "Example")).toEqual({ age: 'FeatureInput<"int64", true>' });
    expect(membersOf(given, "MainSignatures")).toEqual({ classify: '"serving_default"' });
  });
});

test("the descriptor says what the model says", () => {
  const given = edits(
    predict({ signature: "s", inputs: [tensor("x", "float64", null, { assumed: true, unnamed: true })] }),
    examples("regress", "s", [feature("age", false)]),
  );
  const value = given.find((edit) => edit.kind === "set-value" && edit.target === "deployment");
  expect(value?.kind === "set-value" && printValue(value.value).replace(/\s+/g, " ")).toBe(
    '{ title: "M", url: null, auth: [], main: { predict: "s", regress: "s" }, signatures: { s: { name: "s", batched: true, ' +
      'inputs: { x: { dtype: "float64", shape: null, assumed: true, unnamed: true } }, outputs: { y: { dtype: "float32", shape: [-1] } }, ' +
      'verb: "regress", features: { age: { type: "int64", list: true, optional: true } } } } }',
  );
});

describe("names in the description", () => {
  test("hold the tensors where openapi-typescript has types for them", () => {
    const given = planTfServing(model(predict({ wireType: ["paths", "/p", "post", "inputs"] })));
    expect(given.hasWireTypes).toBe(true);
    expect(removed(given.edits)).toContain("components");
    expect(removed(given.edits)).not.toContain("paths");
    expect(given.edits).toContainEqual(expect.objectContaining({ kind: "set-type", target: "InputName" }));
  });

  test("hold nothing where the description is metadata", () => {
    const given = planTfServing(model(predict()));
    expect(given.hasWireTypes).toBe(false);
    expect(removed(given.edits)).toEqual(
      expect.arrayContaining(["components", "paths", "WireNames", "InputName"]),
    );
  });
});

test("the front page calls with a bare value, files for bytes, and lists for what has no typed array", () => {
  const example = (...inputs: readonly FeatureModel[]): string => {
    const specs = [{ file: "metadata.json", text: "{}" }];
    const plan = planPackage(model(predict({ inputs })), {
      runtime: "shared",
      emit: ["ts"],
      specs,
      previous: null,
      runtimeFiles: new Map(),
    });
    const readme = plan.files.find((file) => file.kind === "readme");
    return readme?.kind === "readme" ? readme.readme.example.arguments.map(printValue).join(", ") : "";
  };
  expect(example(tensor("x", "float32", [-1]))).toBe("1.5");
  expect(example(tensor("x", "int64", [-1, -1]))).toBe("ndarray([1], new BigInt64Array(1))");
  expect(example(tensor("image_bytes", "binary", [-1]))).toBe('fromFile("picture.jpg")');
  expect(example(tensor("x", "string", [-1, 1, 3]))).toBe('[Array.from({ length: 3 }, () => "some text")]');
  expect(example(tensor("x", "bool", [-1]), tensor("y", "string", null))).toBe('{ x: true, y: "some text" }');
});
