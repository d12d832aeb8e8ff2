import { GenDeployError } from "../gen-deploy-error.js";
import { faultAt } from "../spec/openapi-fault.js";
import type { ResolvedSpec } from "../spec/spec-types.js";
import type { Dialect } from "./dialect.js";

/** The one dialect of a description, or the one that the user names. Rivals and strangers are errors that name them. */
export function recognise(spec: ResolvedSpec, dialects: readonly Dialect[], wanted?: string): Dialect {
  const known = dialects.map((dialect) => dialect.id).join(", ");
  if (wanted !== undefined) {
    const named = dialects.find((dialect) => dialect.id === wanted);
    if (named !== undefined) return named;
    throw new GenDeployError("dialect/unknown", `There is no dialect ${JSON.stringify(wanted)}.`, {
      hint: `Use one of: ${known}.`,
    });
  }
  const claimants = dialects.filter((dialect) => dialect.recognises(spec));
  const certain = claimants.filter(({ fallback }) => fallback !== true);
  const [claimant, ...rivals] = certain.length > 0 ? certain : claimants;
  if (claimant === undefined) {
    throw faultAt(spec, "", {
      code: "dialect/none",
      message: "No dialect recognises this description.",
      hint: `gen-deploy knows: ${known}. If it is one of these all the same, say so with --dialect.`,
    });
  }
  if (rivals.length === 0) return claimant;
  const names = [claimant, ...rivals].map((dialect) => dialect.id).join(" and ");
  throw faultAt(spec, "", {
    code: "dialect/rivals",
    message: `More than one dialect claims this description: ${names}.`,
    hint: `Choose one with --dialect ${claimant.id}, or another of these.`,
  });
}
