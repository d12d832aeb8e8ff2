/*
 * Calls of one function over HTTP: single, or in batches that are halved until they are small enough to go out.
 */
import { callSecrets } from "../client/call-secrets.js";
import type { CallSettings } from "../client/client-options.js";
import { atRow } from "../client/row-error.js";
import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import { createAuthorizer } from "../http/auth.js";
import type { Authorizer } from "../http/auth.js";
import type { Secrets } from "../http/secrets.js";
import { throwIfAborted } from "../http/send-limits.js";
import { send } from "../http/send.js";
import type { Transport } from "../http/transport.js";
import { createBodyWriter } from "../json/body-writer.js";
import { isRecord } from "../own-member.js";
import type { ReceivedReply } from "../protocol.js";
import {
  frameBatch,
  frameCall,
  frameRow,
  readBatch,
  readData,
  readRoot,
  statedError,
} from "../protocols/data.js";
import type { DataExtras } from "../protocols/data.js";
import type { JsonShape } from "../shapes/json-shape.js";
import { readShaped } from "../shapes/read-shape.js";
import { createRemoteFile } from "../shapes/remote-file.js";
import { writeArguments } from "./function-arguments.js";
import type { FunctionSignature } from "./function-arguments.js";

/** The largest body that the service takes, in bytes. */
const largestBody = 20_000_000;

/** How a function is reached, and what it takes and gives. */
export interface FunctionRoute extends FunctionSignature {
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  readonly output: JsonShape;
}

/** What holds for one request. */
export interface FunctionCall {
  /** Of the branch and version that are asked. */
  readonly url: string;
  readonly settings: CallSettings;
  readonly extras: DataExtras;
  readonly signal?: AbortSignal | undefined;
}

/** The function's result for one call. A list as first argument goes out as a batch of one. */
export async function callOnce(route: FunctionRoute, given: unknown, call: FunctionCall): Promise<unknown> {
  const texts = await writeArguments(given, route);
  // What a link leads to says which of the two forms it has only where that is a batch.
  const single =
    route.form === "rows" || call.extras.links === true ? undefined : frameCall(texts, call.extras);
  if (single === undefined) return (await callBatch(route, [given], call))[0];
  if (byteLength(single) > largestBody) throw tooLarge();
  return await exchange(route, single, call, (data) => readResult(data, route));
}

/** The function's results in the order of the rows; nothing goes out before all rows are known to be right. */
export async function callBatch(
  route: FunctionRoute,
  rows: readonly unknown[],
  call: FunctionCall,
): Promise<readonly unknown[]> {
  const texts: string[] = [];
  for (const [index, row] of rows.entries()) {
    try {
      texts.push(frameRow(index, await writeArguments(row, route)));
    } catch (error) {
      throw atRow(error, index);
    }
  }
  const chunks = chunksOf(texts, call.extras);
  const results: unknown[] = [];
  for (const { first, body, count } of chunks) {
    const ids = Array.from({ length: count }, (_, index) => first + index);
    const read = (data: unknown): readonly unknown[] =>
      readBatch(data, ids).map((result, index) => {
        try {
          return readResult(result, route);
        } catch (error) {
          throw atRow(error, first + index);
        }
      });
    for (const result of await exchange(route, body, call, read)) results.push(result);
  }
  return results;
}

function readResult(data: unknown, { output, shapes, transport }: FunctionRoute): unknown {
  return readShaped(data, output, { shapes, openFile: (url) => createRemoteFile(url, transport) });
}

interface Chunk {
  readonly first: number;
  readonly count: number;
  readonly body: string;
}

function chunksOf(texts: readonly string[], extras: DataExtras, first: number = 0): readonly Chunk[] {
  const body = frameBatch(texts, extras);
  if (byteLength(body) <= largestBody) return [{ first, count: texts.length, body }];
  if (texts.length === 1) throw atRow(tooLarge(), first);
  const half = Math.ceil(texts.length / 2);
  return [
    ...chunksOf(texts.slice(0, half), extras, first),
    ...chunksOf(texts.slice(half), extras, first + half),
  ];
}

/** What `read` makes of the data that the function answers with. What this throws holds no secret. */
async function exchange<Result>(
  route: FunctionRoute,
  text: string,
  call: FunctionCall,
  read: (data: unknown) => Result,
): Promise<Result> {
  const { url, settings, extras, signal } = call;
  const signals = signal === undefined ? settings.signals : [...settings.signals, signal];
  throwIfAborted(signals);
  const secrets = callSecrets(route.authorizer, settings.headers);
  const { transport, authorizer } = route;
  const context = { ...settings, transport, authorizer, secrets, signals, failure: statedError };
  try {
    const writer = createBodyWriter();
    writer.text(text);
    const body = writer.finish("application/json");
    const reply = await send(
      { method: "POST", url, headers: settings.headers, body, repeatable: true },
      context,
    );
    const data = withStatus(reply, readData);
    if (extras.links !== true || typeof data !== "string") return withStatus(reply, () => read(data));
    const headers = { accept: "application/json" };
    const link = linkFrom(data, url, secrets);
    const linked = await send(
      { method: "GET", url: link, headers, body: null, repeatable: true },
      { ...context, authorizer: createAuthorizer(undefined, []) },
    );
    return withStatus(linked, (given) => read(linkedData(given)));
  } catch (error) {
    throw await secrets.redact(error);
  }
}

/** A link's shorter parameters are no secrets, and could stand anywhere. */
const shortestSignature = 16;

/** A signed link is a credential itself. It may be no less safe than the deployment's own address. */
function linkFrom(text: string, url: string, secrets: Secrets): string {
  const link = URL.canParse(text) ? new URL(text) : undefined;
  if (link !== undefined) {
    const parameters = [...link.searchParams.values()].filter((value) => value.length >= shortestSignature);
    secrets.add([text, link.href, link.search.slice(1), ...parameters]);
  }
  if (link?.protocol === "https:" || (link?.protocol === "http:" && url.startsWith("http:")))
    return link.href;
  throw new DeploymentError(
    "bad-reply",
    "The reply has no link of http or https where its results should be.",
  );
}

/** What a link leads to is the results themselves, or a reply with them. */
function linkedData(reply: ReceivedReply): unknown {
  return isRecord(readRoot(reply)) ? readData(reply) : readRoot(reply);
}

function withStatus<Result>(reply: ReceivedReply, read: (reply: ReceivedReply) => Result): Result {
  try {
    return read(reply);
  } catch (error) {
    if (!isDeploymentError(error)) throw error;
    const { code, message, feature, row, serverCode, cause } = error;
    throw new DeploymentError(code, message, { feature, row, status: reply.status, serverCode, cause });
  }
}

function byteLength(text: string): number {
  return text.length > largestBody ? text.length : new TextEncoder().encode(text).byteLength;
}

function tooLarge(): DeploymentError {
  return new DeploymentError(
    "too-large",
    `One call is more than ${shown(largestBody)} bytes, which the service takes.`,
  );
}
