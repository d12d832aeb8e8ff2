import { cp, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mistakes, settings, strictConfig, writePrograms } from "../compat/caller-project.js";
import { compilers, complaintsOf } from "../compat/tsc.js";
import { startPeltarionServer } from "../servers/peltarion-server.mjs";
import { callProgram, callResult } from "./call-program.js";
import { withOldRuntime } from "./old-runtime.js";
import { installPacked, installQuietly } from "./packed-folder.js";
import type { PackedFolder } from "./packed-folder.js";
import { outputOf, runCommand } from "./run-command.js";

const specs = fileURLToPath(new URL("../dialects/peltarion", import.meta.url));
const genDeploy = ["npx", "--no-install", "gen-deploy"] as const;
const imports = "import { createClient, isDeploymentError, labels } from";
let packed: PackedFolder;
let server: Awaited<ReturnType<typeof startPeltarionServer>>;

beforeAll(async () => {
  packed = await installPacked();
  const { folder } = packed;
  for (const spec of ["animal-table", "image-and-arrays", "image-and-arrays-npy"]) {
    await cp(join(specs, spec, "spec.json"), join(folder, `${spec}.json`));
  }
  await cp(join(specs, "categorical-size-only/spec.yaml"), join(folder, "triage.yaml"));
  const description: unknown = JSON.parse(await readFile(join(folder, "animal-table.json"), "utf8"));
  const model = ({ Size }: Record<string, unknown>): Record<string, unknown> => ({ Weight: Size });
  server = await startPeltarionServer({ description, token: "packed-token", model });

  await outputOf([...genDeploy, "animal-table.json"], folder);
  await outputOf([...genDeploy, "image-and-arrays.json"], folder);
  await outputOf([...genDeploy, "image-and-arrays-npy.json", "--name", "digits-and-grids-npy"], folder);
  await outputOf([...genDeploy, "triage.yaml", "--labels", "severity=mild,moderate,severe"], folder);
  const packages = ["animal-weight", "digits-and-grids", "digits-and-grids-npy", "hospital-triage"];
  await outputOf([...installQuietly, ...packages.map((name) => `./${name}`)], folder);
  await writePrograms(folder);
}, 120_000);

afterAll(async () => {
  await server?.close();
  await packed?.remove();
});

describe("the generated package", () => {
  test("stands under its own name, whole", async () => {
    expect(await readdir(join(packed.folder, "animal-weight"))).toEqual(
      expect.arrayContaining(["README.md", "dist", "gen-deploy.json", "openapi.json", "package.json", "src"]),
    );
    expect(
      await outputOf([...genDeploy, "check", "animal-table.json", "--out", "animal-weight"], packed.folder),
    ).not.toBe("");
  });

  test.each(compilers)(
    "is accepted and refused rightly by TypeScript $version",
    async ({ package: compiler }) => {
      const [{ options }] = settings;
      await writeFile(
        join(packed.folder, `tsconfig.${compiler}.json`),
        strictConfig(options, ["right.ts", "wrong.ts"]),
      );
      expect(mistakes(await complaintsOf(compiler, packed.folder, `tsconfig.${compiler}.json`))).toEqual([]);
    },
  );

  test("has a front page whose example compiles", async () => {
    const names = ["animal-weight", "digits-and-grids", "digits-and-grids-npy", "hospital-triage"];
    for (const name of names) {
      const readme = await readFile(join(packed.folder, name, "README.md"), "utf8");
      const [, example = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
      expect(example).toContain(`from "${name}"`);
      await writeFile(join(packed.folder, `readme-${name}.ts`), example);
    }
    const files = names.map((name) => `readme-${name}.ts`);
    await writeFile(join(packed.folder, "tsconfig.readme.json"), strictConfig(settings[0].options, files));
    expect(await complaintsOf("typescript", packed.folder, "tsconfig.readme.json")).toEqual([]);
  });

  test.each([
    { name: "import", file: "call.mjs", head: `${imports} "animal-weight";` },
    {
      name: "require()",
      file: "call.cjs",
      head: `const { createClient, isDeploymentError, labels } = require("animal-weight");`,
    },
  ])("works by $name", async ({ file, head }) => {
    await writeFile(join(packed.folder, file), head + callProgram);
    expect(JSON.parse(await outputOf([process.execPath, file], packed.folder, { URL: server.url }))).toEqual(
      callResult,
    );
  });

  test("has nothing that publint would change", async () => {
    expect(await complaintsOfPublint(join(packed.folder, "animal-weight"))).toEqual([]);
  });

  test("is left alone when nothing has changed", async () => {
    const file = join(packed.folder, "animal-weight/dist/index.js");
    const before = await stat(file);
    await outputOf([...genDeploy, "animal-table.json"], packed.folder);
    expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
  });
});

describe("the generated package with its own copy of the runtime", () => {
  let alone: string;

  beforeAll(async () => {
    await outputOf(
      [...genDeploy, "animal-table.json", "--runtime", "inline", "--name", "animal-alone"],
      packed.folder,
    );
    alone = join(packed.folder, "../alone");
    await mkdir(alone);
    await writeFile(
      join(alone, "package.json"),
      JSON.stringify({ name: "alone", private: true, type: "module" }),
    );
    await outputOf(["npm", "pack", "--pack-destination", alone], join(packed.folder, "animal-alone"));
    await outputOf([...installQuietly, "--offline", "./animal-alone-0.1.0.tgz"], alone);
    // What is published of it has built files in the place of sources.
    await cp(join(packed.folder, "animal-alone"), join(alone, "sources"), { recursive: true });
  });

  test("needs no other package", async () => {
    expect((await readdir(join(alone, "node_modules"))).filter((name) => !name.startsWith("."))).toEqual([
      "animal-alone",
    ]);
    const manifest: unknown = JSON.parse(
      await readFile(join(alone, "node_modules/animal-alone/package.json"), "utf8"),
    );
    expect(manifest).not.toHaveProperty("dependencies");
  });

  test("works", async () => {
    await writeFile(join(alone, "call.mjs"), `${imports} "animal-alone";${callProgram}`);
    expect(JSON.parse(await outputOf([process.execPath, "call.mjs"], alone, { URL: server.url }))).toEqual(
      callResult,
    );
  });

  test.each(compilers)(
    "compiles in a browser's project, sources too, by TypeScript $version",
    async ({ package: compiler }) => {
      const program = [
        `import { createClient } from "animal-alone";`,
        `void createClient().predict({ Type: "animal", Sound: "moo", Size: 1 });`,
      ];
      const files = ["right.ts", "sources/src/index.ts"];
      await writeFile(join(alone, "right.ts"), `${program.join("\n")}\n`);
      await writeFile(join(alone, "tsconfig.json"), strictConfig(settings[1].options, files));
      expect(await complaintsOf(compiler, alone)).toEqual([]);
    },
  );

  test("has nothing that publint would change", async () => {
    expect(await complaintsOfPublint(join(packed.folder, "animal-alone"))).toEqual([]);
  });
});

describe("the generated package beside a runtime that is too old", () => {
  let app: string;

  beforeAll(async () => {
    app = await withOldRuntime(packed.folder);
  });

  test("says so when it is loaded", async () => {
    await writeFile(join(app, "old.mjs"), `import { createClient } from "animal-weight";\ncreateClient();\n`);
    const { status, stderr } = await runCommand([process.execPath, "old.mjs"], { cwd: app });
    expect(status).toBe(1);
    expect(stderr).toMatch(/'\.\/since-0\.1' is not defined by "exports" in .*@gen-deploy.runtime/);
  });

  test.each(compilers)(
    "says so to TypeScript $version, declarations unchecked",
    async ({ package: compiler }) => {
      const program = [
        `import { createClient } from "animal-weight";`,
        `void createClient().predict({ Type: "animal", Sound: "moo", Size: 1 });`,
      ];
      await writeFile(join(app, "old.ts"), `${program.join("\n")}\n`);
      const options = { ...settings[0].options, skipLibCheck: true };
      await writeFile(join(app, "tsconfig.old.json"), strictConfig(options, ["old.ts"]));
      const complaints = await complaintsOf(compiler, app, "tsconfig.old.json");
      expect(complaints).toMatchObject([{ file: "old.ts", line: 2 }]);
      expect(complaints[0]?.message).toContain(`RuntimeIsTooOld<"0.1">`);
    },
  );
});

test("a fault of the input is exit status 1 and no package", async () => {
  await writeFile(join(packed.folder, "broken.json"), `{"paths": {},}`);
  const { status, stderr } = await runCommand([...genDeploy, "broken.json", "--out", "broken"], {
    cwd: packed.folder,
  });
  expect(status).toBe(1);
  expect(stderr).toContain("broken.json:1:13");
  expect(await readdir(packed.folder)).not.toContain("broken");
});

async function complaintsOfPublint(pkgDir: string): Promise<readonly string[]> {
  const { messages, pkg } = await publint({ pkgDir, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}
