import type { HttpReply } from "../deployment.js";
import { DeploymentError } from "../errors.js";
import type { ErrorReply } from "./client-types.js";
import type { Secrets } from "../http/secrets.js";
import type { ReceivedReply } from "../protocol.js";
import { findReply, headOf } from "./find-reply.js";
import { errorReplyBrand } from "./is-error-reply.js";
import { readBody } from "./read-reply.js";
import type { ReadRules } from "./read-reply.js";

/** What a service said of a failure, as the description has it. */
class DocumentedError extends DeploymentError implements ErrorReply {
  override readonly name: string = "ErrorReply";
  readonly operation: string;
  override readonly status: number;
  readonly documented: string;
  readonly reply: unknown;

  constructor(
    error: DeploymentError,
    {
      operation,
      status,
      documented,
      reply,
    }: Pick<ErrorReply, "operation" | "status" | "documented" | "reply">,
  ) {
    const { code, message, feature, row, serverCode, cause } = error;
    super(code, message, { feature, row, status, serverCode, cause });
    this.operation = operation;
    this.status = status;
    this.documented = documented;
    this.reply = reply;
    Object.defineProperty(this, errorReplyBrand, { value: true });
  }

  override toJSON(): Record<string, unknown> {
    const { operation, documented, reply } = this;
    return { ...super.toJSON(), operation, documented, reply };
  }
}

/** A failing reply, and whose it is. */
export interface FailedReply {
  readonly operation: string;
  readonly reply: ReceivedReply;
  readonly replies: readonly HttpReply[];
}

/**
 * `error` as the error reply that the description knows, without the secrets; `error` itself where it knows none, or
 * where the reply has not its shape.
 */
export async function withErrorReply(
  error: DeploymentError,
  { operation, reply, replies }: FailedReply,
  { rules, secrets }: { readonly rules: ReadRules; readonly secrets: Secrets },
): Promise<DeploymentError> {
  const known = findReply(replies, headOf(reply));
  if (known?.form !== "json" && known?.form !== "text") return error;
  try {
    // Services quote what they were sent: their words are cleaned before they are taken apart.
    const text = await secrets.redactText(new TextDecoder().decode(reply.bytes));
    const bytes = new TextEncoder().encode(text);
    const value = readBody(
      { status: reply.status, header: (name) => reply.header(name), bytes },
      known,
      rules,
    );
    const { status } = reply;
    const stated = new DocumentedError(error, { operation, status, documented: known.status, reply: value });
    return (await secrets.redact(stated)) === stated ? stated : error;
  } catch {
    return error;
  }
}
