import type { Beside } from "./beside.js";
import { resolveClientSettings, withCall } from "./client-options.js";
import type { CallSettings } from "./client-options.js";
import type { ClientOptions, PredictClient } from "./client-types.js";
import { deepFreeze } from "./deep-freeze.js";
import type { Deployment } from "../deployment.js";
import { DeploymentError, optionError } from "../errors.js";
import { createAuthorizer } from "../http/auth.js";
import { resolveUrl } from "../http/client-url.js";
import { resolveTransport } from "../http/resolve-transport.js";
import { predictMany, predictStream } from "./predict-rows.js";
import type { SendBatch } from "./predict-rows.js";
import type { Encoding } from "../protocol.js";
import type { RowAccess, RowEngine } from "./row-engine.js";
import type { RowCall } from "./send-rows.js";

/** Gives what the client of a deployment runs on. */
export type OpenEngine<Input, Output, Others> = (
  deployment: Deployment<Input, Output, Others>,
  access: RowAccess,
) => Beside<RowEngine<Output>>;

/**
 * A client of `deployment` that runs on what `open` gives, with `batchSize` rows in a request unless the caller says
 * otherwise; throws `bad-options` where the options cannot work.
 */
export function createRowClient<Input, Output, Others>(
  deployment: Deployment<Input, Output, Others>,
  {
    open,
    batchSize,
    options,
  }: {
    readonly open: OpenEngine<Input, Output, Others>;
    readonly batchSize: number;
    readonly options: ClientOptions;
  },
): PredictClient<Input, Output> {
  const settings = resolveClientSettings(options, batchSize);
  const url = resolveUrl(options.url, deployment.url);
  const authorizer = createAuthorizer(options.token, deployment.auth, options.auth);
  const transport = resolveTransport(options);
  const own = deepFreeze(structuredClone(deployment));
  const engine = open(own, { url, transport, authorizer, validate: options.validate });

  const sendAll = async (rows: readonly unknown[], call: RowCall): Promise<readonly Output[]> =>
    (await engine(call.settings.signals)).send(rows, call);

  const batchSender =
    (many: CallSettings): SendBatch<Input, Output> =>
    (batch, signal) =>
      sendAll(batch, { settings: many, encoding: "json", signal });

  return {
    deployment: own,
    async predict(row, call) {
      const encoding = checkEncoding(call?.encoding);
      const [output] = await sendAll([row], { settings: withCall(settings, call), encoding });
      if (output !== undefined) return output;
      throw new DeploymentError("bad-reply", "The reply has no row, but one was sent.");
    },
    async predictMany(rows, call) {
      const many = withCall(settings, call);
      return await predictMany(rows, batchSender(many), many);
    },
    predictStream(source, call) {
      const many = withCall(settings, call);
      return predictStream(source, batchSender(many), many);
    },
    async verify(call) {
      const calling = withCall(settings, call);
      await (await engine(calling.signals)).verify(calling);
    },
  };
}

function checkEncoding(encoding: Encoding | undefined): Encoding {
  if (encoding === undefined || encoding === "json" || encoding === "multipart") return encoding ?? "json";
  throw optionError("encoding", '"json" or "multipart"', encoding);
}
