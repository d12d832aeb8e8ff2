import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { predictInOrder } from "../../src/runtime/src/client/predict-stream.js";
import type { StreamPlan, StreamWork } from "../../src/runtime/src/client/predict-stream.js";

const plan: StreamPlan = { batchSize: 10, concurrency: 3, window: 3, signals: [] };
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const echo: StreamWork<number, number> = async (rows) => ({ rows });

/** A source that counts what is pulled and tells whether it was closed. */
function counted(length: number, options: { sync?: boolean; failAt?: number } = {}) {
  const state = { pulled: 0, closed: 0 };
  const take = (): number | undefined => {
    if (state.pulled === options.failAt) throw new Error("source");
    return state.pulled < length ? state.pulled++ : undefined;
  };
  function* sync(): Generator<number> {
    try {
      for (let row = take(); row !== undefined; row = take()) yield row;
    } finally {
      state.closed++;
    }
  }
  async function* async(): AsyncGenerator<number> {
    yield* sync();
  }
  return { state, rows: options.sync === true ? sync() : async() };
}

async function collect(stream: AsyncIterable<number>, into: number[] = []): Promise<number[]> {
  for await (const row of stream) into.push(row);
  return into;
}

const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index);

describe.each([{ sync: true }, { sync: false }])("a source (sync: $sync)", ({ sync }) => {
  test("keeps its order and both limits, whatever the order of the replies", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 8 }),
        fc.scheduler(),
        async (length, batchSize, concurrency, window, scheduler) => {
          const { state, rows } = counted(length, { sync });
          let inFlight = 0;
          let most = 0;
          const work: StreamWork<number, number> = async (batch, first) => {
            expect(batch[0]).toBe(first);
            most = Math.max(most, ++inFlight);
            await scheduler.schedule(Promise.resolve());
            inFlight--;
            return { rows: batch };
          };
          const seen: number[] = [];
          let ahead = 0;
          const reading = (async (): Promise<void> => {
            for await (const row of predictInOrder(rows, work, {
              batchSize,
              concurrency,
              window,
              signals: [],
            })) {
              seen.push(row);
              ahead = Math.max(ahead, state.pulled - seen.length);
            }
          })();
          await scheduler.waitFor(reading);
          expect(seen).toEqual(upTo(length));
          expect(ahead).toBeLessThanOrEqual(window * batchSize);
          expect(most).toBeLessThanOrEqual(Math.min(concurrency, window));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("300 rows, 3 at a time, never more than 3 batches ahead at any pull", async () => {
    const { state, rows } = counted(300, { sync });
    let received = 0;
    let most = 0;
    async function* watched(): AsyncGenerator<number> {
      for await (const row of rows) {
        most = Math.max(most, state.pulled - received);
        yield row;
      }
    }
    let replies = 0;
    const work: StreamWork<number, number> = async (batch) => {
      // Every third reply comes late, so that replies overtake each other.
      for (let turn = 0; turn < (replies++ % 3 === 0 ? 5 : 1); turn++) await nextTurn();
      return { rows: batch };
    };
    const seen: number[] = [];
    for await (const row of predictInOrder(watched(), work, plan)) {
      received++;
      seen.push(row);
    }
    expect(seen).toEqual(upTo(300));
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(30);
  });

  test("is not touched before the first row is asked for", async () => {
    const { state, rows } = counted(50, { sync });
    const stream = predictInOrder(rows, echo, plan);
    await nextTurn();
    expect(state.pulled).toBe(0);
    expect(await stream.next()).toEqual({ done: false, value: 0 });
    await nextTurn();
    expect(state.pulled).toBe(30);
  });

  test("is closed when the loop is left, and what is in flight is aborted", async () => {
    const { state, rows } = counted(1000, { sync });
    const aborted: number[] = [];
    const work: StreamWork<number, number> = async (batch, first, signal) => {
      if (first === 0) return { rows: batch };
      return await new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          aborted.push(first);
          reject(new Error("aborted"));
        });
      });
    };
    for await (const row of predictInOrder(rows, work, plan)) {
      await nextTurn();
      if (row === 5) break;
    }
    expect({ ...state, aborted }).toEqual({ pulled: 30, closed: 1, aborted: [10, 20] });
  });

  test("hands out every row before a failing batch, then throws, and is closed", async () => {
    const { state, rows } = counted(1000, { sync });
    const fault = new Error("fault");
    const work: StreamWork<number, number> = async (batch, first) => {
      if (first === 40) throw fault;
      await nextTurn();
      await nextTurn();
      return { rows: batch };
    };
    const seen: number[] = [];
    await expect(collect(predictInOrder(rows, work, plan), seen)).rejects.toBe(fault);
    expect(seen).toEqual(upTo(40));
    expect(state.closed).toBe(1);
    expect(state.pulled).toBeLessThanOrEqual(80);
  });

  test("hands out the rows before the faulty one of a batch", async () => {
    const { rows } = counted(1000, { sync });
    const fault = new Error("fault");
    const work: StreamWork<number, number> = async (batch, first) =>
      first === 20 ? { rows: batch.slice(0, 7), failure: { error: fault } } : { rows: batch };
    const seen: number[] = [];
    await expect(collect(predictInOrder(rows, work, plan), seen)).rejects.toBe(fault);
    expect(seen).toEqual(upTo(27));
  });

  test("passes its own error on after every row before it", async () => {
    const { rows } = counted(1000, { sync, failAt: 47 });
    const seen: number[] = [];
    await expect(collect(predictInOrder(rows, echo, plan), seen)).rejects.toThrow("source");
    expect(seen).toEqual(upTo(47));
  });

  test("ends for good", async () => {
    const stream = predictInOrder(counted(3, { sync }).rows, echo, plan);
    expect(await collect(stream)).toEqual([0, 1, 2]);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.return?.(7)).toEqual({ done: true, value: 7 });
  });
});

test("return before the first row closes the source and nothing is sent", async () => {
  const closed: string[] = [];
  const source = {
    next: async () => ({ done: false as const, value: 1 }),
    return: async () => ({ done: true as const, value: closed.push("closed") }),
  };
  const stream = predictInOrder(
    { [Symbol.asyncIterator]: () => source },
    () => Promise.reject(new Error("sent")),
    plan,
  );
  expect(await stream.return?.()).toEqual({ done: true, value: undefined });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(closed).toEqual(["closed"]);
});

test("throw closes the source and rejects with what was thrown", async () => {
  const { state, rows } = counted(100);
  const stream = predictInOrder(rows, echo, plan);
  await stream.next();
  const fault = new Error("mine");
  await expect(stream.throw?.(fault)).rejects.toBe(fault);
  expect(state.closed).toBe(1);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test("rows asked for all at once come in order", async () => {
  const stream = predictInOrder(upTo(25), echo, plan);
  const results = await Promise.all(Array.from({ length: 27 }, () => stream.next()));
  expect(results.map(({ value }) => value)).toEqual([...upTo(25), undefined, undefined]);
});

test("return ends a row that is still waited for", async () => {
  const stream = predictInOrder(upTo(25), () => new Promise<never>(() => undefined), plan);
  const waiting = stream.next();
  await nextTurn();
  await stream.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test("an abort ends the wait for a source that never answers, and leaves no listener", async () => {
  const controller = new AbortController();
  const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
  const waiting = predictInOrder(never, echo, { ...plan, signals: [controller.signal] }).next();
  await nextTurn();
  controller.abort("enough");
  await expect(waiting).rejects.toMatchObject({ code: "aborted", cause: "enough" });
});

describe("a source that falls silent", () => {
  async function* silent(): AsyncGenerator<number> {
    yield 1;
    yield 2;
    await new Promise<never>(() => undefined);
  }
  const bySingles = { ...plan, batchSize: 1 };

  test("does not hold up whoever leaves the loop", async () => {
    for await (const row of predictInOrder(silent(), echo, bySingles)) if (row === 2) break;
  });

  test("does not hold up a failure", async () => {
    const fault = new Error("fault");
    const work: StreamWork<number, number> = async (rows, first) => {
      if (first === 1) throw fault;
      return { rows };
    };
    await expect(collect(predictInOrder(silent(), work, bySingles))).rejects.toBe(fault);
  });
});

test("what is no source is refused at once", () => {
  const rows: Iterable<number>[] = [];
  Reflect.set(rows, 0, { length: 3 });
  const [source = []] = rows;
  expect(() => predictInOrder(source, echo, plan)).toThrow(expect.objectContaining({ code: "bad-options" }));
});
