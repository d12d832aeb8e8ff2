import { DeploymentError, isDeploymentError, type ClientOptions } from "@gen-deploy/runtime";
import {
  createServiceClient,
  type ServiceOperation,
  type StreamOperation,
} from "@gen-deploy/runtime/service";
import type { OperationsDeployment } from "./bound-deployment.js";
import type { OpenClient } from "./open-client.js";
import { unknownOperation } from "./unknown-operation.js";

/**
 * One call for each row, one after another, of the operation of that name, or of the main one; a reply of items is a
 * list of them.
 */
export function openService(
  deployment: OperationsDeployment,
  operation: string | undefined,
  options: ClientOptions,
): OpenClient {
  const { operations } = deployment;
  const names = Object.keys(operations);
  const name = operation ?? names[0] ?? "";
  const wanted = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (wanted === undefined) throw unknownOperation(name, names);
  const { concurrency: _concurrency, window: _window, batchSize: _size, ...own } = options;
  const called = { ...deployment, operations: { [name]: wanted } };
  const client = createServiceClient<Readonly<Record<string, ServiceOperation<unknown, unknown>>>>(
    called,
    own,
  );
  const items = createServiceClient<Readonly<Record<string, StreamOperation<unknown, unknown>>>>(called, own);

  const predict: OpenClient["predict"] = async (row, call) => {
    if (!wanted.stream) return await client[name]?.(row, call);
    const all: unknown[] = [];
    for await (const item of items[name]?.(row, call) ?? []) all.push(item);
    return all;
  };
  return {
    operation: name,
    inBatches: false,
    predict,
    async predictMany(given, call = {}) {
      const { batchSize: _rows, concurrency: _calls, ...rest } = call;
      const results: unknown[] = [];
      for (const row of given) {
        try {
          results.push(await predict(row, rest));
        } catch (error) {
          throw atRow(error, results.length);
        }
      }
      return results;
    },
  };
}

/** The error as that of the row at an index, in its own words; what is of no row as it is. */
function atRow(error: unknown, row: number): unknown {
  if (!isDeploymentError(error) || error.code === "aborted") return error;
  const { code, message, feature, status, serverCode, cause } = error;
  return new DeploymentError(code, message, { feature, row, status, serverCode, cause });
}
