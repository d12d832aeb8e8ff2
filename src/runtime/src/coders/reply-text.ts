import type { PayloadSlice, ReplyDocument } from "../json/reply-document.js";

/** A reply's text, as bytes where it is long and as a string where it is short; undefined where it is no text. */
export function replyText(value: unknown, reply: ReplyDocument): PayloadSlice | string | undefined {
  const payload = reply.payload(value);
  if (payload?.kind === "string") return payload;
  return payload === undefined && typeof value === "string" ? value : undefined;
}
