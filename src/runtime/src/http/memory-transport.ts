import type { Transport, TransportRequest } from "./transport.js";

/** A request as the handler of a `memoryTransport` sees it; `headers` names are lower case. */
export interface MemoryRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, parsed; throws a SyntaxError where it is no JSON. */
  json(): unknown;
  /** A copy of the body; empty where there is none. */
  bytes(): Uint8Array;
}

/** What a handler answers with: status 200 and no body unless it says otherwise. */
export interface MemoryReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes the body as JSON. */
  readonly json?: unknown;
  readonly body?: string | Uint8Array;
}

/** What a handler may answer with instead: the platform's `Response`, or anything that has these in common with it. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Answers the requests of a test. What it throws reaches the caller as if the connection had failed. */
export type MemoryHandler = (
  request: MemoryRequest,
) => MemoryReply | ResponseLike | Promise<MemoryReply | ResponseLike>;

/** A transport that never leaves the process, with every request that it was given so far. */
export interface MemoryTransport extends Transport {
  readonly calls: readonly MemoryRequest[];
}

/** A transport for tests: each request goes to `handler`, and what that gives is the reply. */
export function memoryTransport(handler: MemoryHandler): MemoryTransport {
  const calls: MemoryRequest[] = [];
  const transport: Transport = async (request) => {
    request.signal.throwIfAborted();
    const seen = toMemoryRequest(request);
    calls.push(seen);
    const reply = await orAbort(Promise.resolve(handler(seen)), request.signal);
    const { status, header, body } = "arrayBuffer" in reply ? await readResponse(reply) : readReply(reply);
    return { status, header, bytes: async () => body, chunks: () => once(body) };
  };
  return Object.assign(transport, { calls });
}

interface Read {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
}

function toMemoryRequest({ method, url, headers, body }: TransportRequest): MemoryRequest {
  const bytes = body === null ? new Uint8Array() : new Uint8Array(body.toBytes());
  return {
    method,
    url,
    headers: { ...headers },
    json: (): unknown => JSON.parse(new TextDecoder().decode(bytes)),
    bytes: () => bytes.slice(),
  };
}

async function readResponse(response: ResponseLike): Promise<Read> {
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  return { status: response.status, header, body: new Uint8Array(await response.arrayBuffer()) };
}

function readReply({ status = 200, headers = {}, json, body }: MemoryReply): Read {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (json !== undefined && !named.has("content-type")) named.set("content-type", "application/json");
  const content = json === undefined ? (body ?? "") : JSON.stringify(json);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
  return { status, header: (name) => named.get(name), body: bytes };
}

async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
