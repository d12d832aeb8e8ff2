import { createHash } from "node:crypto";
import type { WholeReply } from "./mock-call.js";
import type { Received } from "./mock-request.js";
import type { Exchange } from "./transcript.js";

/** The reply that is recorded for a request, or undefined where none is. */
export type Replay = (request: Received) => WholeReply | undefined;

/**
 * Answers by method, path and body. What was recorded several times is answered in the order in which it was, and with
 * the last of its replies from then on.
 */
export function createReplay(exchanges: readonly Exchange[]): Replay {
  const byRequest = new Map<string, { readonly replies: WholeReply[]; next: number }>();
  for (const { request, reply } of exchanges) {
    const key = keyOf(request);
    const known = byRequest.get(key) ?? { replies: [], next: 0 };
    known.replies.push(reply);
    byRequest.set(key, known);
  }
  return (request) => {
    const known = byRequest.get(keyOf(request));
    if (known === undefined) return undefined;
    const reply = known.replies[Math.min(known.next, known.replies.length - 1)];
    known.next += 1;
    return reply;
  };
}

function keyOf({ method, path, headers, body }: Received): string {
  const boundary = /^multipart\/.*;\s*boundary="?([^";]+)"?/i.exec(headers["content-type"] ?? "")?.[1];
  // A form has another boundary each time that it is sent (RFC 2046 §5.1.1).
  const content = boundary === undefined ? body : body.toString("latin1").replaceAll(boundary, "boundary");
  const digest = createHash("sha256").update(content).digest("base64");
  return `${method} ${path} ${digest}`;
}
