import { nearestNames } from "../coders/nearest-names.js";
import { DeploymentError, shown } from "../errors.js";
import { isRecord } from "../own-member.js";

/**
 * The members of a row, if it is an object; `bad-row` otherwise. With `known` names, any other is `unknown-feature`.
 */
export function rowMembers(
  row: unknown,
  known: ReadonlySet<string> | undefined,
): Readonly<Record<string, unknown>> {
  if (!isRecord(row) || row instanceof Map || row instanceof Set || ArrayBuffer.isView(row)) {
    const what = row instanceof Map ? "a Map" : row instanceof Set ? "a Set" : shown(row);
    throw new DeploymentError("bad-row", `A row is ${what}, not an object with its features as members.`);
  }
  if (known === undefined) return row;
  for (const name of Object.keys(row)) {
    if (known.has(name)) continue;
    const message = `A row has ${shown(name)}, but the deployment's features are ${nearestNames(name, [...known])}.`;
    throw new DeploymentError("unknown-feature", message, { feature: name });
  }
  return row;
}

/** The error for a row without the feature of that name. */
export function missingFeature(name: string): DeploymentError {
  return new DeploymentError("missing-feature", `A row lacks ${shown(name)}, which every row must have.`, {
    feature: name,
  });
}
