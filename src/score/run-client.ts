/*
 * Clients for runs, and how batches go through them.
 */
import { isDeploymentError, type DeploymentError, type Transport } from "@gen-deploy/runtime";
import { openClient, type OpenClient, type OpenOptions } from "../bind/open-client.js";
import { GenDeployError } from "../gen-deploy-error.js";
import type { SendRows } from "./answer-batch.js";
import type { CalledOperation } from "./called-operation.js";

/** How a client of the deployment is opened. */
export interface RunClientOptions {
  /** Default: as the description states it. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** How often a request that may pass is tried again. */
  readonly retry: number | undefined;
  /** For one request, in milliseconds. */
  readonly timeout: number | undefined;
  /** Breaks off what is in flight. */
  readonly signal: AbortSignal;
}

/** A client of what is called; throws where nobody says where the deployment is. */
export function openRunClient({ bound, name }: CalledOperation, options: RunClientOptions): OpenClient {
  const { url, token, headers, retry, timeout, signal } = options;
  if (url === undefined && bound.deployment.url === null && bound.system !== "cog") {
    throw new GenDeployError("score/no-url", "The description does not state where the deployment is.", {
      hint: "Give its address: --url https://…",
    });
  }
  return opened(bound, {
    operation: name,
    signal,
    headers: Object.fromEntries(headers),
    ...(url === undefined ? {} : { url }),
    ...(token === undefined ? {} : { token }),
    ...(retry === undefined ? {} : { retry: { retries: retry } }),
    ...(timeout === undefined ? {} : { timeout }),
  });
}

/** A client that checks rows as they are written, and sends nothing. */
export function openCheckingClient({ bound, name }: CalledOperation): OpenClient {
  const transport: Transport = () => Promise.reject(new Error("Nothing is sent."));
  // Of the form that every system wants: TensorFlow Serving looks for the model in it.
  const url = "http://localhost/v1/models/none";
  return opened(bound, { operation: name, url, token: "none", transport, retry: false });
}

function opened(bound: CalledOperation["bound"], options: OpenOptions): OpenClient {
  try {
    return openClient(bound, options);
  } catch (error) {
    throw deploymentFault(error);
  }
}

/** What sends a batch through `client`, as one request where the system takes several rows in one. */
export function sendThrough(client: OpenClient, batchSize: number): SendRows {
  return async (rows, { eager }) =>
    await client.predictMany(rows, { batchSize, concurrency: 1, ...(eager ? { retry: false } : {}) });
}

/** The same for a client that sends nothing: rows that it would have sent are right. */
export function checkThrough(client: OpenClient, batchSize: number): SendRows {
  const send = sendThrough(client, batchSize);
  return async (rows, options) => {
    try {
      return await send(rows, options);
    } catch (error) {
      if (isDeploymentError(error, "connection")) return rows.map(() => undefined);
      throw error;
    }
  };
}

/** Rows in a request, and requests at once. */
export interface CallPlan {
  readonly batchSize: number;
  readonly concurrency: number;
}

/** What of a plan the user has said. */
export interface StatedPlan {
  readonly batchSize: number | undefined;
  readonly concurrency: number | undefined;
  readonly url: string | undefined;
}

/** The plan for calls of `client`, as the user has it or as suits its system. */
export function callPlan(
  { bound }: CalledOperation,
  { inBatches }: OpenClient,
  stated: StatedPlan,
): CallPlan {
  // A Cog server of its own works on one prediction at a time, and turns others away.
  const usual = bound.system === "cog" && stated.url !== undefined ? 1 : 8;
  return {
    batchSize: inBatches ? (stated.batchSize ?? 128) : 1,
    concurrency: stated.concurrency ?? usual,
  };
}

/** A failure of the deployment or of its client, as the command tells of it; any other error as it is. */
export function deploymentFault(error: unknown, hint?: string): unknown {
  if (!isDeploymentError(error)) return error;
  return new GenDeployError(`deployment/${error.code}`, error.message, {
    hint: hint ?? hintFor(error),
    cause: error,
  });
}

function hintFor({ code }: DeploymentError): string {
  switch (code) {
    case "unauthorized":
    case "forbidden":
      return "Give the deployment's token with --token or GEN_DEPLOY_TOKEN, or a header with -H.";
    case "not-found":
    case "redirected":
    case "connection":
      return "Check --url, and whether the deployment is running.";
    case "timeout":
      return "Give it longer with --timeout, or less at once with --batch-size and --concurrency.";
    case "rate-limited":
    case "unavailable":
      return "Try again later, or more often with --retry; fewer at once with --concurrency may help.";
    case "bad-reply":
      return "Check whether the description is that of the deployment at --url.";
    default:
      return "See what the deployment says, and the description.";
  }
}
