import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/*
 * How the benchmarks of the runtime measure: whoever is compared takes turns in one process, and what counts is the
 * median of the ratios of single rounds, which a machine that is slow for a while does not move.
 */

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/** The middle of `values`. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs each of `works`, an object of functions by name, `calls` times in each round; gives for each name the times of
 * a call in its rounds, in milliseconds. A work may be synchronous or not. The first `warmUp` rounds do not count.
 */
export async function takeTurns(works, { rounds, calls = 1, warmUp = 2 }) {
  const names = Object.keys(works);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    // Nobody always comes first, or behind the same other.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      // Nobody cleans up behind the one before.
      collectGarbage();
      const start = performance.now();
      for (let call = 0; call < calls; call += 1) {
        const result = works[name]();
        if (result instanceof Promise) await result;
      }
      if (round >= 0) times[name].push((performance.now() - start) / calls);
    }
  }
  return times;
}

/** A row of the report: `ours` and the peers' medians, and how many times the first peer's time ours goes into. */
export function timesFaster({ name, times, unit = "ms", scale = (time) => time, budget }) {
  const { ours, ...peers } = times;
  const [against] = Object.values(peers);
  return {
    name,
    ours: scale(median(ours)),
    peers: Object.fromEntries(Object.entries(peers).map(([peer, each]) => [peer, scale(median(each))])),
    unit,
    ratio: median(ours.map((time, round) => against[round] / time)),
    budget,
  };
}

/** Prints `rows` where the module of `url` is the program itself and not a part of the report. */
export async function printAlone(url, measure) {
  if (process.argv[1] === undefined || url !== String(new URL(`file://${process.argv[1]}`))) return;
  const digits = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
  console.log("| what | ours | peers | ratio | budget |\n| --- | --- | --- | --- | --- |");
  for (const { name, ours, peers, unit, ratio, budget } of await measure()) {
    const others = Object.entries(peers).map(([peer, value]) => `${peer} ${digits(value)}`);
    console.log(
      `| ${name} | ${digits(ours)} ${unit} | ${others.join(", ")} | ${digits(ratio)} | ${budget} |`,
    );
  }
  console.log(`\nNode ${process.version}, ${process.platform} ${process.arch}`);
}
