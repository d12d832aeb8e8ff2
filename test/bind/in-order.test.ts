import fc from "fast-check";
import { DeploymentError } from "@gen-deploy/runtime";
import { describe, expect, test } from "vitest";
import { inOrder, type RowWork } from "../../src/bind/in-order.js";

const double: RowWork = async (rows) => {
  await new Promise((resolve) => setImmediate(resolve));
  return rows.map((row) => Number(row) * 2);
};

async function all(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const each of stream) found.push(each);
  return found;
}

describe("rows in order", () => {
  test("keep it, whatever the limits", async () => {
    const limit = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer()),
        limit,
        limit,
        limit,
        async (rows, batchSize, concurrency, window) => {
          let inFlight = 0;
          const work: RowWork = async (batch, signal) => {
            expect(batch.length).toBeLessThanOrEqual(batchSize);
            expect((inFlight += 1)).toBeLessThanOrEqual(Math.min(concurrency, window));
            const results = await double(batch, signal);
            inFlight -= 1;
            return results;
          };
          const limits = { batchSize, concurrency, window };
          expect(await all(inOrder(rows, work, limits))).toEqual(rows.map((row) => row * 2));
        },
      ),
    );
  });

  test("fail at the row at fault, behind all that stand before its batch", async () => {
    const work: RowWork = async (rows, signal) => {
      const bad = rows.indexOf(5);
      if (bad >= 0) throw new DeploymentError("wrong-type", "no", { row: bad });
      return await double(rows, signal);
    };
    const seen: unknown[] = [];
    const limits = { batchSize: 2, concurrency: 4, window: 8 };
    await expect(async () => {
      for await (const each of inOrder([0, 1, 2, 3, 4, 5, 6], work, limits)) seen.push(each);
    }).rejects.toMatchObject({ code: "wrong-type", row: 5 });
    expect(seen).toEqual([0, 2, 4, 6]);
  });

  test("hand out all that came before a source failed", async () => {
    function* source(): Generator<number> {
      yield* [1, 2, 3];
      throw new Error("torn");
    }
    const seen: unknown[] = [];
    await expect(async () => {
      for await (const each of inOrder(source(), double, { batchSize: 2, concurrency: 2, window: 4 }))
        seen.push(each);
    }).rejects.toThrow("torn");
    expect(seen).toEqual([2, 4, 6]);
  });

  test("close the source and break off what is in flight when nobody wants more", async () => {
    let isClosed = false;
    const signals: AbortSignal[] = [];
    async function* source(): AsyncGenerator<number> {
      try {
        for (let row = 0; ; row += 1) yield row;
      } finally {
        isClosed = true;
      }
    }
    const work: RowWork = async (rows, signal) => {
      signals.push(signal);
      return await double(rows, signal);
    };
    for await (const each of inOrder(source(), work, { batchSize: 1, concurrency: 2, window: 4 }))
      if (each === 10) break;
    await expect.poll(() => isClosed).toBe(true);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    expect(signals.length).toBeLessThan(12);
  });

  test("come out while a source keeps silent", async () => {
    async function* source(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => undefined);
    }
    const stream = inOrder(source(), double, { batchSize: 1, concurrency: 2, window: 4 });
    expect(await stream.next()).toEqual({ done: false, value: 2 });
    expect(await stream.return()).toEqual({ done: true, value: undefined });
  });
});
