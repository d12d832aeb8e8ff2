import { GenDeployError } from "../gen-deploy-error.js";

/** The error for an operation that a deployment has not, with those that it has. */
export function unknownOperation(wanted: string, known: readonly string[]): GenDeployError {
  const names = known.slice(0, 20).map((name) => JSON.stringify(name));
  return new GenDeployError(
    "bind/unknown-operation",
    `The deployment has no operation ${JSON.stringify(wanted.slice(0, 100))}.`,
    {
      hint: `There ${names.length === 1 ? "is" : "are"} ${names.join(", ")}${known.length > 20 ? ", …" : ""}.`,
    },
  );
}
