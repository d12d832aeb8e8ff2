import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { strictConfig } from "../compat/caller-project.js";
import { compilers, complaintsOf } from "../compat/tsc.js";
import { exampleOf } from "../package-example.js";
import { templates } from "../templates.js";

/*
 * Packages of real descriptions, which are not part of this project: where they lie beside it, each gives a package that
 * compiles, sources, built files and front page alike, or is refused with what to give in its place. All packages are one
 * program for each compiler, since each costs seconds.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const shared = fileURLToPath(new URL("../../../shared/specs/", import.meta.url));
const isHere = existsSync(shared);
const documents = (isHere ? readdirSync(shared) : []).filter((name) => /\.(?:json|ya?ml)$/.test(name));

/** Protocols that describe no model. */
const withoutModel = /MLServer__dataplane|open_inference_rest/;
const described = documents.filter((name) => !withoutModel.test(name));

function generate(name: string): ReturnType<typeof compile> {
  const text = readFileSync(join(shared, name), "utf8");
  return compile({ name, url: null, text }, {}, { templates });
}

/** The files of a package, and its front page's program beside its sources and beside what was built of them. */
async function filesOf(name: string): Promise<ReadonlyMap<string, string>> {
  const { files } = await generate(name);
  const example = exampleOf(files);
  return new Map([
    ...files.map(({ path, text }) => [path, text] as const),
    ["example.ts", example],
    ["example-built.ts", example.replaceAll('"./src/', '"./dist/')],
  ]);
}

describe.skipIf(!isHere)("packages of real descriptions", () => {
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gen-deploy-real-"));
    const modules = join(folder, "node_modules");
    for (const place of ["@gen-deploy", "@types"]) await mkdir(join(modules, place), { recursive: true });
    await symlink(join(root, "src/runtime"), join(modules, "@gen-deploy/runtime"));
    for (const types of ["@types/node", "undici-types"])
      await symlink(join(root, "node_modules", types), join(modules, types));
    // A mistake of our own shows that somebody looked.
    const paths = ["wrong.ts"];
    await writeFile(join(folder, "wrong.ts"), 'export const wrong: number = "text";\n');
    for (const [index, name] of described.entries()) {
      for (const [path, text] of await filesOf(name)) {
        const place = `package-${index}/${path}`;
        await mkdir(dirname(join(folder, place)), { recursive: true });
        await writeFile(join(folder, place), text);
        if (path.endsWith(".ts")) paths.push(place);
      }
    }
    const options = { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022"], types: ["node"] };
    await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
    await writeFile(join(folder, "tsconfig.json"), strictConfig(options, paths));
  });

  afterAll(async () => {
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  test("are all but those of protocols", () => {
    expect(documents.length).toBeGreaterThanOrEqual(13);
    expect(documents.length - described.length).toBe(2);
  });

  test.each(compilers)(
    "compile with TypeScript $version",
    async ({ package: compiler }) => {
      const complaints = await complaintsOf(compiler, folder);
      expect(complaints.filter(({ file }) => file !== "wrong.ts")).toEqual([]);
      expect(complaints).toHaveLength(1);
    },
    240_000,
  );

  test.each(described)("%s twice gives the same bytes", async (name) => {
    expect(await filesOf(name)).toEqual(await filesOf(name));
  });

  test.each(documents.filter((name) => withoutModel.test(name)))(
    "%s is refused, with what to give in its place",
    async (name) => {
      const error = await generate(name).then(
        () => undefined,
        (refusal: unknown) => refusal,
      );
      if (!(error instanceof GenDeployError)) throw new Error("it was not refused", { cause: error });
      expect(error.code).toBe("openapi/no-model");
      expect(error.message).toMatch(/tells nothing of the inputs and outputs of yours/);
      expect(error.hint).toMatch(/give an OpenAPI document that describes the one model/i);
    },
  );
});
