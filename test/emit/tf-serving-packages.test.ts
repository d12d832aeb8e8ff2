import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compile, type Compilation } from "../../src/compile.js";
import type { SpecText } from "../../src/spec/spec-types.js";
import { fixtures } from "../dialects/descriptions.js";
import { exampleOf } from "../package-example.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";

/*
 * Packages of models on TensorFlow Serving: what is written compiles, sources, built files and front page alike.
 */

interface Case {
  readonly name: string;
  readonly spec: string;
  readonly metadata: SpecText | undefined;
}

const own: readonly Case[] = fixtures()
  .filter(({ dialect }) => dialect === "tf-serving")
  .map(({ name, spec, metadata }) => ({ name, spec, metadata }));

/** Files of KServe's tf2openapi and replies of servers, as they were written, where they are at hand. */
const shared = fileURLToPath(new URL("../../../shared", import.meta.url));
const written: readonly Case[] = [
  ...filesIn(`${shared}/specs`).filter(({ name }) => name.includes("tf2openapi")),
  ...filesIn(`${shared}/vectors/tf-metadata`).filter(({ name }) => name.endsWith(".json")),
];

function filesIn(folder: string): readonly Case[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => ({ name, spec: join(folder, name), metadata: undefined }));
}

async function generate({ spec, metadata }: Case): Promise<Compilation> {
  const text = { name: "spec.json", url: null, text: readFileSync(spec, "utf8") };
  return compile(text, metadata === undefined ? {} : { metadata }, { templates });
}

describe.each(own)("$name", (given) => {
  test("compiles, and twice gives the same bytes", async () => {
    const { files } = await generate(given);
    expect((await generate(given)).files).toEqual(files);
    const program = new Map(files.map(({ path, text }) => [`tf-${given.name}/${path}`, text]));
    program.set(`tf-${given.name}/example.ts`, exampleOf(files));
    expect(typeCheck(program)).toEqual([]);
  });
});

test.skipIf(written.length === 0)(
  "what tf2openapi and servers wrote compiles; skipped where their files are not at hand",
  async () => {
    expect(written).toHaveLength(8);
    const program = new Map<string, string>();
    for (const [index, given] of written.entries()) {
      const { files, diagnostics } = await generate(given);
      const lacksDtypes = diagnostics.some(({ code }) => code === "tf-serving/no-dtypes");
      expect(lacksDtypes).toBe(given.name.includes("tf2openapi"));
      for (const { path, text } of files) program.set(`written-${index}/${path}`, text);
      program.set(`written-${index}/example.ts`, exampleOf(files));
    }
    expect(typeCheck(program)).toEqual([]);
  },
  120_000,
);
