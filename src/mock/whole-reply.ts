import type { MemoryReply, ResponseLike } from "@gen-deploy/runtime";
import type { WholeReply } from "./mock-call.js";

/** What a handler gave, with its body as bytes; a body in JSON says so unless the handler does. */
export async function toWholeReply(reply: MemoryReply | ResponseLike): Promise<WholeReply> {
  if ("arrayBuffer" in reply) {
    const headers = known.flatMap((name) => {
      const value = reply.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    const body = new Uint8Array(await reply.arrayBuffer());
    return { status: reply.status, headers: Object.fromEntries(headers), body };
  }
  const { status = 200, headers = {}, json, body = "" } = reply;
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (json === undefined) return { status, headers: named, body: bytesOf(body) };
  return {
    status,
    headers: { "content-type": "application/json", ...named },
    body: bytesOf(JSON.stringify(json)),
  };
}

/** The headers of a platform's reply that say something of it; those of its connection are ours to write. */
const known: readonly string[] = ["allow", "content-type", "location", "retry-after", "www-authenticate"];

/** The reply of the mock itself, where no system is asked. */
export function ownReply(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): WholeReply {
  const body = bytesOf(JSON.stringify({ error }));
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === "string" ? Buffer.from(body) : body;
}
