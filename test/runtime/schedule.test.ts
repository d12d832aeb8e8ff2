import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapBatches } from "../../src/runtime/src/client/schedule.js";

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("results come in the order of the rows, whatever the order of the replies", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer(), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.scheduler(),
      async (rows, batchSize, concurrency, scheduler) => {
        let inFlight = 0;
        let most = 0;
        const firsts: number[] = [];
        const work = async (batch: readonly number[], first: number): Promise<string[]> => {
          firsts.push(first);
          most = Math.max(most, ++inFlight);
          await scheduler.schedule(Promise.resolve());
          inFlight--;
          return batch.map((row, index) => `${first + index}:${row}`);
        };
        const results = mapBatches(rows, work, { batchSize, concurrency });
        expect(await scheduler.waitFor(results)).toEqual(rows.map((row, index) => `${index}:${row}`));
        expect(most).toBeLessThanOrEqual(concurrency);
        expect(firsts).toEqual(
          Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, index) => index * batchSize),
        );
      },
    ),
    { numRuns: 50 },
  );
});

describe("the first failure", () => {
  test("aborts the others, closes the source, and is what is thrown", async () => {
    let closed = 0;
    let pulled = 0;
    function* source(): Generator<number> {
      try {
        for (;;) yield pulled++;
      } finally {
        closed++;
      }
    }
    const aborted: number[] = [];
    const fault = new Error("fault");
    const work = async (_batch: readonly number[], first: number, signal: AbortSignal): Promise<number[]> => {
      if (first === 4) {
        await nextTurn();
        throw fault;
      }
      await new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          aborted.push(first);
          reject(new Error("sibling"));
        });
      });
      return [];
    };
    await expect(mapBatches(source(), work, { batchSize: 2, concurrency: 4 })).rejects.toBe(fault);
    expect({ closed, pulled, aborted }).toEqual({ closed: 1, pulled: 8, aborted: [0, 2, 6] });
  });

  test("may be the source's own", async () => {
    const fault = new Error("fault");
    function* source(): Generator<number> {
      yield 1;
      throw fault;
    }
    await expect(mapBatches(source(), async () => [], { batchSize: 1, concurrency: 1 })).rejects.toBe(fault);
  });
});

test.each([{ given: {} }, { given: null }, { given: "text" }, { given: 5 }])(
  "$given is no list of rows",
  async ({ given }) => {
    const rows: Iterable<number>[] = [];
    Reflect.set(rows, 0, given);
    const [first = []] = rows;
    await expect(mapBatches(first, async () => [], { batchSize: 1, concurrency: 1 })).rejects.toMatchObject({
      code: "bad-options",
    });
  },
);
