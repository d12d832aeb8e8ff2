import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createClient } from "animal-weight";
import { Pool } from "undici";
import { withServer } from "./loopback.mjs";
import { median, printAlone } from "./turns.mjs";

/*
 * A stream of rows against a loop that sends one batch after another, to a server that takes 5 ms for each; and the
 * memory of a process that streams ten times as many.
 */

const count = 100_000;
const batchSize = 128;
const concurrency = 16;
const rounds = 3;

function* animals(rows) {
  for (let index = 0; index < rows; index += 1) yield { Type: "animal", Sound: "miaow", Size: index };
}

function check(weight, index) {
  if (weight !== index * 10) throw new Error(`Row ${index} has the reply of another.`);
}

async function streaming(client) {
  let index = 0;
  for await (const { Weight } of client.predictStream(animals(count), { batchSize, concurrency })) {
    check(Weight, index);
    index += 1;
  }
  if (index !== count) throw new Error(`${index} rows came back.`);
}

/** What callers write by hand: a batch, its reply, the next batch. */
async function oneByOne(pool, path) {
  let index = 0;
  let rows = [];
  const send = async () => {
    const headers = { "content-type": "application/json" };
    const { body } = await pool.request({ method: "POST", path, headers, body: JSON.stringify({ rows }) });
    for (const { Weight } of (await body.json()).rows) {
      check(Weight, index);
      index += 1;
    }
    rows = [];
  };
  for (const row of animals(count)) {
    rows.push(row);
    if (rows.length === batchSize) await send();
  }
  if (rows.length > 0) await send();
}

/** The peak of memory of a process that streams so many rows, in MB. */
async function peakOf(url, rows) {
  const child = fork(fileURLToPath(new URL("stream-memory.mjs", import.meta.url)), [url, String(rows)]);
  const [peak] = await once(child, "message");
  return peak / 1e6;
}

/** Our stream against a sequential loop, in rows a second and in memory. */
export async function measure() {
  return await withServer(async (server) => {
    const path = "/forward?wait=5";
    const url = server + path;
    const pool = new Pool(server);
    const client = createClient({ url });
    const rates = { ours: [], "a loop with undici": [] };
    const time = async (work) => {
      const start = performance.now();
      await work();
      return (count / (performance.now() - start)) * 1000;
    };
    // The first of both does not count.
    for (let round = -1; round < rounds; round += 1) {
      const ours = await time(() => streaming(client));
      const theirs = await time(() => oneByOne(pool, path));
      if (round < 0) continue;
      rates.ours.push(ours);
      rates["a loop with undici"].push(theirs);
    }
    await pool.close();
    const { ours, ...peers } = rates;
    const [loop] = Object.values(peers);
    const small = await peakOf(url, count);
    const large = await peakOf(url, count * 10);
    return [
      {
        name: `stream of ${count} rows, ${concurrency} batches of ${batchSize} at a time`,
        ours: median(ours),
        peers: { "a loop with undici": median(loop) },
        unit: "rows/s",
        ratio: median(ours.map((rate, round) => rate / loop[round])),
        budget: "≥ 10",
      },
      {
        name: `peak of memory, ${count * 10} rows to ${count}`,
        ours: large,
        peers: { [`${count} rows`]: small },
        unit: "MB",
        ratio: large / small,
        budget: "≤ 1.3",
      },
    ];
  });
}

await printAlone(import.meta.url, measure);
