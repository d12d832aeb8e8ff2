/*
 * Transcripts of calls as JSON Lines: one call and its reply a line, each line whole in itself.
 *
 *     {"request":{"method":"POST","path":"/forward","headers":{"content-type":"application/json"},"body":"…"},
 *      "reply":{"status":200,"headers":{"content-type":"application/json"},"body":"…"}}
 *
 * A body that is no UTF-8 stands as `base64` in place of `body`. Credentials are in none of it.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import type { WholeReply } from "./mock-call.js";
import type { Received } from "./mock-request.js";

/** A call with its reply. */
export interface Exchange {
  readonly request: Received;
  readonly reply: WholeReply;
}

/** What of a request's headers tells replies apart; whatever else there is may be a credential. */
const kept: readonly string[] = ["accept", "content-type", "prefer"];

/** A call with its reply as one line. */
export function printExchange({ request, reply }: Exchange): string {
  const { method, path, headers, body } = request;
  const stated: Readonly<Record<string, unknown>> = Object.fromEntries(
    kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
  return JSON.stringify({
    request: { method, path, headers: stated, ...printBody(body) },
    reply: { status: reply.status, headers: reply.headers, ...printBody(reply.body) },
  });
}

function printBody(bytes: Uint8Array): { readonly body: string } | { readonly base64: string } {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = body.toString("utf8");
  return Buffer.from(text, "utf8").equals(body) ? { body: text } : { base64: body.toString("base64") };
}

/** What a transcript holds; a last line that was torn off is none. Throws `GenDeployError`: `mock/bad-transcript`. */
export function parseTranscript(name: string, text: string): readonly Exchange[] {
  const lines = text.split("\n");
  // Behind the last newline stands nothing, or a line that somebody was killed over.
  return lines.slice(0, -1).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const exchange = parseLine(line);
    if (exchange !== undefined) return [exchange];
    throw new GenDeployError(
      "mock/bad-transcript",
      `${name} has in line ${index + 1} no call with its reply.`,
      {
        hint: "Give a file that --record has written.",
      },
    );
  });
}

function parseLine(line: string): Exchange | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const [request, reply] = [memberOf(value, "request"), memberOf(value, "reply")];
  const [method, path, status] = [
    memberOf(request, "method"),
    memberOf(request, "path"),
    memberOf(reply, "status"),
  ];
  const [sent, given] = [parseBody(request), parseBody(reply)];
  if (typeof method !== "string" || typeof path !== "string" || sent === undefined || given === undefined)
    return undefined;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599)
    return undefined;
  return {
    request: { method, path, headers: parseHeaders(request), body: sent },
    reply: { status, headers: parseHeaders(reply), body: given },
  };
}

function parseBody(part: unknown): Buffer | undefined {
  const [text, base64] = [memberOf(part, "body"), memberOf(part, "base64")];
  if (typeof text === "string") return Buffer.from(text);
  return typeof base64 === "string" ? Buffer.from(base64, "base64") : undefined;
}

/** Those that HTTP can carry (RFC 9110 §5). */
function parseHeaders(part: unknown): Readonly<Record<string, string>> {
  const headers = memberOf(part, "headers");
  const stated = typeof headers === "object" && headers !== null ? headers : {};
  return Object.fromEntries(
    Object.entries(stated).flatMap(([name, value]: readonly [string, unknown]) =>
      typeof value === "string" && /^[\w-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
        ? [[name.toLowerCase(), value]]
        : [],
    ),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
