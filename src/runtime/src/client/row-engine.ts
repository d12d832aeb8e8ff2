import { carried } from "./carried.js";
import { compileOperation } from "./client-operation.js";
import type { CallSettings } from "./client-options.js";
import type { ClientOptions } from "./client-types.js";
import type { CodersFor } from "../coders/table.js";
import type { Deployment } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";
import type { Authorizer } from "../http/auth.js";
import { operationUrl } from "../http/client-url.js";
import type { Transport } from "../http/transport.js";
import { loaded } from "./loaded.js";
import { isRecord } from "../own-member.js";
import type { CompiledFeature, Protocol } from "../protocol.js";
import { sendRows } from "./send-rows.js";
import type { RowCall } from "./send-rows.js";

/** What of the runtime a client of a deployment is made with: its protocol, and the coders of its features. */
export interface DeploymentParts<Input, Output> {
  readonly protocol: Protocol;
  readonly coders: CodersFor<Input, Output>;
}

/** How a client reaches its deployment. */
export interface RowAccess {
  readonly url: string;
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  readonly validate: ClientOptions["validate"];
}

/** What a client of a deployment runs on. */
export interface RowEngine<Output> {
  /** What the deployment answers rows with. */
  send(rows: readonly unknown[], call: RowCall): Promise<readonly Output[]>;
  /** Throws a `DriftError` where the live description has changed. */
  verify(settings: CallSettings): Promise<void>;
}

/** What carries the rows of `deployment`; throws `bad-options` where the parts are not those that it needs. */
export function createRowEngine<Input, Output, Others>(
  deployment: Deployment<Input, Output, Others>,
  parts: DeploymentParts<Input, Output>,
  access: RowAccess,
): RowEngine<Output> {
  const { protocol } = parts;
  const { predict } = deployment.operations;
  const operation = compileOperation(predict, parts, access.validate);
  const { method, path } = predict;
  const route = { ...access, protocol, operation, method, url: operationUrl(access.url, path) };
  return {
    async send(rows, call) {
      const decoded: readonly unknown[] = await sendRows(route, rows, call);
      return decoded.map((row) => {
        if (isOutput<Output>(row, operation.outputs)) return row;
        throw new DeploymentError("bad-reply", `The reply has ${shown(row)} for a row, which lacks outputs.`);
      });
    },
    async verify(settings) {
      // Few clients verify, and those that do can wait for the code.
      const { verifyDescription } = await loaded(import("../verify/verify-live.js"));
      await verifyDescription(deployment, { ...access, settings, carried });
    },
  };
}

/** Whether a decoded row has every output that it must have; the coders have checked the outputs themselves. */
function isOutput<Output>(row: unknown, outputs: readonly CompiledFeature[]): row is Output {
  return isRecord(row) && outputs.every(({ name, optional }) => optional || Object.hasOwn(row, name));
}
