import { loadBeside } from "../client/beside.js";
import { resolveClientSettings, withCall } from "../client/client-options.js";
import { deepFreeze } from "../client/deep-freeze.js";
import { loaded } from "../client/loaded.js";
import { predictMany, predictStream } from "../client/predict-rows.js";
import { atRow } from "../client/row-error.js";
import { isDeploymentError, optionError } from "../errors.js";
import { createAuthorizer } from "../http/auth.js";
import { resolveTransport } from "../http/resolve-transport.js";
import type {
  CogClient,
  CogClientOptions,
  CogDeployment,
  PredictionBatchOptions,
  PredictionOptions,
  PredictionStreamOptions,
} from "./client-types.js";
import { resolveDestination } from "./destination.js";
import type { ModelDescriptor } from "./model-runner.js";
import type { PredictionCall } from "./run-prediction.js";

/** Predictions at once: a Cog server has room for one unless its model says otherwise. */
const atOnce = { replicate: 8, server: 1 } as const;

/** How long a prediction on a server of its own may take, in milliseconds. */
const longestPrediction = 1_800_000;

/** How long Replicate is asked to wait before the client polls, in seconds. */
const usualWait = 10;

/** The types of a deployment are known to its callers alone. */
interface UntypedDeployment
  extends Omit<CogDeployment, "framing" | "inputs" | "output" | "shapes">, ModelDescriptor {}

interface UntypedClient {
  readonly deployment: UntypedDeployment;
  predict(input: unknown, options?: PredictionOptions): Promise<unknown>;
  predictMany(inputs: Iterable<unknown>, options?: PredictionBatchOptions): Promise<unknown[]>;
  predictStream(
    source: Iterable<unknown> | AsyncIterable<unknown>,
    options?: PredictionStreamOptions,
  ): AsyncIterableIterator<unknown>;
  stream(input: unknown, options?: PredictionOptions): AsyncIterableIterator<unknown>;
}

/** A client of a Cog model; throws `bad-options` where the options cannot work. */
export function createCogClient<Input, Output, Item, Named>(
  deployment: CogDeployment<Input, Output, Item, Named>,
  options?: CogClientOptions,
): CogClient<Input, Output, Item, Named>;
export function createCogClient(
  deployment: UntypedDeployment,
  options: CogClientOptions = {},
): UntypedClient {
  const own = deepFreeze(structuredClone(deployment));
  const resolved = resolveClientSettings(options, 1);
  const destination = resolveDestination(options, { ...own.framing, url: own.url });
  const { kind } = destination;
  const transport = resolveTransport(options);
  const authorizer = createAuthorizer(options.token, own.auth, options.auth);
  const runner = loadBeside(async () => {
    const { createModelRunner } = await loaded(import("./model-runner.js"));
    return createModelRunner(own, { destination, transport, authorizer, validate: options.validate });
  });

  const forCall = (call: PredictionStreamOptions | undefined): PredictionCall => {
    const settings = withCall(resolved, call);
    const timeout = call?.timeout ?? options.timeout;
    return {
      settings: {
        ...settings,
        batchSize: 1,
        concurrency: call?.concurrency ?? options.concurrency ?? atOnce[kind],
        timeout: timeout === undefined && kind === "server" ? longestPrediction : settings.timeout,
      },
      wait: kind === "server" ? 0 : checkWait(call?.wait ?? options.wait ?? usualWait),
    };
  };
  async function runOnce(input: unknown, call: PredictionCall): Promise<unknown> {
    const { predict } = await runner(call.settings.signals);
    return await predict(input, call);
  }
  async function* runStream(input: unknown, call: PredictionCall): AsyncGenerator<unknown, void, undefined> {
    const { stream } = await runner(call.settings.signals);
    yield* stream(input, call);
  }

  const sendOne =
    (call: PredictionCall) =>
    async (rows: readonly unknown[], signal: AbortSignal): Promise<readonly unknown[]> => {
      const settings = { ...call.settings, signals: [...call.settings.signals, signal] };
      try {
        return [await runOnce(rows[0], { ...call, settings })];
      } catch (error) {
        throw isDeploymentError(error, "aborted") ? error : atRow(error, 0);
      }
    };

  return {
    deployment: own,
    predict: async (input, call) => await runOnce(input, forCall(call)),
    async predictMany(rows, said) {
      const call = forCall(said);
      return await predictMany(rows, sendOne(call), call.settings);
    },
    predictStream(source, said) {
      const call = forCall(said);
      return predictStream(source, sendOne(call), call.settings);
    },
    stream: (input, call) => runStream(input, forCall(call)),
  };
}

function checkWait(value: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= 60) return value;
  const due = "a whole number of seconds from 1 to 60";
  throw optionError("wait", due, value);
}
