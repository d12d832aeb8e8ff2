import { DeploymentError, isDeploymentError } from "../errors.js";
import { isRecord, setOwnMember } from "../own-member.js";
import type { CompiledFeature } from "../protocol.js";
import { atRow } from "./row-error.js";

/** The rows with every value that must be awaited replaced by what it gives; the rows themselves stay unchanged. */
export async function prepareRows(
  rows: readonly unknown[],
  awaited: readonly CompiledFeature[],
): Promise<readonly unknown[]> {
  const settled = await Promise.allSettled(rows.map((row) => prepareRow(row, awaited)));
  return settled.map((outcome, index) => {
    if (outcome.status === "rejected") throw atRow(asDeploymentError(outcome.reason), index);
    return outcome.value;
  });
}

async function prepareRow(row: unknown, awaited: readonly CompiledFeature[]): Promise<unknown> {
  // What is no row is refused when it is framed.
  if (!isRecord(row)) return row;
  let copy: Record<string, unknown> | undefined;
  for (const { name, coder } of awaited) {
    if (!Object.hasOwn(row, name)) continue;
    const ready = await coder.prepare?.value(row[name]);
    if (ready === row[name]) continue;
    copy ??= { ...row };
    setOwnMember(copy, name, ready);
  }
  return copy ?? row;
}

function asDeploymentError(error: unknown): DeploymentError {
  if (isDeploymentError(error)) return error;
  return new DeploymentError("wrong-type", "A value of the row could not be read; its error is the cause.", {
    cause: error,
  });
}
