/*
 * One request to a model, whatever it asks: with the client's credentials, retries and limits. A model that is not
 * loaded yet answers 404 as a wrong name does; the status tells them apart.
 */
import type { Authorizer } from "../http/auth.js";
import type { Body } from "../json/body.js";
import type { CallSettings } from "../client/client-options.js";
import { DeploymentError, isDeploymentError } from "../errors.js";
import type { ReceivedReply } from "../protocol.js";
import { backoff } from "../http/retry.js";
import { callSecrets } from "../client/call-secrets.js";
import { pause, throwIfAborted } from "../http/send-limits.js";
import { send } from "../http/send.js";
import type { Transport } from "../http/transport.js";
import { closeJson, openJson } from "../tensor-json/json-cursor.js";
import { readJson } from "../tensor-json/json-value.js";
import { statedFailure } from "./model-failure.js";
import { parseModelStatus, versionsOf } from "./model-status.js";
import type { ModelStatus } from "./model-status.js";
import { requestUrl, shownChoice } from "./model-url.js";
import type { ModelRequest, VersionChoice } from "./model-url.js";

/** Where a model is, and how it is reached. */
export interface ModelRoute {
  readonly base: string;
  readonly transport: Transport;
  readonly authorizer: Authorizer;
}

/** What holds for one request. */
export interface ModelCall {
  readonly request: ModelRequest;
  readonly choice: VersionChoice | undefined;
  readonly settings: CallSettings;
  /** Aborts this request, beside the caller's own signals. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What `read` makes of the reply to a request whose body `write` gives, null for a GET. A model that is still being
 * loaded is waited for as long as retries last, and is `unavailable` then. What it throws holds no secret.
 */
export async function askModel<Result>(
  route: ModelRoute,
  call: ModelCall,
  {
    write,
    read,
  }: { write: () => Body | null | Promise<Body | null>; read: (reply: ReceivedReply) => Result },
): Promise<Result> {
  const { settings, signal } = call;
  const signals = signal === undefined ? settings.signals : [...settings.signals, signal];
  const secrets = callSecrets(route.authorizer, settings.headers);
  const { retry } = settings;
  const end = Date.now() + retry.deadline;
  throwIfAborted(signals);
  try {
    const body = await write();
    for (let waits = 0; ; waits++) {
      const context = {
        ...route,
        ...settings,
        signals,
        secrets,
        retry: waits === 0 ? retry : { ...retry, deadline: Math.max(0, end - Date.now()) },
        failure: statedFailure,
      };
      try {
        return withStatus(await send(toCall(route, call, body), context), read);
      } catch (error) {
        if (!isDeploymentError(error) || error.status !== 404 || call.request === "status") throw error;
        const cause = await explained(error, { route, call, context });
        const delay = backoff(retry, waits);
        if (cause.code !== "unavailable" || waits >= retry.retries || Date.now() + delay >= end) throw cause;
        await pause(delay, signals);
      }
    }
  } catch (error) {
    throw await secrets.redact(error);
  }
}

/** The JSON of a reply to a request about the model itself; else `bad-reply`. */
export function readModelJson(reply: ReceivedReply): unknown {
  const cursor = openJson(reply.bytes);
  const root = readJson(cursor);
  closeJson(cursor);
  return root;
}

function toCall(
  { base }: ModelRoute,
  { request, choice, settings }: ModelCall,
  body: Body | null,
): Parameters<typeof send>[0] {
  const method = request === "status" || request === "metadata" ? "GET" : "POST";
  const url = requestUrl(base, request, choice);
  return { method, url, headers: settings.headers, body, repeatable: true };
}

/** What `read` makes of a reply; a bad one's error gets the reply's status, so that nobody takes them for a refusal. */
function withStatus<Result>(reply: ReceivedReply, read: (reply: ReceivedReply) => Result): Result {
  try {
    return read(reply);
  } catch (error) {
    if (!isDeploymentError(error, "bad-reply")) throw error;
    const { code, message, feature, row, serverCode, cause } = statedFailure(reply) ?? error;
    throw new DeploymentError(code, message, { feature, row, status: reply.status, serverCode, cause });
  }
}

/** `error`, a 404, with what the status says of it: `unavailable` where the version is on its way. */
async function explained(
  error: DeploymentError,
  { route, call, context }: { route: ModelRoute; call: ModelCall; context: Parameters<typeof send>[1] },
): Promise<DeploymentError> {
  const status = await statusQuietly(route, call, context);
  if (status === undefined) return error;
  const versions = versionsOf(status, call.choice);
  const onItsWay = versions.find(({ state }) => state === "START" || state === "LOADING");
  const said = error.message.replace(/\.$/, "");
  const details = { status: error.status, cause: error };
  if (onItsWay !== undefined && !versions.some(({ state }) => state === "AVAILABLE")) {
    const message = `Version ${onItsWay.version} of the model is still being loaded (${onItsWay.state}); wait with waitUntilReady(). ${said}.`;
    return new DeploymentError("unavailable", message, details);
  }
  const failed = versions.find(({ state, errorCode }) => state === "END" && errorCode !== "OK");
  if (failed !== undefined && !versions.some(({ state }) => state === "AVAILABLE")) {
    const { version, errorCode, errorMessage } = failed;
    const message = `Version ${version} of the model failed to load: ${errorCode}, ${errorMessage.slice(0, 300) || "without a message"}. ${said}.`;
    return new DeploymentError("not-found", message, { ...details, serverCode: errorCode });
  }
  if (versions.length > 0) return error;
  const known = status.versions.map(({ version, state }) => `${version} (${state})`).slice(0, 5);
  const message = `The server has no ${shownChoice(call.choice)} of the model, only ${known.join(", ") || "none"}. ${said}.`;
  return new DeploymentError("not-found", message, details);
}

/** The status of the model, or undefined where it cannot be had. */
async function statusQuietly(
  route: ModelRoute,
  call: ModelCall,
  context: Parameters<typeof send>[1],
): Promise<ModelStatus | undefined> {
  try {
    const asked: ModelCall = { ...call, request: "status", choice: undefined };
    const reply = await send(toCall(route, asked, null), {
      ...context,
      retry: { ...context.retry, retries: 0 },
    });
    return parseModelStatus(readModelJson(reply));
  } catch (error) {
    // The caller wants an end, and not to hear of a model that may be there.
    if (isDeploymentError(error, "aborted")) throw error;
    return undefined;
  }
}
