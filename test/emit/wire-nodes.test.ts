import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { compile as publishedCompile } from "gen-deploy";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { fixtures, sketch } from "../dialects/descriptions.js";
import { hostileOpenApi } from "../fuzz/hostile-openapi.js";
import { hostileText } from "../fuzz/hostile-text.js";
import { templates } from "../templates.js";

/*
 * What is published has nodes and a printer of its own in the place of TypeScript's, and a light openapi-typescript; the
 * sources, which run here, have the libraries themselves. Both must write the same.
 */

type Compile = (...given: Parameters<typeof compile>) => Promise<{
  readonly files: readonly { readonly path: string; readonly text: string }[];
}>;

/** The wire types of a description, or why it has none. */
async function wireTypesBy(compiled: Compile, text: string): Promise<string> {
  try {
    const { files } = await compiled({ name: "spec", url: null, text }, {}, { templates });
    return files.find(({ path }) => path === "src/wire.ts")?.text ?? "no wire types";
  } catch (error) {
    if (error instanceof GenDeployError || (error instanceof Error && "hint" in error)) return error.message;
    throw error;
  }
}

async function expectSame(text: string): Promise<string> {
  const wanted = await wireTypesBy(compile, text);
  expect(await wireTypesBy(publishedCompile, text)).toBe(wanted);
  return wanted;
}

const shared = new URL("../../../shared/specs/", import.meta.url);
const real = existsSync(shared) ? readdirSync(shared).filter((name) => /\.(?:json|ya?ml)$/.test(name)) : [];

describe("what is published writes the wire types that the libraries write", () => {
  test.each(fixtures())("$dialect/$name", async ({ spec }) => {
    await expectSame(readFileSync(spec, "utf8"));
  });

  test.each(real)("%s", async (name) => {
    await expectSame(readFileSync(new URL(name, shared), "utf8"));
  });

  test.each([1, 2, 3])("of hostile descriptions, seed %i", async (seed) => {
    const words = new Set<string>();
    for (const description of fc.sample(hostileOpenApi, { seed, numRuns: 60 })) {
      const written = await expectSame(beside(description));
      for (const [word] of written.matchAll(/\b(?:interface|readonly|unknown|never)\b|[&|[]/g))
        words.add(word);
    }
    expect([...words].sort()).toEqual(
      expect.arrayContaining(["&", "[", "interface", "never", "unknown", "|"]),
    );
  });

  test.each([1, 2, 3])("of every member that a comment or type is made of, seed %i", async (seed) => {
    const written: string[] = [];
    for (const schemas of fc.sample(oddSchemas, { seed, numRuns: 60 }))
      written.push(await expectSame(beside({ components: { schemas } })));
    expect(written.filter((text) => text.includes("WithRequired<")).length).toBeGreaterThan(20);
  });
});

/** A description whose types are written, with all paths and schemas of another. */
function beside({
  paths = {},
  components = {},
}: {
  readonly paths?: object;
  readonly components?: object;
}): string {
  const own: unknown = JSON.parse(sketch());
  const schemas: unknown = Reflect.get(components, "schemas");
  const merged = (to: unknown, more: unknown): object => ({ ...Object(to), ...Object(more) });
  const root = Object(own);
  return JSON.stringify({
    ...merged(root, {}),
    openapi: "3.1.0",
    paths: merged(Reflect.get(root, "paths"), paths),
    components: { schemas: merged(schemas, Reflect.get(Reflect.get(root, "components"), "schemas")) },
  });
}

const odd = fc.oneof(
  hostileText,
  fc.constantFrom(
    "a\r\nb",
    "\tx\n\t\ty\n",
    " \n \n",
    "a\u2028b\u0085c",
    "*/",
    "/*",
    "__proto__",
    "1",
    "-1",
    "1.0",
  ),
  fc
    .array(fc.constantFrom(" ", "\t", "\n", "\r", "a", "\u00a0", "\u200b", "\u3000", "é", "\0", "0"))
    .map((all) => all.join("")),
);
const scalar = fc.oneof(odd, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));

const type = fc.constantFrom("string", "number", "integer", "boolean", "null", "array", "object");
/** What says nothing of other schemas; each of these members is there or is not. */
const words = fc.record(
  {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    title: odd,
    description: odd,
    format: odd,
    default: fc.oneof(scalar, fc.dictionary(odd, scalar, { maxKeys: 2 })),
    example: scalar,
    examples: fc.array(scalar, { maxLength: 2 }),
    deprecated: fc.boolean(),
    readOnly: fc.boolean(),
    nullable: fc.boolean(),
  },
  { requiredKeys: [] },
);

const { schema: oddSchema } = fc.letrec<{ schema: object }>((tie) => {
  const schema = tie("schema");
  const several = fc.array(schema, { minLength: 1, maxLength: 3 });
  const properties = fc.dictionary(odd, schema, { maxKeys: 3 });
  const reference = fc.constant({ $ref: "#/components/schemas/A" });
  const content: fc.Arbitrary<object> = fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constant({}),
    fc.record({ const: fc.oneof(scalar, fc.array(scalar), fc.dictionary(odd, scalar, { maxKeys: 2 })) }),
    fc.record({ enum: fc.array(scalar, { minLength: 1, maxLength: 4 }) }),
    reference,
    fc.record({ type: fc.constant("array"), items: schema }),
    fc.record({ type: fc.constant("array"), prefixItems: fc.oneof(several, fc.constant([])) }),
    fc.record({ properties, required: fc.array(odd, { maxLength: 2 }) }),
    fc.record({ properties, patternProperties: properties }),
    fc.record({ properties, additionalProperties: fc.oneof(fc.boolean(), schema) }),
    fc.record({ properties, allOf: fc.array(fc.oneof(schema, reference), { minLength: 1, maxLength: 2 }) }),
    fc.record({ anyOf: several }),
    fc.record({ oneOf: several }),
    fc.record({ oneOf: several, discriminator: fc.constant({ propertyName: "kind" }) }),
  );
  return { schema: fc.tuple(words, content).map(([some, other]) => ({ ...some, ...other })) };
});

const oddSchemas = fc
  .tuple(oddSchema, oddSchema, fc.dictionary(odd, oddSchema, { maxKeys: 2 }))
  .map(([a, b, others]) => ({
    A: { type: "object", properties: { kind: { type: "string" }, deep: b }, required: ["kind"] },
    B: { allOf: [{ $ref: "#/components/schemas/A" }, a], required: ["kind", "deep"] },
    ...others,
  }));
