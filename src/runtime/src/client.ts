import type { AuthScheme, Deployment } from "./deployment.js";
import type { Encoding } from "./protocol.js";
import type { Transport } from "./transport.js";

/** What authenticates a caller: a token, or a user and password where the scheme is basic. */
export type Credential = string | { readonly username: string; readonly password: string };

/** A credential, or what gives one: it is asked before each request, and once more after a 401. */
export type CredentialSource = Credential | (() => Credential | Promise<Credential>);

/** How failures that may pass are met. All times in milliseconds. */
export interface RetryOptions {
  /** How often a request is tried again; default 2. */
  readonly retries?: number;
  /** Before the first retry; it doubles with each, with jitter; default 500. */
  readonly minDelay?: number;
  /** default 8,000. */
  readonly maxDelay?: number;
  /** The longest `Retry-After` that is waited for; a longer one ends the retries; default 60,000. */
  readonly maxRetryAfter?: number;
  /** For all attempts and waits together; default none. */
  readonly deadline?: number;
}

/** What a call can say that the client has not. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** For one attempt, in milliseconds; default 60,000; 0 for none. */
  readonly timeout?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly retry?: RetryOptions | false;
}

/** What `predict` can say beside that. */
export interface PredictOptions extends CallOptions {
  /** `multipart` sends the row as a form, files as file parts, where the deployment takes that. */
  readonly encoding?: Encoding;
}

/** How many rows go out together. */
export interface BatchOptions extends CallOptions {
  /** Rows in a request; default as the system suggests. */
  readonly batchSize?: number;
  /** Requests in flight; default 8. */
  readonly concurrency?: number;
}

/** How far a stream runs ahead. */
export interface StreamOptions extends BatchOptions {
  /** Batches begun but not yet handed out; default four times the concurrency. */
  readonly window?: number;
}

/** What `createClient` takes. */
export interface ClientOptions extends StreamOptions {
  /** The deployment's address, as its own page shows it; default as the description states it. */
  readonly url?: string;
  readonly token?: CredentialSource;
  /** Overrules the description's scheme. */
  readonly auth?: AuthScheme;
  /** Sends requests through this `fetch` instead of the platform's own way. */
  readonly fetch?: typeof fetch;
  /** Sends requests through this transport: the seam for tests and proxies. */
  readonly transport?: Transport;
  /** False leaves checks of rows to the deployment; `"strict"` also holds replies to the description. Default true. */
  readonly validate?: boolean | "strict";
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
  predictStream(source: Iterable<Input> | AsyncIterable<Input>, options?: StreamOptions): AsyncIterableIterator<Output>;
  /** Holds the live description to the one that the package was generated from; rejects with a `DriftError`. */
  verify(options?: CallOptions): Promise<void>;
}
