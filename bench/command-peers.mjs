import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = fileURLToPath(new URL("../node_modules/.cache/gen-deploy-bench/command", import.meta.url));

/** The generators that the command is compared with: their versions, and how each is told what to write where. */
const generators = {
  orval: { version: "8.33.0", words: (spec, out) => ["--input", spec, "--output", `${out}.ts`] },
  "openapi-typescript": { version: "7.13.0", words: (spec, out) => [spec, "-o", `${out}.ts`] },
  "@hey-api/openapi-ts": { version: "0.99.0", words: (spec, out) => ["-i", spec, "-o", out] },
  oazapfts: { version: "7.5.0", words: (spec, out) => [spec, `${out}.ts`] },
  "swagger-typescript-api": {
    version: "13.13.0",
    words: (spec, out) => ["generate", "-p", spec, "-o", out, "-n", "api.ts"],
  },
};

/** What some of them look for. */
const beside = ["typescript@5.9.3"];

/** Each generator's words for Node: a function of the description and of the place to write to; fetched once. */
export async function loadGenerators() {
  const names = Object.keys(generators);
  if (!names.every((name) => existsSync(join(folder, "node_modules", name, "package.json")))) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    const packages = names.map((name) => `${name}@${generators[name].version}`);
    await promisify(execFile)("npm", ["install", "--prefix", folder, ...flags, ...packages, ...beside]);
  }
  const entries = names.map(async (name) => {
    const place = join(folder, "node_modules", name);
    const { bin } = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
    const [program] = Object.values(bin);
    return [name, (spec, out) => [join(place, program), ...generators[name].words(spec, out)]];
  });
  return Object.fromEntries(await Promise.all(entries));
}
