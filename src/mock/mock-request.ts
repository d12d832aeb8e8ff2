import type { IncomingHttpHeaders } from "node:http";
import type { MemoryRequest } from "@gen-deploy/runtime";

/** What came in over HTTP. */
export interface Received {
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What came in, as a handler takes it: the body is not copied, for nobody else has it. */
export function toMemoryRequest({ method, path, headers, body }: Received, origin: string): MemoryRequest {
  const parsed = (): unknown => JSON.parse(body.toString("utf8"));
  return {
    method,
    url: `${originOf(headers.host) ?? origin}${path}`,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
      ),
    ),
    json: parsed,
    bytes: () => body,
  };
}

/** The path with its query of a request's target, whose whole address proxies send (RFC 9112 §3.2.2). */
export function pathOf(target: string): string {
  const whole = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1];
  const path = whole ?? target;
  return path.startsWith("/") ? path : `/${path}`;
}

/** The address under which the caller knows this server, where it is one. */
function originOf(host: string | undefined): string | undefined {
  return host !== undefined && /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i.test(host)
    ? `http://${host}`
    : undefined;
}
