import { GenDeployError } from "../gen-deploy-error.js";
import { placeIn } from "./place-in.js";
import type { Json, ResolvedSpec } from "./spec-types.js";

/** What is wrong at one place of a description. */
export interface Fault {
  /** `<dialect>/<what>`. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** The error that says what is wrong at `pointer`, with the file and line where the text gives one. */
export function faultAt(spec: ResolvedSpec, pointer: string, fault: Fault): GenDeployError {
  return new GenDeployError(fault.code, fault.message, {
    ...placeIn(spec.document, pointer),
    hint: fault.hint,
  });
}

const longest = 60;

/** A description's value as a message shows it: JSON, cut where it is long. */
export function quoted(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** Names as a message lists them: the first ten, quoted. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const rest = names.length - 10;
  const shown = names
    .slice(0, 10)
    .map((name) => quoted(name))
    .join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
