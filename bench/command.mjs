import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadGenerators } from "./command-peers.mjs";
import { describeFeatures } from "./descriptions.mjs";
import { median, printAlone } from "./turns.mjs";
import { peakMemoryOf, rowOf, timesOf } from "./whole-process.mjs";

/*
 * The command as a user waits for it: whole processes, from the start of Node to its end. Ours writes a whole package
 * each time: sources, built files, README, manifest.
 */

const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const sizes = [
  { features: 1, rounds: 7 },
  { features: 50, rounds: 7 },
  { features: 500, rounds: 5 },
  { features: 5000, rounds: 3 },
  { features: 50, labels: 1000, rounds: 5 },
];
const manies = [1, 10, 100, 500];

/** What `npm run bench` prints of the command. */
export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "gen-deploy-bench-"));
  try {
    const generators = await loadGenerators();
    const rows = [];
    for (const size of sizes) rows.push(await againstPeers(folder, generators, size));
    rows.push(...(await againstNode(folder)), ...(await many(folder)), await memory(folder));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeDescription(folder, name, features, options) {
  const path = join(folder, `${name}.json`);
  await writeFile(path, JSON.stringify(describeFeatures(features, options), null, 2));
  return path;
}

async function againstPeers(folder, generators, { features, labels, rounds }) {
  const size = labels === undefined ? `${features}` : `${features}-of-${labels}`;
  const spec = await writeDescription(folder, `spec-${size}`, features, { labels });
  const out = join(folder, `out-${size}`);
  const programs = {
    // Into a new folder each time: files that stand already would be left alone.
    ours: (round) => [main, spec, "--out", join(out, `ours-${round}`), "--quiet"],
    ...Object.fromEntries(
      Object.entries(generators).map(([name, words]) => [
        name,
        words(spec, join(out, name.replace("/", "-"))),
      ]),
    ),
  };
  await mkdir(out);
  const times = await timesOf(programs, { rounds, cwd: folder });
  const kinds = labels === undefined ? "" : `, those of labels with ${labels} each`;
  return rowOf({ name: `generate, ${features} features${kinds}`, times, budget: "≤ 1.0 × orval" });
}

/** Commands that have little to do, against Node that has nothing to do. */
async function againstNode(folder) {
  const spec = await writeDescription(folder, "checked", 50, { title: "Checked" });
  await timesOf(
    { first: [main, spec, "--out", join(folder, "checked")] },
    { rounds: 1, warmUp: 0, cwd: folder },
  );
  const cases = [
    { name: "--help", words: ["--help"], budget: 2.2 },
    { name: "--version", words: ["--version"], budget: 2.2 },
    { name: "a usage error", words: ["--nope"], budget: 2.2 },
    { name: "check, nothing changed", words: ["check", spec, "--out", join(folder, "checked")], budget: 3 },
  ];
  const rows = [];
  for (const { name, words, budget } of cases) {
    const programs = { ours: [main, ...words], "node -e 0": ["-e", "0"] };
    const times = await timesOf(programs, { rounds: 15, statuses: [0, 2], cwd: folder });
    rows.push(rowOf({ name, times, budget: `≤ ${budget} × node -e 0` }));
  }
  return rows;
}

/** What each further deployment of a run costs, by the difference to the run of one. */
async function many(folder) {
  const specs = join(folder, "many");
  await mkdir(specs);
  const paths = [];
  for (let index = 0; index < Math.max(...manies); index += 1)
    paths.push(await writeDescription(specs, `spec-${index}`, 50, { title: `Deployment ${index}` }));
  const whole = {};
  for (const count of manies) {
    const times = [];
    for (let round = 0; round < 3; round += 1) {
      const out = join(folder, `many-${count}-${round}`);
      const words = count === 1 ? ["--out", join(out, "one")] : ["--out", out];
      const program = [main, ...paths.slice(0, count), ...words, "--quiet"];
      times.push(...(await timesOf({ program }, { rounds: 1, warmUp: 0, cwd: folder })).program);
    }
    whole[count] = median(times);
  }
  return manies.slice(1).map((count) => {
    const further = (whole[count] - whole[1]) / (count - 1);
    const peers = { "the whole run": whole[count], "a run of one": whole[1] };
    return {
      name: `each further of ${count} deployments, 50 features`,
      ours: further,
      peers,
      unit: "ms",
      ratio: further / whole[1],
      budget: "≤ 30 ms",
    };
  });
}

async function memory(folder) {
  const spec = join(folder, "spec-5000.json");
  const peak = await peakMemoryOf([main, spec, "--out", join(folder, "peak"), "--quiet"], { cwd: folder });
  const nothing = await peakMemoryOf(["-e", "0"], { cwd: folder });
  return {
    name: "most memory, 5000 features",
    ours: peak,
    peers: { "node -e 0": nothing },
    unit: "MB",
    ratio: peak / nothing,
    budget: "≤ 200 MB",
  };
}

await printAlone(import.meta.url, measure);
