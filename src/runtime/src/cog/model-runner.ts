/*
 * How one model runs at one place, out of what its descriptor says: loaded beside the page, as all that it imports.
 */
import type { ClientOptions } from "../client/client-types.js";
import type { CogFraming } from "../deployment.js";
import type { JsonShape, MemberShape } from "../shapes/json-shape.js";
import { createRemoteFile } from "../shapes/remote-file.js";
import type { RemoteFile } from "../shapes/value-types.js";
import type { Destination } from "./destination.js";
import { createReplicateRoute } from "./replicate-route.js";
import { createRunner } from "./run-prediction.js";
import type { PredictionRunner, RunnerParts } from "./run-prediction.js";
import { createServerRoute } from "./server-route.js";

/** What is said of a model whose types only its caller knows. */
export interface ModelDescriptor {
  readonly framing: CogFraming;
  readonly inputs: Readonly<Record<string, MemberShape>>;
  readonly output: JsonShape;
  readonly shapes: Readonly<Record<string, JsonShape>>;
}

/** Where a model runs, and how it is reached. */
export interface ModelPlace extends Pick<RunnerParts, "transport" | "authorizer"> {
  readonly destination: Destination;
  readonly validate: ClientOptions["validate"];
}

/** A runner of predictions of the model that is described, at that place. */
export function createModelRunner(
  { framing, inputs, output, shapes }: ModelDescriptor,
  { destination, transport, authorizer, validate }: ModelPlace,
): PredictionRunner {
  const isServer = destination.kind === "server";
  const openFile = (url: string): RemoteFile => createRemoteFile(url, transport);
  return createRunner({
    route: isServer ? createServerRoute(destination.predictions) : createReplicateRoute(destination),
    transport,
    authorizer,
    taken: { inputs, shapes, validate: validate !== false },
    given: {
      form: framing.output,
      shape: output,
      context: { shapes, openFile, strict: validate === "strict" },
    },
    isOneRequest: isServer,
    comesWhole: isServer ? !framing.streams : framing.output === "value",
  });
}
