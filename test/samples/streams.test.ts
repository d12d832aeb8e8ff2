import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { createClient } from "animal-weight";
import type { Input, Output } from "animal-weight";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** Answers requests only when told to, in whatever order; each row's weight is its size. */
interface PatientServer {
  readonly url: string;
  /** The rows of the requests that wait, by the order in which they came. */
  readonly waiting: Map<number, { readonly rows: readonly Input[]; readonly answer: () => void }>;
  readonly seen: () => number;
}

let server: Server;
let patient: PatientServer;

beforeEach(async () => {
  const waiting: PatientServer["waiting"] = new Map();
  let seen = 0;
  server = createServer(async (request, response) => {
    const { rows } = await bodyOf(request);
    const place = seen;
    seen += 1;
    const answer = (): void => {
      waiting.delete(place);
      response.end(JSON.stringify({ rows: rows.map(({ Size }) => ({ Weight: Size })) }));
    };
    waiting.set(place, { rows, answer });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  patient = { url: `http://127.0.0.1:${port}/forward`, waiting, seen: () => seen };
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function bodyOf(request: IncomingMessage): Promise<{ rows: readonly Input[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body: { rows: readonly Input[] } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  return body;
}

function rowsUpTo(count: number): Input[] {
  return Array.from({ length: count }, (_, Size) => ({ Type: "animal", Sound: "moo", Size }));
}

/** Waits for the events of other sockets until `come` is true. */
async function until(come: () => boolean): Promise<void> {
  while (!come()) await new Promise((resolve) => setImmediate(resolve));
}

describe("predictStream", () => {
  test("keeps order and never reads more than three batches ahead, though replies come in another order", async () => {
    const rows = rowsUpTo(300);
    const batchSize = 10;
    let read = 0;
    const handedOut: Output[] = [];
    const ahead: number[] = [];
    const source = function* (): Generator<Input> {
      for (const row of rows) {
        read += 1;
        ahead.push(Math.ceil(read / batchSize) - Math.floor(handedOut.length / batchSize));
        yield row;
      }
    };
    const client = createClient({ url: patient.url, token: "t" });
    const done = (async () => {
      const stream = client.predictStream(source(), { batchSize, concurrency: 3, window: 3 });
      for await (const row of stream) handedOut.push(row);
    })();
    for (let round = 0; round < 10; round += 1) {
      await until(() => patient.waiting.size === 3);
      // The last comes first.
      for (const { answer } of [...patient.waiting.values()].reverse()) answer();
    }
    await done;
    expect(handedOut).toEqual(rows.map(({ Size }) => ({ Weight: Size })));
    expect(Math.max(...ahead)).toBe(3);
    expect(patient.seen()).toBe(30);
  });

  test("closes its source when the loop is left", async () => {
    let closed = false;
    const source = async function* (): AsyncGenerator<Input> {
      try {
        for (const row of rowsUpTo(1000)) yield row;
      } finally {
        closed = true;
      }
    };
    const client = createClient({ url: patient.url, token: "t" });
    const loop = (async () => {
      for await (const { Weight } of client.predictStream(source(), {
        batchSize: 2,
        concurrency: 1,
        window: 1,
      })) {
        if (Weight === 1) return;
      }
    })();
    await until(() => patient.waiting.size === 1);
    for (const { answer } of patient.waiting.values()) answer();
    await loop;
    expect(closed).toBe(true);
  });
});

test("predictMany with no more than one request in flight sends one after another", async () => {
  const client = createClient({ url: patient.url, token: "t", concurrency: 1 });
  const done = client.predictMany(rowsUpTo(300));
  const sizes: number[] = [];
  for (let request = 0; request < 3; request += 1) {
    await until(() => patient.waiting.size > 0);
    expect(patient.seen()).toBe(request + 1);
    for (const { rows, answer } of patient.waiting.values()) {
      sizes.push(rows.length);
      answer();
    }
  }
  expect((await done).map(({ Weight }) => Weight)).toEqual(rowsUpTo(300).map(({ Size }) => Size));
  expect(sizes).toEqual([128, 128, 44]);
});
