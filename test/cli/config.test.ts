import { createServer } from "node:http";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const titled = (title: string): string => animal.replace("Animal weight", title);
const read = (path: string): string => readFileSync(join(cli.folder, path), "utf8");
const withImport = (config: string): string =>
  `import { defineConfig } from "gen-deploy";\nexport default defineConfig(${config});\n`;
const listed = '{ deployments: [{ spec: "models/a.json", name: "one", labels: { Type: ["cat", "dog"] } }] }';

describe("a config", () => {
  test.each([
    { name: "gen-deploy.config.ts", text: withImport(listed) },
    { name: "gen-deploy.config.mts", text: withImport(`${listed} satisfies { deployments: object[] }`) },
    { name: "gen-deploy.config.js", text: withImport(listed) },
    { name: "gen-deploy.config.mjs", text: withImport(listed) },
    { name: "gen-deploy.config.mjs", text: `export default await Promise.resolve(${listed});\n` },
    { name: "gen-deploy.config.js", text: `module.exports = ${listed};\n` },
    {
      name: "gen-deploy.config.json",
      text: '{ "deployments": [{ "spec": "models/a.json", "name": "one", "labels": { "Type": ["cat", "dog"] } }] }',
    },
  ])("is $name, where gen-deploy is installed nowhere: $text", async ({ name, text }) => {
    cli.put(name, text);
    cli.put("models/a.json", animal);
    const { status, stdout, stderr } = await cli.run([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/\n1 description: 1 written\.\n$/);
    expect(read("one/src/index.ts")).toContain('"cat"');
  });

  test("may import what it likes, and is typed", async () => {
    cli.put(
      "gen-deploy.config.ts",
      `import { labels, type Kind } from "./shared.js";\n${withImport('{ deployments: [{ spec: "a.json", name: kind, labels: { Type: labels } }] }')}const kind: Kind = "one";\n`
        .replace("export default", 'const kind: Kind = "one";\nexport default')
        .replace(/const kind: Kind = "one";\n$/, ""),
    );
    cli.put(
      "shared.ts",
      'export enum E { A }\nexport type Kind = "one";\nexport const labels: string[] = ["cat", "dog"];\n',
    );
    cli.put("a.json", animal);
    expect(await cli.run([])).toMatchObject({ status: 0, stderr: "" });
    expect(read("one/package.json")).toContain('"one"');
  });

  test("leads paths from its own folder, and merges what is shared", async () => {
    cli.put("models/a.json", titled("A"));
    cli.put("models/b.json", titled("B"));
    cli.put("models/labels.yaml", "Type: [yes, no]\n");
    cli.put(
      "models/our.json",
      JSON.stringify({
        defaults: { out: "../packages", labelsFile: "labels.yaml", package: { license: "MIT" } },
        deployments: [
          { spec: "*a.json" },
          {
            spec: "./b.json",
            name: "bee",
            out: "../bee",
            runtime: "inline",
            package: { publishConfig: { access: "public" } },
          },
        ],
      }),
    );
    const { status, stderr } = await cli.run(["--config", "models/our.json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(read("packages/a/package.json"))).toMatchObject({ name: "a", license: "MIT" });
    expect(read("packages/a/src/index.ts")).toContain('"yes"');
    const bee: unknown = JSON.parse(read("bee/package.json"));
    expect(bee).toMatchObject({ name: "bee", license: "MIT", publishConfig: { access: "public" } });
    expect(bee).not.toHaveProperty("dependencies");
    expect((await cli.run(["check", "--config", "models/our.json"])).stdout).toBe(
      "2 packages: 2 up to date.\n",
    );
    cli.put("models/our.json", read("models/our.json").replace('"MIT"', '"ISC"'));
    expect(await cli.run(["check", "--config", "models/our.json"])).toMatchObject({ status: 1 });
    await cli.run(["--config", "models/our.json"]);
    expect(JSON.parse(read("packages/a/package.json"))).toMatchObject({ license: "ISC" });
  });

  test("is told to hold what a pattern and an entry both name once", async () => {
    cli.put("a.json", titled("A"));
    cli.put("b.json", titled("B"));
    cli.put(
      "gen-deploy.config.mjs",
      'export default { deployments: [{ spec: "?.json" }, { spec: "./b.json", name: "bee" }] };',
    );
    const { status, stdout } = await cli.run(["--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ packages: [{ package: "a" }, { package: "bee" }] });
  });

  test("that is at fault has one complaint: file, place, what is wrong, what to do", async () => {
    cli.put(
      "gen-deploy.config.json",
      '{\n  "deployments": [\n    { "spec": "a.json", "lables": {} }\n  ]\n}\n',
    );
    const { status, stdout, stderr } = await cli.run([]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(
      "error: gen-deploy.config.json: deployments[0].lables is not known.\n  at gen-deploy.config.json:3:",
    );
    expect(stderr).toMatch(/\n {2}help: Did you mean deployments\[0\]\.labels\?\n$/);
  });

  const broken: readonly {
    name: string;
    file: string;
    text: string;
    want: RegExp;
    words?: readonly string[];
  }[] = [
    {
      name: "syntax",
      file: "gen-deploy.config.ts",
      text: "export default {",
      want: /^error: gen-deploy\.config\.ts cannot be run: /,
    },
    {
      name: "a throw",
      file: "gen-deploy.config.mjs",
      text: 'throw new Error("no luck");',
      want: /cannot be run: no luck\.\n {2}help: /,
    },
    {
      name: "no default",
      file: "gen-deploy.config.ts",
      text: "export const a = 1;",
      want: /has no default export\.\n {2}help: Write export default/,
    },
    { name: "no file", file: "x", text: "", words: ["--config", "nope.ts"], want: /nope\.ts does not exist/ },
    {
      name: "another ending",
      file: "x.yaml",
      text: "",
      words: ["--config", "x.yaml"],
      want: /x\.yaml is no config/,
    },
  ];
  test.each(broken)("that cannot be loaded: $name", async ({ file, text, want, words = [] }) => {
    cli.put(file, text);
    const { status, stdout, stderr } = await cli.run(words);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(want);
    expect(stderr).not.toMatch(/gen-deploy itself failed/);
  });

  test("is one", async () => {
    cli.put("gen-deploy.config.ts", "");
    cli.put("gen-deploy.config.json", "");
    expect(await cli.run([])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/more than one config/),
    });
  });

  const usage: readonly { given: readonly string[]; want: RegExp }[] = [
    { given: [], want: /No description is given, and there is no config here/ },
    { given: ["check"], want: /No description is given/ },
    { given: ["--name", "x"], want: /No description is given, and --name is for one/ },
    { given: ["a.json", "--filter", "x"], want: /--filter is for a config/ },
    { given: ["check", "a.json", "--config", "x"], want: /--config is for a config/ },
  ];
  test.each(usage)("goes not with $given: status 2", async ({ given, want }) => {
    expect(await cli.run(given)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(want),
    });
  });
});

describe("--filter", () => {
  test.each([
    { given: ["one"], want: ["one"] },
    { given: ["@team/*"], want: ["@team/two"] },
    { given: ["models/c.json"], want: ["c"] },
    { given: ["o*", "c/**", "packages/cc"], want: ["one", "c"] },
  ])("$given runs $want", async ({ given, want }) => {
    for (const name of ["a", "b", "c"]) cli.put(`models/${name}.json`, titled(name));
    cli.put(
      "gen-deploy.config.mjs",
      `export default { deployments: [
        { spec: "models/a.json", name: "one" },
        { spec: "models/b.json", name: "@team/two" },
        { spec: "models/c.json", out: "packages/cc" },
      ] };`,
    );
    const filters = given.filter((one) => one !== "c/**").flatMap((one) => ["--filter", one]);
    const { status, stdout } = await cli.run([...filters, "--dry-run", "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ packages: want.map((name) => ({ package: name })) });
    const near = await cli.run(["--filter", "ome"]);
    expect(near).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/"ome" fits\.\n {2}help: Did you mean one\?/),
    });
  });
});

describe("headers", () => {
  test("are read from the environment, go to their host, and show nowhere", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer(({ headers }, response) => {
      seen.push(String(headers["x-key"]));
      response.statusCode = headers["x-key"] === "hunter2-secret" ? 200 : 401;
      response.end(animal);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    cli.put(
      "gen-deploy.config.mjs",
      `export default { deployments: [{ spec: "http://127.0.0.1:${port}/a.json", name: "one", headers: { "X-Key": { env: "MODEL_KEY" } } }] };`,
    );
    try {
      const good = await cli.run([], {
        environment: { MODEL_KEY: "hunter2-secret", GEN_DEPLOY_TOKEN: "other" },
      });
      expect(good).toMatchObject({ status: 0 });
      const bad = await cli.run(["--debug"], { environment: { MODEL_KEY: "hunter2-wrong" } });
      expect(bad).toMatchObject({ status: 1, stderr: expect.stringMatching(/answered 401/) });
      const none = await cli.run([]);
      expect(none.stderr).toMatch(
        /deployments\[0\]\.headers\["x-key"\] is not in the environment: "MODEL_KEY" is not set\./,
      );
      const shown = [good, bad, none].flatMap(({ stdout, stderr }) => [stdout, stderr]).join("");
      expect(shown).not.toContain("hunter2");
      expect(seen).toEqual(["hunter2-secret", "hunter2-wrong"]);
    } finally {
      server.close();
    }
  });
});
