import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mistakes, samplePackages, settings, strictConfig, writePrograms } from "./caller-project.js";
import { refusedLines } from "./caller-lines.js";
import { compilers, complaintsOf } from "./tsc.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-deploy-compat-"));
  await writePrograms(folder);
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "@gen-deploy"), { recursive: true });
  await mkdir(join(modules, "@types"));
  await symlink(join(root, "src/runtime"), join(modules, "@gen-deploy/runtime"));
  for (const types of ["@types/node", "undici-types"]) {
    await symlink(join(root, "node_modules", types), join(modules, types));
  }
  const sources: string[] = [];
  for (const [name, sample] of await samplePackages()) {
    await symlink(sample, join(modules, name));
    await cp(join(sample, "src"), join(folder, "sources", name), { recursive: true });
    sources.push(`sources/${name}/index.ts`, `sources/${name}/node.ts`);
  }
  for (const { setting, options } of settings) {
    const files = ["right.ts", "wrong.ts", ...sources];
    await writeFile(join(folder, `tsconfig.${setting}.json`), strictConfig(options, files));
  }
});

afterAll(async () => {
  if (folder !== "") await rm(folder, { recursive: true, force: true });
});

test("the lines that must not compile are those of the promise", () => {
  expect(refusedLines.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "an unknown label",
      "a wrong literal shape",
      "a missing feature",
      "a misspelt feature",
      "an extra feature",
      "a number where text is due",
      "an output label that does not exist",
    ]),
  );
});

describe.each(compilers)("TypeScript $version", ({ package: compiler }) => {
  test.each(settings)(
    "accepts and refuses callers' lines, and compiles the sources ($setting)",
    async ({ setting }) => {
      expect(mistakes(await complaintsOf(compiler, folder, `tsconfig.${setting}.json`))).toEqual([]);
    },
  );
});
