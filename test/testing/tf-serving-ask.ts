import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";

/** What a mock answered with. */
export interface MockReply {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

/** Sends a request to the mock as it stands, past every client. */
export async function askMock(
  mock: MemoryHandler,
  method: string,
  path: string,
  body: string | Uint8Array = "",
): Promise<MockReply> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const reply = await mock({
    method,
    url: `http://mock.invalid${path}`,
    headers: {},
    json: (): unknown => JSON.parse(new TextDecoder().decode(bytes)),
    bytes: () => bytes.slice(),
  });
  if ("arrayBuffer" in reply) throw new Error("A mock answers with plain replies.");
  const { status = 200, headers = {}, body: text = "" } = reply;
  return {
    status,
    type: headers["content-type"],
    body: typeof text === "string" ? text : new TextDecoder().decode(text),
  };
}
