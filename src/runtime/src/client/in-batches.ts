/*
 * Loaded when rows are first sent in batches, and imports nothing that a client holds already.
 */
import type { BatchPlan, BatchWork } from "./schedule.js";

/** What `mapBatches` promises, once its rows are known to be some. */
export async function inBatches<Row, Result>(
  rows: Iterable<Row>,
  work: BatchWork<Row, Result>,
  { batchSize, concurrency }: BatchPlan,
): Promise<Result[]> {
  const iterator = rows[Symbol.iterator]();
  const siblings = new AbortController();
  const results: (readonly Result[])[] = [];
  let failure: { readonly error: unknown } | undefined;
  let first = 0;
  let exhausted = false;

  const takeBatch = (): Row[] => {
    const batch: Row[] = [];
    while (batch.length < batchSize && !exhausted) {
      const item = iterator.next();
      if (item.done === true) exhausted = true;
      else batch.push(item.value);
    }
    return batch;
  };
  const runWorker = async (): Promise<void> => {
    try {
      for (;;) {
        if (failure !== undefined || exhausted) return;
        const batch = takeBatch();
        if (batch.length === 0) return;
        const index = results.push([]) - 1;
        const start = first;
        first += batch.length;
        results[index] = await work(batch, start, siblings.signal);
      }
    } catch (error) {
      if (failure !== undefined) return;
      failure = { error };
      siblings.abort(error);
    }
  };

  const workers: Promise<void>[] = [];
  for (let started = 0; started < concurrency && !exhausted && failure === undefined; started++) {
    workers.push(runWorker());
  }
  await Promise.all(workers);
  if (failure !== undefined) {
    if (!exhausted) iterator.return?.();
    throw failure.error;
  }
  const all: Result[] = [];
  for (const batch of results) for (const result of batch) all.push(result);
  return all;
}
