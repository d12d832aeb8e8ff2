import { DeploymentError, shown } from "../errors.js";
import { predictMany, predictStream } from "../client/predict-rows.js";
import { frameTensors, unframeTensors } from "../protocols/tensors.js";
import type { Column, TensorLayout, TensorsOperation } from "../protocols/tensors.js";
import { atRow } from "../client/row-error.js";
import type { TensorMethods } from "./client-types.js";
import type { ModelAccess, ModelSettings } from "./model-client.js";
import { askModel } from "./model-route.js";
import { fromColumns, stackRows, toColumns, toRows } from "./signature-columns.js";
import type { OutputMembers } from "./signature-columns.js";

/** The methods of a signature whose types only its caller knows. */
export type UntypedTensorMethods = TensorMethods<unknown, OutputMembers, unknown, OutputMembers>;

/** What calls the signature `operation` of the model behind `access`. */
export function createTensorMethods(operation: TensorsOperation, access: ModelAccess): UntypedTensorMethods {
  const { batched, signature } = operation.framing;

  async function call<Result>(
    { settings, choice, layout }: ModelSettings,
    columns: () => Promise<ReadonlyMap<string, Column>>,
    { read, signal }: { read: (received: ReturnType<typeof unframeTensors>) => Result; signal?: AbortSignal },
  ): Promise<Result> {
    checkLayout(layout);
    return await askModel(
      access.route,
      { request: "predict", choice, settings, signal },
      {
        write: async () => frameTensors(await columns(), operation, layout),
        read: (reply) => read(unframeTensors(reply.bytes, operation, layout)),
      },
    );
  }

  function checkLayout(layout: TensorLayout): void {
    if (layout === "columnar" || batched) return;
    throw new DeploymentError(
      "bad-options",
      `The signature ${shown(signature)} has inputs without a batch dimension, which rows cannot carry; the framing "columnar" is expected.`,
    );
  }

  const whole = (given: unknown, settings: ModelSettings, signal?: AbortSignal): Promise<OutputMembers> =>
    call(settings, () => toColumns(given, operation), {
      read: (columns) => fromColumns(columns, operation),
      ...(signal === undefined ? {} : { signal }),
    });

  const sendBatch =
    (settings: ModelSettings) =>
    async (rows: readonly unknown[], signal?: AbortSignal): Promise<readonly OutputMembers[]> => {
      if (batched) {
        return await call(settings, () => stackRows(rows, operation), {
          read: (columns) => toRows(columns, rows.length, operation),
          ...(signal === undefined ? {} : { signal }),
        });
      }
      try {
        return [await whole(rows[0], settings, signal)];
      } catch (error) {
        throw atRow(error, 0);
      }
    };

  /** Where rows cannot be stacked, each is a call of its own. */
  const inBatches = (settings: ModelSettings): ModelSettings =>
    batched ? settings : { ...settings, settings: { ...settings.settings, batchSize: 1 } };

  return {
    async predict(row, options) {
      const [output] = await sendBatch(access.forCall(options))([row]);
      if (output !== undefined) return output;
      throw new DeploymentError("bad-reply", "The reply has no row, but one was sent.");
    },
    async predictMany(rows, options) {
      const settings = inBatches(access.forCall(options));
      return await predictMany(rows, sendBatch(settings), settings.settings);
    },
    predictStream(source, options) {
      const settings = inBatches(access.forCall(options));
      return predictStream(source, sendBatch(settings), settings.settings);
    },
    predictColumns: async (columns, options) => await whole(columns, access.forCall(options)),
  };
}
