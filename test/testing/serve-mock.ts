import { Buffer } from "node:buffer";
import { createServer, request as openRequest } from "node:http";
import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";

/** A mock behind a socket. */
export interface ServedMock {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves a mock on a free port of 127.0.0.1. */
export async function serveMock(handler: MemoryHandler): Promise<ServedMock> {
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const bytes = new Uint8Array(Buffer.concat(chunks));
      const { method = "", url = "", headers } = request;
      const given = Object.entries(headers).map(([name, value]) => [name, String(value)]);
      const reply = handler({
        method,
        url: `http://${headers.host ?? "127.0.0.1"}${url}`,
        headers: Object.fromEntries(given),
        json: (): unknown => JSON.parse(new TextDecoder().decode(bytes)),
        bytes: () => bytes.slice(),
      });
      void Promise.resolve(reply).then(
        async (made) => {
          if ("arrayBuffer" in made) throw new Error("no mock answers like that");
          const { status = 200, headers: own = {}, json, body = "" } = made;
          const type = json === undefined ? {} : { "content-type": "application/json" };
          response.writeHead(status, { ...type, ...own });
          response.end(json === undefined ? body : JSON.stringify(json));
        },
        (error: unknown) => {
          response.writeHead(500, { "content-type": "text/plain" });
          response.end(String(error));
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A reply as curl would show it. */
export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON, or undefined. */
  readonly json: unknown;
}

/** Sends a request as it is, with nothing between it and the socket. */
export async function sendRaw(
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  } = {},
): Promise<RawReply> {
  return await new Promise((resolve, reject) => {
    const { method = "GET", headers = {}, body } = options;
    const request = openRequest(url, { method, headers }, (response) => {
      const chunks: Uint8Array[] = [];
      response.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      response.on("end", () => {
        const text = new TextDecoder().decode(Buffer.concat(chunks));
        const { statusCode = 0, headers: given } = response;
        resolve({ status: statusCode, headers: given, text, json: parsed(text) });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
