import type { CallSettings } from "../client/client-options.js";
import { createAuthorizer } from "../http/auth.js";
import type { Authorizer } from "../http/auth.js";
import type { Secrets } from "../http/secrets.js";
import { send } from "../http/send.js";
import type { Call } from "../http/send.js";
import { sendStream } from "../http/send-stream.js";
import type { StreamedReply } from "../http/send-stream.js";
import type { Transport, TransportReply } from "../http/transport.js";
import { createBodyWriter } from "../json/body-writer.js";
import type { ReceivedReply } from "../protocol.js";
import { statedFailure } from "./stated-failure.js";

/** One request about a prediction. */
export interface PredictionRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text; without it there is no body. */
  readonly json?: string;
  readonly repeatable: boolean;
}

/** Carries the requests about one prediction; the caller redacts what it throws. */
export interface PredictionExchange extends Pick<CallSettings, "signals" | "retry"> {
  /** How long the first request may wait for the prediction, in seconds. */
  readonly wait: number;
  send(request: PredictionRequest): Promise<ReceivedReply>;
  /**
   * The same for a request that starts what has to be stopped: where the caller no longer waits, a reply that comes
   * within `wait` and some seconds goes to `late`.
   */
  start(request: PredictionRequest, late: (reply: ReceivedReply) => void): Promise<ReceivedReply>;
  /** A reply that comes event by event. */
  open(request: PredictionRequest): Promise<StreamedReply>;
  /** The same from a place that must not learn who is calling. */
  openForeign(url: string): Promise<StreamedReply>;
  /** Asks for the end of a prediction, in the background: nobody learns whether it was heard. */
  cancel(url: string): void;
}

/** What an exchange is made of. */
export interface ExchangeParts {
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  readonly secrets: Secrets;
  readonly settings: CallSettings;
  readonly wait: number;
}

/** How long is waited for a reply that nobody but a cancelled prediction needs, in milliseconds. */
const patience = 10_000;

const eventHeaders = { accept: "text/event-stream", "cache-control": "no-store" };

/** Carries requests through a transport with the credentials and settings of one call. */
export function createExchange({
  transport,
  authorizer,
  secrets,
  settings,
  wait,
}: ExchangeParts): PredictionExchange {
  const { signals, timeout, retry, headers } = settings;
  const context = { transport, authorizer, secrets, signals, timeout, retry, failure: statedFailure };
  const toCall = ({ method, url, json, repeatable, headers: own }: PredictionRequest): Call => {
    const writer = createBodyWriter();
    writer.text(json ?? "");
    const body = json === undefined ? null : writer.finish("application/json");
    return { method, url, headers: { ...headers, ...own }, body, repeatable };
  };
  return {
    signals,
    retry,
    wait,
    send: async (request) => await send(toCall(request), context),
    start: async (request, late) =>
      await send(toCall(request), {
        ...context,
        timeout: timeout + wait * 1000,
        transport: seenThrough(transport, wait * 1000 + patience, late),
      }),
    open: async (request) =>
      await sendStream(toCall({ ...request, headers: { ...request.headers, ...eventHeaders } }), context),
    openForeign: async (url) =>
      await sendStream(
        { method: "GET", url, headers: eventHeaders, body: null, repeatable: true },
        { ...context, authorizer: createAuthorizer(undefined, []) },
      ),
    cancel(url) {
      const call = toCall({ method: "POST", url, repeatable: true });
      void send(call, { ...context, signals: [], timeout: patience }).catch(() => undefined);
    },
  };
}

/** A transport whose requests go on where the caller gives them up, for up to `longest` milliseconds. */
function seenThrough(transport: Transport, longest: number, late: (reply: ReceivedReply) => void): Transport {
  return async (request) => {
    const connection = new AbortController();
    const coming = transport({ ...request, signal: connection.signal });
    let came = false;
    const giveUp = (): void => {
      if (came) return connection.abort(request.signal.reason);
      const timer = setTimeout(() => connection.abort(), longest);
      const end = (): void => clearTimeout(timer);
      void coming.then(toReceived).then(late).then(end, end);
    };
    request.signal.addEventListener("abort", giveUp, { once: true });
    const reply = await coming;
    came = true;
    return reply;
  };
}

async function toReceived(reply: TransportReply): Promise<ReceivedReply> {
  return { status: reply.status, header: (name) => reply.header(name), bytes: await reply.bytes() };
}
