import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What the server does with a request whose body has been read. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A deployment that does with every request whatever `behave` was last told. */
export interface MisbehavingServer {
  readonly url: string;
  /** How many requests came since the last call of it; from now on `misbehaviour` meets them. */
  behave(misbehaviour: Misbehaviour): number;
  close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startMisbehavingServer(): Promise<MisbehavingServer> {
  let current: Misbehaviour = (_request, response) => response.end();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.on("error", () => undefined).resume();
    request.once("end", () => current(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/deployment/x/forward`,
    behave(misbehaviour) {
      const before = requests;
      requests = 0;
      current = misbehaviour;
      return before;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers with `body`, and with the caller's own credentials wherever a reply has room for them. */
export function reply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Misbehaviour {
  return (request, response) => {
    const credentials = request.headers.authorization ?? "";
    const text = (typeof body === "string" ? body : JSON.stringify(body)).replaceAll(
      "CREDENTIALS",
      credentials,
    );
    response.writeHead(status, { "content-type": "application/json", "x-echo": credentials, ...headers });
    response.end(text);
  };
}

/** Promises more than it sends, then closes. */
export const truncate: Misbehaviour = (request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
  response.write(`{"rows":[{"Weight":1,"x":"${request.headers.authorization}"`, () =>
    response.socket?.destroy(),
  );
};

/** Ends the connection with a reset and no reply. */
export const reset: Misbehaviour = (_request, response) => {
  response.socket?.resetAndDestroy();
};

/** Never answers. */
export const hang: Misbehaviour = () => undefined;

/** Begins to answer and never goes on. */
export const stall: Misbehaviour = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write(`{"rows":[`);
};
