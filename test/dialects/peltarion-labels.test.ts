import { describe, expect, test } from "vitest";
import { interpret, refusal, sketch } from "./descriptions.js";

const categorical = (size: number | null, more: object = {}, beside: object = {}): object => ({
  ...beside,
  "x-peltarion": { type: "categorical", ...(size === null ? {} : { shape: [size] }), ...more },
});
const members = (...labels: readonly string[]): object => ({
  properties: Object.fromEntries(labels.map((label) => [label, {}])),
});

describe("labels of an input", () => {
  test.each([
    { name: "an enum", given: categorical(2, {}, { enum: ["a", "b"] }), want: ["a", "b"] },
    { name: "an enum of numbers", given: categorical(2, {}, { enum: [0, 1.5] }), want: ["0", "1.5"] },
    {
      name: "categories before an enum",
      given: categorical(2, { categories: ["c", "d"] }, { enum: ["a", "b"] }),
      want: ["c", "d"],
    },
    { name: "labels", given: categorical(null, { labels: ["", "__proto__"] }), want: ["", "__proto__"] },
    {
      name: "a shape that counts strings",
      given: categorical(1, {}, { enum: ["a", "b"] }),
      want: ["a", "b"],
    },
    { name: "the older form", given: { extensions: categorical(1, { labels: ["a"] }) }, want: ["a"] },
  ])("come from $name", async ({ given, want }) => {
    const { model, diagnostics } = await interpret(sketch({ inputs: { f: given } }));
    expect(model.operations[0]?.input.features[0]?.codec).toEqual({ kind: "label", labels: want });
    expect(diagnostics.map(({ code }) => code)).not.toContain("peltarion/no-labels");
  });

  test("that nobody states make a text and a warning that says how to state them", async () => {
    const { model, diagnostics } = await interpret(sketch({ inputs: { "my f": categorical(3) } }));
    expect(model.operations[0]?.input.features[0]?.codec).toEqual({ kind: "text" });
    expect(diagnostics[0]).toMatchObject({
      code: "peltarion/no-labels",
      severity: "warning",
      pointer: "/components/schemas/input-row/properties/my f",
      hint: 'State them with --labels "my f=first,second,…", or in a file with --labels-file.',
    });
  });
});

describe("labels of an output", () => {
  const probabilities = (labels: readonly string[] | null, size: number | null): object => ({
    kind: "probabilities",
    labels,
    size,
  });
  test.each([
    {
      name: "the members of its object",
      given: categorical(2, {}, members("cat", "dog")),
      want: probabilities(["cat", "dog"], 2),
    },
    {
      name: "the names that its members may have",
      given: categorical(2, {}, { propertyNames: { enum: ["x", "y"] } }),
      want: probabilities(["x", "y"], 2),
    },
    {
      name: "categories",
      given: categorical(2, { categories: ["p", "q"] }),
      want: probabilities(["p", "q"], 2),
    },
    {
      name: "labels without a shape",
      given: categorical(null, { labels: ["p", "q"] }),
      want: probabilities(["p", "q"], 2),
    },
    { name: "nowhere, the size alone", given: categorical(3), want: probabilities(null, 3) },
    {
      name: "nowhere, with no members at all",
      given: categorical(null, {}, { properties: {} }),
      want: probabilities(null, null),
    },
  ])("come from $name", async ({ given, want }) => {
    const { model } = await interpret(sketch({ outputs: { f: given } }));
    expect(model.operations[0]?.output.features[0]?.codec).toEqual(want);
  });
});

interface Refusal {
  readonly name: string;
  readonly given: Readonly<Record<string, readonly string[]>>;
  readonly code: string;
  readonly says: readonly string[];
}

describe("labels that the user states", () => {
  test("overrule the description on both sides, for both rows", async () => {
    const feature = categorical(2, {}, { enum: ["a", "b"] });
    const { model, diagnostics } = await interpret(
      sketch({ inputs: { f: feature }, outputs: { f: categorical(2) } }),
      {
        labels: { f: ["x", "y"] },
      },
    );
    expect(model.operations[0]?.input.features[0]?.codec).toEqual({ kind: "label", labels: ["x", "y"] });
    expect(model.operations[0]?.output.features[0]?.codec).toEqual({
      kind: "probabilities",
      labels: ["x", "y"],
      size: 2,
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["peltarion/no-url"]);
  });

  test.each<Refusal>([
    {
      name: "for no feature",
      given: { kind: ["a"] },
      code: "peltarion/no-such-label-feature",
      says: ['"kind"', '"Kind"', '"Class"'],
    },
    {
      name: "for a number",
      given: { n: ["a"] },
      code: "peltarion/no-such-label-feature",
      says: ['"n"', '"Kind"', '"Class"'],
    },
    {
      name: "too few",
      given: { Class: ["a"] },
      code: "peltarion/bad-labels",
      says: ['"Class"', "their number is 1 and the shape says 3"],
    },
    {
      name: "twice the same",
      given: { Class: ["a", "b", "a"] },
      code: "peltarion/bad-labels",
      says: ['"a" stands there twice'],
    },
    { name: "none", given: { Kind: [] }, code: "peltarion/bad-labels", says: ["at least one label"] },
    {
      name: "for toString",
      given: { toString: ["a"] },
      code: "peltarion/no-such-label-feature",
      says: ['"toString"'],
    },
  ])("are refused: $name", async ({ given, code, says }) => {
    const number = { "x-peltarion": { type: "numeric", shape: [1] } };
    const text = sketch({
      inputs: { n: number, Kind: categorical(null) },
      outputs: { Class: categorical(3) },
    });
    const error = await refusal(text, { labels: given });
    expect(error.code).toBe(code);
    for (const words of says) expect(error.message).toContain(words);
  });
});

describe("labels of the description", () => {
  const at = "/components/schemas/output-row-batch/properties/rows/properties/f";
  test.each([
    {
      name: "not as many as the shape says",
      given: categorical(3, {}, members("a", "b")),
      pointer: `${at}/properties`,
    },
    { name: "one twice", given: categorical(2, { labels: ["a", "a"] }), pointer: `${at}/x-peltarion/labels` },
    {
      name: "the same as text and as number",
      given: categorical(2, { labels: [1, "1"] }),
      pointer: `${at}/x-peltarion/labels`,
    },
    { name: "none", given: categorical(2, { categories: [] }), pointer: `${at}/x-peltarion/categories` },
    {
      name: "no list",
      given: categorical(2, { categories: "a,b" }),
      pointer: `${at}/x-peltarion/categories`,
    },
    {
      name: "no texts",
      given: categorical(2, {}, { propertyNames: { enum: ["a", null] } }),
      pointer: `${at}/propertyNames/enum`,
    },
  ])("are refused: $name", async ({ given, pointer }) => {
    const error = await refusal(sketch({ outputs: { f: given } }));
    expect(error).toMatchObject({ code: "peltarion/bad-labels", pointer });
    expect(error.hint).toContain("--labels");
  });
});
