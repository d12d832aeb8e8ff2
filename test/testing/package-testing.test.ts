import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { strictConfig } from "../compat/caller-project.js";
import { complaintsOf } from "../compat/tsc.js";
import { installPacked, installQuietly } from "../packages/packed-folder.js";
import type { PackedFolder } from "../packages/packed-folder.js";
import { outputOf, runCommand } from "../packages/run-command.js";

/*
 * What users test with, as they have it: packages of each system that the command wrote, packed and installed, with
 * tests of the user's own under vitest and under node:test; and none of it in what goes to production.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const users = fileURLToPath(new URL("./users", import.meta.url));

/** A package of each system, and the description that it is of. */
const packages = [
  { name: "animal-weight", spec: "peltarion/animal-table/spec.json" },
  { name: "half-plus-two", spec: "tf-serving/half-plus-two/spec.json" },
  { name: "example-adder", spec: "modelbit/adder/spec.yaml" },
  { name: "photo-restyler", spec: "cog/photo-restyler/spec.json" },
  { name: "leaf-doctor", spec: "openapi/leaf-doctor/spec.json" },
];
const names = packages.map(({ name }) => name);
const inlined = (name: string): string => `${name}-inline`;

/** What must not compile. */
const wrongCalls = [
  { name: "animal-weight", given: '{ answers: () => ({ Weight: "text" }) }' },
  { name: "animal-weight", given: "{ answers: ({ Colour }) => ({ Weight: 1 }) }" },
  { name: "half-plus-two", given: "{ answers: () => ({ y: 1 }) }" },
  { name: "example-adder", given: "{ answers: ({ a }) => String(a) }" },
  { name: "photo-restyler", given: "{ answers: () => 7 }" },
  { name: "leaf-doctor", given: "{ answers: { diagnose: () => 1 } }" },
  { name: "leaf-doctor", given: '{ failures: [{ status: "gone" }] }' },
];
let packed: PackedFolder;

beforeAll(async () => {
  packed = await installPacked();
  const { folder } = packed;
  const genDeploy = ["npx", "--no-install", "gen-deploy"];
  for (const { name, spec } of packages) {
    const given = join(root, "test/dialects", spec);
    await outputOf([...genDeploy, given, "--name", name, "--out", name], folder);
    const inline = ["--name", inlined(name), "--out", inlined(name), "--runtime", "inline"];
    await outputOf([...genDeploy, given, ...inline], folder);
  }
  const folders = await Promise.all(
    packages.flatMap(({ name }) =>
      [name, inlined(name)].map(async (one) => {
        await outputOf(["npm", "pack", "--pack-destination", folder], join(folder, one));
        return `./${one}-0.1.0.tgz`;
      }),
    ),
  );
  await outputOf([...installQuietly, ...folders], folder);
  // As if the user had installed it too, without a download.
  await symlink(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"));
  const written = (await readdir(users)).filter((file) => file.endsWith(".test.ts"));
  await mkdir(join(folder, "tests"));
  for (const file of written) await cp(join(users, file), join(folder, "tests", file));
  await cp(join(users, "node-test.mjs"), join(folder, "users.mjs"));
  const readmes = names.map(async (name) => {
    const readme = await readFile(join(folder, name, "README.md"), "utf8");
    const [, example = ""] = /## Testing\n.*?```ts\n(.*?)```/s.exec(readme) ?? [];
    await writeFile(join(folder, "tests", `readme-${name}.test.ts`), example);
  });
  await Promise.all(readmes);
  // The front pages' examples send a file of the disk.
  await writeFile(
    join(folder, "picture.png"),
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  );
  await writeFile(
    join(folder, "vitest.config.js"),
    'export default { test: { include: ["tests/*.test.ts"] } };\n',
  );
}, 240_000);

afterAll(async () => await packed?.remove());

describe("a user's tests", () => {
  test("run under vitest, those of the front pages among them", async () => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const report = join(packed.folder, "report.json");
    const command = [process.execPath, vitest, "run", "--reporter=json", `--outputFile=${report}`];
    const { status, stdout, stderr } = await runCommand(command, { cwd: packed.folder });
    expect(stdout + stderr).not.toMatch(/FAIL|Error/);
    expect(status).toBe(0);
    expect(JSON.parse(await readFile(report, "utf8"))).toMatchObject({
      success: true,
      numPassedTestSuites: expect.any(Number),
      numFailedTests: 0,
      numPassedTests: 15 + names.length,
    });
  }, 60_000);

  test("run under node:test", async () => {
    const command = [process.execPath, "--test", "users.mjs"];
    const { status, stdout } = await runCommand(command, { cwd: packed.folder });
    expect(stdout).toMatch(/^# pass 6$/m);
    expect(status).toBe(0);
  });

  test("run under node:test with copies of the runtime", async () => {
    const text = await readFile(join(packed.folder, "users.mjs"), "utf8");
    const swapped = names.reduce((now, name) => now.replaceAll(`"${name}`, `"${inlined(name)}`), text);
    await writeFile(join(packed.folder, "inline.mjs"), swapped);
    const { status, stdout } = await runCommand([process.execPath, "--test", "inline.mjs"], {
      cwd: packed.folder,
    });
    expect(stdout).toMatch(/^# pass 6$/m);
    expect(status).toBe(0);
  });

  test("compile", async () => {
    const { folder } = packed;
    const files = (await readdir(join(folder, "tests"))).map((file) => `tests/${file}`);
    // The declarations of vitest are its own affair.
    const options = { module: "nodenext", types: ["node"], lib: ["es2023", "dom"], skipLibCheck: true };
    await writeFile(join(folder, "tsconfig.json"), strictConfig(options, files));
    expect(await complaintsOf("typescript", folder)).toEqual([]);
  });

  test("do not compile where they are wrong", async () => {
    const { folder } = packed;
    const imports = names.map(
      (name, index) => `import { mockTransport as mock${index} } from "${name}/testing";`,
    );
    const calls = wrongCalls.map(({ name, given }) => `mock${names.indexOf(name)}(${given});`);
    await writeFile(join(folder, "wrong.ts"), [...imports, ...calls, ""].join("\n"));
    const options = { module: "nodenext", types: ["node"], lib: ["es2023", "dom"] };
    await writeFile(join(folder, "tsconfig.wrong.json"), strictConfig(options, ["wrong.ts"]));
    const complaints = await complaintsOf("typescript", folder, "tsconfig.wrong.json");
    const lines = new Set(complaints.map(({ file, line }) => `${file}:${line}`));
    expect([...lines]).toEqual(wrongCalls.map((_, index) => `wrong.ts:${names.length + index + 1}`));
  });
});

describe("production", () => {
  test.each(names.flatMap((name) => [name, inlined(name)]))("has nothing of it: %s", async (name) => {
    const { metafile } = await build({
      stdin: {
        contents: `import * as client from ${JSON.stringify(name)}; globalThis.client = client;`,
        resolveDir: packed.folder,
      },
      absWorkingDir: packed.folder,
      ...{ bundle: true, write: false, metafile: true, format: "esm", platform: "browser" },
    });
    const held = Object.keys(metafile.inputs);
    expect(held.length).toBeGreaterThan(10);
    expect(held.filter((path) => /(?:^|\/)testing[/.]/.test(path))).toEqual([]);
  });

  test.each(packages)(
    "a copy of the runtime has what $name needs of it, and no other system's",
    async ({ name }) => {
      const folder = join(packed.folder, "node_modules", inlined(name), "runtime/testing");
      const entries = ["rows", "tf-serving", "modelbit", "cog", "service"].map((system) => `${system}.js`);
      const found = await readdir(folder);
      expect(found.filter((file) => entries.includes(file))).toHaveLength(1);
    },
  );
});
