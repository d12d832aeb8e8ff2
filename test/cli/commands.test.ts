import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { snapshot } from "../disk/snapshot.js";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const edit = (path: string, change: (text: string) => string): void => {
  const place = join(cli.folder, path);
  writeFileSync(place, change(readFileSync(place, "utf8")));
};

describe("gen-deploy <spec>", () => {
  test("writes a package, and the same again", async () => {
    cli.put("spec.json", animal);
    expect(await cli.run(["spec.json"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Wrote animal-weight to animal-weight: \d+ files\.\n$/),
    });
    const before = snapshot(cli.folder);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining([
        "animal-weight/package.json",
        "animal-weight/src/index.ts",
        "animal-weight/dist/index.js",
        "animal-weight/gen-deploy.json",
      ]),
    );
    expect(await cli.run(["spec.json"])).toMatchObject({
      status: 0,
      stdout: "animal-weight in animal-weight is up to date.\n",
    });
    expect(snapshot(cli.folder)).toEqual(before);
  });

  test("reads standard input, keeps to the options, and says nothing with --quiet", async () => {
    const words = [
      "-",
      "-o",
      "out/x",
      "-n",
      "@team/animal",
      "--package-version",
      "3.2.1",
      "--emit",
      "js",
      "--runtime",
      "inline",
      "--quiet",
    ];
    expect(await cli.run(words, { stdin: animal })).toEqual({ status: 0, stdout: "", stderr: "" });
    const files = snapshot(join(cli.folder, "out/x"));
    expect(JSON.parse(files["package.json"] ?? "")).toMatchObject({ name: "@team/animal", version: "3.2.1" });
    expect(Object.keys(files)).not.toContain("src/");
    expect(Object.keys(files)).toContain("runtime/index.js");
  });

  test("goes on from the version in package.json, and keeps fields of the user's own", async () => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json"]);
    edit("animal-weight/package.json", (text) =>
      text.replace('"0.1.0"', '"7.0.0"').replace("{", '{\n  "author": "me",'),
    );
    cli.put("spec.json", animal.replace("Weight", "Mass"));
    expect(await cli.run(["spec.json", "-o", "animal-weight"])).toMatchObject({ status: 0 });
    expect(JSON.parse(readFileSync(join(cli.folder, "animal-weight/package.json"), "utf8"))).toMatchObject({
      version: "8.0.0",
      author: "me",
    });
  });

  test("--dry-run lists, and writes nothing", async () => {
    cli.put("spec.json", animal);
    const { status, stdout } = await cli.run(["spec.json", "--dry-run"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Would write to animal-weight:\n(?: {2}\+ \S+\n)+$/);
    expect(Object.keys(snapshot(cli.folder))).toEqual(["spec.json"]);
  });

  test("--json reports what was done, and what was wrong", async () => {
    cli.put("spec.json", animal);
    const done = await cli.run(["spec.json", "--json"]);
    expect(JSON.parse(done.stdout)).toMatchObject({
      ok: true,
      package: "animal-weight",
      dialect: "peltarion",
      removed: [],
    });
    expect(done.stderr).toBe("");
    const failed = await cli.run(["nope.json", "--json"]);
    expect(failed).toMatchObject({ status: 1, stderr: "" });
    expect(JSON.parse(failed.stdout)).toMatchObject({
      ok: false,
      error: { code: "read/missing", message: "nope.json does not exist." },
    });
  });

  test("a changed file is not overwritten without --force", async () => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json"]);
    edit("animal-weight/src/index.ts", (text) => `${text}// mine\n`);
    const before = snapshot(cli.folder);
    expect(await cli.run(["spec.json"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("src/index.ts"),
    });
    expect(snapshot(cli.folder)).toEqual(before);
    expect(await cli.run(["spec.json", "--force"])).toMatchObject({ status: 0 });
    expect(readFileSync(join(cli.folder, "animal-weight/src/index.ts"), "utf8")).not.toContain("// mine");
  });

  test("labels from the command line and from a file", async () => {
    cli.put("spec.json", animal);
    cli.put("labels.yaml", "Type: [0, 'a, b']\n");
    await cli.run(["spec.json", "-o", "a", "--labels", "Type=cat,dog"]);
    await cli.run(["spec.json", "-o", "b", "--labels-file", "labels.yaml"]);
    expect(readFileSync(join(cli.folder, "a/src/index.ts"), "utf8")).toContain('["cat", "dog"]');
    expect(readFileSync(join(cli.folder, "b/src/index.ts"), "utf8")).toContain('["0", "a, b"]');
    cli.put("labels.yaml", "Type: 3\n");
    expect(await cli.run(["spec.json", "-o", "c", "--labels-file", "labels.yaml"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("labels.yaml:1:7"),
    });
  });

  test("references to files below the description's folder", async () => {
    cli.put(
      "api/spec.json",
      animal.replace(/"Size": \{[^]*?\}\s*\}/, '"Size": { "$ref": "parts/size.yaml#/Size" }'),
    );
    cli.put("api/parts/size.yaml", "Size:\n  x-peltarion: {type: numeric, shape: [1]}\n");
    expect(await cli.run(["api/spec.json"])).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining("error"),
    });
    expect(readFileSync(join(cli.folder, "animal-weight/src/index.ts"), "utf8")).toMatch(/Size: number/);
  });

  test("a description behind a login, the token never shown", async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.headers.authorization === "Bearer sesame-42" ? 200 : 401;
      response.end(response.statusCode === 200 ? animal : "no");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/openapi.json`;
    try {
      expect(await cli.run([url])).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/answered 401[^]*GEN_DEPLOY_TOKEN/),
      });
      const wrong = await cli.run([url, "--debug", "--token", "wrong-sesame"]);
      expect(wrong).toMatchObject({ status: 1, stderr: expect.stringMatching(/answered 401[^]*refused/) });
      expect(wrong.stderr).not.toContain("wrong-sesame");
      expect(
        await cli.run([url, "-o", "a"], { environment: { GEN_DEPLOY_TOKEN: "sesame-42" } }),
      ).toMatchObject({ status: 0 });
      expect(await cli.run([url, "-o", "b", "--header", "Authorization: Bearer sesame-42"])).toMatchObject({
        status: 0,
      });
      expect(JSON.stringify(snapshot(cli.folder))).not.toContain("sesame");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("gen-deploy inspect", () => {
  test("shows a table, or the model as JSON", async () => {
    cli.put("spec.json", animal);
    const { status, stdout, stderr } = await cli.run(["inspect", "spec.json", "--labels", "Type=cat,dog"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /title +Animal weight\ndialect +peltarion\nurl +https:\/\/deploy\.example\.com\S+\nauth /,
    );
    expect(stdout).toMatch(/input +│ Type +│ label +│ +│ cat, dog/);
    expect(stdout).toMatch(/output +│ Weight +│ number/);
    expect(stderr).not.toContain("error");
    const json: unknown = JSON.parse((await cli.run(["inspect", "spec.json", "--json"])).stdout);
    expect(json).toMatchObject({ ok: true, model: { title: "Animal weight", dialect: "peltarion" } });
  });

  test("a description's words do nothing to the terminal", async () => {
    cli.put(
      "spec.json",
      animal
        .replace("Animal weight", "A\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\nerror: B")
        .replace('"Size"', '"Si\\u001bze"'),
    );
    for (const words of [["inspect", "spec.json"], ["inspect", "spec.json", "--json"], ["spec.json"]]) {
      const { stdout, stderr } = await cli.run(words);
      // oxlint-disable-next-line no-control-regex -- their absence is what is tested
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(stderr).not.toMatch(/^error/m);
    }
  });
});

describe("gen-deploy check", () => {
  test("tells a package that is up to date from one that is not", async () => {
    cli.put("spec.json", animal);
    const missing = await cli.run(["check", "spec.json"]);
    expect(missing).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("missing: src/index.ts"),
    });
    await cli.run(["spec.json"]);
    for (const words of [
      ["check", "spec.json"],
      ["check", "spec.json", "-o", "animal-weight"],
    ]) {
      expect(await cli.run(words)).toEqual({
        status: 0,
        stdout: "animal-weight is up to date.\n",
        stderr: "",
      });
    }
    edit("animal-weight/package.json", (text) =>
      text.replace('"0.1.0"', '"1.0.0"').replace('"license"', '"private": true,\n  "license"'),
    );
    expect(await cli.run(["check", "spec.json"]), "a new version is the user's").toMatchObject({ status: 0 });
    edit("animal-weight/package.json", (text) => text.replace('"module"', '"commonjs"'));
    cli.put("animal-weight/mine.txt", "mine");
    expect(await cli.run(["check", "spec.json"])).toMatchObject({
      status: 1,
      stderr: expect.not.stringContaining("mine.txt"),
    });
    await cli.run(["spec.json"]);
    expect(await cli.run(["check", "spec.json"])).toMatchObject({ status: 0 });
    edit("animal-weight/src/index.ts", (text) => text.replace("Weight", "Mass"));
    rmSync(join(cli.folder, "animal-weight/README.md"));
    const before = snapshot(cli.folder);
    const differs = await cli.run(["check", "spec.json"]);
    expect(differs).toMatchObject({ status: 1, stdout: "" });
    expect(differs.stderr).toMatch(
      /^error: animal-weight is not what[^]*differs: src\/index\.ts\n[^]*missing: README\.md\n[^]*help: /,
    );
    expect(JSON.parse((await cli.run(["check", "spec.json", "--json"])).stdout)).toMatchObject({
      ok: false,
      missing: ["README.md"],
    });
    expect(snapshot(cli.folder)).toEqual(before);
  });

  test("sees a change in a file that the description references", async () => {
    cli.put("spec.json", animal.replace(/"Size": \{[^]*?\}\s*\}/, '"Size": { "$ref": "size.json" }'));
    cli.put("size.json", '{"x-peltarion": {"type": "numeric", "shape": [1]}}');
    await cli.run(["spec.json"]);
    expect(await cli.run(["check", "spec.json"])).toMatchObject({ status: 0 });
    cli.put("size.json", '{"x-peltarion": {"type": "numeric", "shape": [4]}}');
    expect(await cli.run(["check", "spec.json"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("differs: src/index.ts"),
    });
  });

  test("takes a package that was installed, which has no sources, for what it is", async () => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json"]);
    const installed = join(cli.folder, "node_modules/animal-weight");
    cpSync(join(cli.folder, "animal-weight"), installed, { recursive: true });
    rmSync(join(installed, "src"), { recursive: true });
    const words = ["check", "spec.json", "--out", "node_modules/animal-weight"];
    expect(await cli.run(words)).toMatchObject({ status: 0 });
    rmSync(join(installed, "dist/index.js"));
    cli.put("spec.json", animal.replace("Height at the shoulder", "Height"));
    const { status, stdout } = await cli.run([...words, "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ missing: ["dist/index.js"], stale: [], verdict: "none" });
    rmSync(join(cli.folder, "animal-weight/src"), { recursive: true });
    const sources = ["index", "node", "testing", "wire"].map((name) => `src/${name}.ts`);
    const own = await cli.run(["check", "spec.json", "--json"]);
    expect(JSON.parse(own.stdout)).toMatchObject({ missing: sources });
  });

  test("brings over a package whose sources were published", async () => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json"]);
    edit("animal-weight/package.json", (text) => text.replace('"dist",', '"dist",\n    "src",'));
    expect(await cli.run(["check", "spec.json"])).toMatchObject({ status: 1 });
    expect(await cli.run(["spec.json"])).toMatchObject({ status: 0 });
    const fields: unknown = JSON.parse(readFileSync(join(cli.folder, "animal-weight/package.json"), "utf8"));
    expect(fields).toMatchObject({ files: ["dist", "openapi.json", "gen-deploy.json", "CHANGELOG.md"] });
  });
});
