import { dirname } from "node:path";
import { filesOfRows } from "../disk/files-of-rows.js";
import { findFiles } from "../disk/find-files.js";
import { openInput } from "../disk/open-input.js";
import { GenDeployError } from "../gen-deploy-error.js";
import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import type { OpenedRows } from "../score/opened-rows.js";
import { readFileRows, readRow, readRows, type ReadRowsOptions } from "../score/read-rows.js";
import type { ConvertedRow } from "../score/row-source.js";

/** What rows are for. */
export interface OpenRowsTarget {
  readonly model: DeploymentModel;
  readonly operation: OperationModel;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the rows at a path, on standard input (`-`), or of the files that fit a pattern such as `photos/*.jpg`, which
 * are a row each. Paths in rows are relative to the file that has them.
 */
export async function openRows(
  location: string,
  { model, operation, stdin, signal }: OpenRowsTarget,
  options: ReadRowsOptions,
): Promise<OpenedRows> {
  if (isPattern(location) && !(await exists(location, stdin))) {
    const paths = await findFiles([location], { signal });
    if (paths.length === 0)
      throw new GenDeployError("rows/no-files", `No file fits ${JSON.stringify(location)}.`);
    return readFileRows(paths, { model, operation, files: filesOfRows(".") });
  }
  if (/\.(?:npy|png|jpe?g|gif|webp|bmp|tiff?)$/i.test(location))
    return readFileRows([location], { model, operation, files: filesOfRows(".") });
  const input = await openInput(location, stdin);
  const files = filesOfRows(location === "-" ? "." : dirname(location));
  return await readRows(input, { model, operation, files }, options);
}

/** One row that is given as JSON; paths in it are relative to the current folder. */
export async function openRow(
  text: string,
  { model, operation }: Pick<OpenRowsTarget, "model" | "operation">,
): Promise<ConvertedRow> {
  return await readRow(text, { model, operation, files: filesOfRows(".") });
}

function isPattern(location: string): boolean {
  return /[*?[\]{}]/.test(location);
}

/** Whether a file has the pattern itself for its name. */
async function exists(location: string, stdin: AsyncIterable<Uint8Array>): Promise<boolean> {
  try {
    await openInput(location, stdin);
    return true;
  } catch (error) {
    if (error instanceof GenDeployError) return false;
    throw error;
  }
}
