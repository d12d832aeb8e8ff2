import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = fileURLToPath(new URL("../node_modules/.cache/gen-deploy-bench/calls", import.meta.url));

/** The HTTP clients that calls are compared with and that this project does not depend on. */
const versions = { axios: "1.21.1", "openapi-fetch": "0.17.0" };

/** What one of them exports by default, after fetching all unless that has been done. */
export async function loadPeer(name) {
  const manifest = join(folder, "node_modules", name, "package.json");
  if (!existsSync(manifest)) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    const packages = Object.entries(versions).map(([each, version]) => `${each}@${version}`);
    await promisify(execFile)("npm", ["install", "--prefix", folder, ...flags, ...packages]);
  }
  return createRequire(join(folder, "package.json"))(name).default;
}
