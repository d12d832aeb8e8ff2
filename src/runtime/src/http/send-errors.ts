import { shownUrl } from "./client-url.js";
import { DeploymentError, shown, withDetails } from "../errors.js";
import type { DeploymentErrorCode } from "../errors.js";
import { codesOf } from "./retry.js";
import type { ReceivedReply } from "../protocol.js";

/** How much of a reply's text a message quotes. */
const longestQuote = 200;

/** Statuses with a code of their own, which no word of the system's outweighs. */
const codeByStatus: ReadonlyMap<number, DeploymentErrorCode> = new Map([
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "not-found"],
  [413, "too-large"],
  [429, "rate-limited"],
  [503, "unavailable"],
]);

/** The error for a reply whose status reports a failure, in the system's own words where `failure` finds some. */
export function statusError(
  reply: ReceivedReply,
  failure: ((reply: ReceivedReply) => DeploymentError | undefined) | undefined,
): DeploymentError {
  const { status } = reply;
  if (status < 400) return redirectError(reply);
  const code = codeByStatus.get(status);
  const stated = failure?.(reply);
  if (stated !== undefined) {
    return withDetails(stated, { code: code ?? stated.code, status });
  }
  const quote = quoteOf(reply.bytes);
  const said = quote === "" ? "and said nothing" : `and said ${shown(quote, longestQuote)}`;
  return new DeploymentError(
    code ?? (status < 500 ? "rejected" : "server-error"),
    `The deployment answered with status ${status} ${said}.`,
    { status },
  );
}

/** The error for a request that no reply came to; `cause` is what the platform says. */
export function connectionError(url: string, cause: unknown): DeploymentError {
  const code = codesOf(cause).find((each) => /^[\w-]{1,60}$/.test(each));
  const why = code === undefined ? "" : ` (${code})`;
  return new DeploymentError("connection", `No complete reply came from ${shownUrl(url)}${why}.`, { cause });
}

function redirectError(reply: ReceivedReply): DeploymentError {
  const location = reply.header("location");
  const to =
    location === undefined
      ? ""
      : ` to ${shown(location.replace(/[?#].*/s, "").replace(/\/\/[^/]*@/, "//"), 160)}`;
  // Browsers hide the status of a redirect and give 0.
  const status = reply.status === 0 ? undefined : reply.status;
  const what = status === undefined ? "a redirect" : `status ${status}, a redirect`;
  return new DeploymentError(
    "redirected",
    `The deployment answered with ${what}${to}, which is not followed; give the address that answers itself as url.`,
    { status },
  );
}

/** The reply's text on one line, without the marks of an HTML page. */
function quoteOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 16 * 1024)).trim();
  const plain = /^<(!doctype|html|\?xml)/i.test(text)
    ? text.replace(/<(script|style)\b[^]*?<\/\1>/gi, " ").replace(/<[^<>]*>/g, " ")
    : text;
  return plain.replace(/\s+/g, " ").trim();
}
