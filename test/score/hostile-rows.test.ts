import fc from "fast-check";
import { expect, test } from "vitest";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { inputFormats } from "../../src/score/run-choices.js";
import { modelOf, modelOfShapes, modelWith, outcomes, rowsOf } from "./rows-of.js";

const models = [
  ...[
    "peltarion/animal-table",
    "peltarion/image-and-arrays-npy",
    "tf-serving/bert",
    "tf-serving/image-classifier",
  ],
  ...["modelbit/positions", "cog/quirks", "openapi/leaf-doctor"],
].map(modelOf);

/** Bytes that look a little like what a format begins with. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ maxLength: 300 }).map((text) => new TextEncoder().encode(text)),
  fc.json().map((text) => new TextEncoder().encode(`${text}\n${text}`)),
  fc
    .uint8Array({ maxLength: 200 })
    .map((bytes) => Buffer.concat([Buffer.from("PAR1"), bytes, Buffer.from("PAR1")])),
  fc
    .array(
      fc.constantFrom('"', ",", "\n", "\r", "Type", "Sound", "Size", "a", "__proto__", "\\", "[", "{", ":"),
    )
    .map((parts) => new TextEncoder().encode(`Type,Sound,Size\n${parts.join("")}`)),
);

test("whatever bytes come, they are rows, bad rows, or refused", async () => {
  await fc.assert(
    fc.asyncProperty(
      contents,
      fc.constantFrom(undefined, ...inputFormats),
      fc.constantFrom(...models),
      fc.integer({ min: 1, max: 100 }),
      async (bytes, format, model, pieces) => {
        try {
          for (const { line, index, row } of await rowsOf(bytes, { model, format, pieces, name: "rows" })) {
            expect(line).toBeGreaterThan(index);
            if (!row.ok) expect(row.reason).toMatch(/^(?:is|has|cannot) /);
          }
        } catch (error) {
          if (!(error instanceof GenDeployError)) throw error;
        }
      },
    ),
    { numRuns: 400 },
  );
});

test("whatever stands in cells, it is a value or refused", async () => {
  const cell = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom("__proto__", "NaN", "1e400", "0x1", "[[", "{}", "data:,"),
  );
  const model = modelOfShapes({
    any: { type: "any" },
    list: { type: "list", items: { type: "file", form: "data-url" } },
    union: {
      type: "union",
      of: [
        { type: "enum", values: [1, "__proto__"] },
        { type: "record", values: { type: "text" } },
      ],
    },
    named: { type: "named", name: "nowhere" },
  });
  await fc.assert(
    fc.asyncProperty(fc.tuple(cell, cell, cell, cell), async (cells) => {
      const line = cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(",");
      const [outcome] = outcomes(await rowsOf(`any,list,union,named\n${line}\n`, { model }));
      expect(["string", "object"]).toContain(typeof outcome);
      expect(Object.getPrototypeOf(Object(outcome))).toBe(
        Object.getPrototypeOf(Object(typeof outcome === "string" ? "" : {})),
      );
    }),
  );
});

test.each([
  { name: "lists in lists", text: "[".repeat(100_000) + "]".repeat(100_000) },
  { name: "objects in objects", text: '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000) },
  { name: "quotes", text: '"'.repeat(100_001) },
  { name: "backslashes", text: `"${"\\".repeat(100_001)}` },
  { name: "digits", text: "9".repeat(100_000) },
])("$name without end are no end of the run", async ({ text }) => {
  for (const model of [
    modelWith({ a: { kind: "tensor", dtype: "float32", shape: null, form: "nested" } }),
    modelOfShapes({ a: { type: "any" } }),
    modelWith({ a: { kind: "text" } }),
  ]) {
    const cell = `a\n"${text.replaceAll('"', '""')}"\nx\n`;
    expect(outcomes(await rowsOf(cell, { model }))).toHaveLength(2);
    const [row] = outcomes(await rowsOf(`{"a":${text}}\n`, { model, name: "x.jsonl" }));
    expect(["string", "object"]).toContain(typeof row);
  }
});
