import { createAuthorizer } from "../http/auth.js";
import { compileOperation } from "./client-operation.js";
import type { CodersFor } from "../coders/table.js";
import { resolveClientSettings, withCall } from "./client-options.js";
import type { CallSettings } from "./client-options.js";
import { operationUrl, resolveUrl } from "../http/client-url.js";
import type { AuthScheme, Deployment } from "../deployment.js";
import { deepFreeze } from "./deep-freeze.js";
import { DeploymentError, shown } from "../errors.js";
import { predictMany, predictStream } from "./predict-rows.js";
import type { SendBatch } from "./predict-rows.js";
import type { CompiledFeature, Encoding, Protocol } from "../protocol.js";
import { resolveTransport } from "../http/resolve-transport.js";
import { sendRows } from "./send-rows.js";
import type { RowCall } from "./send-rows.js";
import type { Transport } from "../http/transport.js";

/** What authenticates a caller: a token, or a user and password where the scheme is basic. */
export type Credential = string | { readonly username: string; readonly password: string };

/** A credential, or what gives one: it is asked before each request, and once more after a 401. */
export type CredentialSource = Credential | (() => Credential | Promise<Credential>);

/** How failures that may pass are met. All times in milliseconds. */
export interface RetryOptions {
  /** How often a request is tried again; default 2. */
  readonly retries?: number | undefined;
  /** Before the first retry; it doubles with each, with jitter; default 500. */
  readonly minDelay?: number | undefined;
  /** default 8,000. */
  readonly maxDelay?: number | undefined;
  /** The longest `Retry-After` that is waited for; a longer one ends the retries; default 60,000. */
  readonly maxRetryAfter?: number | undefined;
  /** For all attempts and waits together; default none. */
  readonly deadline?: number | undefined;
}

/** What a call can say that the client has not. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** For one attempt, in milliseconds; default 60,000; 0 for none. */
  readonly timeout?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly retry?: RetryOptions | false | undefined;
}

/** What `predict` can say beside that. */
export interface PredictOptions extends CallOptions {
  /** `multipart` sends the row as a form, files as file parts, where the deployment takes that. */
  readonly encoding?: Encoding | undefined;
}

/** How many rows go out together. */
export interface BatchOptions extends CallOptions {
  /** Rows in a request; default as the system suggests. */
  readonly batchSize?: number | undefined;
  /** Requests in flight; default 8. */
  readonly concurrency?: number | undefined;
}

/** How far a stream runs ahead. */
export interface StreamOptions extends BatchOptions {
  /** Batches begun but not yet handed out; default four times the concurrency. */
  readonly window?: number | undefined;
}

/** What `createClient` takes. */
export interface ClientOptions extends StreamOptions {
  /** The deployment's address, as its own page shows it; default as the description states it. */
  readonly url?: string | undefined;
  readonly token?: CredentialSource | undefined;
  /** Overrules the description's scheme. */
  readonly auth?: AuthScheme | undefined;
  /** Sends requests through this `fetch` instead of the platform's own way. */
  readonly fetch?: typeof fetch | undefined;
  /** Sends requests through this transport: the seam for tests and proxies. */
  readonly transport?: Transport | undefined;
  /** False leaves checks of rows to the deployment; `"strict"` also holds replies to the description. Default true. */
  readonly validate?: boolean | "strict" | undefined;
}

/** A client of one deployment. */
export interface PredictClient<Input, Output> {
  /** What the description says: features, labels, shapes. Frozen. */
  readonly deployment: Deployment<Input, Output>;
  /** The prediction for one row. */
  predict(row: Input, options?: PredictOptions): Promise<Output>;
  /** The predictions for any number of rows, in their order. */
  predictMany(rows: Iterable<Input>, options?: BatchOptions): Promise<Output[]>;
  /**
   * The predictions for an endless source of rows, in its order. Leaving the loop closes the source; a failure is
   * thrown after every row before it has been handed out.
   */
  predictStream(
    source: Iterable<Input> | AsyncIterable<Input>,
    options?: StreamOptions,
  ): AsyncIterableIterator<Output>;
  /** Holds the live description to the one that the package was generated from; rejects with a `DriftError`. */
  verify(options?: CallOptions): Promise<void>;
}

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
      const { verifyDescription } = await import("../verify/verify-live.js");
      await verifyDescription(own, { url, transport, authorizer, settings: withCall(settings, call) });
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
  throw new DeploymentError(
    "bad-options",
    `The option encoding must be "json" or "multipart"; got ${shown(encoding)}.`,
  );
}
