import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { weighClient, weighExports, weighedClients } from "./client-bundle.mjs";
import { describeFeatures } from "./descriptions.mjs";
import { median } from "./turns.mjs";
import { timesOf } from "./whole-process.mjs";

/*
 * What a client costs those who carry it: the bytes in a browser's bundle, in a package, and tsc's time for a caller of
 * a large one. The bytes are the same on every machine; the tests hold them.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
const run = promisify(execFile);
const largest = 5_000;

export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "gen-deploy-size-"));
  try {
    return [...(await weights()), ...(await packed(folder)), await checkingTime(folder)];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function weights() {
  const rows = [];
  for (const name of weighedClients) {
    const { first, beside, later } = await weighClient(name);
    const sum = Object.values(later).reduce((all, bytes) => all + bytes, 0);
    const seldom = `${kilobytes(sum - beside)} in parts that are loaded when they are first needed`;
    const more =
      beside === 0
        ? seldom
        : `${kilobytes(beside)} that each call needs, loaded when the client is made, and ${seldom}`;
    rows.push({
      name: `a client in a browser, ${name} (and ${more})`,
      ours: first / 1000,
      unit: "kB gzip",
      budget: "12 kB",
    });
  }
  const arrays = ["DeploymentError", "isDeploymentError", "ndarray"];
  const without = await weighExports(arrays);
  const withCodec = await weighExports([...arrays, "decodeNpy", "encodeNpy"]);
  const what = "the .npy codec, beside arrays and errors";
  return [...rows, { name: what, ours: (withCodec - without) / 1000, unit: "kB gzip", budget: "4 kB" }];
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

async function packed(folder) {
  const description = join(folder, "fifty.json");
  await writeFile(description, JSON.stringify(describeFeatures(50)));
  const client = join(folder, "fifty");
  await run(process.execPath, [main, description, "--name", "fifty", "--out", client, "--quiet"]);
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: client });
  const [{ entryCount, unpackedSize }] = JSON.parse(stdout);
  const name = "a package of 50 features";
  return [
    { name: `${name}: files`, ours: entryCount, unit: "", budget: "fewer than 12" },
    { name: `${name}: unpacked`, ours: unpackedSize / 1000, unit: "kB", budget: "100 kB" },
  ];
}

/** tsc on a caller of a client of 5,000 features against tsc on an empty file, both strict and with the same library. */
async function checkingTime(folder) {
  const description = join(folder, "largest.json");
  await writeFile(description, JSON.stringify(describeFeatures(largest)));
  const installed = join(folder, "node_modules");
  await mkdir(join(installed, "@gen-deploy"), { recursive: true });
  await symlink(join(root, "src/runtime"), join(installed, "@gen-deploy/runtime"));
  const words = [main, description, "--name", "largest", "--out", join(installed, "largest"), "--quiet"];
  await run(process.execPath, words);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "empty.ts"), "export {};\n");
  const caller = `import { createClient } from "largest";
import type { Input, Output } from "largest";
export async function call(row: Input): Promise<Output> {
  return await createClient({ token: "t" }).predict(row);
}
`;
  await writeFile(join(folder, "caller.ts"), caller);
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck"];
  const programs = {
    ours: [tsc, ...options, "caller.ts"],
    "an empty file": [tsc, ...options, "empty.ts"],
  };
  const times = await timesOf(programs, { cwd: folder, rounds: 5 });
  const ours = median(times.ours);
  const empty = median(times["an empty file"]);
  return {
    name: `tsc on a caller of ${largest} features`,
    ours,
    peers: { "an empty file": empty },
    unit: "ms",
    ratio: ours / empty,
    budget: "at most 1.5 times",
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await measure());
