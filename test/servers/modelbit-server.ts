import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";

/*
 * Modelbit's inference endpoint on loopback, in code of its own: functions by the name of their deployment. Batches
 * are answered in reverse, since nothing promises their order.
 */

/** A request as the server saw it. */
export interface ModelbitRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A running server. */
export interface ModelbitServer {
  readonly origin: string;
  readonly requests: ModelbitRequest[];
  close(): Promise<void>;
}

type PythonFunction = (...values: readonly never[]) => unknown;

/** Starts a server of `functions` on a free port of 127.0.0.1; what one throws is its traceback. */
export async function startModelbit(
  functions: Readonly<Record<string, PythonFunction>>,
): Promise<ModelbitServer> {
  const requests: ModelbitRequest[] = [];
  const results = new Map<string, string>();
  let origin = "";
  const answer = ({ url, text }: ModelbitRequest): string => {
    const stored = results.get(url);
    if (stored !== undefined) return stored;
    const run = functions[url.split("/")[2] ?? ""];
    const body: { readonly data: unknown; readonly response_format?: string } = JSON.parse(text);
    try {
      if (run === undefined) throw new Error("NameError: no such deployment");
      const call = (values: readonly unknown[]): unknown => Reflect.apply(run, undefined, values);
      const data = isBatch(body.data)
        ? body.data.map(([id, ...values]) => [id, call(values)]).toReversed()
        : call(Array.isArray(body.data) ? body.data : [body.data]);
      if (body.response_format !== "links") return JSON.stringify({ data });
      const path = `/results/${results.size}?X-Signature=signed-and-secret`;
      results.set(path, JSON.stringify(data));
      return JSON.stringify({ data: origin + path });
    } catch (error) {
      const last = error instanceof Error ? error.message : String(error);
      return JSON.stringify({
        error: `Traceback (most recent call last):\n  File "source.py", line 2\n${last}\n`,
      });
    }
  };
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const text = new TextDecoder().decode(Buffer.concat(chunks));
      const seen = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, text };
      requests.push(seen);
      response.writeHead(200, { "content-type": "application/json" }).end(answer(seen));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A list whose first element is a list is a batch: the service's own rule, and its trap. */
function isBatch(data: unknown): data is readonly (readonly unknown[])[] {
  return Array.isArray(data) && Array.isArray(data[0]);
}
