import { DeploymentError, shown } from "../errors.js";
import { loaded } from "./loaded.js";

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
  plan: BatchPlan,
): Promise<Result[]> {
  if (typeof rows !== "object" || rows === null || typeof rows[Symbol.iterator] !== "function") {
    throw new DeploymentError(
      "bad-options",
      `The rows must be an array or another iterable; got ${shown(rows)}.`,
    );
  }
  const { inBatches } = await loaded(import("./in-batches.js"));
  return await inBatches(rows, work, plan);
}
