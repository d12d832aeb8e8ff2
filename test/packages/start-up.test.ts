import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outputOf, runCommand } from "./run-command.js";

/*
 * What makes the command slow to start is what it loads: here the real one runs, Node notes every file that it loads,
 * and none may hold what the command at hand has no use for.
 */

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const main = join(dist, "cli/main.js");
const spec = fileURLToPath(new URL("../dialects/peltarion/animal-table/spec.json", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-deploy-start-"));
  await outputOf([process.execPath, main, spec, "--out", "standing"], folder);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Loaded {
  readonly status: number;
  /** The text of each of gen-deploy's own files, by name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly bytes: number;
}

async function loadedBy(words: readonly string[]): Promise<Loaded> {
  const coverage = await mkdtemp(join(folder, "coverage-"));
  await mkdir(coverage, { recursive: true });
  const env = { NODE_V8_COVERAGE: coverage };
  const { status } = await runCommand([process.execPath, main, ...words], { cwd: folder, env });
  const texts = new Map<string, string>();
  for (const name of await readdir(coverage)) {
    const report: { readonly result: readonly { readonly url: string }[] } = JSON.parse(
      await readFile(join(coverage, name), "utf8"),
    );
    for (const { url } of report.result) {
      if (!url.startsWith("file:")) continue;
      const path = fileURLToPath(url);
      texts.set(basename(path), await readFile(path, "utf8"));
    }
  }
  const bytes = [...texts.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { status, texts, bytes };
}

/** Words that stand in a library's code wherever it has been bundled. */
const marks = {
  yaml: "YAMLParseError",
  "jsonc-parser": "ScanError",
  "openapi-typescript": "FlattenedDeepRequired",
  "the printer of prettier": "indent-if-break",
  tables: "bottom-mid",
};

describe("the command loads what it needs", () => {
  test.each([
    { words: ["--help"], status: 0, most: 160_000 },
    { words: ["check", "--help"], status: 0, most: 160_000 },
    { words: ["--version"], status: 0, most: 160_000 },
    { words: ["--nope"], status: 2, most: 160_000 },
    { words: ["check", "a.json", "b.json"], status: 2, most: 160_000 },
    { words: ["check", spec, "--out", "standing"], status: 0, most: 220_000 },
  ])("$words, in $most bytes", async ({ words, status, most }) => {
    const loaded = await loadedBy(words);
    expect(loaded.status).toBe(status);
    expect([...loaded.texts.keys()]).toContain("main.js");
    for (const [library, mark] of Object.entries(marks)) {
      const holders = [...loaded.texts].filter(([, text]) => text.includes(mark));
      expect(holders.map(([name]) => `${name} holds ${library}`)).toEqual([]);
    }
    expect(loaded.bytes).toBeLessThan(most);
  });

  test("a description in JSON, without what draws tables", async () => {
    const { status, texts, bytes } = await loadedBy([spec, "--out", "written"]);
    expect(status).toBe(0);
    expect([...texts].filter(([, text]) => text.includes(marks.tables)).map(([name]) => name)).toEqual([]);
    expect(bytes).toBeLessThan(700_000);
  });
});

test("the marks are in the bundle, and TypeScript is not", async () => {
  const names = await readdir(dist, { recursive: true });
  const scripts = names.filter((name) => /\.c?js$/.test(name));
  const texts = await Promise.all(scripts.map((name) => readFile(join(dist, name), "utf8")));
  for (const [library, mark] of Object.entries(marks))
    expect(`${library}: ${texts.some((text) => text.includes(mark))}`).toBe(`${library}: true`);
  expect(texts.filter((text) => text.includes("getPreEmitDiagnostics"))).toEqual([]);
});
