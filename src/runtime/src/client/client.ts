import type { ClientOptions, PredictClient } from "./client-types.js";
import type { Deployment } from "../deployment.js";
import { createRowClient } from "./row-client.js";
import { createRowEngine } from "./row-engine.js";
import type { DeploymentParts } from "./row-engine.js";

/** A client of `deployment`; throws `bad-options` where the options cannot work. */
export function createDeploymentClient<Input, Output, Others = unknown>(
  deployment: Deployment<Input, Output, Others>,
  parts: DeploymentParts<Input, Output>,
  options: ClientOptions = {},
): PredictClient<Input, Output> {
  return createRowClient(deployment, {
    options,
    batchSize: parts.protocol.batchSize,
    open(own, access) {
      const engine = createRowEngine(own, parts, access);
      return () => engine;
    },
  });
}
