import { Agent } from "node:http";
import { createClient } from "animal-weight";
import { Pool } from "undici";
import { loadPeer } from "./call-peers.mjs";
import { withServer } from "./loopback.mjs";
import { median, printAlone } from "./turns.mjs";

/*
 * Predictions a second, one row each, of a generated client against calls written by hand. All take turns of a quarter
 * of a second; a ratio is the median of the ratios of single rounds.
 */

const row = { Type: "animal", Sound: "miaow", Size: 0.4 };
const slice = 250;
const rounds = 15;

/** Calls written by hand: each sends the row as JSON, parses the reply and gives the weight. */
async function peersAt(url) {
  const axios = await loadPeer("axios");
  const createFetchClient = await loadPeer("openapi-fetch");
  const pool = new Pool(new URL(url).origin, { connections: 64 });
  const headers = { "content-type": "application/json" };
  const { pathname } = new URL(url);
  const http = axios.create({ httpAgent: new Agent({ keepAlive: true }) });
  const api = createFetchClient({ baseUrl: new URL(url).origin });
  const weightOf = ({ rows: [first] }) => first.Weight;
  const body = () => JSON.stringify({ rows: [row] });
  return {
    calls: {
      "Pool.request": async () => {
        const reply = await pool.request({ method: "POST", path: pathname, headers, body: body() });
        return weightOf(await reply.body.json());
      },
      fetch: async () => {
        const reply = await fetch(url, { method: "POST", headers, body: body() });
        return weightOf(await reply.json());
      },
      "openapi-fetch": async () => weightOf((await api.POST(pathname, { body: { rows: [row] } })).data),
      axios: async () => weightOf((await http.post(url, { rows: [row] })).data),
    },
    close: () => pool.close(),
  };
}

/** How many calls a second `call` makes, `concurrency` at a time, within a slice. */
async function rateOf(call, concurrency) {
  const start = performance.now();
  let done = 0;
  const keepOn = async () => {
    while (performance.now() - start < slice) {
      if ((await call()) !== 4) throw new Error("The reply is not that of the server.");
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, keepOn));
  return (done / (performance.now() - start)) * 1000;
}

async function ratesOf(calls, concurrency) {
  const names = Object.keys(calls);
  const rates = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const rate = await rateOf(calls[name], concurrency);
      if (round >= 0) rates[name].push(rate);
    }
  }
  return rates;
}

/** Rows of the report, one for each of `budgets`: each for one peer. */
function rowsOf({ ours, ...peers }, concurrency, budgets) {
  const rates = Object.fromEntries(Object.entries(peers).map(([peer, each]) => [peer, median(each)]));
  return Object.entries(budgets).map(([peer, budget]) => ({
    name: `predictions a second, ${concurrency} at a time, to ${peer}`,
    ours: median(ours),
    peers: { [peer]: rates[peer], ...rates },
    unit: "1/s",
    ratio: median(ours.map((rate, round) => rate / peers[peer][round])),
    budget,
  }));
}

/** Our calls against the peers', one at a time and 64. */
export async function measure() {
  return await withServer(async (server) => {
    const url = `${server}/forward`;
    const client = createClient({ url });
    const { calls: peers, close } = await peersAt(url);
    const calls = { ours: async () => (await client.predict(row)).Weight, ...peers };
    const one = await ratesOf(calls, 1);
    const many = await ratesOf(calls, 64);
    await close();
    return [
      ...rowsOf(one, 1, { "Pool.request": "≥ 0.9", fetch: "none" }),
      ...rowsOf(many, 64, { fetch: "≥ 3", "Pool.request": "none" }),
    ];
  });
}

await printAlone(import.meta.url, measure);
