import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bumpVersion, bumps } from "../../src/cli/bump-version.js";
import { addEntry } from "../../src/cli/changelog.js";
import { snapshot } from "../disk/snapshot.js";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const read = (path: string): string => readFileSync(join(cli.folder, path), "utf8");
const versionOf = (): unknown => Reflect.get(Object(JSON.parse(read("package/package.json"))), "version");
const retrained = animal.replace("Weight", "Mass");
const grown = animal.replace(
  '"Weight"',
  '"Height": { "x-peltarion": { "type": "numeric", "shape": [1] } }, "Weight"',
);

describe("a version is bumped", () => {
  test.each([
    { from: "0.1.0", verdict: "major", bump: "auto", want: "0.2.0" },
    { from: "0.1.4", verdict: "minor", bump: "auto", want: "0.1.5" },
    { from: "0.1.4", verdict: "patch", bump: "auto", want: "0.1.5" },
    { from: "1.2.3", verdict: "major", bump: "auto", want: "2.0.0" },
    { from: "1.2.3", verdict: "minor", bump: "auto", want: "1.3.0" },
    { from: "1.2.3", verdict: "patch", bump: "auto", want: "1.2.4" },
    { from: "1.2.3", verdict: "none", bump: "major", want: undefined },
    { from: "1.2.3", verdict: "major", bump: "none", want: undefined },
    { from: "0.9.1", verdict: "patch", bump: "major", want: "1.0.0" },
    { from: "1.2.3", verdict: "major", bump: "patch", want: "1.2.4" },
    { from: "2.0.0-rc.1", verdict: "major", bump: "auto", want: "2.0.0" },
    { from: "2.1.0-rc.1", verdict: "major", bump: "auto", want: "3.0.0" },
    { from: "2.1.0-rc.1", verdict: "minor", bump: "auto", want: "2.1.0" },
    { from: "2.1.1-rc.1+5", verdict: "patch", bump: "auto", want: "2.1.1" },
    { from: "latest", verdict: "major", bump: "auto", want: undefined },
  ] as const)("$from, $verdict, $bump: $want", ({ from, verdict, bump, want }) => {
    expect(bumps).toContain(bump);
    expect(bumpVersion(from, verdict, bump)).toBe(want);
  });
});

describe("a changelog gets an entry", () => {
  test.each([
    { name: "new", standing: undefined, want: "# Changelog\n\n## 2\n\nx\n" },
    { name: "empty", standing: " \n", want: "# Changelog\n\n## 2\n\nx\n" },
    {
      name: "above the earlier ones, below the words before them",
      standing: "# Mine\n\nRead this.\n\n## 1\n\ny\n",
      want: "# Mine\n\nRead this.\n\n## 2\n\nx\n\n## 1\n\ny\n",
    },
    {
      name: "at the head of that of its own version",
      standing: "# Mine\n\n## 2\n\ny\n\n## 1\n",
      want: "# Mine\n\n## 2\n\nx\n\ny\n\n## 1\n",
    },
    { name: "where there are none yet", standing: "# Mine\n", want: "# Mine\n\n## 2\n\nx\n" },
    {
      name: "not inside of code",
      standing: "# Mine\n\n```\n## no\n```\n\n## 1\n",
      want: "# Mine\n\n```\n## no\n```\n\n## 2\n\nx\n\n## 1\n",
    },
    {
      name: "with the line ends of the file",
      standing: "# Mine\r\n\r\n## 1\r\n",
      want: "# Mine\r\n\r\n## 2\r\n\r\nx\r\n\r\n## 1\r\n",
    },
  ])("$name", ({ standing, want }) => {
    expect(addEntry(standing, "## 2\n\nx")).toBe(want);
  });
});

describe("regenerating", () => {
  test("bumps the version by what changed, and tells it in the changelog", async () => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json", "--out", "package"]);
    expect(Object.keys(snapshot(cli.folder))).not.toContain("package/CHANGELOG.md");
    cli.put("spec.json", retrained);
    expect(await cli.run(["spec.json", "--out", "package"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("animal-weight 0.1.0 → 0.2.0: 1 breaking, 1 additive\n"),
    });
    expect(versionOf()).toBe("0.2.0");
    const first =
      '## 0.2.0\n\n### Breaking\n\n- output: feature "Weight" removed\n\n### Additive\n\n- output: feature "Mass" added\n';
    expect(read("package/CHANGELOG.md")).toBe(`# Changelog\n\n${first}`);
    expect(await cli.run(["check", "spec.json", "--out", "package"])).toMatchObject({ status: 0 });
    const before = snapshot(cli.folder);
    expect(await cli.run(["spec.json", "--out", "package"])).toMatchObject({
      stdout: expect.stringContaining("is up to date"),
    });
    expect(snapshot(cli.folder)).toEqual(before);
  });

  test("keeps what the user wrote into the changelog, and what stands in package.json", async () => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json", "--out", "package"]);
    writeFileSync(join(cli.folder, "package/CHANGELOG.md"), "# Ours\n\n## 0.1.0\n\nThe first.\n");
    const manifest = read("package/package.json").replace("{", '{\n  "author": "me",');
    writeFileSync(join(cli.folder, "package/package.json"), manifest);
    cli.put("spec.json", grown);
    await cli.run(["spec.json", "--out", "package"]);
    expect(read("package/CHANGELOG.md")).toBe(
      '# Ours\n\n## 0.1.1\n\n### Additive\n\n- output: feature "Height" added\n\n## 0.1.0\n\nThe first.\n',
    );
    expect(JSON.parse(read("package/package.json"))).toMatchObject({ version: "0.1.1", author: "me" });
    expect(await cli.run(["check", "spec.json", "--out", "package"])).toMatchObject({ status: 0 });
  });

  test.each([
    { words: ["--bump", "none"], version: "0.1.0", changelog: false },
    { words: ["--bump", "major"], version: "1.0.0", changelog: true },
    { words: ["--package-version", "5.0.0"], version: "5.0.0", changelog: true },
  ])("$words", async ({ words, version, changelog }) => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json", "--out", "package"]);
    cli.put("spec.json", retrained);
    expect(await cli.run(["spec.json", "--out", "package", ...words])).toMatchObject({ status: 0 });
    expect(versionOf()).toBe(version);
    expect(Object.keys(snapshot(cli.folder)).includes("package/CHANGELOG.md")).toBe(changelog);
  });

  test("writes nothing with --dry-run, and says what it would", async () => {
    cli.put("spec.json", animal);
    await cli.run(["spec.json", "--out", "package"]);
    cli.put("spec.json", retrained);
    const before = snapshot(cli.folder);
    const { stdout } = await cli.run(["spec.json", "--out", "package", "--dry-run"]);
    expect(stdout).toContain("  + CHANGELOG.md\n");
    expect(snapshot(cli.folder)).toEqual(before);
    expect(JSON.parse((await cli.run(["spec.json", "--out", "package", "--json"])).stdout)).toMatchObject({
      ok: true,
      from: "0.1.0",
      version: "0.2.0",
      verdict: "major",
    });
  });

  test("by what was said of each description, which the package remembers", async () => {
    const labels = (text: string, out = "package"): readonly string[] => [
      ...["spec.json", "--out", out],
      ...["--labels", text],
    ];
    cli.put("spec.json", animal.replace("Type", "Kind"));
    await cli.run(["spec.json", "--out", "package"]);
    cli.put("spec.json", animal);
    await cli.run(labels("Type=cat,dog"));
    expect(versionOf()).toBe("0.2.0");
    await cli.run(labels("Type=cat,dog", "earlier"));
    const { stdout } = await cli.run(labels("Type=cat,bird"));
    expect(stdout).toContain('0.2.0 → 0.3.0: 1 breaking, 1 additive\n  breaking: input: label "dog" removed');
    expect(read("package/CHANGELOG.md")).toContain('label "bird" added');
    expect(await cli.run(["diff", "earlier", "package"])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('label "dog" removed'),
    });
    expect(await cli.run(["diff", "package", "package"])).toMatchObject({ status: 0 });
    expect(await cli.run(["diff", "package", "spec.json"])).toMatchObject({ status: 0 });
    expect(await cli.run(["diff", "package", "spec.json", "--labels", "Type=cat,dog"])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('label "dog" added'),
    });
    cli.put("other.json", animal.replace("Type", "Kind"));
    expect(await cli.run(["diff", "package", "other.json"])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('feature "Kind" added'),
    });
    expect(await cli.run(["check", ...labels("Type=cat,dog")])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('additive: input: label "dog" added'),
    });
    expect(await cli.run(labels("Type=cat,bird"))).toMatchObject({
      stdout: expect.stringContaining("is up to date"),
    });
  });

  test("for what a description takes from other files too, which the package holds as one", async () => {
    const { components, ...rest } = JSON.parse(animal);
    const row = (text: string): string => JSON.stringify(JSON.parse(text).components.schemas["input-row"]);
    const schemas = { ...components.schemas, "input-row": { $ref: "parts.json#/row" } };
    cli.put("spec.yaml", JSON.stringify({ ...rest, components: { schemas } }));
    cli.put("parts.json", `{"row": ${row(animal)}}`);
    await cli.run(["spec.yaml", "--out", "package"]);
    await cli.run(["spec.yaml", "--out", "earlier"]);
    expect(await cli.run(["spec.yaml", "--out", "package"])).toMatchObject({
      stdout: expect.stringContaining("is up to date"),
    });
    expect(await cli.run(["diff", "package", "spec.yaml"])).toMatchObject({ status: 0 });
    cli.put("parts.json", `{"row": ${row(animal.replace('"Size"', '"Length"'))}}`);
    expect(await cli.run(["spec.yaml", "--out", "package"])).toMatchObject({
      stdout: expect.stringContaining(
        '0.1.0 → 0.2.0: 2 breaking\n  breaking: input: feature "Size" removed\n',
      ),
    });
    expect(read("package/CHANGELOG.md")).toContain('- input: feature "Size" removed');
    rmSync(join(cli.folder, "parts.json"));
    expect(await cli.run(["diff", "earlier", "package"])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('input: feature "Size" removed'),
    });
  });

  test("to what --package-version says, which check and later runs take as they find it", async () => {
    cli.put("spec.json", animal);
    const words = ["spec.json", "--out", "package"];
    await cli.run([...words, "--package-version", "1.0.0"]);
    expect(await cli.run(["check", ...words])).toMatchObject({ status: 0 });
    expect(await cli.run(words)).toMatchObject({ stdout: expect.stringContaining("is up to date") });
    cli.put("other.json", animal.replace("Animal weight", "Other"));
    const many = ["spec.json", "other.json", "--out", "many"];
    for (const given of ["1.0.0", undefined, "2.0.0"]) {
      await cli.run([...many, ...(given === undefined ? [] : ["--package-version", given])]);
      const { version } = JSON.parse(read("many/animal-weight/package.json"));
      expect(version).toBe(given ?? "1.0.0");
    }
  });

  test("refuses what is no way to bump", async () => {
    cli.put("spec.json", animal);
    expect(await cli.run(["spec.json", "--bump", "giant"])).toMatchObject({ status: 2 });
  });
});

test("check says in model terms what changed", async () => {
  cli.put("spec.json", animal);
  await cli.run(["spec.json", "--out", "package"]);
  cli.put("spec.json", retrained);
  expect(await cli.run(["check", "spec.json", "--out", "package"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('\n  breaking: output: feature "Weight" removed\n'),
  });
  const { stdout } = await cli.run(["check", "spec.json", "--out", "package", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, verdict: "major", changed: expect.anything() });
});

test("many changes are told in a few lines, and all of them in the changelog", async () => {
  const many = (name: string): string =>
    animal.replace(
      '"Weight"',
      Array.from(
        { length: 30 },
        (_, index) => `"${name} ${index}": { "x-peltarion": { "type": "numeric", "shape": [1] } }, `,
      ).join("") + '"Weight"',
    );
  cli.put("spec.json", many("a"));
  await cli.run(["spec.json", "--out", "package"]);
  cli.put("spec.json", many("b"));
  const { stdout } = await cli.run(["spec.json", "--out", "package"]);
  expect(stdout).toContain("0.1.0 → 0.2.0: 30 breaking, 30 additive\n");
  expect(stdout).toContain("  … and 40 more\n");
  expect(read("package/CHANGELOG.md").match(/^- /gm)).toHaveLength(60);
});
