import type { HttpReply } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";
import { readEvents } from "../http/event-stream.js";
import { readLines } from "../http/json-lines.js";
import type { StreamedReply } from "../http/send-stream.js";
import { readShaped } from "../shapes/read-shape.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import { findReply, headOf, successesOf } from "./find-reply.js";
import { strangeReply } from "./read-reply.js";
import type { ReadRules } from "./read-reply.js";

/** What ends a stream of events by convention. */
const endMark = "[DONE]";

/**
 * The items of a reply that comes one by one, each as soon as it is there: the data of server-sent events until the
 * mark `[DONE]`, as JSON where it is some and as text otherwise, or lines of JSON. Rejects with `bad-reply` where the
 * reply is of another kind or an item is not of the shape, and with `deployment-error` at an event named `error`.
 * Leaving the loop closes the reply.
 */
export async function* readItems(
  reply: StreamedReply,
  replies: readonly HttpReply[],
  rules: ReadRules,
): AsyncGenerator<unknown, void, undefined> {
  try {
    const known = streamOf(reply, replies);
    if (known === undefined) {
      const first = await reply.chunks.next();
      throw strangeReply(headOf(reply), first.done === true ? new Uint8Array() : first.value);
    }
    if (known.form === "lines") {
      for await (const line of readLines(reply.chunks)) yield readShaped(line, known.shape, rules);
      return;
    }
    const isText = statedShapes(known.shape, rules.shapes).every(({ type }) => type === "text");
    for await (const { type, data } of readEvents(reply.chunks)) {
      if (data.trim() === endMark) return;
      if (type === "error") throw statedError(data, reply.status);
      if (data !== "" || isText) yield readShaped(isText ? data : parsedOrText(data), known.shape, rules);
    }
  } finally {
    await reply.chunks.return?.();
  }
}

/** Lines of JSON go by many names, events by one. */
function streamOf(reply: StreamedReply, replies: readonly HttpReply[]): HttpReply | undefined {
  const streams = replies.filter(({ form }) => form === "events" || form === "lines");
  const head = headOf(reply);
  const known = findReply(streams, head);
  if (known !== undefined) return known;
  const isPage = /^\s*text\/html/i.test(head.contentType ?? "");
  return isPage ? undefined : successesOf(streams).find(({ form }) => form === "lines");
}

function parsedOrText(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

function statedError(data: string, status: number): DeploymentError {
  const message = `The service ended its reply with an error and said ${shown(data, 300)}.`;
  return new DeploymentError("deployment-error", message, { status });
}
