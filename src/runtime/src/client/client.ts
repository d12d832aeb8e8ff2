import { createAuthorizer } from "../http/auth.js";
import { carried } from "./carried.js";
import { compileOperation } from "./client-operation.js";
import type { CodersFor } from "../coders/table.js";
import { resolveClientSettings, withCall } from "./client-options.js";
import type { CallSettings } from "./client-options.js";
import type { ClientOptions, PredictClient } from "./client-types.js";
import { operationUrl, resolveUrl } from "../http/client-url.js";
import type { Deployment } from "../deployment.js";
import { deepFreeze } from "./deep-freeze.js";
import { DeploymentError, optionError, shown } from "../errors.js";
import { loaded } from "./loaded.js";
import { predictMany, predictStream } from "./predict-rows.js";
import type { SendBatch } from "./predict-rows.js";
import type { CompiledFeature, Encoding, Protocol } from "../protocol.js";
import { resolveTransport } from "../http/resolve-transport.js";
import { sendRows } from "./send-rows.js";
import type { RowCall } from "./send-rows.js";

/** What of the runtime a client of a deployment is made with: its protocol, and the coders of its features. */
export interface DeploymentParts<Input, Output> {
  readonly protocol: Protocol;
  readonly coders: CodersFor<Input, Output>;
}

/** A client of `deployment`; throws `bad-options` where the options cannot work. */
export function createDeploymentClient<Input, Output, Others = unknown>(
  deployment: Deployment<Input, Output, Others>,
  parts: DeploymentParts<Input, Output>,
  options: ClientOptions = {},
): PredictClient<Input, Output> {
  const { protocol } = parts;
  const settings = resolveClientSettings(options, protocol.batchSize);
  const url = resolveUrl(options.url, deployment.url);
  const authorizer = createAuthorizer(options.token, deployment.auth, options.auth);
  const transport = resolveTransport(options);
  const own = deepFreeze(structuredClone(deployment));
  const { predict } = own.operations;
  const operation = compileOperation(predict, parts, options.validate);
  const { method } = predict;
  const route = { transport, authorizer, protocol, operation, method, url: operationUrl(url, predict.path) };

  const sendAll = async (rows: readonly unknown[], call: RowCall): Promise<readonly Output[]> => {
    const decoded: readonly unknown[] = await sendRows(route, rows, call);
    return decoded.map((row) => {
      if (isOutput<Output>(row, operation.outputs)) return row;
      throw new DeploymentError("bad-reply", `The reply has ${shown(row)} for a row, which lacks outputs.`);
    });
  };

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
      // Few clients verify, and those that do can wait for the code.
      const { verifyDescription } = await loaded(import("../verify/verify-live.js"));
      const verifying = { url, transport, authorizer, settings: withCall(settings, call), carried };
      await verifyDescription(own, verifying);
    },
  };
}

/** Whether a decoded row has every output that it must have; the coders have checked the outputs themselves. */
function isOutput<Output>(row: unknown, outputs: readonly CompiledFeature[]): row is Output {
  if (typeof row !== "object" || row === null) return false;
  return outputs.every(({ name, optional }) => optional || Object.hasOwn(row, name));
}

function checkEncoding(encoding: Encoding | undefined): Encoding {
  if (encoding === undefined || encoding === "json" || encoding === "multipart") return encoding ?? "json";
  throw optionError("encoding", '"json" or "multipart"', encoding);
}
