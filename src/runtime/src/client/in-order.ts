/*
 * Loaded when the first stream is begun, and imports nothing that a client holds already, so that a bundler need not
 * make a chunk of what both use.
 *
 * Batches in flight side by side, their rows handed out one by one in the order of the source. Two limits hold:
 * `concurrency` batches in flight, and `window` batches begun but not yet handed out. A batch counts as handed
 * out when the row after its last is asked for: the source is never read further ahead than the window.
 */
import type { throwIfAborted } from "../http/send-limits.js";
import type { onAbort } from "../http/send-signals.js";
import type { BatchOutcome, StreamPlan, StreamWork } from "./predict-stream.js";
import { createSource } from "./schedule-source.js";

/** How long the end of a stream waits for a source that still owes rows, in milliseconds. */
const patience = 1000;

/** The limits of a stream, and how a signal is heeded. */
export interface InOrderPlan extends StreamPlan {
  readonly throwIfAborted: typeof throwIfAborted;
  readonly onAbort: typeof onAbort;
}

interface Batch<Result> {
  readonly controller: AbortController;
  outcome: { readonly rows: Iterator<Result>; readonly failure: BatchOutcome<Result>["failure"] } | undefined;
}

/** What `predictInOrder` promises, once its source is known to be one. */
export function inOrder<Row, Result>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  work: StreamWork<Row, Result>,
  plan: InOrderPlan,
): Required<AsyncIterableIterator<Result>> {
  const source = createSource(rows);
  const queue: Batch<Result>[] = [];
  /** Of batches that have come to rest: making one costs as much as encoding some rows. */
  const idle: AbortController[] = [];
  let nextRow = 0;
  let inFlight = 0;
  let isFilling = false;
  /** No more batches are begun: the source has ended, or something failed. */
  let isDrawn = false;
  let isClosed = false;
  let wake: () => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function fill(): Promise<void> {
    if (isFilling) return;
    isFilling = true;
    while (!isDrawn && queue.length < plan.window && inFlight < plan.concurrency) {
      const pulled = await source.pull(plan.batchSize);
      if (isClosed) break;
      // A batch failed in the meantime: what came from the source since is behind the failure.
      if (isDrawn) continue;
      isDrawn = pulled.exhausted;
      if (pulled.rows.length > 0) begin(pulled.rows);
      if (pulled.failure !== undefined) {
        const outcome = { rows: [][Symbol.iterator](), failure: pulled.failure };
        queue.push({ controller: new AbortController(), outcome });
      }
      wake();
    }
    isFilling = false;
  }

  function begin(batchRows: readonly Row[]): void {
    const controller = idle.pop() ?? new AbortController();
    const batch: Batch<Result> = { controller, outcome: undefined };
    queue.push(batch);
    inFlight++;
    const settle = ({ rows: results, failure }: BatchOutcome<Result>): void => {
      inFlight--;
      const place = queue.indexOf(batch);
      if (place === -1) return;
      idle.push(controller);
      batch.outcome = { rows: results[Symbol.iterator](), failure };
      if (failure !== undefined) dropAfter(place);
      wake();
      void fill();
    };
    const first = nextRow;
    nextRow += batchRows.length;
    work(batchRows, first, controller.signal).then(settle, (error: unknown) =>
      settle({ rows: [], failure: { error } }),
    );
  }

  function dropAfter(place: number): void {
    isDrawn = true;
    for (const { controller } of queue.splice(place + 1)) controller.abort();
    // Whoever gets the failure waits for the source; until then nobody is there to hear of its errors.
    source.close().catch(() => undefined);
  }

  function stop(): void {
    isClosed = true;
    isDrawn = true;
    for (const { controller } of queue.splice(0)) controller.abort();
    wake();
  }

  /** Waits until the source is closed, but no longer than `longest` milliseconds while it owes rows. */
  async function closeSource(longest: number): Promise<void> {
    const closed = source.close();
    if (!isFilling) return await closed;
    // A generator closes only behind the row that it was asked for, which may never come.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, longest)));
    await Promise.race([closed, enough]).finally(() => clearTimeout(timer));
  }

  async function fail(error: unknown, longest: number): Promise<never> {
    stop();
    await closeSource(longest).catch(() => undefined);
    throw error;
  }

  function readyRow(): IteratorResult<Result, undefined> | undefined {
    if (isClosed || (plan.signals.length > 0 && plan.signals.some(({ aborted }) => aborted)))
      return undefined;
    const row = queue[0]?.outcome?.rows.next();
    return row === undefined || row.done === true ? undefined : row;
  }

  async function step(): Promise<IteratorResult<Result, undefined>> {
    for (;;) {
      if (isClosed) return { done: true, value: undefined };
      try {
        plan.throwIfAborted(plan.signals);
      } catch (error) {
        // The caller wants to be rid of it now.
        return await fail(error, 0);
      }
      const outcome = queue[0]?.outcome;
      if (outcome === undefined) {
        if (queue.length === 0 && isDrawn && !isFilling) stop();
        else await change();
        continue;
      }
      const row = readyRow();
      if (row !== undefined) return row;
      queue.shift();
      if (outcome.failure !== undefined) return await fail(outcome.failure.error, patience);
      void fill();
    }
  }

  /** Waits until a batch has come to rest, the source has ended, or somebody wants an end. */
  async function change(): Promise<void> {
    const undo: (() => void)[] = [];
    await new Promise<void>((resolve) => {
      wake = resolve;
      for (const signal of plan.signals) undo.push(plan.onAbort(signal, resolve));
      void fill();
    });
    wake = (): void => undefined;
    for (const each of undo) each();
  }

  const stream: Required<AsyncIterableIterator<Result>> = {
    [Symbol.asyncIterator]: () => stream,
    next() {
      // Most rows are there already: they take no turn in the line.
      const ready = waiting === 0 ? readyRow() : undefined;
      if (ready !== undefined) return Promise.resolve(ready);
      waiting++;
      const result = last.then(step, step);
      last = result;
      const settle = (): void => {
        waiting--;
      };
      result.then(settle, settle);
      return result;
    },
    async return(value?: unknown) {
      stop();
      await closeSource(patience);
      return { done: true, value };
    },
    async throw(error: unknown) {
      return await fail(error, patience);
    },
  };
  return stream;
}
