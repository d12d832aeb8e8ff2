import { isDeploymentError } from "../errors.js";
import type { PredictionExchange } from "./exchange.js";
import type { OutputNews } from "./read-output.js";

/** Makes predictions in one place, of inputs that are JSON text. */
export interface PredictionRoute {
  /** The output of a prediction that succeeded; one that the exchange's signals end is cancelled. */
  predict(input: string, exchange: PredictionExchange): Promise<unknown>;
  /** News of an output that comes item by item, until the prediction has succeeded; leaving the loop cancels it. */
  follow(input: string, exchange: PredictionExchange): AsyncIterable<OutputNews>;
}

/** Whether a prediction may go on though the call that made it has failed. */
export function mayGoOn(error: unknown): boolean {
  return (
    !isDeploymentError(error) || isDeploymentError(error, "aborted", "timeout", "connection", "bad-reply")
  );
}
