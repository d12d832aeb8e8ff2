import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outputOf } from "./run-command.js";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-deploy-size-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Feature {
  readonly type: string;
  readonly shape: readonly number[];
  readonly categories?: readonly string[];
}

/** A description in the newer form, of a deployment with these features on both sides. */
function descriptionOf(features: Readonly<Record<string, Feature>>): string {
  const properties = Object.fromEntries(
    Object.entries(features).map(([name, feature]) => [
      name,
      { description: `What ${name} is.`, "x-peltarion": feature },
    ]),
  );
  return JSON.stringify({
    openapi: "3.0.1",
    info: { title: "Sized", version: "1" },
    paths: { "/deployment/x/forward": { "x-peltarion-tensorjson": true, post: {} } },
    components: {
      schemas: { "input-row": { properties }, "output-row-batch": { properties: { rows: { properties } } } },
    },
  });
}

/** The package that the command writes for `features`: text by path. */
async function generated(
  name: string,
  features: Readonly<Record<string, Feature>>,
): Promise<ReadonlyMap<string, string>> {
  await writeFile(join(folder, `${name}.json`), descriptionOf(features));
  await outputOf([process.execPath, main, `${name}.json`, "--name", "sized", "--out", name], folder);
  const found = await readdir(join(folder, name), { recursive: true });
  const texts = new Map<string, string>();
  for (const path of found.sort()) {
    const place = join(folder, name, path);
    if ((await stat(place)).isFile()) texts.set(path, await readFile(place, "utf8"));
  }
  return texts;
}

test("fifty features are fewer than 12 files and less than 100 kB where they are installed", async () => {
  const kinds: readonly Feature[] = [
    { type: "numeric", shape: [1] },
    { type: "numeric", shape: [64, 64, 3] },
    { type: "categorical", shape: [4], categories: ["first", "second", "third", "fourth"] },
    { type: "image", shape: [224, 224, 3] },
    { type: "text", shape: [64] },
  ];
  const features = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [
      `Feature number ${index}`,
      kinds[index % 5] ?? { type: "text", shape: [1] },
    ]),
  );
  const texts = await generated("fifty", features);
  // One source and two built files for each of the three entries, a source and a built one of what the first loads late,
  // the wire types, and four files about the package.
  expect(texts.size).toBe(16);
  const [packed]: { unpackedSize: number; entryCount: number; files: { path: string }[] }[] = JSON.parse(
    await outputOf(["npm", "pack", "--dry-run", "--json"], join(folder, "fifty")),
  );
  // Sources are for the eyes of those who generate; what was built of them, without source maps, does not ask for them.
  expect(packed?.files.map(({ path }) => path).toSorted()).toEqual(
    [...texts.keys()].filter((path) => !path.startsWith("src/")),
  );
  expect(packed?.entryCount).toBe(11);
  expect(packed?.unpackedSize).toBeLessThan(100_000);
});

test("224×224×3 is the same text as 2×2×3 but for the lengths themselves", async () => {
  const large = await generated("large", { grid: { type: "numeric", shape: [224, 224, 3] } });
  const small = await generated("small", { grid: { type: "numeric", shape: [2, 2, 3] } });
  const comparable = (texts: ReadonlyMap<string, string>): unknown =>
    [...texts]
      .filter(([path]) => path !== "gen-deploy.json")
      .map(([path, text]) => [
        path,
        text
          .replace(/\b224\b/g, "2")
          .replaceAll(`Float32Array(${224 * 224 * 3})`, "Float32Array(12)")
          .replace(/fingerprint: "[0-9a-f]+"/g, "fingerprint")
          // Alignment and line breaks follow the lengths of words.
          .replace(/[\s-]+/g, " ")
          .replace(/,(?= [}\])])/g, "")
          .replace(/([{[(]) | (?=[}\])])/g, "$1"),
      ]);
  expect(comparable(large)).toEqual(comparable(small));
});
