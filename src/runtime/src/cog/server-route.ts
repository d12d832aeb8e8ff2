/*
 * Predictions on a Cog server. Each has an id of the client's own, by which it can be asked for again and cancelled;
 * on servers that are too old for that it has none.
 */
import { DeploymentError, isDeploymentError } from "../errors.js";
import { operationUrl } from "../http/client-url.js";
import { backoff } from "../http/retry.js";
import { pause } from "../http/send-limits.js";
import type { PredictionExchange, PredictionRequest } from "./exchange.js";
import { pollDelay } from "./poll-delay.js";
import { mayGoOn } from "./prediction-route.js";
import type { PredictionRoute } from "./prediction-route.js";
import { isFinal, readPrediction, throwIfFailed } from "./prediction.js";
import type { OutputNews } from "./read-output.js";
import { readServerNews } from "./server-news.js";

/** A prediction that is to be made. */
interface Planned {
  readonly id: string;
  readonly input: string;
  readonly exchange: PredictionExchange;
}

/** Makes predictions at the address `predictions`. */
export function createServerRoute(predictions: string): PredictionRoute {
  // Not known before the first reply.
  let takesIds: boolean | undefined;

  /** Sends the request that makes a prediction until there is room for it. */
  async function begin<Reply>(
    { id, input, exchange }: Planned,
    sendIt: (request: PredictionRequest) => Promise<Reply>,
  ): Promise<Reply> {
    const json = `{"input":${input}}`;
    let byId = takesIds ?? true;
    for (let turnedAway = 0; ;) {
      try {
        const reply = await sendIt(
          byId
            ? { method: "PUT", url: operationUrl(predictions, `/${id}`), json, repeatable: true }
            : { method: "POST", url: predictions, json, repeatable: false },
        );
        takesIds = byId;
        return reply;
      } catch (error) {
        const status = isDeploymentError(error) ? error.status : undefined;
        if (byId && takesIds === undefined && (status === 404 || status === 405)) {
          byId = false;
        } else if (status === 409 && turnedAway < exchange.retry.retries) {
          await pause(backoff(exchange.retry, turnedAway), exchange.signals);
          turnedAway += 1;
        } else throw error;
      }
    }
  }

  async function finish(planned: Planned): Promise<unknown> {
    const { exchange } = planned;
    for (let asked = 0; ; asked += 1) {
      const reply = await begin(planned, (request) => exchange.send(request));
      const prediction = readPrediction(reply);
      throwIfFailed(prediction);
      if (isFinal(prediction)) return prediction.output;
      if (takesIds !== true) throw unfinished(prediction.status);
      // What an earlier attempt began, whose reply was lost, is still running.
      await pause(pollDelay(asked), exchange.signals);
    }
  }

  function cancel({ id, exchange }: Planned): void {
    if (takesIds !== false) exchange.cancel(operationUrl(predictions, `/${id}/cancel`));
  }

  async function* news(planned: Planned): AsyncGenerator<OutputNews, void, undefined> {
    try {
      const { chunks } = await begin(planned, (request) => planned.exchange.open(request));
      return yield* readServerNews(chunks);
    } catch (error) {
      // The model has not been told to stream.
      if (!isDeploymentError(error) || error.status !== 406) throw error;
    }
    yield { output: await finish(planned), final: true };
  }

  return {
    async predict(input, exchange) {
      const planned = { id: randomId(), input, exchange };
      try {
        return await finish(planned);
      } catch (error) {
        if (mayGoOn(error)) cancel(planned);
        throw error;
      }
    },
    async *follow(input, exchange) {
      const planned = { id: randomId(), input, exchange };
      let over = false;
      try {
        for await (const each of news(planned)) {
          over = "output" in each;
          yield each;
        }
      } catch (error) {
        over ||= !mayGoOn(error);
        throw error;
      } finally {
        if (!over) cancel(planned);
      }
    },
  };
}

function unfinished(status: string): DeploymentError {
  return new DeploymentError(
    "bad-reply",
    `The server answered before the prediction was done (${status}), and has no way to ask for it again.`,
  );
}

/** 128 random bits. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
