import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { peltarion } from "../../src/dialects/peltarion.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";

async function recognises(text: string, name = "spec.json"): Promise<boolean> {
  return peltarion.recognises(await resolve(parse({ name, url: null, text })));
}

const marked = { "x-peltarion": {} };
const schema = (value: unknown): object => ({ components: { schemas: { s: value } } });

describe("Peltarion's descriptions", () => {
  test.each([
    { name: "the flag", given: { paths: { "/p": { "x-peltarion-tensorjson": false } } }, want: true },
    { name: "a feature", given: schema({ properties: { f: marked } }), want: true },
    {
      name: "a feature in the older form",
      given: schema({ properties: { f: { extensions: marked } } }),
      want: true,
    },
    { name: "a feature behind a reference", given: schema(marked), want: true },
    { name: "an output", given: schema({ properties: { rows: { properties: { f: marked } } } }), want: true },
    {
      name: "an output in a list",
      given: schema({ properties: { rows: { items: { properties: { f: marked } } } } }),
      want: true,
    },
    { name: "nothing", given: {}, want: false },
    {
      name: "any service",
      given: {
        openapi: "3.1.0",
        paths: { "/forward": { post: {} } },
        ...schema({ properties: { rows: {} } }),
      },
      want: false,
    },
    {
      name: "a mark that is only a name",
      given: schema({ properties: { "x-peltarion-ish": {} } }),
      want: false,
    },
    {
      name: "lists where objects should be",
      given: { paths: [1], components: { schemas: [marked] } },
      want: false,
    },
    {
      name: "scalars where objects should be",
      given: { paths: null, components: { schemas: { s: { properties: 3 } } } },
      want: false,
    },
  ])("$name: $want", async ({ given, want }) => {
    expect(await recognises(JSON.stringify(given))).toBe(want);
  });

  test("are told apart without ever throwing", async () => {
    const words = fc.constantFrom(
      "paths",
      "components",
      "schemas",
      "properties",
      "rows",
      "items",
      "extensions",
      "__proto__",
      "s",
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, 0, "", true),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(words, tie("tree")),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(words, tree), async (root) => {
        expect(await recognises(JSON.stringify(root))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  const others = new URL("../../../shared/specs/", import.meta.url);
  const files = existsSync(others) ? readdirSync(others).filter((file) => /\.(json|yaml)$/.test(file)) : [];
  test.skipIf(files.length === 0)(
    "are not those of other systems (../shared/specs, where it is there)",
    async () => {
      for (const file of files) {
        const text = readFileSync(new URL(file, others), "utf8");
        expect([file, await recognises(text, file)]).toEqual([file, false]);
      }
    },
  );
});
