/*
 * Makes a package of every public model on Replicate and asks of each: is it generated, does it compile, and do its type
 * and its run-time check take the example that the model's author has published? What a schema accepts, they must.
 *
 *     npm run corpus [-- --every 20]
 */
import { fork } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cache, dataset, fetchDataset } from "./dataset.mjs";
import { printReport } from "./report.mjs";

const { values } = parseArgs({ options: { every: { type: "string", default: "1" } } });
const workers = availableParallelism();
/** Packages in one program: enough that the libraries do not count, few enough for the memory of one process. */
const together = 120;

/** Runs a file of this folder with the arguments, and hands on every message of its. */
function run(file, given, onMessage) {
  return new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const child = fork(path, given, { execArgv: ["--max-old-space-size=4096"] });
    child.on("message", onMessage);
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${file} ended with ${code}`))));
  });
}

const models = await fetchDataset();
await rm(join(cache, "packages"), { recursive: true, force: true });
const began = Date.now();
const results = new Map();
await Promise.all(
  Array.from({ length: workers }, (_, share) =>
    run("judge-models.mjs", [models, String(share), String(workers), values.every], (result) => {
      results.set(result.index, result);
      if (results.size % 250 === 0) process.stderr.write(`${results.size} models\n`);
    }),
  ),
);
const generatedAfter = Date.now() - began;

const generated = [...results.values()].filter((result) => result.generated === undefined);
const batches = Array.from({ length: Math.ceil(generated.length / together) }, (_, at) =>
  generated.slice(at * together, (at + 1) * together).map(({ index }) => String(index)),
);
const elsewhere = new Set();
async function checkBatches() {
  for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
    await run("check-types.mjs", batch, (message) => {
      for (const fault of message.elsewhere) elsewhere.add(fault);
      for (const { index, ...types } of message.faults) Object.assign(results.get(index), { types });
    });
    process.stderr.write(`${batches.length} batches left\n`);
  }
}
await Promise.all(Array.from({ length: workers }, checkBatches));

const ordered = [...results.values()].sort((a, b) => a.index - b.index);
await writeFile(join(cache, "results.json"), JSON.stringify(ordered, null, 2));
const seconds = { generating: generatedAfter / 1000, checking: (Date.now() - began - generatedAfter) / 1000 };
const { text, refused } = printReport(ordered, { dataset, seconds, elsewhere: [...elsewhere] });
process.stdout.write(text);
if (refused > 0) process.exitCode = 1;
