import { isDeploymentError } from "../errors.js";
import type { BatchOutcome } from "./predict-stream.js";
import { predictInOrder } from "./predict-stream.js";
import { atRow } from "./row-error.js";
import { mapBatches } from "./schedule.js";
import type { BatchPlan } from "./schedule.js";
import { windowOf } from "./client-options.js";
import type { CallSettings } from "./client-options.js";

/** Sends rows that go out together, and gives one result for each; an error's row is counted from their first. */
export type SendBatch<Row, Result> = (
  rows: readonly Row[],
  signal: AbortSignal,
) => Promise<readonly Result[]>;

/** The results for all rows, in their order; an error names the row by its place among all of them. */
export async function predictMany<Row, Result>(
  rows: Iterable<Row>,
  sendBatch: SendBatch<Row, Result>,
  plan: BatchPlan,
): Promise<Result[]> {
  const work = async (
    batch: readonly Row[],
    first: number,
    signal: AbortSignal,
  ): Promise<readonly Result[]> => {
    try {
      return await sendBatch(batch, signal);
    } catch (error) {
      throw behind(error, first);
    }
  };
  return await mapBatches(rows, work, plan);
}

/** The results for an endless source, in its order; a failure is thrown after every row before it. */
export function predictStream<Row, Result>(
  source: Iterable<Row> | AsyncIterable<Row>,
  sendBatch: SendBatch<Row, Result>,
  settings: CallSettings,
): AsyncIterableIterator<Result> {
  const work = async (
    batch: readonly Row[],
    first: number,
    signal: AbortSignal,
  ): Promise<BatchOutcome<Result>> => {
    let rows = batch;
    let failure: BatchOutcome<Result>["failure"];
    for (;;) {
      try {
        const results = await sendBatch(rows, signal);
        return failure === undefined ? { rows: results } : { rows: results, failure };
      } catch (error) {
        failure = { error: behind(error, first) };
        const fault = faultyRow(error);
        if (fault === 0 || fault >= rows.length) throw failure.error;
        // Nothing was sent: the rows before the faulty one are as good as any.
        rows = rows.slice(0, fault);
      }
    }
  };
  return predictInOrder(source, work, { ...settings, window: windowOf(settings) });
}

/** The error of a row that is `first` rows further on. */
function behind(error: unknown, first: number): unknown {
  return isDeploymentError(error) && error.row !== undefined ? atRow(error, error.row + first) : error;
}

/** Index of the row for whose sake a batch was not sent; 0 where that is the first, or the batch was sent. */
function faultyRow(error: unknown): number {
  return isDeploymentError(error) && error.status === undefined ? (error.row ?? 0) : 0;
}
