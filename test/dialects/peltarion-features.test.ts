import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpret, refusal, sketch } from "./descriptions.js";

const x = (type: unknown, shape?: unknown, more: object = {}): object => ({
  "x-peltarion": { type, ...(shape === undefined ? {} : { shape }), ...more },
});

const npyPath = { "/deployment/{id}/forward": { post: {} } };
const tensor = (form: string, ...shape: readonly number[]): object => ({
  kind: "tensor",
  dtype: "float32",
  shape,
  form,
});
const image = { kind: "image", mediaTypes: ["image/png", "image/jpeg"], alpha: false };

describe("the codec of a feature", () => {
  test.each([
    { name: "a single number", given: x("numeric", [1]), want: { kind: "number" } },
    { name: "a number of rank 0", given: x("numeric", []), want: { kind: "number" } },
    { name: "a number without a shape", given: x("numeric"), want: { kind: "number" } },
    { name: "one number in two dimensions", given: x("numeric", [1, 1]), want: tensor("flat", 1, 1) },
    { name: "a vector", given: x("numeric", [7]), want: tensor("flat", 7) },
    { name: "a cube", given: x("numeric", [10, 10, 3]), want: tensor("flat", 10, 10, 3) },
    { name: "as large as can be", given: x("numeric", [65536, 32768]), want: tensor("flat", 65536, 32768) },
    { name: "a numpy array, whatever the flag", given: x("numpy", [2, 2]), want: tensor("npy", 2, 2) },
    { name: "a numpy array of one number", given: x("numpy", [1]), want: tensor("npy", 1) },
    { name: "a probability", given: x("binary", [1]), want: { kind: "number", min: 0, max: 1 } },
    { name: "text, whose shape is a hint", given: x("text", [-1]), want: { kind: "text" } },
    { name: "an image", given: x("image", [100, 80, 3]), want: { ...image, shape: [100, 80, 3] } },
    { name: "an image of no stated size", given: x("image"), want: image },
    { name: "an image whose size is none", given: x("image", [-1, 80, 3]), want: image },
    { name: "an image with too few lengths", given: x("image", [100, 80]), want: image },
    { name: "an image that is too large", given: x("image", [65536, 65536, 3]), want: image },
    { name: "the older form", given: { extensions: x("numeric", [4]) }, want: tensor("flat", 4) },
    {
      name: "the newer form beside the older",
      given: { ...x("text"), extensions: x("binary") },
      want: { kind: "text" },
    },
  ])("$name", async ({ given, want }) => {
    const { model, diagnostics } = await interpret(sketch({ inputs: { f: given }, outputs: { g: given } }));
    expect(model.operations[0]?.input.features[0]?.codec).toEqual(want);
    expect(model.operations[0]?.output.features[0]?.codec).toEqual(want);
    expect(diagnostics.map(({ code }) => code)).toEqual(["peltarion/no-url"]);
  });

  test("is a .npy file where the path has no flag, or a flag that is false", async () => {
    for (const flag of [{}, { "x-peltarion-tensorjson": false }]) {
      const paths = { "/forward": { ...flag, post: {} } };
      const { model } = await interpret(sketch({ inputs: { f: x("numeric", [3]) }, paths }));
      expect(model.operations[0]?.input.features[0]?.codec).toEqual(tensor("npy", 3));
    }
  });

  test("is found behind a reference, and fingerprinted where the row names it", async () => {
    const text = sketch({
      inputs: { f: { $ref: "#/x-shared/f" } },
      more: { "x-shared": { f: x("numeric", [4]) } },
    });
    const { model } = await interpret(text);
    expect(model.operations[0]?.input.features[0]).toMatchObject({ wireName: "f", codec: tensor("flat", 4) });
    expect(model.operations[0]?.input.pointer).toBe("/components/schemas/input-row/properties");
  });
});

describe("a feature that cannot be understood", () => {
  const shape = "peltarion/bad-shape";
  const below = "/components/schemas/input-row/properties/a~1b";
  test.each([
    { name: "no extension", given: {}, code: "peltarion/no-type", pointer: below },
    {
      name: "no object",
      given: { "x-peltarion": "numeric" },
      code: "peltarion/no-type",
      pointer: `${below}/x-peltarion`,
    },
    {
      name: "no type",
      given: { "x-peltarion": {} },
      code: "peltarion/unknown-type",
      pointer: `${below}/x-peltarion/type`,
    },
    {
      name: "unknown type",
      given: x("sound", [1]),
      code: "peltarion/unknown-type",
      pointer: `${below}/x-peltarion/type`,
    },
    {
      name: "a type called constructor",
      given: x("constructor"),
      code: "peltarion/unknown-type",
      pointer: `${below}/x-peltarion/type`,
    },
    { name: "shape no list", given: x("numeric", 3), code: shape, pointer: `${below}/x-peltarion/shape` },
    {
      name: "shape of texts",
      given: x("numeric", ["3"]),
      code: shape,
      pointer: `${below}/x-peltarion/shape`,
    },
    { name: "zero", given: x("numeric", [0]), code: shape, pointer: `${below}/x-peltarion/shape` },
    { name: "negative", given: x("numpy", [-1, 2]), code: shape, pointer: `${below}/x-peltarion/shape` },
    { name: "fraction", given: x("numeric", [1.5]), code: shape, pointer: `${below}/x-peltarion/shape` },
    { name: "null", given: x("categorical", [null]), code: shape, pointer: `${below}/x-peltarion/shape` },
    {
      name: "too large",
      given: x("numeric", [65536, 32769]),
      code: shape,
      pointer: `${below}/x-peltarion/shape`,
    },
    { name: "numpy without a shape", given: x("numpy"), code: shape, pointer: `${below}/x-peltarion/shape` },
    {
      name: "older form",
      given: { extensions: x("numeric", [0]) },
      code: shape,
      pointer: `${below}/extensions/x-peltarion/shape`,
    },
  ])("is refused: $name", async ({ given, code, pointer }) => {
    const error = await refusal(sketch({ inputs: { "a/b": given } }));
    expect(error).toMatchObject({ code, pointer });
    expect(error.message).toContain('"a/b"');
    expect(error.hint).toBeTruthy();
    expect(error.position?.line).toBe(1);
  });
});

describe("rows", () => {
  const object = (features: object): object => ({ properties: features });
  const outputs = (rows: object): string =>
    JSON.stringify({
      paths: npyPath,
      components: {
        schemas: { "input-row": object({ n: x("numeric", [1]) }), "output-row-batch": object({ rows }) },
      },
    });
  const features = object({ o: x("text") });
  const typed = ["components", "schemas", "output-row-batch", "rows"];
  const base = "/components/schemas/output-row-batch/properties/rows";

  test.each([
    { name: "under rows", given: features, pointer: `${base}/properties`, wireType: typed },
    {
      name: "under the items of rows",
      given: { type: "array", items: features },
      pointer: `${base}/items/properties`,
      wireType: typed,
    },
    {
      name: "under rows that are a list",
      given: { type: "array", ...features },
      pointer: `${base}/properties`,
      wireType: null,
    },
    {
      name: "under nullable rows",
      given: { type: ["object", "null"], ...features },
      pointer: `${base}/properties`,
      wireType: typed,
    },
  ])("come out $name", async ({ given, pointer, wireType }) => {
    const { model } = await interpret(outputs(given));
    expect(model.operations[0]?.output).toMatchObject({ pointer, wireType, features: [{ wireName: "o" }] });
  });

  test.each([
    {
      name: "no input-row",
      given: { components: { schemas: { other: {} } } },
      want: "peltarion/no-input-row",
    },
    { name: "no components", given: { components: [] }, want: "peltarion/no-input-row" },
    {
      name: "no features in",
      given: { components: { schemas: { "input-row": { properties: {} } } } },
      want: "peltarion/no-inputs",
    },
    {
      name: "no output rows",
      given: { components: { schemas: { "input-row": object({ a: x("text") }) } } },
      want: "peltarion/no-outputs",
    },
  ])("are missed: $name", async ({ given, want }) => {
    expect((await refusal(JSON.stringify({ paths: npyPath, ...given }))).code).toBe(want);
  });
});

describe("names", () => {
  const names = [
    "__proto__",
    "constructor",
    "toString",
    "",
    " ",
    "\n",
    "\u2028",
    "`${1}`",
    "*/",
    "a/b~c",
    "\ud800",
    "0",
  ];

  test("of any text come through as they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.oneof(fc.constantFrom(...names), fc.string({ unit: "binary" })), {
          minLength: 1,
          maxLength: 12,
        }),
        async (given) => {
          const row = Object.fromEntries(given.map((name) => [name, x("numeric", [1])]));
          const { model } = await interpret(sketch({ inputs: row, outputs: row }));
          const { input, output } = model.operations[0] ?? {};
          expect(input?.features.map(({ wireName }) => wireName)).toEqual(Object.keys(row));
          expect(output?.features.map(({ wireName }) => wireName)).toEqual(Object.keys(row));
          expect(JSON.parse(JSON.stringify(model))).toStrictEqual(model);
        },
      ),
      { numRuns: 60 },
    );
  });
});
