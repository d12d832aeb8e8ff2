import { loadBeside } from "./beside.js";
import type { ClientOptions, PredictClient } from "./client-types.js";
import type { Deployment } from "../deployment.js";
import { loaded } from "./loaded.js";
import { createRowClient } from "./row-client.js";
import type { createRowEngine, DeploymentParts } from "./row-engine.js";
import { usualBatchSize } from "./usual-batch-size.js";

/** What a client is made with whose page carries none of it. */
export interface LateParts<Input, Output> extends DeploymentParts<Input, Output> {
  readonly createRowEngine: typeof createRowEngine;
}

/**
 * A client of `deployment`, as `createDeploymentClient` makes it, but that what carries its rows is loaded beside the
 * page: asked for at once, and awaited by the first call. Throws `bad-options` where the options cannot work.
 */
export function createLateClient<Input, Output, Others = unknown>(
  deployment: Deployment<Input, Output, Others>,
  load: () => Promise<LateParts<Input, Output>>,
  options: ClientOptions = {},
): PredictClient<Input, Output> {
  return createRowClient(deployment, {
    options,
    batchSize: usualBatchSize,
    open: (own, access) =>
      loadBeside(async () => {
        const parts = await loaded(load());
        return parts.createRowEngine(own, parts, access);
      }),
  });
}
