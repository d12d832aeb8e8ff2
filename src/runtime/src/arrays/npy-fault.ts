import { DeploymentError } from "../errors.js";

/** The error for bytes that are no `.npy` file: what of it is wrong, and what should stand there. */
export function npyFault(seen: string, expected: string, cause?: unknown): DeploymentError {
  return new DeploymentError("bad-npy", `The .npy ${seen}, expected ${expected}.`, { cause });
}
