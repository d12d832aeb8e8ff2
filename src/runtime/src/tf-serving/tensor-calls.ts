/*
 * Calls of one signature with tensors, by rows or by columns: loaded beside the page, as all that it imports.
 */
import { atRow } from "../client/row-error.js";
import { DeploymentError, shown } from "../errors.js";
import { frameTensors, unframeTensors } from "../protocols/tensors.js";
import type { Column, TensorLayout, TensorsOperation } from "../protocols/tensors.js";
import type { ModelSettings } from "./model-client.js";
import { askModel } from "./model-route.js";
import type { ModelRoute } from "./model-route.js";
import { fromColumns, stackRows, toColumns, toRows } from "./signature-columns.js";
import type { OutputMembers } from "./signature-columns.js";

/** One call of a signature. */
export interface TensorCall {
  readonly call: ModelSettings;
  readonly route: ModelRoute;
  readonly operation: TensorsOperation;
  /** Aborts this call, beside the caller's own signals. */
  readonly signal?: AbortSignal | undefined;
}

/** What the model makes of whole tensors, by name or the bare one. */
export async function callWithColumns(given: unknown, one: TensorCall): Promise<OutputMembers> {
  const { operation } = one;
  return await exchange(
    one,
    () => toColumns(given, operation),
    (columns) => fromColumns(columns, operation),
  );
}

/** What the model makes of each of `rows`; there is but one where rows cannot be stacked. Errors name the row. */
export async function callWithRows(
  rows: readonly unknown[],
  one: TensorCall,
): Promise<readonly OutputMembers[]> {
  const { operation } = one;
  if (operation.framing.batched) {
    return await exchange(
      one,
      () => stackRows(rows, operation),
      (columns) => toRows(columns, rows.length, operation),
    );
  }
  try {
    return [await callWithColumns(rows[0], one)];
  } catch (error) {
    throw atRow(error, 0);
  }
}

async function exchange<Result>(
  { call, route, operation, signal }: TensorCall,
  columns: () => Promise<ReadonlyMap<string, Column>>,
  read: (received: ReturnType<typeof unframeTensors>) => Result,
): Promise<Result> {
  const { choice, settings, layout } = call;
  checkLayout(layout, operation);
  return await askModel(
    route,
    { request: "predict", choice, settings, signal },
    {
      write: async () => frameTensors(await columns(), operation, layout),
      read: (reply) => read(unframeTensors(reply.bytes, operation, layout)),
    },
  );
}

function checkLayout(layout: TensorLayout, { framing }: TensorsOperation): void {
  if (layout === "columnar" || framing.batched) return;
  throw new DeploymentError(
    "bad-options",
    `The signature ${shown(framing.signature)} has inputs without a batch dimension, which rows cannot carry; the framing "columnar" is expected.`,
  );
}
