import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { dump, parse } from "npyjs";
import { Pool } from "undici";
import { answering, createImageClient, pictures, pixels } from "./image-client.mjs";
import { withServer } from "./loopback.mjs";
import { printAlone, takeTurns, timesFaster } from "./turns.mjs";

/*
 * Pictures as `.npy` files in JSON, through the whole of a client but for the network, against what callers write by
 * hand; then over loopback to another process, and the memory that it takes.
 */

const head = "data:application/x.peltarion.npy;base64,";
const url = "http://127.0.0.1:9/";

/** So many turns, and so many calls in each, that a size takes some seconds and a turn some milliseconds. */
function turnsFor(batch) {
  const turns = { 1: { rounds: 15, calls: 16 }, 8: { rounds: 9, calls: 4 }, 32: { rounds: 9 } };
  return turns[batch] ?? { rounds: 5 };
}

function npyBody({ shape, data }) {
  const image = head + Buffer.from(dump(data, shape)).toString("base64");
  return Buffer.from(JSON.stringify({ rows: [{ image }] }));
}

async function encoding(batch) {
  const image = pictures(batch);
  const client = createImageClient(true, {
    url,
    transport: answering(Buffer.from('{"rows":[{"Weight":1}]}')),
  });
  const { shape, data } = image;
  const works = {
    ours: () => client.predict({ image }),
    npyjs: () => void npyBody(image),
  };
  // At 128 its text comes near to the longest that there can be.
  if (batch <= 32)
    works["shape and data"] = () =>
      void Buffer.from(JSON.stringify({ rows: [{ image: { shape, data: Array.from(data) } }] }));
  const times = await takeTurns(works, turnsFor(batch));
  const scale = (time) => data.byteLength / time / 1e6;
  const name = `encode a batch of ${batch}`;
  const { ours, npyjs, ...others } = times;
  return [
    timesFaster({
      name: `${name}, to npyjs`,
      times: { ours, npyjs },
      unit: "GB/s",
      scale,
      budget: batch < 8 ? "none" : "≥ 8",
    }),
    ...Object.entries(others).map(([peer, each]) =>
      timesFaster({
        name: `${name}, to ${peer} as lists`,
        times: { ours, [peer]: each },
        unit: "GB/s",
        scale,
        budget: "≥ 40",
      }),
    ),
  ];
}

async function decoding(batch) {
  const sent = pictures(batch);
  const reply = npyBody(sent);
  const client = createImageClient(false, { url, transport: answering(reply) });
  const payloadOf = () => JSON.parse(reply.toString()).rows[0].image.slice(head.length);
  const check = (data) => {
    if (data.length !== sent.data.length || data.at(-1) !== sent.data.at(-1))
      throw new Error("What was read is not what was written.");
  };
  const works = {
    ours: async () => check((await client.predict({ Weight: 1 })).image.data),
    npyjs: () => {
      const { buffer, byteOffset, length } = Buffer.from(payloadOf(), "base64");
      check(parse(buffer.slice(byteOffset, byteOffset + length)).data);
    },
    "an atob loop": () => {
      const text = atob(payloadOf());
      const bytes = new Uint8Array(text.length);
      for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
      check(new Float32Array(bytes.buffer, bytes.length - sent.data.byteLength));
    },
  };
  const { ours, ...peers } = await takeTurns(works, turnsFor(batch));
  const budgets = { npyjs: "≥ 4", "an atob loop": "≥ 20" };
  return Object.entries(peers).map(([peer, each]) =>
    timesFaster({
      name: `decode a batch of ${batch}, to ${peer}`,
      times: { ours, [peer]: each },
      unit: "GB/s",
      scale: (time) => sent.data.byteLength / time / 1e6,
      budget: batch > 32 ? "none" : budgets[peer],
    }),
  );
}

/** The time that an upload takes, as so many times that of a body that is encoded already. */
async function uploading(server) {
  const image = pictures(128);
  const client = createImageClient(true, { url: `${server}/sink` });
  const encoded = npyBody(image);
  const pool = new Pool(server);
  const headers = { "content-type": "application/json" };
  const times = await takeTurns(
    {
      ours: () => client.predict({ image }),
      "encoded before": async () => {
        const { body } = await pool.request({ method: "POST", path: "/sink", headers, body: encoded });
        await body.json();
      },
    },
    { rounds: 9 },
  );
  await pool.close();
  const row = timesFaster({ name: "upload 77 MB of pictures", times, budget: "≤ 2" });
  return { ...row, ratio: 1 / row.ratio };
}

/** What the peak of memory grows by while a body of 103 MB goes out, in a process of its own. */
async function remembering(server) {
  const child = fork(fileURLToPath(new URL("upload-memory.mjs", import.meta.url)), [`${server}/sink`, "128"]);
  const [{ before, after }] = await once(child, "message");
  const ours = (after - before) / 1e6;
  const body = (128 * pixels * 4 * (4 / 3)) / 1e6;
  return {
    name: "memory for a body of 103 MB, beyond that for small ones",
    ours,
    peers: { "the body": body },
    unit: "MB",
    ratio: ours / body,
    budget: "≤ 10 MB",
  };
}

/** Our encoding, decoding and uploading of `.npy` files against the peers'. */
export async function measure() {
  const rows = [];
  for (const batch of [1, 8, 32, 128]) rows.push(...(await encoding(batch)));
  for (const batch of [1, 8, 32, 128]) rows.push(...(await decoding(batch)));
  await withServer(async (server) => {
    rows.push(await remembering(server));
    rows.push(await uploading(server));
  });
  return rows;
}

await printAlone(import.meta.url, measure);
