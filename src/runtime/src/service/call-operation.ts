/*
 * Calls of one operation: in goes what its method was called with, out comes what the description promises, whole or
 * item by item, or a DeploymentError that holds no secret.
 */
import type { CallSettings } from "../client/client-options.js";
import { callSecrets, headerSecrets } from "../client/call-secrets.js";
import { isDeploymentError } from "../errors.js";
import type { DeploymentError } from "../errors.js";
import type { Authorizer } from "../http/auth.js";
import { send } from "../http/send.js";
import type { Call, SendContext } from "../http/send.js";
import { sendStream } from "../http/send-stream.js";
import { throwIfAborted } from "../http/send-limits.js";
import type { Transport } from "../http/transport.js";
import type { ReceivedReply } from "../protocol.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import { withErrorReply } from "./error-reply.js";
import { successesOf } from "./find-reply.js";
import { readItems } from "./read-items.js";
import { readReply } from "./read-reply.js";
import type { AnyOperationDescriptor } from "./service-operation.js";
import { statedFailure } from "./stated-failure.js";
import { writeRequest } from "./write-request.js";

/** Where a service is, and how values are written and read. */
export interface ServiceRoute {
  readonly url: string;
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  readonly shapes: Shapes;
  readonly validate: boolean;
  readonly strict: boolean;
}

/** One call of one operation. */
export interface ServiceCall {
  /** The name of the method. */
  readonly name: string;
  readonly operation: AnyOperationDescriptor;
  readonly given: unknown;
  readonly settings: CallSettings;
}

/** What an operation answers with; rejects with a `DeploymentError` that holds no secret. */
export async function callOperation(route: ServiceRoute, call: ServiceCall): Promise<unknown> {
  return await exchanged(route, call, async (request, context) =>
    readReply(await send(request, context), call.operation.replies, route),
  );
}

/** The items that an operation answers with, as they come; leaving the loop closes the connection. */
export async function* streamOperation(
  route: ServiceRoute,
  call: ServiceCall,
): AsyncGenerator<unknown, void, undefined> {
  const opened = await exchanged(route, call, async (request, context, rethrow) => ({
    reply: await sendStream(request, context),
    rethrow,
  }));
  try {
    yield* readItems(opened.reply, call.operation.replies, route);
  } catch (error) {
    throw await opened.rethrow(error);
  }
}

/** What `work` makes of the request of a call. What this throws holds no secret. */
async function exchanged<Result>(
  route: ServiceRoute,
  call: ServiceCall,
  work: (
    request: Call,
    context: SendContext,
    rethrow: (error: unknown) => Promise<unknown>,
  ) => Promise<Result>,
): Promise<Result> {
  const { operation, settings, name } = call;
  const { authorizer, transport } = route;
  const secrets = callSecrets(authorizer, settings.headers);
  let failed: ReceivedReply | undefined;
  const rethrow = async (error: unknown): Promise<unknown> => {
    const clean = await secrets.redact(error);
    if (failed === undefined || !isDeploymentError(clean) || clean.status !== failed.status) return clean;
    return await withErrorReply(
      clean,
      { operation: name, reply: failed, replies: operation.replies },
      { rules: route, secrets },
    );
  };
  const failure = (reply: ReceivedReply): DeploymentError | undefined => {
    failed = reply;
    return statedFailure(reply);
  };
  try {
    const { signals, timeout, retry } = settings;
    throwIfAborted(signals);
    const { url, headers, body } = await writeRequest(call.given, operation, {
      url: route.url,
      rules: route,
    });
    secrets.add(headerSecrets(headers));
    const request: Call = {
      method: operation.method,
      url,
      headers: withCookies({ accept: acceptOf(operation) }, settings.headers, headers),
      body,
      // RFC 9110 §9.2.2: what these methods do, they do once.
      repeatable: operation.method !== "POST" && operation.method !== "PATCH",
    };
    return await work(request, { transport, authorizer, secrets, signals, timeout, retry, failure }, rethrow);
  } catch (error) {
    throw await rethrow(error);
  }
}

/** What the description's successes are made of, in its order. */
function acceptOf({ replies, stream }: AnyOperationDescriptor): string {
  const successes = successesOf(
    replies.filter(({ form }) => stream === (form === "events" || form === "lines")),
  );
  const types = successes.flatMap(({ mediaType }) =>
    mediaType !== null && /^[\x21-\x7e ]+$/.test(mediaType) ? [mediaType] : [],
  );
  return types.length === 0 ? "*/*" : [...new Set(types)].join(", ");
}

/** Later headers overrule earlier ones, but for cookies, which go out together. */
function withCookies(...parts: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const cookies = parts.flatMap((part) => part["cookie"] ?? []);
  const headers: Record<string, string> = Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
  return cookies.length === 0 ? headers : { ...headers, cookie: cookies.join("; ") };
}
