import { isDeploymentError, type ClientOptions } from "@gen-deploy/runtime";
import {
  createServiceClient,
  type ServiceOperation,
  type StreamOperation,
} from "@gen-deploy/runtime/service";
import type { OperationsDeployment } from "./bound-deployment.js";
import { atRow, inOrder } from "./in-order.js";
import type { OpenClient } from "./open-client.js";
import { unknownOperation } from "./unknown-operation.js";

/** One call for each row of the operation of that name, or of the main one; a reply of items is a list of them. */
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
  const { concurrency: usual = 8, window: usualWindow, batchSize: _, ...own } = options;
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
  const predictStream: OpenClient["predictStream"] = (source, call = {}) => {
    const { concurrency = usual, window = usualWindow, batchSize: _size, signal, ...rest } = call;
    const work = async ([row]: readonly unknown[], broken: AbortSignal): Promise<readonly unknown[]> => {
      try {
        const signals = signal === undefined ? broken : AbortSignal.any([signal, broken]);
        return [await predict(row, { ...rest, signal: signals })];
      } catch (error) {
        throw isDeploymentError(error, "aborted") ? error : atRow(error, 0);
      }
    };
    return inOrder(source, work, { batchSize: 1, concurrency, window: window ?? 4 * concurrency });
  };
  return {
    operation: name,
    inBatches: false,
    predict,
    predictStream,
    async predictMany(given, call) {
      const results: unknown[] = [];
      for await (const result of predictStream(given, call)) results.push(result);
      return results;
    },
  };
}
