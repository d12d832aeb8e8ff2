import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { writeShaped } from "../../src/runtime/src/shapes/write-shape.js";
import { read } from "./schema-reading.js";

/*
 * A shape allows at least what its schema does, by the judgement of a validator that is not ours: what the schema
 * accepts goes out. The other way round shapes may be wider, as far as they say less than schemas can.
 */

const leaf = fc.oneof(
  fc.record({ type: fc.constantFrom("string", "integer", "number", "boolean", "null") }),
  fc.record({
    type: fc.constant("number"),
    minimum: fc.integer({ min: 0, max: 3 }),
    exclusiveMaximum: fc.integer({ min: 2, max: 5 }),
  }),
  fc.record({
    enum: fc.uniqueArray(fc.constantFrom("a", "b", 1, 2, null, true), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ const: fc.constantFrom("a", 1) }),
  fc.constantFrom(true, { type: ["string", "null"] }),
);

const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const some = (most: number): fc.Arbitrary<unknown[]> =>
    fc.array(tie("schema"), { minLength: 1, maxLength: most });
  return {
    schema: fc.oneof(
      { depthSize: "small", maxDepth: 3 },
      leaf,
      fc.record(
        {
          type: fc.constant("array"),
          items: tie("schema"),
          minItems: fc.nat(1),
          maxItems: fc.integer({ min: 1, max: 3 }),
        },
        { requiredKeys: ["type"] },
      ),
      // A tuple has all its items: one that may end early says so with minItems, which shapes do not keep.
      fc.record(
        { type: fc.constant("array"), prefixItems: some(2), items: tie("schema"), minItems: fc.constant(2) },
        { requiredKeys: ["type", "prefixItems", "minItems"] },
      ),
      fc.record(
        {
          type: fc.constant("object"),
          properties: fc.dictionary(fc.constantFrom("a", "b"), tie("schema"), { maxKeys: 2 }),
          required: fc.uniqueArray(fc.constantFrom("a", "b"), { maxLength: 2 }),
          additionalProperties: tie("schema"),
        },
        { requiredKeys: ["type"] },
      ),
      fc.record({ anyOf: some(3) }),
      fc.record({ oneOf: some(3) }),
      fc.record({ allOf: some(2), anyOf: some(2) }, { requiredKeys: ["allOf"] }),
    ),
  };
});

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("a", "b", "x", 0, 1, 2, 3, 1.5, true, null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
  ),
}));

test("whatever a schema accepts goes out by its shape", async () => {
  const ajv = new Ajv2020({ strict: false });
  let accepted = 0;
  const given = fc.tuple(schema, fc.array(value, { minLength: 30, maxLength: 30 }));
  await fc.assert(
    fc.asyncProperty(given, async ([described, values]) => {
      if (typeof described !== "object" || described === null) return;
      const accepts = ajv.compile(described);
      const { shape, shapes } = await read(described);
      const known = Object.fromEntries(shapes.map((one) => [one.name, one.shape]));
      for (const one of values) {
        if (!accepts(one)) continue;
        accepted += 1;
        expect(
          writtenBy(() => writeShaped(one, shape, { shapes: known, feature: "f", validate: true })),
        ).toBe("written");
      }
    }),
    { numRuns: 150 },
  );
  expect(accepted).toBeGreaterThan(200);
}, 60_000);

function writtenBy(write: () => string): string {
  try {
    write();
    return "written";
  } catch (error) {
    if (isDeploymentError(error)) return error.message;
    throw error;
  }
}
