import type { MemoryHandler } from "@gen-deploy/runtime";

/** A request as anybody may send it, whatever a client would do. */
export interface RawCall {
  readonly url: string;
  /** Default: POST. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes out as JSON, and says so. */
  readonly json?: unknown;
  readonly body?: string | Uint8Array;
}

/** What came back: `json` is undefined where it is none. */
export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: unknown;
}

/** Sends one request to a handler. */
export async function rawCall(handler: MemoryHandler, call: RawCall): Promise<RawReply> {
  const { url, method = "POST", json } = call;
  const text = json === undefined ? (call.body ?? "") : JSON.stringify(json);
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const headers = { ...(json === undefined ? {} : { "content-type": "application/json" }), ...call.headers };
  const reply = await handler({
    ...{ method, url, headers, bytes: () => bytes.slice() },
    json: (): unknown => JSON.parse(new TextDecoder().decode(bytes)),
  });
  if ("arrayBuffer" in reply) throw new Error("a mock gives plain replies");
  const content = reply.json === undefined ? (reply.body ?? "") : JSON.stringify(reply.json);
  const shown = typeof content === "string" ? content : new TextDecoder().decode(content);
  return { status: reply.status ?? 200, headers: reply.headers ?? {}, text: shown, json: parsed(shown) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
