import type { Dispatcher, Pool } from "undici";
import { onInterrupted } from "./interruption.js";
import type { Transport, TransportRequest } from "./transport.js";
import { createPieceRoom } from "./piece-room.js";
import { createExchange } from "./undici-exchange.js";

/** Bodies from this length on go out piece by piece; below it, one piece is faster. */
const streamedFrom = 1024 * 1024;

/** Sockets kept for one origin; undici queues what goes beyond it. */
const connections = 128;

/** Where a request goes. */
interface Place {
  readonly pool: Pool;
  readonly path: string;
}

/**
 * Node's way to send requests: undici, loaded at the first request, with a pool of connections for each origin.
 * Idle connections do not keep the process alive.
 */
export function platformTransport(): Transport {
  const pools = new Map<string, Pool>();
  let undici: typeof import("undici") | undefined;
  /** Most requests go where the last one went. */
  let last: (Place & { readonly url: string }) | undefined;

  function placeOf(url: string, { Pool }: typeof import("undici")): Place {
    if (last?.url === url) return last;
    const { origin, pathname, search } = new URL(url);
    let pool = pools.get(origin);
    if (pool === undefined) {
      // The time that a reply may take is the caller's choice, and measured there.
      pool = new Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0 });
      pools.set(origin, pool);
    }
    last = { url, pool, path: pathname + search };
    return last;
  }

  return async (request) => {
    undici ??= await import("undici");
    const { pool, path } = placeOf(request.url, undici);
    const { handler, reply, abort } = createExchange();
    onInterrupted(request, abort);
    pool.dispatch({ method: toMethod(request.method), path, ...contentOf(request) }, handler);
    return reply;
  };
}

type Content = Pick<Dispatcher.DispatchOptions, "headers" | "body">;

function contentOf({ headers: given, body }: TransportRequest): Content {
  // Nothing here unpacks a reply, and a request that names no coding allows them all (RFC 9110 §12.5.3).
  const headers: string[] = ["accept-encoding", "identity"];
  for (const name of Object.keys(given)) headers.push(name, given[name] ?? "");
  if (body === null) return { headers };
  if (body.byteLength < streamedFrom) return { headers, body: body.toBytes() };
  headers.push("content-length", String(body.byteLength));
  // undici takes any iterable as a body and heeds back-pressure; its types name only some of them.
  const sized: Content = { headers };
  return Object.assign(sized, {
    body: { [Symbol.iterator]: () => body.chunks(createPieceRoom())[Symbol.iterator]() },
  });
}

const methods: readonly Dispatcher.HttpMethod[] = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
];

function toMethod(method: string): Dispatcher.HttpMethod {
  const found = methods.find((each) => each === method);
  if (found === undefined) throw new Error(`The method must be one of ${methods.join(", ")}`);
  return found;
}
