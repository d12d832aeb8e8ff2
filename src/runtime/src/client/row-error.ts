import { isDeploymentError, withDetails } from "../errors.js";

/** `error` as the error of the row at index `row`; anything but a `DeploymentError` as it is. */
export function atRow(error: unknown, row: number): unknown {
  if (!isDeploymentError(error)) return error;
  return withDetails(error, { row });
}
