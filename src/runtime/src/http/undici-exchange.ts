import type { Dispatcher } from "undici";
import type { TransportReply } from "./transport.js";

/** So many bytes of a body wait for their reader before the connection is held up. */
const mostWaiting = 65_536;

/** One request to undici and its reply. */
export interface UndiciExchange {
  /** What undici tells of the request. */
  readonly handler: Dispatcher.DispatchHandler;
  /** The reply, as soon as its head has come. */
  readonly reply: Promise<TransportReply>;
  /** Ends the request, and the connection with it; the reason is what its reader gets. */
  abort(reason: unknown): void;
}

/**
 * A request to `dispatch`, whose reply is read without the stream that undici would make of it: most replies are one
 * piece, and a stream costs more than all else.
 */
export function createExchange(): UndiciExchange {
  const waiting: Uint8Array[] = [];
  let length = 0;
  /** Whether the body is wanted whole, so that nothing holds it up. */
  let whole = false;
  let over = false;
  let failure: { readonly error: unknown } | undefined;
  let connection: Dispatcher.DispatchController | undefined;
  let wake: () => void = () => undefined;
  let resolveHead: (reply: TransportReply) => void = () => undefined;
  let rejectHead: (error: unknown) => void = () => undefined;
  const reply = new Promise<TransportReply>((resolve, reject) => {
    resolveHead = resolve;
    rejectHead = reject;
  });

  function end(error?: unknown): void {
    if (over) return;
    over = true;
    if (error !== undefined) {
      failure = { error };
      rejectHead(error);
    }
    wake();
  }

  function abort(reason: unknown): void {
    if (over) return;
    waiting.length = 0;
    end(reason ?? new Error("The request was aborted."));
    connection?.abort(asError(reason));
  }

  async function bytes(): Promise<Uint8Array> {
    whole = true;
    connection?.resume();
    if (!over) await new Promise<void>((resolve) => (wake = resolve));
    if (failure !== undefined) throw failure.error;
    const all = new Uint8Array(length);
    let at = 0;
    for (const chunk of waiting.splice(0)) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const chunk = waiting.shift();
        if (chunk !== undefined) {
          length -= chunk.length;
          yield chunk;
        } else if (failure !== undefined) throw failure.error;
        else if (over) return;
        else {
          const change = new Promise<void>((resolve) => (wake = resolve));
          connection?.resume();
          await change;
        }
      }
    } finally {
      abort(new Error("The reply was left before its end."));
    }
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      connection = controller;
      if (failure !== undefined) controller.abort(asError(failure.error));
    },
    onResponseStart(_controller, status, headers) {
      // What comes before the reply itself, such as 103.
      if (status < 200) return;
      resolveHead({
        status,
        header(name) {
          const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
          return Array.isArray(value) ? value.join(", ") : value;
        },
        bytes,
        chunks,
      });
    },
    onResponseData(controller, chunk) {
      if (over) return;
      waiting.push(chunk);
      length += chunk.length;
      if (whole) return;
      if (length >= mostWaiting) controller.pause();
      wake();
    },
    onResponseEnd: () => end(),
    onResponseError: (_controller, error) => end(error),
  };
  return { handler, reply, abort };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("The request was aborted.", { cause: reason });
}
