/*
 * Predictions on Replicate: made by one request, which may wait for their end, then asked for until they have come to
 * it. Credentials go to the API itself and nowhere else, whatever addresses its replies name.
 */
import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import { readEvents } from "../http/event-stream.js";
import { retryAfter } from "../http/retry.js";
import { pause } from "../http/send-limits.js";
import type { ReceivedReply } from "../protocol.js";
import type { PredictionExchange } from "./exchange.js";
import { pollDelay } from "./poll-delay.js";
import { mayGoOn } from "./prediction-route.js";
import type { PredictionRoute } from "./prediction-route.js";
import { isFinal, readPrediction, throwIfFailed } from "./prediction.js";
import type { Prediction } from "./prediction.js";
import type { OutputNews } from "./read-output.js";

/** Where predictions are made, and of which version where the address does not say. */
export interface ReplicateTarget {
  readonly predictions: string;
  readonly version: string | undefined;
}

/** Makes predictions on Replicate, or by an API like it. */
export function createReplicateRoute({ predictions, version }: ReplicateTarget): PredictionRoute {
  const { origin } = new URL(predictions);

  function cancel({ status, urls: { cancel: url } }: Prediction, exchange: PredictionExchange): void {
    if (!isFinal({ status }) && isAt(url, origin)) exchange.cancel(url);
  }

  async function start(input: string, exchange: PredictionExchange, wait: number): Promise<Prediction> {
    const stated = version === undefined ? "" : `"version":${JSON.stringify(version)},`;
    const headers: Record<string, string> = wait > 0 ? { prefer: `wait=${wait}` } : {};
    const json = `{${stated}"input":${input}}`;
    // Nobody knows whether a prediction was made whose reply was lost, and one costs money.
    const request = { method: "POST", url: predictions, headers, json, repeatable: false } as const;
    return readPrediction(await exchange.start(request, (late) => cancelLate(late, exchange)));
  }

  function cancelLate(reply: ReceivedReply, exchange: PredictionExchange): void {
    if (reply.status >= 200 && reply.status <= 299) cancel(readPrediction(reply), exchange);
  }

  /** The prediction as it is now and each time that it is asked for, its last state included. */
  async function* states(
    first: Prediction,
    exchange: PredictionExchange,
  ): AsyncGenerator<Prediction, void, undefined> {
    let prediction = first;
    let stated: number | undefined;
    for (let asked = 0; ; asked += 1) {
      throwIfFailed(prediction);
      yield prediction;
      if (isFinal(prediction)) return;
      const { get: url } = first.urls;
      if (!isAt(url, origin)) throw noAddress(url);
      await pause(Math.min(stated ?? pollDelay(asked), exchange.retry.maxRetryAfter), exchange.signals);
      const reply = await exchange.send({ method: "GET", url, repeatable: true });
      stated = retryAfter((name) => reply.header(name));
      prediction = readPrediction(reply);
    }
  }

  async function* news(
    first: Prediction,
    exchange: PredictionExchange,
  ): AsyncGenerator<OutputNews, void, undefined> {
    const { stream } = first.urls;
    const streams = !isFinal(first) && isStream(stream, origin);
    if (streams && (yield* streamed(stream, exchange))) return;
    for await (const prediction of states(first, exchange)) {
      yield { output: prediction.output, final: isFinal(prediction) };
    }
  }

  return {
    async predict(input, exchange) {
      const first = await start(input, exchange, exchange.wait);
      let last = first;
      try {
        for await (const prediction of states(first, exchange)) last = prediction;
        return last.output;
      } catch (error) {
        if (mayGoOn(error)) cancel(last, exchange);
        throw error;
      }
    },
    async *follow(input, exchange) {
      const first = await start(input, exchange, 0);
      let over = false;
      try {
        for await (const each of news(first, exchange)) {
          over = "output" in each && each.final;
          yield each;
        }
        over = true;
      } catch (error) {
        over = !mayGoOn(error);
        throw error;
      } finally {
        if (!over) cancel(first, exchange);
      }
    },
  };
}

/** The items that a prediction's stream brings; whether that was all of them and the prediction succeeded. */
async function* streamed(
  url: string,
  exchange: PredictionExchange,
): AsyncGenerator<OutputNews, boolean, undefined> {
  try {
    const { chunks } = await exchange.openForeign(url);
    for await (const { type, data } of readEvents(chunks)) {
      if (type === "output") yield { text: data };
      // A reason tells of a prediction that did not succeed; what became of it, the API itself says.
      if (type === "done") return !data.includes('"reason"');
      if (type === "error") return false;
    }
  } catch (error) {
    // The prediction goes on without its stream, and can be asked for.
    if (!isDeploymentError(error) || isDeploymentError(error, "aborted")) throw error;
  }
  return false;
}

/** Whether an address is one of the API itself. */
function isAt(url: string | undefined, origin: string): url is string {
  return url !== undefined && URL.canParse(url) && new URL(url).origin === origin;
}

/** Whether items may be fetched from there: the API itself, or a host of Replicate's. */
function isStream(url: string | undefined, origin: string): url is string {
  if (url === undefined || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return isAt(url, origin) || (protocol === "https:" && /(?:^|\.)replicate\.com$/.test(hostname));
}

function noAddress(url: string | undefined): DeploymentError {
  const seen =
    url === undefined ? "none" : shown(url.replace(/[?#].*/s, "").replace(/\/\/[^/]*@/, "//"), 160);
  return new DeploymentError(
    "bad-reply",
    `The prediction goes on, but the API gave ${seen} for the address of its own to ask for it.`,
  );
}
