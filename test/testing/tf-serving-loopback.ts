import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";

/** A handler of requests on a free port of 127.0.0.1. */
export interface Loopback {
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a server that hands every request to `handler`. */
export async function startLoopback(handler: MemoryHandler): Promise<Loopback> {
  const server = createServer((request, response) => {
    answer(request, response, handler).catch((error: unknown) => response.destroy(Object(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handler: MemoryHandler,
): Promise<void> {
  const bytes = new Uint8Array(await buffer(request));
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const reply = await handler({
    method: request.method ?? "",
    url: `http://127.0.0.1${request.url ?? ""}`,
    headers,
    json: (): unknown => JSON.parse(new TextDecoder().decode(bytes)),
    bytes: () => bytes.slice(),
  });
  if (!("body" in reply)) {
    response.writeHead(reply.status ?? 200).end();
    return;
  }
  const { status = 200, headers: own, body } = reply;
  response.writeHead(status, own instanceof Headers ? Object.fromEntries(own) : { ...own });
  response.end(typeof body === "string" || body instanceof Uint8Array ? body : undefined);
}
