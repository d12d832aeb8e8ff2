/*
 * For what the runtime has no stream of its own: rows come in, batches of them are worked on side by side, results come
 * out in the order of the rows. The source is never read further ahead than the window.
 */
import { DeploymentError, isDeploymentError } from "@gen-deploy/runtime";

/** Rows, one after another. */
export type RowSequence = Iterable<unknown> | AsyncIterable<unknown>;

/** Gives one result for each of the rows. */
export type RowWork = (rows: readonly unknown[], signal: AbortSignal) => Promise<readonly unknown[]>;

/** The limits of a stream; `window` counts batches that are begun and not yet handed out. */
export interface StreamLimits {
  readonly batchSize: number;
  readonly concurrency: number;
  readonly window: number;
}

interface Batch {
  outcome:
    { readonly results: readonly unknown[]; readonly failure?: { readonly error: unknown } } | undefined;
}

/** The results for all rows, in their order; a failure is thrown after every row before its batch. */
export async function* inOrder(
  source: RowSequence,
  work: RowWork,
  { batchSize, concurrency, window }: StreamLimits,
): AsyncGenerator<unknown, void, undefined> {
  const rows = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const controller = new AbortController();
  const queue: Batch[] = [];
  let inFlight = 0;
  let nextRow = 0;
  let isPulling = false;
  let isDrawn = false;
  let wake: () => void = () => undefined;

  const settle = (batch: Batch, outcome: NonNullable<Batch["outcome"]>): void => {
    batch.outcome = outcome;
    if (outcome.failure !== undefined) isDrawn = true;
    wake();
  };
  const begin = (taken: readonly unknown[]): void => {
    const batch: Batch = { outcome: undefined };
    const first = nextRow;
    nextRow += taken.length;
    inFlight += 1;
    queue.push(batch);
    work(taken, controller.signal)
      .then(
        (results) => settle(batch, { results }),
        (error: unknown) => settle(batch, { results: [], failure: { error: behind(error, first) } }),
      )
      .finally(() => {
        inFlight -= 1;
        wake();
      });
  };
  const pull = async (): Promise<void> => {
    const taken: unknown[] = [];
    try {
      while (taken.length < batchSize && !isDrawn) {
        const next = await rows.next();
        if (next.done === true) isDrawn = true;
        else taken.push(next.value);
      }
      if (taken.length > 0) begin(taken);
    } catch (error) {
      if (taken.length > 0) begin(taken);
      const batch: Batch = { outcome: undefined };
      queue.push(batch);
      settle(batch, { results: [], failure: { error } });
    }
    isPulling = false;
    wake();
  };

  try {
    for (;;) {
      if (!isPulling && !isDrawn && inFlight < concurrency && queue.length < window) {
        isPulling = true;
        void pull();
      }
      const outcome = queue[0]?.outcome;
      if (outcome === undefined) {
        if (queue.length === 0 && isDrawn && !isPulling) return;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      queue.shift();
      if (outcome.failure !== undefined) throw outcome.failure.error;
      yield* outcome.results;
    }
  } finally {
    isDrawn = true;
    controller.abort();
    // A source that is asked for a row closes only behind it, which may never come.
    const closed = Promise.resolve(rows.return?.());
    if (isPulling) closed.catch(() => undefined);
    else await closed;
  }
}

/** The error of a row that stands `first` rows further on. */
function behind(error: unknown, first: number): unknown {
  if (!isDeploymentError(error) || error.row === undefined) return error;
  return atRow(error, error.row + first);
}

/** The error as that of the row at an index, in its own words; what is no `DeploymentError` as it is. */
export function atRow(error: unknown, row: number): unknown {
  if (!isDeploymentError(error)) return error;
  const { code, message, feature, status, serverCode, cause } = error;
  return new DeploymentError(code, message, { feature, row, status, serverCode, cause });
}
