import type { CallSettings } from "../client/client-options.js";
import { callSecrets } from "../client/call-secrets.js";
import type { Authorizer } from "../http/auth.js";
import type { Secrets } from "../http/secrets.js";
import { throwIfAborted, withinLimits } from "../http/send-limits.js";
import type { Transport } from "../http/transport.js";
import { createExchange } from "./exchange.js";
import type { PredictionRoute } from "./prediction-route.js";
import { createOutputFollower, readOutput } from "./read-output.js";
import type { ModelOutput } from "./read-output.js";
import { writeInput } from "./write-input.js";
import type { ModelInputs } from "./write-input.js";

/** What predictions of a model are made with. */
export interface RunnerParts {
  readonly route: PredictionRoute;
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  readonly taken: ModelInputs;
  readonly given: ModelOutput;
  /** Whether a prediction is one request, whose attempts share its time; otherwise each request has its own. */
  readonly isOneRequest: boolean;
  /** Whether there is nothing of an output before there is all of it. */
  readonly comesWhole: boolean;
}

/** What holds for one prediction. */
export interface PredictionCall {
  readonly settings: CallSettings;
  /** How long the first request may wait for it, in seconds. */
  readonly wait: number;
}

/** Makes predictions, of whatever the caller gives to what the caller gets. What this throws holds no secret. */
export interface PredictionRunner {
  predict(input: unknown, call: PredictionCall): Promise<unknown>;
  stream(input: unknown, call: PredictionCall): AsyncGenerator<unknown, void, undefined>;
}

/** A runner of predictions of one model. */
export function createRunner(parts: RunnerParts): PredictionRunner {
  const { route, transport, authorizer, taken, given, isOneRequest, comesWhole } = parts;
  const secretsOf = ({ settings }: PredictionCall): Secrets => callSecrets(authorizer, settings.headers);

  async function prepare(input: unknown, { settings }: PredictionCall): Promise<string> {
    throwIfAborted(settings.signals);
    return await writeInput(input, taken);
  }

  /** The output as JSON has it. */
  async function run(text: string, { settings, wait }: PredictionCall, secrets: Secrets): Promise<unknown> {
    const { signals, timeout, retry } = settings;
    const whole = Math.min(retry.deadline, isOneRequest ? timeout : Infinity);
    return await withinLimits({ signals, timeout: whole }, (signal) => {
      const limited = { ...settings, signals: [signal], timeout: isOneRequest ? Infinity : timeout };
      const exchange = createExchange({ transport, authorizer, secrets, settings: limited, wait });
      return route.predict(text, exchange);
    });
  }

  return {
    async predict(input, call) {
      const secrets = secretsOf(call);
      try {
        return readOutput(await run(await prepare(input, call), call, secrets), given);
      } catch (error) {
        throw await secrets.redact(error);
      }
    },
    async *stream(input, call) {
      const secrets = secretsOf(call);
      try {
        const text = await prepare(input, call);
        const follow = createOutputFollower(given);
        if (comesWhole) return yield* follow({ output: await run(text, call, secrets), final: true });
        const exchange = createExchange({ transport, authorizer, secrets, ...call });
        for await (const news of route.follow(text, exchange)) yield* follow(news);
      } catch (error) {
        throw await secrets.redact(error);
      }
    },
  };
}
