import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";

/*
 * A plain service on loopback: it keeps what it was sent and answers as it was told. What it takes apart it takes apart
 * with the platform's own parsers.
 */

/** A request as the server saw it. */
export interface ServiceRequest {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  /** The query's pairs, decoded. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** What the server does with a request. */
export type ServiceAnswer = (request: ServiceRequest, response: ServerResponse) => void | Promise<void>;

/** A running server. */
export interface ServiceServer {
  readonly origin: string;
  readonly requests: ServiceRequest[];
  /** How many replies have neither come to their end nor been closed by the caller. */
  unfinished(): number;
  /** From now on `answer` meets requests. */
  answer(answer: ServiceAnswer): void;
  close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startService(first: ServiceAnswer = json(200, null)): Promise<ServiceServer> {
  const requests: ServiceRequest[] = [];
  let current = first;
  let unfinished = 0;
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    unfinished += 1;
    response.on("close", () => (unfinished -= 1));
    request.on("end", () => {
      const bytes = new Uint8Array(Buffer.concat(chunks));
      const { method = "", url = "", headers } = request;
      const { pathname, searchParams } = new URL(url, "http://service.test");
      const text = new TextDecoder().decode(bytes);
      const seen = { method, url, path: pathname, query: [...searchParams], headers, bytes, text };
      requests.push(seen);
      void current(seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    unfinished: () => unfinished,
    answer(answer) {
      current = answer;
      requests.splice(0);
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers with `value` as JSON. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): ServiceAnswer {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  };
}

/** Answers with text or bytes of the media type. */
export function content(status: number, mediaType: string, body: string | Uint8Array): ServiceAnswer {
  return (_request, response) => {
    response.writeHead(status, { "content-type": mediaType });
    response.end(body);
  };
}

/** The fields of a form that a request holds, as the platform reads them. */
export async function formOf({ bytes, headers }: ServiceRequest): Promise<readonly unknown[]> {
  const type = headers["content-type"] ?? "";
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  return Promise.all(
    [...form].map(async ([name, value]) =>
      typeof value === "string"
        ? [name, value]
        : [name, { name: value.name, type: value.type, text: await value.text() }],
    ),
  );
}
