import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./turns.mjs";

const peakReporter = new URL("./report-peak.mjs", import.meta.url);

/** Runs Node with `words` to its end, all that it prints thrown away; gives the milliseconds that it took. */
async function timeOf(words, { cwd, statuses = [0], env = process.env }) {
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, words, { cwd, env, stdio: ["ignore", "ignore", "ignore"] });
  const status = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  if (!statuses.includes(status)) throw new Error(`${words.join(" ")} ended with status ${status}`);
  return time;
}

/**
 * Runs programs in turn, whole processes, so that a machine that is slow for a while is slow for all; times by name. A
 * program is Node's words, or a function that gives those of a round.
 */
export async function timesOf(programs, { rounds, warmUp = 1, ...options }) {
  const names = Object.keys(programs);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const program = programs[name];
      const time = await timeOf(typeof program === "function" ? program(round) : program, options);
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}

/** The most memory that Node had with `words`, in MB of 10^6 bytes; the middle of three runs. */
export async function peakMemoryOf(words, options) {
  const folder = await mkdtemp(join(tmpdir(), "gen-deploy-peak-"));
  const file = join(folder, "peak");
  const env = { ...process.env, GEN_DEPLOY_BENCH_PEAK: file };
  const peaks = [];
  for (let run = 0; run < 3; run += 1) {
    await timeOf(["--import", String(peakReporter), ...words], { ...options, env });
    peaks.push(Number(await readFile(file, "utf8")) / 1e6);
  }
  await rm(folder, { recursive: true });
  return median(peaks);
}

/** A row of the report: the medians, and that of the ratios of single rounds of ours to the first peer's. */
export function rowOf({ name, times, budget }) {
  const { ours, ...peers } = times;
  const [against] = Object.values(peers);
  return {
    name,
    ours: median(ours),
    peers: Object.fromEntries(Object.entries(peers).map(([peer, each]) => [peer, median(each)])),
    unit: "ms",
    ratio: median(ours.map((time, round) => time / against[round])),
    budget,
  };
}
