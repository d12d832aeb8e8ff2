import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { run } from "../../src/cli/run.js";
import { snapshot } from "../disk/snapshot.js";
import { animal, useCli } from "./run-cli.js";

// One test runs the command within this process, from its sources: prepared templates stand beside what is built.
vi.mock("../../src/disk/read-templates.js", async () => {
  const { templates } = await import("../templates.js");
  return { readTemplates: async () => ({ templates, runtimeFiles: new Map() }) };
});

const cli = useCli();
const titled = (title: string): string => animal.replace("Animal weight", title);
const packages = (folder: string): readonly string[] => readdirSync(join(cli.folder, folder)).sort();

/** The rows of the table, cells without space around them. */
function rows(stdout: string): readonly (readonly string[])[] {
  const lines = stdout.split("\n").filter((line) => line.startsWith("│"));
  return lines.slice(1).map((line) =>
    line
      .split("│")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const wrote = expect.stringMatching(/^wrote \d+ files$/);

describe("many descriptions in one run", () => {
  test("give a package each, in the order given, matches of a pattern sorted, none twice", async () => {
    cli.put("z.json", titled("Zed"));
    cli.put("models/b.json", titled("B"));
    cli.put("models/a.json", titled("A"));
    cli.put("models/deep/c.yaml", titled("@team/c"));
    cli.put("models/notes.txt", "mine");
    const words = ["z.json", "models/*.json", "./models/a.json", "models/**/*.yaml", "--out", "packages"];
    const { status, stdout, stderr } = await cli.run(words);
    expect({ status, errors: stderr.match(/^error/gm) }).toEqual({ status: 0, errors: null });
    expect(rows(stdout)).toEqual([
      ["z.json", "zed", "packages/zed", "peltarion", wrote],
      ["models/a.json", "a", "packages/a", "peltarion", wrote],
      ["models/b.json", "b", "packages/b", "peltarion", wrote],
      ["models/deep/c.yaml", expect.any(String), expect.any(String), "peltarion", wrote],
    ]);
    expect(stdout).toMatch(/\n4 descriptions: 4 written\.\n$/);
    expect(packages("packages")).toHaveLength(4);
    const manifest: unknown = JSON.parse(readFileSync(join(cli.folder, "packages/a/package.json"), "utf8"));
    expect(manifest).toMatchObject({ name: "a" });
    const before = snapshot(cli.folder);
    expect((await cli.run(words)).stdout).toMatch(/\n4 descriptions: 4 up to date\.\n$/);
    expect(snapshot(cli.folder)).toEqual(before);
  });

  test("are each what they are alone", async () => {
    cli.put("a.json", titled("A"));
    cli.put("b.json", titled("B"));
    await cli.run(["a.json", "b.json", "--out", "many", "--labels", "Type=cat,dog", "--runtime", "inline"]);
    for (const name of ["a", "b"]) {
      const words = [
        `${name}.json`,
        "--out",
        `one/${name}`,
        "--labels",
        "Type=cat,dog",
        "--runtime",
        "inline",
      ];
      await cli.run(words);
    }
    expect(snapshot(join(cli.folder, "many"))).toEqual(snapshot(join(cli.folder, "one")));
  });

  test("fail one by one: the others are written, each complaint is whole, and the status is 1", async () => {
    cli.put("a.json", titled("A"));
    cli.put("broken.json", '{\n  "a": 1,\n}');
    cli.put("b.json", titled("B"));
    cli.put("packages/b/mine.txt", "mine");
    const words = ["a.json", "broken.json", "nope.json", "x/*.json", "b.json", "-o", "packages"];
    const { status, stdout, stderr } = await cli.run(words);
    expect(status).toBe(1);
    expect(rows(stdout)).toEqual([
      ["a.json", "a", "packages/a", "peltarion", wrote],
      ["broken.json", "", "", "", "failed: spec/bad-json"],
      ["nope.json", "", "", "", "failed: read/missing"],
      ["x/*.json", "", "", "", "failed: read/no-match"],
      ["b.json", "b", "", "", expect.stringMatching(/^failed: write\//)],
    ]);
    expect(stdout).toMatch(/\n5 descriptions: 1 written, 4 failed\.\n$/);
    expect(stderr.match(/^error: /gm)).toHaveLength(4);
    expect(stderr).toContain((await cli.run(["broken.json"])).stderr);
    expect(stderr).toContain((await cli.run(["nope.json"])).stderr);
    expect(stderr).toMatch(/^error: No file fits "x\/\*\.json"\.\n {2}help: /m);
    expect(packages("packages")).toEqual(["a", "b"]);
    expect(packages("packages/b")).toEqual(["mine.txt"]);
    expect((await cli.run(["b.json", "a.json", "-o", "packages", "--force"])).status).toBe(0);
  });

  test("whose packages would have one name are refused, and nothing of them is written", async () => {
    cli.put("a.json", titled("Same"));
    cli.put("b.json", titled("same"));
    cli.put("c.json", titled("Other"));
    const { status, stdout, stderr } = await cli.run(["a.json", "b.json", "c.json"]);
    expect(status).toBe(1);
    expect(rows(stdout).map((row) => row.at(-1))).toEqual([
      "failed: generate/same-name",
      "failed: generate/same-name",
      wrote,
    ]);
    expect(stderr).toMatch(/^error: The package of a\.json would be called same, like that of b\.json\.$/m);
    expect(stderr).toMatch(/^error: The package of b\.json .*a\.json\.\n {2}help: .*--name\.$/m);
    expect(packages(".")).toEqual(["a.json", "b.json", "c.json", "other"]);
  });

  test("--json is one report, --quiet is silence, --dry-run writes nothing", async () => {
    cli.put("a.json", titled("A"));
    cli.put("b.json", "{");
    const json = await cli.run(["a.json", "b.json", "--dry-run", "--json"]);
    expect(json).toMatchObject({ status: 1, stderr: "" });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      packages: [
        { description: "a.json", ok: true, package: "a", folder: "a", dialect: "peltarion", dryRun: true },
        { description: "b.json", ok: false, error: { code: "spec/bad-json", position: { line: 1 } } },
      ],
    });
    const text = await cli.run(["a.json", "b.json", "--dry-run"]);
    expect(text.stdout).toMatch(
      /^Would write to a:\n {2}\+ \S+\n[^]*would write \d+ files[^]*1 to write, 1 failed\.\n$/,
    );
    expect(packages(".")).toEqual(["a.json", "b.json"]);
    const quiet = await cli.run(["a.json", "b.json", "--quiet"]);
    expect(quiet).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/^error: b\.json is not/),
    });
    expect(packages("a").length).toBeGreaterThan(3);
  });

  test("a pattern that fits one file is several descriptions; a file that is called like a pattern is one", async () => {
    cli.put("s[1].json", animal);
    cli.put("models/only.json", titled("Only"));
    expect(await cli.run(["s[1].json", "-o", "out"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Wrote animal-weight to out/),
    });
    expect(rows((await cli.run(["models/*.json", "-o", "out2"])).stdout)).toHaveLength(1);
    expect(packages("out2")).toEqual(["only"]);
  });

  test("** passes over what others' packages hold", async () => {
    cli.put("a/spec.json", titled("A"));
    cli.put("node_modules/x/spec.json", titled("X"));
    expect(rows((await cli.run(["**/spec.json", "--dry-run"])).stdout)).toHaveLength(1);
    expect(rows((await cli.run(["node_modules/*/spec.json", "--dry-run"])).stdout)).toHaveLength(1);
  });

  test("a name that only the command line is at fault for ends the run at once", async () => {
    cli.put("a.json", titled("A"));
    cli.put("b.json", titled("B"));
    const { status, stdout, stderr } = await cli.run(["a.json", "b.json", "--dialect", "nope"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
  });

  test("addresses show no credentials", async () => {
    cli.put("a.json", titled("A"));
    const { stdout, stderr } = await cli.run([
      "http://me:hunter2@127.0.0.1:1/x.json?k=hunter3",
      "a.json",
      "--dry-run",
    ]);
    expect(stdout + stderr).not.toMatch(/hunter|me:/);
    expect(rows(stdout)[0]).toEqual(["http://127.0.0.1:1/x.json", "", "", "", "failed: read/unreachable"]);
  });

  test("an interrupt stops between packages", async () => {
    for (const name of ["a", "b", "c"]) cli.put(`${name}.json`, titled(name));
    const controller = new AbortController();
    let said = "";
    const status = await run([join(cli.folder, "*.json"), "--out", join(cli.folder, "out")], {
      environment: {},
      stdin: (async function* nothing() {})(),
      stdout: { write: () => undefined },
      stderr: { write: (text) => (said += text) },
      signal: controller.signal,
      // The interrupt comes while the first package is put into place.
      guarded: async (work) => {
        const result = await work();
        controller.abort();
        return result;
      },
    });
    expect(said).not.toMatch(/^error/m);
    expect(status).toBe(130);
    expect(packages("out")).toEqual(["a"]);
    expect(existsSync(join(cli.folder, "out/a/gen-deploy.json"))).toBe(true);
  });

  test("each further one costs a fraction of the first", async () => {
    for (let index = 0; index < 20; index += 1) cli.put(`m${index}.json`, titled(`m${index}`));
    const time = async (words: readonly string[]): Promise<number> => {
      const start = performance.now();
      expect((await cli.run(words)).status).toBe(0);
      return performance.now() - start;
    };
    const one = await time(["m0.json", "-o", "one"]);
    const all = await time(["m*.json", "-o", "all"]);
    expect((all - one) / 19).toBeLessThan(one / 3);
  });
});

describe("wrong usage of many: status 2", () => {
  const table: readonly { name: string; given: readonly string[]; want: RegExp }[] = [
    {
      name: "a name for several",
      given: ["a.json", "b.json", "--name", "x"],
      want: /--name is for one description/,
    },
    { name: "a name for a pattern", given: ["*.json", "--name", "x"], want: /--name is for one description/ },
    {
      name: "metadata of one model",
      given: ["a.json", "b.json", "--metadata", "m"],
      want: /--metadata is of one model/,
    },
    {
      name: "standard input among them",
      given: ["a.json", "-"],
      want: /Standard input cannot be one of several/,
    },
    { name: "an empty one", given: ["a.json", ""], want: /name is empty/ },
    {
      name: "a token for two hosts",
      given: ["https://a.example/x", "https://b.example/x", "--token", "hunter2"],
      want: /more than one host/,
    },
  ];
  for (const { name, given, want } of table) {
    test(name, async () => {
      const { status, stdout, stderr } = await cli.run(given);
      expect(stderr).toMatch(want);
      expect(stderr).toMatch(/^error: .*\n(?: {2}help: .*\n)?$/);
      expect(stdout + stderr).not.toContain("hunter2");
      expect(status).toBe(2);
    });
  }
});
