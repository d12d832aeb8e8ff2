/*
 * One call over HTTP whose reply is read piece by piece, as it comes. In goes a request, out comes the head of a reply
 * with a status from 200 to 299 and its body to loop over, or a DeploymentError.
 */
import { DeploymentError, isDeploymentError } from "../errors.js";
import type { Interruption } from "./interruption.js";
import { connectionError } from "./send-errors.js";
import type { Call, SendContext } from "./send.js";
import { untilSuccess } from "./send-attempts.js";
import { interruptibly, throwIfAborted } from "./send-limits.js";
import { onAbort } from "./send-signals.js";
import type { TransportReply } from "./transport.js";

/** A reply whose head has come, and whose body is on its way. */
export interface StreamedReply {
  readonly status: number;
  /** The header's value by lower-case name, or undefined. */
  header(name: string): string | undefined;
  /**
   * The body's pieces, to be looped over once. Leaving the loop closes the connection, as does a loop that is never
   * begun but whose iterator is returned.
   */
  readonly chunks: AsyncIterableIterator<Uint8Array>;
}

/**
 * The reply to `call`, as soon as its head has come. Attempts are made as `send` makes them until then, and none
 * after it. `context.timeout` is for the time until the head, and then for the wait for each piece of the body;
 * the deadline of `context.retry` ends with the head. Rejects with a `DeploymentError`, and so do the pieces:
 * `aborted` by the caller's signals, `timeout`, or `connection`; the caller redacts all of them.
 */
export async function sendStream(call: Call, context: SendContext): Promise<StreamedReply> {
  return await untilSuccess(call, context, (reply, connection) => ({
    status: reply.status,
    header: (name) => reply.header(name),
    chunks: pieces(reply, connection, { call, context }),
  }));
}

interface Origin {
  readonly call: Call;
  readonly context: SendContext;
}

function pieces(
  reply: TransportReply,
  connection: Interruption,
  { call, context }: Origin,
): AsyncIterableIterator<Uint8Array> {
  const { signals, timeout } = context;
  const source = reply.chunks()[Symbol.asyncIterator]();
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined };
  const undo: (() => void)[] = [];
  let over = false;
  let failure: DeploymentError | undefined;
  const settle = (): void => {
    over = true;
    for (const each of undo) each();
  };
  /** Nobody waits for a source that is given up: it may have stopped for good. */
  const close = (reason: unknown): void => {
    if (over) return;
    settle();
    connection.abort(reason);
    void Promise.resolve(source.return?.()).catch(() => undefined);
  };
  // A signal that aborts between two pieces closes the connection at once, not at the next piece.
  const abort = (): void => {
    try {
      throwIfAborted(signals);
    } catch (error) {
      if (!over && isDeploymentError(error)) failure = error;
      close(error);
    }
  };
  for (const signal of signals) if (!signal.aborted) undo.push(onAbort(signal, abort));
  abort();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (over) {
        const error = failure;
        failure = undefined;
        if (error !== undefined) throw error;
        return end;
      }
      try {
        const piece = await interruptibly({ signals, timeout }, () => source.next());
        if (piece.done !== true) return piece;
        settle();
        return end;
      } catch (error) {
        failure = undefined;
        if (over && !isDeploymentError(error)) return end;
        close(error);
        throw pieceError(error, call.url, timeout);
      }
    },
    async return() {
      close(new DeploymentError("aborted", "The caller left the reply before its end."));
      return end;
    },
  };
}

function pieceError(error: unknown, url: string, timeout: number): DeploymentError {
  if (isDeploymentError(error, "timeout")) {
    return new DeploymentError("timeout", `The reply stopped: nothing more of it came within ${timeout} ms.`);
  }
  return isDeploymentError(error) ? error : connectionError(url, error);
}
