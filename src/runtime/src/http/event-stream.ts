import { DeploymentError } from "../errors.js";
import { longestItem, readTextLines } from "./text-lines.js";

/** One server-sent event. */
export interface ServerEvent {
  /** As the server names it; `message` where it does not. */
  readonly type: string;
  /** Lines are joined by LF. */
  readonly data: string;
  /** The id stated last, by this event or one before it; empty where none was. */
  readonly id: string;
  /** The time to wait before connecting anew that was stated last, in milliseconds; undefined where none was. */
  readonly retry: number | undefined;
}

/**
 * The events of a `text/event-stream` body, each as soon as the empty line behind it has come; what has none behind it
 * is no event (HTML Living Standard §9.2.6). Rejects with `bad-reply` where one event is longer than 16 Mi characters.
 */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerEvent, void, undefined> {
  let type = "";
  let lines: string[] = [];
  let length = 0;
  let id = "";
  let retry: number | undefined;
  for await (const { text } of readTextLines(chunks, { fatal: false })) {
    if (text === "") {
      if (lines.length > 0) yield { type: type === "" ? "message" : type, data: lines.join("\n"), id, retry };
      type = "";
      lines = [];
      length = 0;
      continue;
    }
    const [field, value] = toField(text);
    if (field === "data") {
      length += value.length + 1;
      if (length > longestItem) throw tooLong();
      lines.push(value);
    } else if (field === "event") type = value;
    else if (field === "id") id = value.includes("\0") ? id : value;
    else if (field === "retry" && /^\d{1,15}$/.test(value)) retry = Number(value);
  }
}

/** A comment has the empty name, which is no field's. */
function toField(line: string): readonly [field: string, value: string] {
  const colon = line.indexOf(":");
  if (colon === -1) return [line, ""];
  const from = line.charAt(colon + 1) === " " ? colon + 2 : colon + 1;
  return [line.slice(0, colon), line.slice(from)];
}

function tooLong(): DeploymentError {
  return new DeploymentError(
    "bad-reply",
    `The reply has an event of more than ${longestItem} characters; no more is kept in memory.`,
  );
}
