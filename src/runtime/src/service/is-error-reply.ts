import { isDeploymentError } from "../errors.js";
import type { ErrorReply } from "./client-types.js";

/** What documented error replies are known by, in whatever copy of the runtime they were made. */
export const errorReplyBrand: unique symbol = Symbol.for("gen-deploy.ErrorReply");

/**
 * Whether `error` is the documented error reply of that operation, under the status as the description spells it. It goes
 * by a brand, so errors of another copy of the runtime are known too.
 */
export function isErrorReply<Reply = unknown>(
  error: unknown,
  operation: string,
  status: string | number,
): error is ErrorReply<Reply> {
  if (!isDeploymentError(error) || !(errorReplyBrand in error)) return false;
  return (
    "operation" in error &&
    error.operation === operation &&
    "documented" in error &&
    error.documented === String(status)
  );
}
