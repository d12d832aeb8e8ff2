import type { HttpReply } from "../deployment.js";
import { toRegisteredMediaType } from "../files/media-type.js";

/** What is known of a reply before its body is read. */
export interface ReplyHead {
  readonly status: number;
  /** The header `content-type`; undefined where there is none. */
  readonly contentType: string | undefined;
}

/** The head of a reply that has come. */
export function headOf(reply: {
  readonly status: number;
  header(name: string): string | undefined;
}): ReplyHead {
  return { status: reply.status, contentType: reply.header("content-type") };
}

/**
 * What the description says of such a reply: of its status by itself, else of its range, else of all others; and of those
 * the one of its media type, or the first where it states none. Undefined where the description knows no such reply.
 */
export function findReply(
  replies: readonly HttpReply[],
  { status, contentType }: ReplyHead,
): HttpReply | undefined {
  const spellings = [String(status), `${String(status).charAt(0)}XX`, "DEFAULT"];
  const bySpelling = spellings.map((spelling) =>
    replies.filter((reply) => reply.status.toUpperCase() === spelling),
  );
  const documented = bySpelling.find((found) => found.length > 0) ?? [];
  if (contentType === undefined) return documented[0];
  const given = toRegisteredMediaType(contentType);
  const tests = [isSame, isInRange, isSameSyntax];
  const fitting = tests
    .map((test) => documented.find(({ mediaType }) => mediaType !== null && test(typeOf(mediaType), given)))
    .find((found) => found !== undefined);
  // A service that promises nothing may still say something.
  return fitting ?? documented.find(({ form }) => form === "none");
}

/** Those that tell of success; where the description names none, what it says of all replies. */
export function successesOf(replies: readonly HttpReply[]): readonly HttpReply[] {
  const successes = replies.filter(({ status }) => status.startsWith("2"));
  return successes.length > 0 ? successes : replies.filter(({ status }) => status === "default");
}

/** Whether text of this media type is JSON (RFC 6839 §3.1). */
function isJsonType(mediaType: string): boolean {
  return /[/+]json$/.test(toRegisteredMediaType(mediaType));
}

function typeOf(mediaType: string): string {
  return mediaType.includes("*") ? mediaType.trim().toLowerCase() : toRegisteredMediaType(mediaType);
}

function isSame(stated: string, given: string): boolean {
  return stated === given;
}

function isInRange(stated: string, given: string): boolean {
  if (stated === "*/*") return true;
  return stated.endsWith("/*") && given.startsWith(stated.slice(0, -1));
}

function isSameSyntax(stated: string, given: string): boolean {
  return isJsonType(stated) && isJsonType(given);
}
