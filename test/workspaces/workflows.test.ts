import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { startRegistry } from "../packages/registry-server.js";
import { outputOf, runCommand } from "../packages/run-command.js";
import type { Ended } from "../packages/run-command.js";

/*
 * The steps of the example's workflows that are commands, run as the runner runs them: bash -e, in a checkout of the
 * pull request that has the target branch beside it.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const example = join(root, "test/workspaces/example");
const main = join(root, "dist/cli/main.js");
vi.setConfig({ testTimeout: 120_000 });
let base: string;
let folder: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "gen-deploy-workflow-"));
  const generated = join(base, "generated");
  await cp(example, generated, { recursive: true });
  await outputOf([process.execPath, main], generated);
  // What `npm ci` would install.
  await mkdir(join(generated, "node_modules/.bin"), { recursive: true });
  await symlink(main, join(generated, "node_modules/.bin/gen-deploy"));
});
beforeEach(async ({ task }) => {
  folder = join(base, task.id);
  await cp(join(base, "generated"), folder, { recursive: true, verbatimSymlinks: true });
});
afterAll(() => rm(base, { recursive: true, force: true }));

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { name?: string; run?: string }[] }>>;
}

/** Runs the step of that name. */
async function runStep(
  workflow: string,
  step: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { jobs }: Workflow = parse(
    await readFile(join(example, `.github/workflows/${workflow}.yml`), "utf8"),
  );
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const script = steps.find(({ name }) => name === step)?.run;
  if (script === undefined) throw new Error(`${workflow}.yml has no step "${step}".`);
  return await runCommand(["bash", "-e", "-c", script], { cwd: folder, env });
}

async function changeModel(from: string, to: string): Promise<void> {
  const model = join(folder, "models/house-price.json");
  await writeFile(model, (await readFile(model, "utf8")).replace(from, to));
}

const portInsteadOfHarbour = `## packages/house-price

| kind | operation | side | change |
| --- | --- | --- | --- |
| **breaking** | POST /deployment/house-price/forward | input | label "harbour" removed from feature "district" |
| additive | POST /deployment/house-price/forward | input | label "port" added to feature "district" |

Version: **major**

`;

describe("on a pull request", () => {
  test("says what changes for callers, and nothing of packages that stay", async () => {
    await cp(join(folder, "packages"), join(folder, ".base/packages"), { recursive: true });
    await changeModel('"harbour"', '"port"');
    await outputOf([process.execPath, main], folder);
    const summary = join(folder, "summary.md");
    expect((await runStep("models", "The packages are what the models say")).status).toBe(0);
    const told = await runStep("models", "What changes for callers", { GITHUB_STEP_SUMMARY: summary });
    expect(told).toMatchObject({ status: 0, stderr: expect.not.stringContaining("error:") });
    expect(await readFile(summary, "utf8")).toBe(portInsteadOfHarbour);
  });

  test("says nothing where nothing changes, and of a package that is new", async () => {
    await cp(join(folder, "packages/house-price"), join(folder, ".base/packages/house-price"), {
      recursive: true,
    });
    const summary = join(folder, "summary.md");
    await runStep("models", "What changes for callers", { GITHUB_STEP_SUMMARY: summary });
    expect(await readFile(summary, "utf8")).toBe("");
  });

  test("fails where a package is not what its model says, and says why", async () => {
    await changeModel('"harbour"', '"port"');
    const { status, stderr } = await runStep("models", "The packages are what the models say");
    expect(status).toBe(1);
    expect(stderr).toContain('label "harbour" removed from feature "district"');
  });

  test("is the workflow of the README", async () => {
    const readme = await readFile(join(root, "README.md"), "utf8");
    expect(readme).toContain(await readFile(join(example, ".github/workflows/models.yml"), "utf8"));
  });
});

test("after a merge, each version is published once", async () => {
  const registry = await startRegistry();
  try {
    const step = "Publish each version that is new";
    expect((await runStep("publish", step, registry.env)).status).toBe(0);
    expect((await runStep("publish", step, registry.env)).status).toBe(0);
    expect(registry.published.map(({ name }) => name)).toEqual([
      "@example/house-price",
      "@example/review-mood",
    ]);
  } finally {
    await registry.close();
  }
});
