/*
 * A client of a bound deployment, whatever its system: what its rows look like is told by the description when it runs,
 * and by no type.
 */
import { createDeploymentClient } from "@gen-deploy/runtime";
import type { BatchOptions, CallOptions, ClientOptions } from "@gen-deploy/runtime";
import { coders } from "@gen-deploy/runtime/coders";
import { createCogClient } from "@gen-deploy/runtime/cog";
import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
import { rows } from "@gen-deploy/runtime/protocols/rows";
import type { BoundDeployment } from "./bound-deployment.js";
import { openService } from "./open-service.js";
import { openSignature } from "./open-signature.js";
import { unknownOperation } from "./unknown-operation.js";

/** How a client is opened. */
export interface OpenOptions extends ClientOptions {
  /**
   * What of it is called: a signature, or a verb such as `classify`, of a model on TensorFlow Serving; a method of a
   * service. Default: the main one.
   */
  readonly operation?: string | undefined;
}

/** What can be done with the rows of any deployment. */
export interface OpenClient {
  /** The name of what is called. */
  readonly operation: string;
  /** Whether several rows can go in one request. */
  readonly inBatches: boolean;
  predict(row: unknown, options?: CallOptions): Promise<unknown>;
  /** The outputs for any number of rows, in their order. */
  predictMany(given: Iterable<unknown>, options?: BatchOptions): Promise<readonly unknown[]>;
}

/**
 * Opens a client; throws a `DeploymentError` where the options cannot work, a `GenDeployError` where there is no such
 * operation.
 */
export function openClient(bound: BoundDeployment, options: OpenOptions = {}): OpenClient {
  const { operation, ...client } = options;
  switch (bound.system) {
    case "tf-serving":
      return openSignature(bound.deployment, operation, client);
    case "service":
      return openService(bound.deployment, operation, client);
    case "rows":
      checkOnly(operation);
      return {
        operation: only,
        inBatches: true,
        ...methodsOf(
          createDeploymentClient<unknown, unknown>(bound.deployment, { protocol: rows, coders }, client),
        ),
      };
    case "modelbit":
      checkOnly(operation);
      return {
        operation: only,
        inBatches: true,
        // `never` is what no value is promised to be: every shape may stand for it.
        ...methodsOf(
          createModelbitClient<Readonly<Record<string, unknown>>, never>(bound.deployment, client),
        ),
      };
    case "cog":
      checkOnly(operation);
      return {
        operation: only,
        inBatches: false,
        ...methodsOf(createCogClient<unknown, unknown, never, unknown>(bound.deployment, client)),
      };
  }
}

/** What the one operation is called that there is where there is but one. */
const only = "predict";

function checkOnly(operation: string | undefined): void {
  if (operation !== undefined && operation !== only) throw unknownOperation(operation, [only]);
}

/** The methods alone: a client has more, which no other has. */
function methodsOf({
  predict,
  predictMany,
}: Pick<OpenClient, "predict" | "predictMany">): Pick<OpenClient, "predict" | "predictMany"> {
  return { predict, predictMany };
}
