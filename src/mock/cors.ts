/*
 * Browsers ask before they let a page call another origin (Fetch §3.2): a mock is open to every page.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { WholeReply } from "./mock-call.js";

/** What a reply says to a page of another origin; nothing where no page asks. */
export function corsHeaders({ origin }: IncomingHttpHeaders): Readonly<Record<string, string>> {
  if (origin === undefined) return {};
  return { "access-control-allow-origin": "*", "access-control-expose-headers": "*" };
}

/** The reply to a browser that asks whether it may call, or undefined where this is something else. */
export function preflightReply(
  method: string | undefined,
  headers: IncomingHttpHeaders,
): WholeReply | undefined {
  const asked = headers["access-control-request-method"];
  if (method !== "OPTIONS" || asked === undefined || headers.origin === undefined) return undefined;
  // A star would not stand for `authorization` (Fetch §3.2.6).
  const names = headers["access-control-request-headers"];
  const network = headers["access-control-request-private-network"];
  return {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
      ...(names === undefined ? {} : { "access-control-allow-headers": names }),
      ...(network === "true" ? { "access-control-allow-private-network": "true" } : {}),
      "access-control-max-age": "600",
      vary: "access-control-request-headers",
    },
    body: new Uint8Array(),
  };
}
