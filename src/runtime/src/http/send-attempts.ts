/*
 * The attempts of one call, each with its credentials and its time, until one brings a reply or none is left. In goes
 * a call, out comes what is made of a reply with a status from 200 to 299, or a DeploymentError.
 */
import { DeploymentError, isDeploymentError } from "../errors.js";
import type { ReceivedReply } from "../protocol.js";
import { backoff, isTransientError, isTransientStatus, isUnsentError, retryAfter } from "./retry.js";
import type { Call, SendContext } from "./send.js";
import { InterruptibleRequest } from "./interruption.js";
import type { Interruption } from "./interruption.js";
import { connectionError, statusError } from "./send-errors.js";
import { interruptibly, pause, throwIfAborted } from "./send-limits.js";
import type { TransportReply } from "./transport.js";
import { userAgent } from "./user-agent.js";

/** What is made of a successful reply whose body has not been read; aborting `connection` ends the reply. */
export type TakeReply<Taken> = (reply: TransportReply, connection: Interruption) => Taken | Promise<Taken>;

/** An attempt that brought something to go on with. */
interface Succeeded<Taken> {
  readonly taken: Taken;
}

/** Why an attempt brought no reply to go on with. */
interface Failed {
  readonly error: DeploymentError;
  /** Whether the next attempt may fare better. */
  readonly transient: boolean;
  /** Whether it is known that the deployment carried out nothing. */
  readonly untouched: boolean;
  /** The wait that the reply asks for, in milliseconds. */
  readonly after?: number | undefined;
}

/** Failing replies are read up to this length: they are text for people. */
const longestFailure = 256 * 1024;

/** What `take` makes of the first successful reply. Rejects with a `DeploymentError`. */
export async function untilSuccess<Taken>(
  call: Call,
  context: SendContext,
  take: TakeReply<Taken>,
): Promise<Taken> {
  const { retry, signals } = context;
  const end = Date.now() + retry.deadline;
  let mayRenew = context.authorizer.renewable;
  for (let retries = 0; ;) {
    throwIfAborted(signals);
    const outcome = await attempt(call, context, { take, remaining: end - Date.now() });
    if ("taken" in outcome) return outcome.taken;
    if (mayRenew && outcome.error.status === 401) {
      mayRenew = false;
      continue;
    }
    const mayRepeat = call.repeatable || outcome.untouched;
    if (!outcome.transient || !mayRepeat || retries >= retry.retries) throw outcome.error;
    const delay = outcome.after ?? backoff(retry, retries);
    if ((outcome.after ?? 0) > retry.maxRetryAfter || Date.now() + delay >= end) throw outcome.error;
    retries++;
    await pause(delay, signals);
  }
}

async function attempt<Taken>(
  call: Call,
  context: SendContext,
  { take, remaining }: { readonly take: TakeReply<Taken>; readonly remaining: number },
): Promise<Succeeded<Taken> | Failed> {
  const { signals, retry } = context;
  const timeout = Math.min(context.timeout, Math.max(0, remaining));
  try {
    const outcome = await interruptibly({ signals, timeout }, (connection) =>
      exchange(call, context, { take, connection }),
    );
    return "taken" in outcome ? outcome : failedBy(outcome, context);
  } catch (error) {
    if (isDeploymentError(error, "timeout") && remaining < context.timeout) {
      const late = new DeploymentError(
        "timeout",
        `No reply came within the deadline of ${retry.deadline} ms.`,
      );
      return { error: late, transient: false, untouched: false };
    }
    if (isDeploymentError(error)) return { error, transient: error.code === "timeout", untouched: false };
    return {
      error: connectionError(call.url, error),
      transient: isTransientError(error),
      untouched: isUnsentError(error),
    };
  }
}

/** A deployment that limits its callers, or says when it will be back, has not begun with the request. */
function failedBy(reply: ReceivedReply, context: SendContext): Failed {
  const { status } = reply;
  const after = retryAfter((name) => reply.header(name));
  const untouched = status === 429 || (status === 503 && after !== undefined);
  const error = statusError(reply, context.failure);
  return { error, transient: isTransientStatus(status), untouched, after };
}

async function exchange<Taken>(
  call: Call,
  context: SendContext,
  { take, connection }: { readonly take: TakeReply<Taken>; readonly connection: Interruption },
): Promise<Succeeded<Taken> | ReceivedReply> {
  const reply = await transmit(call, context, connection);
  const good = !connection.aborted && reply.status >= 200 && reply.status <= 299;
  if (good) return { taken: await take(reply, connection) };
  return {
    status: reply.status,
    header: (name) => reply.header(name),
    bytes: await readFailure(reply),
  };
}

async function transmit(call: Call, context: SendContext, connection: Interruption): Promise<TransportReply> {
  const given = context.authorizer.authorize();
  const authorization = given instanceof Promise ? await given : given;
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
  // Asking for credentials may have taken long; nobody waits for the reply any more.
  if (connection.aborted) connection.signal.throwIfAborted();
  const { method, body } = call;
  return await context.transport(new InterruptibleRequest({ method, url, headers, body }, connection));
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
