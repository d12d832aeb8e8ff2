import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Replicate's own list of its public models, with the schema of each and an example of its author's. */
export const dataset = "all-the-public-replicate-models@1.352.0";

/** Where the corpus is kept and worked on: outside of what is checked in, inside of where packages are looked up. */
export const cache = fileURLToPath(new URL("../../node_modules/.cache/gen-deploy-corpus", import.meta.url));

/** Fetches the dataset, unless that has been done; gives the place of its models. */
export async function fetchDataset() {
  const folder = join(cache, "dataset");
  const models = join(folder, "node_modules", dataset.slice(0, dataset.lastIndexOf("@")), "models.json");
  if (existsSync(models)) return models;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  await promisify(execFile)("npm", ["install", "--prefix", folder, ...flags, dataset]);
  return models;
}

/** The models, each with the number under which it is worked on. */
export async function readModels(path) {
  const models = JSON.parse(await readFile(path, "utf8"));
  return models.map(({ owner, name, latest_version, default_example }, index) => ({
    index,
    id: `${owner}/${name}`,
    schema: latest_version.openapi_schema,
    example: default_example.input,
    output: default_example.output,
  }));
}

/** The folder of the package that is made of a model. */
export function packageFolder(index) {
  return join(cache, "packages", String(index));
}
