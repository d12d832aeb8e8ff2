import { loadBeside } from "../client/beside.js";
import { loaded } from "../client/loaded.js";
import { predictMany, predictStream } from "../client/predict-rows.js";
import { DeploymentError } from "../errors.js";
import type { TensorsOperation } from "../protocols/tensors.js";
import type { TensorMethods } from "./client-types.js";
import type { ModelAccess, ModelSettings } from "./model-client.js";
import type { OutputMembers } from "./signature-columns.js";

/** The methods of a signature whose types only its caller knows. */
export type UntypedTensorMethods = TensorMethods<unknown, OutputMembers, unknown, OutputMembers>;

/** What calls the signature `operation` of the model behind `access`. */
export function createTensorMethods(operation: TensorsOperation, access: ModelAccess): UntypedTensorMethods {
  const { route, forCall } = access;
  const { batched } = operation.framing;
  const calls = loadBeside(() => loaded(import("./tensor-calls.js")));

  const sendBatch =
    (call: ModelSettings) =>
    async (rows: readonly unknown[], signal?: AbortSignal): Promise<readonly OutputMembers[]> => {
      const { signals } = call.settings;
      const { callWithRows } = await calls(signal === undefined ? signals : [...signals, signal]);
      return await callWithRows(rows, { call, route, operation, signal });
    };

  /** Where rows cannot be stacked, each is a call of its own. */
  const inBatches = (call: ModelSettings): ModelSettings =>
    batched ? call : { ...call, settings: { ...call.settings, batchSize: 1 } };

  return {
    async predict(row, options) {
      const [output] = await sendBatch(forCall(options))([row]);
      if (output !== undefined) return output;
      throw new DeploymentError("bad-reply", "The reply has no row, but one was sent.");
    },
    async predictMany(rows, options) {
      const call = inBatches(forCall(options));
      return await predictMany(rows, sendBatch(call), call.settings);
    },
    predictStream(source, options) {
      const call = inBatches(forCall(options));
      return predictStream(source, sendBatch(call), call.settings);
    },
    async predictColumns(columns, options) {
      const call = forCall(options);
      const { callWithColumns } = await calls(call.settings.signals);
      return await callWithColumns(columns, { call, route, operation });
    },
  };
}
