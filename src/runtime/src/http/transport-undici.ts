import type { Dispatcher, Pool } from "undici";
import type { Body } from "../json/body.js";
import type { Transport, TransportReply } from "./transport.js";

/** Bodies from this length on go out piece by piece; below it, one piece is faster. */
const streamedFrom = 1024 * 1024;

/** Sockets kept for one origin; undici queues what goes beyond it. */
const connections = 128;

/**
 * Node's way to send requests: undici, loaded at the first request, with a pool of connections for each origin.
 * Idle connections do not keep the process alive.
 */
export function platformTransport(): Transport {
  const pools = new Map<string, Pool>();
  let loading: Promise<typeof import("undici")> | undefined;
  return async ({ method, url, headers, body, signal }) => {
    loading ??= import("undici");
    const undici = await loading;
    const { origin, pathname, search } = new URL(url);
    let pool = pools.get(origin);
    if (pool === undefined) {
      // The time that a reply may take is the caller's choice, and measured there.
      pool = new undici.Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0 });
      pools.set(origin, pool);
    }
    const target = { method: toMethod(method), path: pathname + search, signal };
    // Nothing here unpacks a reply, and a request that names no coding allows them all (RFC 9110 §12.5.3).
    const plain = { ...headers, "accept-encoding": "identity" };
    return toReply(await pool.request({ ...target, ...contentOf(plain, body) }));
  };
}

type Content = Pick<Dispatcher.RequestOptions, "headers" | "body">;

function contentOf(headers: Readonly<Record<string, string>>, body: Body | null): Content {
  if (body === null) return { headers: { ...headers } };
  if (body.byteLength < streamedFrom) return { headers: { ...headers }, body: body.toBytes() };
  const sized: Content = { headers: { ...headers, "content-length": String(body.byteLength) } };
  // undici takes any iterable as a body and heeds back-pressure; its types name only some of them.
  return Object.assign(sized, { body: { [Symbol.iterator]: () => body.chunks()[Symbol.iterator]() } });
}

function toMethod(method: string): Dispatcher.HttpMethod {
  const known: readonly Dispatcher.HttpMethod[] = [
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "HEAD",
    "OPTIONS",
  ];
  const found = known.find((each) => each === method);
  if (found === undefined) throw new Error(`The method must be one of ${known.join(", ")}`);
  return found;
}

function toReply({ statusCode, headers, body }: Dispatcher.ResponseData): TransportReply {
  return {
    status: statusCode,
    header(name) {
      const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
      return Array.isArray(value) ? value.join(", ") : value;
    },
    bytes: () => body.bytes(),
    // A loop over the body that is left early destroys it, and with it the connection.
    chunks: () => body,
  };
}
