import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

/** Files of KServe's tf2openapi as it wrote them, where they are at hand. */
const folder = fileURLToPath(new URL("../../../shared/specs", import.meta.url));
const written: readonly Case[] = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.includes("tf2openapi"))
  .map((file) => ({ name: file, spec: join(folder, file), metadata: undefined }));

async function generate({ spec, metadata }: Case): Promise<Compilation> {
  const text = { name: "spec.json", url: null, text: readFileSync(spec, "utf8") };
  return compile(text, metadata === undefined ? {} : { metadata }, { templates });
}

describe.each(own)("$name", (given) => {
  test("compiles, and twice gives the same bytes", async () => {
    const { files } = await generate(given);
    const dump = process.env["DUMP_PACKAGES"];
    if (dump !== undefined)
      for (const { path, text } of files) {
        const place = join(dump, given.name, path);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, text);
      }
    expect((await generate(given)).files).toEqual(files);
    const program = new Map(files.map(({ path, text }) => [`tf-${given.name}/${path}`, text]));
    program.set(`tf-${given.name}/example.ts`, exampleOf(files));
    expect(typeCheck(program)).toEqual([]);
  });
});

test.skipIf(written.length === 0)(
  "what tf2openapi wrote compiles; skipped where its files are not at hand",
  async () => {
    expect(written).toHaveLength(4);
    const program = new Map<string, string>();
    for (const [index, given] of written.entries()) {
      const { files, diagnostics } = await generate(given);
      expect(diagnostics.map(({ code }) => code)).toContain("tf-serving/no-dtypes");
      for (const { path, text } of files) program.set(`kserve-${index}/${path}`, text);
      program.set(`kserve-${index}/example.ts`, exampleOf(files));
    }
    expect(typeCheck(program)).toEqual([]);
  },
  120_000,
);
