/*
 * One call over HTTP: attempts, each with its credentials and its time, until one brings a reply or none is left.
 * In goes a request, out comes a reply with a status from 200 to 299, or a DeploymentError.
 */
import type { Authorizer } from "./auth.js";
import type { Body } from "../json/body.js";
import { DeploymentError, isDeploymentError } from "../errors.js";
import type { ReceivedReply } from "../protocol.js";
import { backoff, isTransientError, isTransientStatus, retryAfter } from "./retry.js";
import type { RetryPolicy } from "./retry.js";
import type { Secrets } from "./secrets.js";
import { pause, throwIfAborted, withinLimits } from "./send-limits.js";
import { connectionError, statusError } from "./send-errors.js";
import { userAgent } from "./user-agent.js";
import type { Transport, TransportReply } from "./transport.js";

/** What to send. */
export interface Call {
  readonly method: string;
  readonly url: string;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body | null;
  /** Whether sending it again does no harm where it is not known if the first was carried out. */
  readonly repeatable: boolean;
}

/** How to send it. */
export interface SendContext {
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  /** Learns the credentials of each attempt. */
  readonly secrets: Secrets;
  readonly signals: readonly AbortSignal[];
  /** For one attempt, in milliseconds; Infinity for none. */
  readonly timeout: number;
  readonly retry: RetryPolicy;
  /** The system's own words in a reply that reports a failure. */
  readonly failure?: (reply: ReceivedReply) => DeploymentError | undefined;
}

/** Why an attempt brought no reply to go on with. */
interface Failed {
  readonly error: DeploymentError;
  /** Whether the next attempt may fare better. */
  readonly transient: boolean;
  /** The wait that the reply asks for, in milliseconds. */
  readonly after?: number | undefined;
}

/** Failing replies are read up to this length: they are text for people. */
const longestFailure = 256 * 1024;

/** The reply to `call`. Rejects with a `DeploymentError`; the caller redacts it with `context.secrets`. */
export async function send(call: Call, context: SendContext): Promise<ReceivedReply> {
  const { retry, signals } = context;
  const end = Date.now() + retry.deadline;
  let mayRenew = context.authorizer.renewable;
  for (let retries = 0; ;) {
    throwIfAborted(signals);
    const outcome = await attempt(call, context, end - Date.now());
    if (!("error" in outcome)) return outcome;
    if (mayRenew && outcome.error.status === 401) {
      mayRenew = false;
      continue;
    }
    if (!outcome.transient || !call.repeatable || retries >= retry.retries) throw outcome.error;
    const delay = outcome.after ?? backoff(retry, retries);
    if ((outcome.after ?? 0) > retry.maxRetryAfter || Date.now() + delay >= end) throw outcome.error;
    retries++;
    await pause(delay, signals);
  }
}

async function attempt(call: Call, context: SendContext, remaining: number): Promise<ReceivedReply | Failed> {
  const { signals, retry } = context;
  const timeout = Math.min(context.timeout, Math.max(0, remaining));
  try {
    const reply = await withinLimits({ signals, timeout }, (signal) => exchange(call, context, signal));
    if (reply.status >= 200 && reply.status <= 299) return reply;
    const error = statusError(reply, context.failure);
    const transient = isTransientStatus(reply.status);
    return { error, transient, after: retryAfter((name) => reply.header(name)) };
  } catch (error) {
    if (isDeploymentError(error, "timeout") && remaining < context.timeout) {
      return {
        error: new DeploymentError("timeout", `No reply came within the deadline of ${retry.deadline} ms.`),
        transient: false,
      };
    }
    if (isDeploymentError(error)) return { error, transient: error.code === "timeout" };
    return { error: connectionError(call.url, error), transient: isTransientError(error) };
  }
}

async function exchange(call: Call, context: SendContext, signal: AbortSignal): Promise<ReceivedReply> {
  const authorization = await context.authorizer.authorize();
  context.secrets.add(authorization.secrets);
  const headers: Record<string, string> = { accept: "application/json" };
  const agent = userAgent();
  if (agent !== undefined) headers["user-agent"] = agent;
  Object.assign(headers, call.headers, authorization.headers);
  if (authorization.cookie !== "") {
    headers["cookie"] = headers["cookie"]
      ? `${headers["cookie"]}; ${authorization.cookie}`
      : authorization.cookie;
  }
  if (call.body !== null) headers["content-type"] = call.body.contentType;
  const url = authorization.query === "" ? call.url : withQuery(call.url, authorization.query);
  signal.throwIfAborted();
  const reply = await context.transport({ method: call.method, url, headers, body: call.body, signal });
  const complete = !signal.aborted && reply.status >= 200 && reply.status <= 299;
  const bytes = complete ? await reply.bytes() : await readFailure(reply);
  return { status: reply.status, header: (name) => reply.header(name), bytes };
}

function withQuery(url: string, query: string): string {
  return url + (url.includes("?") ? "&" : "?") + query;
}

/** Reads as much of a failing reply as a message can use, and gives up the rest. */
async function readFailure(reply: TransportReply): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of reply.chunks()) {
    const part = chunk.subarray(0, longestFailure - length);
    parts.push(part);
    length += part.length;
    if (length >= longestFailure) break;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
