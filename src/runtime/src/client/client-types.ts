import type { AuthScheme, Deployment } from "../deployment.js";
import type { CredentialSource } from "../http/auth.js";
import type { RetryOptions } from "../http/retry.js";
import type { Transport } from "../http/transport.js";
import type { Encoding } from "../protocol.js";

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
