import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { samplePackages } from "../compat/caller-project.js";
import { startRegistry } from "./registry-server.js";
import type { RegistryServer } from "./registry-server.js";
import { outputOf, runCommand } from "./run-command.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const spec = join(root, "test/dialects/peltarion/animal-table/spec.json");
let folder: string;
let registry: RegistryServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-deploy-publish-"));
  registry = await startRegistry();
});
afterAll(async () => {
  await registry?.close();
  await rm(folder, { recursive: true, force: true });
});

/** npm's warnings about a package, where it found something to mend or to doubt. */
function warnings(stderr: string): readonly string[] {
  return stderr
    .split("\n")
    .filter((line) => /^npm (?:warn|error)/.test(line) && !/marked as private/.test(line));
}

test("npm would publish gen-deploy, its runtime and every sample without a word of warning", async () => {
  const command = ["npm", "publish", "--dry-run", "--workspaces", "--include-workspace-root"];
  const { status, stdout, stderr } = await runCommand(command, { cwd: root, env: registry.env });
  expect(warnings(stderr)).toEqual([]);
  expect(status).toBe(0);
  const names = stdout.match(/(?<=^\+ ).+(?=@\d+\.\d+\.\d+$)/gm) ?? [];
  const samples = [...(await samplePackages()).keys()];
  expect(names.toSorted()).toEqual(["@gen-deploy/runtime", "gen-deploy", ...samples].toSorted());
  expect(registry.published).toEqual([]);
}, 60_000);

test("a package of a config is published with the fields that provenance is checked by", async () => {
  await cp(spec, join(folder, "animal.json"));
  const url = "git+https://git.example.com/team/models.git";
  const config = {
    defaults: { package: { license: "MIT", publishConfig: { access: "public" } } },
    deployments: [
      {
        spec: "animal.json",
        name: "@team/animal-weight",
        out: "packages/animal-weight",
        package: { repository: { type: "git", url, directory: "packages/animal-weight" } },
      },
    ],
  };
  await writeFile(join(folder, "gen-deploy.config.json"), JSON.stringify(config));
  await outputOf([process.execPath, main], folder);
  const { status, stderr } = await runCommand(["npm", "publish"], {
    cwd: join(folder, "packages/animal-weight"),
    env: registry.env,
  });
  expect(warnings(stderr)).toEqual([]);
  expect(status).toBe(0);
  expect(registry.published).toMatchObject([
    {
      name: "@team/animal-weight",
      manifest: {
        license: "MIT",
        repository: { type: "git", url, directory: "packages/animal-weight" },
        publishConfig: { access: "public" },
      },
    },
  ]);
});
