import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { packTarballs } from "../packages/packed-folder.js";
import { runCommand } from "../packages/run-command.js";
import { hasPlatforms, platformCommand } from "../platforms/tools.js";
import { startPeltarionServer } from "../servers/peltarion-server.mjs";
import { makeWorkspace } from "./make-workspace.js";
import type { Workspace } from "./make-workspace.js";
import { managers } from "./managers.js";
import type { Tarballs } from "./managers.js";

/*
 * The example beside this file, with each package manager: two models and an app that uses both. The manager installs
 * what npm pack makes of gen-deploy and its runtime; the rest comes from its cache or the registry.
 */

// Installations take as long as the network lets them.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

type Server = Awaited<ReturnType<typeof startPeltarionServer>>;
let base: string;
let tarballs: Tarballs;
let env: Readonly<Record<string, string>>;
const servers: Server[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "gen-deploy-workspaces-"));
  tarballs = await packTarballs(base);
  const registry = await runCommand(["npm", "config", "get", "registry"], { cwd: base });
  const prices = await start("house-price", ({ area }) => ({ price: Number(area) * 4000 }));
  const moods = await start("review-mood", () => ({ mood: { glad: 0.75, cross: 0.25 } }));
  env = {
    PRICE_URL: prices.url,
    MOOD_URL: moods.url,
    TOKEN: "workspace-token",
    YARN_NPM_REGISTRY_SERVER: registry.stdout.trim(),
  };
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await rm(base, { recursive: true, force: true });
});

async function start(
  model: string,
  answer: (row: Record<string, unknown>) => Record<string, unknown>,
): Promise<Server> {
  const place = fileURLToPath(new URL(`example/models/${model}.json`, import.meta.url));
  const description: unknown = JSON.parse(await readFile(place, "utf8"));
  const server = await startPeltarionServer({ description, token: "workspace-token", model: answer });
  servers.push(server);
  return server;
}

/** Says where each model's package finds the runtime. */
const whereIsTheRuntime = `
import { createRequire } from "node:module";
const models = ["@example/house-price", "@example/review-mood"];
const found = models.map((model) => createRequire(import.meta.resolve(model)).resolve("@gen-deploy/runtime"));
console.log(JSON.stringify(found));
`;

// Side by side: each waits for disk and network half of its time.
describe.concurrent.each(managers)("a workspace of $name", (manager) => {
  test.skipIf(!manager.comesWithNode && !hasPlatforms())(
    "checks its models, compiles the app, and predicts with one runtime",
    async () => {
      const workspace = await makeWorkspace(join(base, manager.name.replaceAll(" ", "-")), manager, {
        tarballs,
        env,
      });
      expect(await workspace.run([...manager.root, "check-models"])).toContain("2 packages: 2 up to date.");

      await workspace.run([...manager.app, "build"]);
      expect(JSON.parse(await workspace.run([...manager.app, "start"]))).toEqual({
        price: 320_000,
        mood: "glad",
        failure: true,
        oneRuntime: true,
      });

      const script = join(workspace.folder, "apps/advisor/where.mjs");
      await writeFile(script, whereIsTheRuntime);
      const found: readonly string[] = JSON.parse(await workspace.run([...manager.node, script]));
      expect(found).toHaveLength(2);
      expect(new Set(found).size).toBe(1);
    },
  );
});

describe.skipIf(!hasPlatforms())("turbo, told what goes in and what comes out", () => {
  const [npm] = managers;
  let workspace: Workspace;
  let model: string;

  beforeAll(async () => {
    if (npm === undefined) throw new Error("There is no manager.");
    const quiet = { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
    workspace = await makeWorkspace(join(base, "turbo"), npm, { tarballs, env: quiet });
    model = join(workspace.folder, "models/house-price.json");
    // What git ignores is no input.
    await workspace.run(["git", "init", "--quiet"]);
    await turbo("build");
  });

  /** Which tasks turbo ran, and of which it took the outputs from its cache. */
  async function turbo(task: string): Promise<Readonly<Record<string, string>>> {
    const said = await workspace.run([platformCommand("turbo"), "run", task, "--ui=stream"]);
    const tasks = [...said.matchAll(/^(\S+): cache (hit|miss), /gm)];
    return Object.fromEntries(tasks.map(([, name = "", cache = ""]) => [name, cache]));
  }

  test("runs nothing where nothing has changed, and brings back what is missing", async () => {
    expect(await turbo("build")).toEqual({ "//:generate": "hit", "advisor:build": "hit" });
    const client = join(workspace.folder, "packages/house-price/dist/index.js");
    const text = await readFile(client, "utf8");
    await rm(client);
    expect(await turbo("generate")).toEqual({ "//:generate": "hit" });
    expect(await readFile(client, "utf8")).toBe(text);
  });

  test("generates and builds anew where a model has changed", async () => {
    const changed = (await readFile(model, "utf8")).replace("Square metres.", "Square metres of all floors.");
    await writeFile(model, changed);
    expect(await turbo("build")).toEqual({ "//:generate": "miss", "advisor:build": "miss" });
    const sources = join(workspace.folder, "packages/house-price/src/index.ts");
    expect(await readFile(sources, "utf8")).toContain("Square metres of all floors.");
    expect(await turbo("check-models")).toEqual({ "//:check-models": "miss" });
  });

  test("ends where the packages no longer are what the models say", async () => {
    const other = (await readFile(model, "utf8")).replace('"harbour"', '"port"');
    await writeFile(model, other);
    await expect(turbo("check-models")).rejects.toThrow('label "harbour" removed from feature "district"');
  });
});
