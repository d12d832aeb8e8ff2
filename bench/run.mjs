import { writeFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

/*
 * Runs the benchmarks, or those that are named (`npm run bench -- command npy`), prints their tables and writes them
 * to report.md beside this file. Each benchmark is a module whose `measure` gives rows: what was measured, our figure,
 * the peers' by name, the unit, the ratio to the first peer, and the budget in words.
 */

const benchmarks = {
  command: "The command, whole processes",
  size: "What a client weighs",
  npy: "Tensors as .npy and base64",
  "tensor-json": "Tensors as exact JSON",
  calls: "Predictions a second",
  stream: "Streams of rows",
  predict: "A file of rows",
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(2);
}

const gigabytes = Math.round(totalmem() / 2 ** 30);
const machine = `Node.js ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${gigabytes} GiB.`;
const sections = [];
for (const [name, title] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { measure } = await import(`./${name}.mjs`);
  const section = `## ${title}\n\n${table(await measure())}\n`;
  console.log(section);
  sections.push(section);
}
const about =
  "Medians; the ratio is ours to the first one named beside us, within one run: it is what to trust.";
const report = `# Benchmarks\n\n${machine} ${about}\n\n${sections.join("\n")}`;
if (asked.length === 0) {
  const path = fileURLToPath(new URL("report.md", import.meta.url));
  await writeFile(path, await format(report, { ...(await resolveConfig(path)), filepath: path }));
}
console.log(machine);

function table(rows) {
  const names = [...new Set(rows.flatMap(({ peers = {} }) => Object.keys(peers)))];
  // Few peers in common, and a column each would be a table of holes.
  const own = names.every((name) => rows.every(({ peers = {} }) => name in peers));
  const head = ["what", "ours", ...(own ? names : ["others"]), "ratio", "budget"];
  const cells = rows.map(({ name, ours, peers = {}, unit, ratio, budget = "" }) => [
    name,
    `${shown(ours)} ${unit}`,
    ...(own
      ? names.map((peer) => `${shown(peers[peer])} ${unit}`)
      : [
          Object.entries(peers)
            .map(([peer, value]) => `${peer} ${shown(value)}`)
            .join(", "),
        ]),
    ratio === undefined ? "" : shown(ratio),
    String(budget),
  ]);
  return [head, head.map(() => "---"), ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function shown(value) {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}
