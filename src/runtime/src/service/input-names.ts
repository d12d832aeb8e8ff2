import { nearestNames } from "../coders/nearest-names.js";
import { DeploymentError, shown } from "../errors.js";

/** The error for an input without the member of that name. */
export function missingInput(name: string): DeploymentError {
  const message = `The input lacks ${shown(name)}, which the operation cannot do without.`;
  return new DeploymentError("missing-feature", message, { feature: name });
}

/** The error for an input with a member of a name that is not among `known`. */
export function unknownInput(name: string, known: readonly string[]): DeploymentError {
  const message = `The input has ${shown(name)}, but the operation's inputs are ${nearestNames(name, known)}.`;
  return new DeploymentError("unknown-feature", message, { feature: name });
}
