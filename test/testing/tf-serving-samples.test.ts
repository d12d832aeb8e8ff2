import { createClient as createBert, deployment as bert } from "bert";
import { createClient as createHalf, deployment as half, ndarray } from "half-plus-two";
import { createClient as createHouses, deployment as houses } from "house-prices";
import { createClient as createFlowers, deployment as flowers } from "image-classifier";
import { afterAll, describe, expect, test } from "vitest";
import type { Transport } from "../../src/runtime/src/http/transport.js";
import { mockHandler, mockTransport } from "../../src/runtime/src/testing/tf-serving.js";
import { startLoopback } from "./tf-serving-loopback.js";
import type { Loopback } from "./tf-serving-loopback.js";

/*
 * The generated client of every sample against its own mock, in memory and over HTTP: the answers are the same.
 */

const loopbacks: Loopback[] = [];
afterAll(() => Promise.all(loopbacks.map((loopback) => loopback.close())));

interface Reached {
  readonly url: string;
  readonly transport?: Transport;
}

/** What `call` gives in memory, once it has given the same over HTTP. */
async function bothWays<Result>(
  deployment: Parameters<typeof mockHandler>[0],
  call: (reached: Reached) => Promise<Result>,
): Promise<Result> {
  const loopback = await startLoopback(mockHandler(deployment));
  loopbacks.push(loopback);
  const inMemory = await call({
    url: "https://test.invalid/v1/models/m",
    transport: mockTransport(deployment),
  });
  expect(await call({ url: `${loopback.origin}/v1/models/m` })).toEqual(inMemory);
  return inMemory;
}

describe("half-plus-two", () => {
  test("predicts rows, bare values and columns in both framings, always alike", async () => {
    const given = await bothWays(half, async (reached) => {
      const client = createHalf(reached);
      return {
        row: await client.predict({ x: [1] }),
        bare: await client.predict([1]),
        rows: await client.predictMany([[3], ndarray([1], [1])], { framing: "row" }),
        columns: await client.predictColumns({ x: [[1], [2], [3]] }),
      };
    });
    expect(given.row.y).toMatchObject({ dtype: "float32", shape: [1] });
    expect(given.bare).toEqual(given.row);
    expect(given.rows[1]).toEqual(given.row);
    expect(given.rows[0]).not.toEqual(given.row);
    expect(given.columns.y.shape).toEqual([3, 1]);
    expect([...given.columns.y.data][0]).toBe(given.row.y.data[0]);
    expect([...given.columns.y.data][2]).toBe(given.rows[0]?.y.data[0]);
  });

  test("classifies and regresses by each of its signatures", async () => {
    const given = await bothWays(half, async (reached) => {
      const client = createHalf(reached);
      return {
        classes: await client.classify([{ x: { float: 1 } }, { x: { float: 2 } }]),
        values: await client.regress([{}, {}], { context: { x: { float: 1 } } }),
        other: await client.signatures.regress_x_to_y2.regress([{ x: { float: 1 } }]),
        tensors: await client.signatures.regress_x2_to_y3.predict([2]),
      };
    });
    expect(given.classes.map((pairs) => pairs.map(({ label }) => label))).toEqual([[""], [""]]);
    expect(given.classes[0]).not.toEqual(given.classes[1]);
    expect(given.values[0]).toBe(given.values[1]);
    expect(given.other).not.toEqual(given.values.slice(1));
    expect(given.tensors.outputs.shape).toEqual([1]);
  });

  test("states itself", async () => {
    await bothWays(half, async (reached) => {
      const client = createHalf(reached);
      await client.verify();
      const { model } = await client.metadata();
      expect(model).toEqual({ name: "m", version: "1" });
      expect(await client.waitUntilReady()).toMatchObject({
        versions: [{ version: "1", state: "AVAILABLE" }],
      });
    });
  });
});

test("bert gives each row its logits, and whole what is no row's", async () => {
  const row = (id: bigint) => ({ input_ids: [id, 2n], attention_mask: [1, 1], token_type_ids: [0, 0] });
  const answers = await bothWays(bert, async (reached) => {
    const client = createBert(reached);
    await client.verify();
    const rows = await client.predictMany([row(9007199254740993n), row(-5n), row(9007199254740992n)]);
    return [...rows, await client.predict(row(-5n))];
  });
  expect(answers.map(({ logits }) => logits.shape)).toEqual([[2], [2], [2], [2]]);
  for (const { attentions } of answers) expect(attentions.shape).toEqual([2, 2, 1, 2, 2]);
  expect(answers[3]).toEqual(answers[1]);
  expect(answers[2]?.logits).not.toEqual(answers[0]?.logits);
});

describe("house-prices", () => {
  const home = {
    ...{ CRIM: 0.00632, ZN: 18, INDUS: 2.31, CHAS: false, NOX: 0.538, RM: 6.5, AGE: 65.2, DIS: 4.09 },
    ...{ RAD: 1, TAX: 296n, PTRATIO: 15.3, TOWN: "Nahant", LSTAT: 4.98 },
  };

  test("predicts a row of 13 features, streams them, and embeds", async () => {
    const given = await bothWays(houses, async (reached) => {
      const client = createHouses(reached);
      const row = await client.predict(home);
      const prices: number[] = [];
      const source = Array.from({ length: 70 }, (_, index) => ({ ...home, RM: index, TAX: index }));
      for await (const { price } of client.predictStream(source, { batchSize: 16 })) prices.push(price);
      const table = new Float32Array(13).fill(2);
      return { row, prices, embedded: await client.signatures.embed.predict(table) };
    });
    expect(given.row.price).toEqual(expect.any(Number));
    expect(given.row.codes).toMatchObject({ dtype: "string", shape: [3] });
    expect(new Set(given.prices).size).toBeGreaterThan(60);
    expect(given.embedded.embedding.shape).toEqual([4]);
  });

  test("regresses described features", async () => {
    const values = await bothWays(houses, async (reached) => {
      const client = createHouses(reached);
      const example = { CRIM: 1, RM: 6, TAX: 296n };
      return [
        ...(await client.regress([example, { ...example, RM: 7, tags: ["old", "red"] }])),
        ...(await client.regress([{ RM: 6, TAX: 296n }], { context: { CRIM: 1 } })),
      ];
    });
    expect(values[2]).toBe(values[0]);
    expect(values[1]).not.toBe(values[0]);
  });

  test("has no tensors of the signature that takes examples, and says so where it differs", async () => {
    await createHouses({
      url: "http://test.invalid/v1/models/houses",
      transport: mockTransport(houses),
    }).verify();
  });
});

test("a picture is scored with its key, texts and integers of their dtypes", async () => {
  const answers = await bothWays(flowers, async (reached) => {
    const client = createFlowers(reached);
    await client.verify();
    return await client.predictMany([
      { image_bytes: new Uint8Array([255, 216, 255]), key: "é" },
      { image_bytes: new Uint8Array([255, 216, 254]), key: "é" },
    ]);
  });
  for (const { key, scores, prediction } of answers) {
    expect([typeof key, typeof prediction]).toEqual(["string", "bigint"]);
    expect(scores.shape).toEqual([6]);
    expect([...scores.data].reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
  }
  expect(answers[0]).not.toEqual(answers[1]);
});
