/*
 * One call over HTTP whose reply is wanted whole. In goes a request, out comes a reply with a status from 200 to 299,
 * or a DeploymentError.
 */
import type { Authorizer } from "./auth.js";
import type { Body } from "../json/body.js";
import type { DeploymentError } from "../errors.js";
import type { ReceivedReply } from "../protocol.js";
import type { RetryPolicy } from "./retry.js";
import type { Secrets } from "./secrets.js";
import { untilSuccess } from "./send-attempts.js";
import type { Transport } from "./transport.js";

/** What to send. */
export interface Call {
  readonly method: string;
  readonly url: string;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body | null;
  /**
   * Whether sending it again does no harm where it is not known if the first was carried out. What is known not to
   * have been (no connection, 429, 503 with `Retry-After`) is sent again whatever this says.
   */
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

/** The reply to `call`. Rejects with a `DeploymentError`; the caller redacts it with `context.secrets`. */
export async function send(call: Call, context: SendContext): Promise<ReceivedReply> {
  return await untilSuccess(call, context, async (reply) => ({
    status: reply.status,
    header: (name) => reply.header(name),
    bytes: await reply.bytes(),
  }));
}
