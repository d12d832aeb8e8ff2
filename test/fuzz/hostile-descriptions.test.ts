import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import type { SourceText } from "../../src/emit/emit.js";
import { exampleOf } from "../package-example.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";
import { hostileMetadata } from "./hostile-metadata.js";
import { hostileDescription } from "./hostile-text.js";

/** Another seed tries other descriptions: `FUZZ_SEED=7 npx vitest run test/fuzz`. */
const seed = Number(process.env["FUZZ_SEED"] ?? 1);
const entries = ["src/index.ts", "src/node.ts", "src/testing.ts"];
const built = [
  ...["index", "node", "testing"].flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
  "gen-deploy.json",
];

/** What carries pictures and arrays stands in files of its own. */
const parts = ["src/parts.ts", "dist/parts.js"];

/** Whatever a description says, these are the files, with those of pictures and arrays or without. */
const kinds = [
  {
    kind: "OpenAPI",
    descriptions: fc.sample(hostileDescription, { seed, numRuns: 40 }),
    packagePaths: ["package.json", "README.md", "openapi.json", ...entries, "src/wire.ts", ...built],
  },
  {
    kind: "metadata",
    descriptions: fc.sample(hostileMetadata, { seed, numRuns: 40 }),
    packagePaths: ["package.json", "README.md", "metadata.json", ...entries, ...built],
  },
];

async function generate(description: object): Promise<readonly SourceText[] | undefined> {
  const text = JSON.stringify(description);
  try {
    const { files } = await compile({ name: "spec.json", url: null, text }, {}, { templates });
    return files;
  } catch (error) {
    if (error instanceof GenDeployError) return undefined;
    throw error;
  }
}

describe.each(kinds)(`$kind of hostile text, seed ${seed}`, ({ kind, descriptions, packagePaths }) => {
  test("compile, sources, built files and example alike, or are refused; and twice give the same bytes", async () => {
    const program = new Map<string, string>();
    let generated = 0;
    for (const [index, description] of descriptions.entries()) {
      const files = await generate(description);
      if (files === undefined) continue;
      generated += 1;
      expect(await generate(description)).toEqual(files);
      const paths = files.map(({ path }) => path);
      expect(paths.filter((path) => !parts.includes(path))).toEqual(packagePaths);
      expect([[], parts]).toContainEqual(paths.filter((path) => parts.includes(path)));
      for (const { path, text } of files) program.set(`fuzz-${kind}-${index}/${path}`, text);
      program.set(`fuzz-${kind}-${index}/example.ts`, exampleOf(files));
    }
    expect(generated).toBeGreaterThan(descriptions.length / 2);
    expect(typeCheck(program)).toEqual([]);
  }, 240_000);
});
