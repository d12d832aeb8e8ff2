/*
 * Rows come in, in blocks; batches of them are worked on side by side, and come out in their order. The source is never
 * read further ahead than the window.
 */
import type { AnsweredRow } from "./answer-batch.js";
import type { SourceRow } from "./row-source.js";

/** How rows are worked on. */
export interface AnswerPlan {
  readonly batchSize: number;
  /** Batches that are worked on at once. */
  readonly concurrency: number;
  /** Batches that are begun and not yet handed out. */
  readonly window: number;
  /** Once it is aborted no batch is begun; those that are come out all the same. */
  readonly stop: AbortSignal;
  readonly work: (batch: readonly SourceRow[]) => Promise<readonly AnsweredRow[]>;
}

type Settled =
  | { readonly ok: true; readonly rows: readonly AnsweredRow[] }
  | { readonly ok: false; readonly error: unknown };

interface Batch {
  settled: Settled | undefined;
}

/** Batches of answered rows, in the order of the source; a failure is thrown after every batch before it. */
export async function* answerRows(
  blocks: AsyncIterable<readonly SourceRow[]>,
  plan: AnswerPlan,
): AsyncGenerator<readonly AnsweredRow[], void, undefined> {
  const source = inBatches(blocks, plan.batchSize);
  const queue: Batch[] = [];
  let inFlight = 0;
  let isPulling = false;
  let isDrawn = false;
  let wake: () => void = () => undefined;

  const begin = (settled: Promise<readonly AnsweredRow[]>): void => {
    const batch: Batch = { settled: undefined };
    queue.push(batch);
    inFlight += 1;
    const settle = (outcome: Settled): void => {
      inFlight -= 1;
      batch.settled = outcome;
      if (!outcome.ok) isDrawn = true;
      wake();
      fill();
    };
    settled.then(
      (rows) => settle({ ok: true, rows }),
      (error: unknown) => settle({ ok: false, error }),
    );
  };
  const pull = async (): Promise<void> => {
    try {
      const next = await source.next();
      if (next.done === true) isDrawn = true;
      else if (!isDrawn) begin(plan.work(next.value));
    } catch (error) {
      begin(Promise.reject(error));
    }
    isPulling = false;
    wake();
    fill();
  };
  // Whoever takes the batches may be busy with them meanwhile: what is in flight is looked after by itself.
  const fill = (): void => {
    if (isPulling || isDrawn || inFlight >= plan.concurrency || queue.length >= plan.window) return;
    isPulling = true;
    void pull();
  };
  const halt = (): void => {
    isDrawn = true;
    wake();
  };

  plan.stop.addEventListener("abort", halt);
  if (plan.stop.aborted) isDrawn = true;
  try {
    for (;;) {
      fill();
      const settled = queue[0]?.settled;
      if (settled === undefined) {
        // Rows that the source still owes are waited for only where they are wanted.
        if (queue.length === 0 && isDrawn && (!isPulling || plan.stop.aborted)) return;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      queue.shift();
      if (!settled.ok) throw settled.error;
      yield settled.rows;
    }
  } finally {
    isDrawn = true;
    plan.stop.removeEventListener("abort", halt);
    const closed = source.return(undefined);
    // A source that is asked for rows closes only behind them, which may never come.
    if (isPulling) closed.catch(() => undefined);
    else await closed;
  }
}

/** Rows that go out together: as many as fit that can be sent, and those between them that cannot. */
async function* inBatches(
  blocks: AsyncIterable<readonly SourceRow[]>,
  size: number,
): AsyncGenerator<readonly SourceRow[], void, undefined> {
  let batch: SourceRow[] = [];
  let sendable = 0;
  for await (const block of blocks) {
    for (const row of block) {
      batch.push(row);
      if (row.row.ok) sendable += 1;
      // Many in a row that cannot be sent must not pile up either.
      if (sendable < size && batch.length < 2 * size) continue;
      yield batch;
      batch = [];
      sendable = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
