import { DeploymentError, shown } from "../errors.js";
import type { DeploymentErrorCode } from "../errors.js";
import type { ReplyDocument } from "../json/reply-document.js";

/** The error for a value that cannot go out: names the feature, then says `what`. */
export function inputError(
  code: DeploymentErrorCode,
  feature: string,
  what: string,
  cause?: unknown,
): DeploymentError {
  return new DeploymentError(code, `${shown(feature)} ${what}.`, { feature, cause });
}

/** The `bad-reply` for a value that is not what the description promises: names the feature, then says `what`. */
export function replyError(feature: string, what: string, cause?: unknown): DeploymentError {
  return new DeploymentError("bad-reply", `The reply's ${shown(feature)} ${what}.`, { feature, cause });
}

/** A reply's value for use in a message; stand-ins do not show. */
export function shownReply(value: unknown, reply: ReplyDocument): string {
  const payload = reply.payload(value);
  if (payload === undefined) return shown(value);
  const size = payload.end - payload.start;
  return payload.kind === "string" ? `a text of ${size} bytes` : `an array of numbers of ${size} bytes`;
}
