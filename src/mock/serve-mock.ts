/*
 * A handler of requests comes in; a server on a port of this machine goes out. What a call is answered with is the
 * handler's business: here are the connections, bodies, browsers of other origins, transcripts, and the clock.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { MemoryHandler } from "@gen-deploy/runtime";
import { corsHeaders, preflightReply } from "./cors.js";
import { listenAt, type Address, type Place } from "./listen-at.js";
import type { MockCall, WholeReply } from "./mock-call.js";
import { pathOf, toMemoryRequest, type Received } from "./mock-request.js";
import { readBody } from "./read-body.js";
import type { Replay } from "./replay.js";
import type { Exchange } from "./transcript.js";
import { ownReply, toWholeReply } from "./whole-reply.js";
import { withoutCredentials } from "./without-credentials.js";

/** What is served, and how. */
export interface MockServerOptions {
  readonly place: Place;
  readonly handler: MemoryHandler;
  /** The description, for the paths under which it is served. */
  readonly description: (path: string) => WholeReply | undefined;
  /** Names in a query that hold credentials. */
  readonly secretNames: readonly string[];
  /** How many milliseconds the next reply waits. */
  readonly latency: () => number;
  /** Recorded replies, which go before the handler's. */
  readonly replay: Replay | undefined;
  /** Whether what is not recorded is for the handler. */
  readonly answersOthers: boolean;
  /** Is told of each call that was not replayed before its reply goes out; what it throws fails the call. */
  readonly record: ((exchange: Exchange) => void) | undefined;
  /** Is told of each call when its reply goes out. */
  readonly onCall: (call: Omit<MockCall, "rows">, request: Received) => void;
  /** Longer bodies are refused with 413; default: 256 MiB. */
  readonly mostBytes?: number | undefined;
}

/** A server that runs. */
export interface MockServer extends Address {
  /** Takes no more calls; resolves when those in flight are answered, or when patience for them ends. */
  close(patience: Patience): Promise<void>;
}

/** How long calls in flight may take. */
export interface Patience {
  readonly milliseconds: number;
  /** Ends it before. */
  readonly signal: AbortSignal;
}

const usualMost = 256 * 1024 * 1024;

/** Starts a server; throws a `GenDeployError` where it cannot listen: `mock/port-in-use`, `mock/cannot-listen`. */
export async function serveMock(options: MockServerOptions): Promise<MockServer> {
  let isClosing = false;
  let inFlight = 0;
  let origin = "";
  const server: Server = createServer(
    { keepAliveTimeout: 65_000, requestTimeout: 0 },
    (request, response) => {
      inFlight += 1;
      response.once("close", () => {
        inFlight -= 1;
        if (isClosing && inFlight === 0) server.closeAllConnections();
      });
      answer(request, response, { ...options, origin, isClosing: () => isClosing }).catch(() => {
        // The caller has hung up, or the reply is half out: there is nobody to tell.
        response.destroy();
      });
    },
  );
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  });
  const address = await listenAt(server, options.place);
  origin = address.origin;
  return {
    ...address,
    async close({ milliseconds, signal }) {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection on which nothing was asked yet counts as busy.
      if (inFlight === 0) server.closeAllConnections();
      else server.closeIdleConnections();
      const cut = (): void => server.closeAllConnections();
      const timer = setTimeout(cut, milliseconds);
      signal.addEventListener("abort", cut, { once: true });
      if (signal.aborted) cut();
      await closed;
      clearTimeout(timer);
    },
  };
}

interface Answering extends MockServerOptions {
  readonly origin: string;
  readonly isClosing: () => boolean;
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Answering): Promise<void> {
  const { method = "GET", headers, url = "/" } = request;
  const target = pathOf(url);
  const path = withoutCredentials(target, context.secretNames);
  const send = (reply: WholeReply): void => {
    response.writeHead(reply.status, {
      ...reply.headers,
      ...(bodiless(reply.status) ? {} : { "content-length": reply.body.byteLength }),
      ...corsHeaders(headers),
      ...(context.isClosing() || !request.complete ? { connection: "close" } : {}),
    });
    response.end(method === "HEAD" ? undefined : reply.body);
  };
  const own = preflightReply(method, headers);
  if (own !== undefined) return send(own);

  const body = await readBody(request, context.mostBytes ?? usualMost);
  const begun = performance.now();
  const received: Received = { method, path, headers, body: body ?? Buffer.alloc(0) };
  const report = (status: number | null, fault?: string): void => {
    const milliseconds = performance.now() - begun;
    const call = { method, path, status, milliseconds };
    context.onCall(fault === undefined ? call : { ...call, fault }, received);
  };
  const described = method === "GET" || method === "HEAD" ? context.description(path) : undefined;
  if (body === null || described !== undefined) {
    const reply = described ?? ownReply(413, "The body is longer than this mock takes.");
    report(reply.status);
    return send(reply);
  }
  const wait = context.latency();
  const { reply, fault } = recorded(received, await replyTo(received, target, context), context);
  // A server that has closed does not wait for callers who are gone.
  if (wait > 0) await pause(wait, undefined, { ref: false });
  report(reply?.status ?? null, fault);
  if (reply === undefined) request.socket.destroy();
  else send(reply);
}

interface Outcome {
  /** Undefined where the connection is to be closed. */
  readonly reply: WholeReply | undefined;
  readonly fault?: string;
  /** Whether it is on record already. */
  readonly isReplayed?: true;
}

async function replyTo(received: Received, target: string, context: Answering): Promise<Outcome> {
  const replayed = context.replay?.(received);
  if (replayed !== undefined) return { reply: replayed, isReplayed: true };
  if (!context.answersOthers)
    return { reply: ownReply(404, "The transcript holds no reply to this method, path and body.") };
  try {
    const request = toMemoryRequest({ ...received, path: target }, context.origin);
    return { reply: await toWholeReply(await context.handler(request)) };
  } catch (error) {
    if (isUnreachable(error)) return { reply: undefined };
    return failure(error);
  }
}

/** The outcome once it is recorded: a reply that cannot be is none. */
function recorded(request: Received, outcome: Outcome, { record }: Answering): Outcome {
  if (record === undefined || outcome.reply === undefined || outcome.isReplayed === true) return outcome;
  try {
    record({ request, reply: outcome.reply });
    return outcome;
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Outcome {
  const fault = error instanceof Error ? error.message : "for no known reason";
  return { reply: ownReply(500, `The mock failed: ${fault}`), fault };
}

/** Whether a handler says with what it throws that nobody is there: as a platform's `fetch` does. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && error.code === "ECONNREFUSED";
}

/** Whether a reply of that status has no body, and no length of one (RFC 9110 §8.6). */
function bodiless(status: number): boolean {
  return status === 204 || status === 304;
}
