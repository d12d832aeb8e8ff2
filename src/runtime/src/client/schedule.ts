import { DeploymentError, shown } from "../errors.js";

/** Works on rows that go out together; `first` is the index of the first of them among all rows. */
export type BatchWork<Row, Result> = (
  rows: readonly Row[],
  first: number,
  signal: AbortSignal,
) => Promise<readonly Result[]>;

/** How many rows go out together, and how many batches at once. */
export interface BatchPlan {
  readonly batchSize: number;
  readonly concurrency: number;
}

/**
 * The results for all rows, in the order of the rows. The first failure aborts whatever else is in flight, closes
 * the source, and is what this rejects with once everything has come to rest.
 */
export async function mapBatches<Row, Result>(
  rows: Iterable<Row>,
  work: BatchWork<Row, Result>,
  { batchSize, concurrency }: BatchPlan,
): Promise<Result[]> {
  const iterator = openRows(rows);
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

function openRows<Row>(rows: Iterable<Row>): Iterator<Row> {
  if (typeof rows === "object" && rows !== null && typeof rows[Symbol.iterator] === "function") {
    return rows[Symbol.iterator]();
  }
  throw new DeploymentError(
    "bad-options",
    `The rows must be an array or another iterable; got ${shown(rows)}.`,
  );
}
