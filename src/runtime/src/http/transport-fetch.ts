import type { Transport, TransportReply } from "./transport.js";

/**
 * A transport over a `fetch` function. A redirect that the platform hides comes back as status 0.
 */
export function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const init: RequestInit = { method, headers: { ...headers }, redirect: "manual", signal };
    if (body !== null) init.body = toBodyInit(body.toBytes());
    return toReply(await fetch(url, init));
  };
}

/** The way to send requests where there is no Node: the platform's own `fetch`, looked up at each request. */
export function platformTransport(): Transport {
  return fetchTransport((input, init) => globalThis.fetch(input, init));
}

function toReply(response: Response): TransportReply {
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
    chunks: () => toChunks(response.body),
  };
}

async function* toChunks(
  stream: ReadableStream<Uint8Array> | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (stream === null) return;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Ends the connection of a body that nobody reads to its end; a body at its end takes no harm.
    await reader.cancel().catch(() => undefined);
  }
}

/** The bytes in a form that `fetch` declares to take; copied only if other threads share them. */
function toBodyInit(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(bytes);
}
