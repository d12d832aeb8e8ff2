import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const titled = (title: string): string => animal.replace("Animal weight", title);
const read = (path: string): string => readFileSync(join(cli.folder, path), "utf8");
const metadata =
  "owner: me@example.com\nruntimeInfo:\n  mainFunction: adder\n  mainFunctionArgs:\n    - a:int\n";

test("init writes a config of what it finds, and gen-deploy runs it", async () => {
  cli.put("models/animal/openapi.json", animal);
  cli.put("models/cat/openapi.yaml", titled("Cat"));
  cli.put("services/dog/dog.openapi.json", titled("Same"));
  cli.put("services/fox/openapi.json", titled("Same"));
  cli.put("deployments/adder/metadata.yaml", metadata);
  cli.put("node_modules/x/openapi.json", titled("Foreign"));
  cli.put(".cache/openapi.json", titled("Hidden"));
  cli.put("other/metadata.json", '{"a": 1}');
  cli.put(
    "package.json",
    JSON.stringify({ workspaces: ["apps/*", "libs/*"], devDependencies: { typescript: "5" } }),
  );
  await cli.run(["models/animal/openapi.json", "--out", "libs/standing"]);
  const { status, stdout, stderr } = await cli.run(["init"]);
  expect(stderr).toMatch(/^note: other\/metadata\.json is passed over: .*\n$/);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Wrote gen-deploy\.config\.ts with \d deployments:\n/);
  const config = read("gen-deploy.config.ts");
  expect(config).toContain('defaults: { out: "apps" }');
  expect(config).toContain('{ spec: "models/animal/openapi.json", name: "animal-weight" }');
  expect(config).toContain('{ spec: "services/dog/dog.openapi.json", name: "same-dog" }');
  expect(config).toContain('{ spec: "services/fox/openapi.json", name: "same-fox" }');
  expect(config).not.toMatch(/node_modules|\.cache|libs|other/);
  const run = await cli.run(["--quiet"]);
  expect(run).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(existsSync(join(cli.folder, "apps/same-fox/package.json"))).toBe(true);
  expect(await cli.run(["check"])).toMatchObject({ status: 0 });

  const again = await cli.run(["init"]);
  expect(again).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/gen-deploy\.config\.ts stands already/),
  });
  expect(read("gen-deploy.config.ts")).toBe(config);
});

test("init writes no TypeScript where there is none", async () => {
  cli.put(".cog/openapi_schema.json", animal);
  const { status, stdout } = await cli.run(["init", "--json"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ok: true,
    file: "gen-deploy.config.mjs",
    deployments: [{ spec: ".cog/openapi_schema.json", name: "animal-weight" }],
    passedOver: [],
  });
  expect((await cli.run([])).status).toBe(0);
});

test("init with nothing to list writes nothing", async () => {
  const { status, stderr } = await cli.run(["init"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error: No description of a deployment is below this folder\.\n {2}help: /);
  expect(existsSync(join(cli.folder, "gen-deploy.config.mjs"))).toBe(false);
});
