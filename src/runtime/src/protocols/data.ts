/*
 * How Modelbit frames the calls of a Python function: `{"data": …}` both ways. A batch is a list of lists, each with an
 * id before its arguments; a list whose first element is a list is always read as one.
 */
import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember } from "../own-member.js";
import type { ReceivedReply } from "../protocol.js";
import { closeJson, openJson } from "../tensor-json/json-cursor.js";
import { readJson } from "../tensor-json/json-value.js";

/** What stands in a body beside its data. */
export interface DataExtras {
  readonly timeoutSeconds?: number | undefined;
  readonly links?: boolean | undefined;
}

/** The body of a single call; undefined where only a batch can say what is meant: for no arguments, or a list first. */
export function frameCall(texts: readonly string[], extras: DataExtras): string | undefined {
  const [first] = texts;
  if (first === undefined || first.startsWith("[")) return undefined;
  return frameData(texts.length === 1 ? first : `[${texts.join(",")}]`, extras);
}

/** One row of a batch. */
export function frameRow(id: number, texts: readonly string[]): string {
  return `[${[String(id), ...texts].join(",")}]`;
}

/** The body of a batch. */
export function frameBatch(rows: readonly string[], extras: DataExtras): string {
  return frameData(`[${rows.join(",")}]`, extras);
}

function frameData(data: string, { timeoutSeconds, links }: DataExtras): string {
  const timeout = timeoutSeconds === undefined ? "" : `,"timeout_seconds":${timeoutSeconds}`;
  return `{"data":${data}${timeout}${links === true ? ',"response_format":"links"' : ""}}`;
}

/** What a reply holds for `data`; the function's own error, whatever the status, and `bad-reply` for anything else. */
export function readData(reply: ReceivedReply): unknown {
  const root = readRoot(reply);
  const failure = failureIn(root, reply.status);
  if (failure !== undefined) throw failure;
  if (isRecord(root) && Object.hasOwn(root, "data")) return root["data"];
  throw badReply(`The reply is ${shown(root)}, not an object with data`);
}

/** The results of a batch in the order of `ids`, which the reply need not keep. */
export function readBatch(data: unknown, ids: readonly number[]): readonly unknown[] {
  if (!Array.isArray(data))
    throw badReply(`The reply has ${shown(data)} for its data, not a list of results`);
  const pairs: readonly unknown[] = data;
  const results = new Map<string, unknown>();
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2)
      throw badReply(`The reply has ${shown(pair)}, not an id and a result`);
    const id: unknown = pair[0];
    const result: unknown = pair[1];
    if (typeof id !== "number" && typeof id !== "string")
      throw badReply(`The reply has ${shown(id)} for an id`);
    if (results.has(String(id))) throw badReply(`The reply has the id ${shown(id)} twice`);
    results.set(String(id), result);
  }
  if (results.size !== ids.length) {
    throw badReply(`The reply has ${results.size} results, but ${ids.length} rows were sent`);
  }
  return ids.map((id) => {
    if (results.has(String(id))) return results.get(String(id));
    throw badReply(`The reply has no result for the id ${id}`);
  });
}

/** The function's own error, or undefined where a reply states none. */
export function statedError(reply: ReceivedReply): DeploymentError | undefined {
  try {
    return failureIn(readRoot(reply), reply.status);
  } catch {
    // A reply that is no JSON states nothing in the system's own words.
    return undefined;
  }
}

/** The JSON of a reply; NaN and infinities, which Python writes bare, are read too. */
export function readRoot({ bytes }: ReceivedReply): unknown {
  const cursor = openJson(bytes);
  const root = readJson(cursor);
  closeJson(cursor);
  return root;
}

/** The last line of a traceback is its message, and what stands before the colon the error's class. */
function failureIn(root: unknown, status: number): DeploymentError | undefined {
  if (!isRecord(root)) return undefined;
  const error = ownMember(root, "error") ?? undefined;
  if (error === undefined) return undefined;
  const text = typeof error === "string" ? error : (JSON.stringify(error) ?? "");
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const last = lines.at(-1) ?? "";
  const serverCode = lines.length > 1 ? /^([A-Za-z_][\w.]{0,99})(?::|$)/.exec(last)?.[1] : undefined;
  const words = last === "" ? "without a message" : shown(last, 300);
  return new DeploymentError("deployment-error", `The deployment answered with the error ${words}.`, {
    status,
    serverCode,
  });
}

function badReply(what: string): DeploymentError {
  return new DeploymentError("bad-reply", `${what}.`);
}
