import type { CallOptions, ClientOptions, StreamOptions } from "./client-types.js";
import { DeploymentError, optionError, shown } from "../errors.js";
import { defaultRetry, withRetry } from "../http/retry.js";
import type { RetryPolicy } from "../http/retry.js";

/** What holds for one call, with every default filled in. */
export interface CallSettings {
  readonly signals: readonly AbortSignal[];
  /** For one attempt, in milliseconds; Infinity for none. */
  readonly timeout: number;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly retry: RetryPolicy;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly window: number;
}

/** Headers that follow from the body or the connection. */
const ownHeaders: ReadonlySet<string> = new Set(
  "connection content-length content-type expect host keep-alive transfer-encoding upgrade".split(" "),
);

/** Whether the header of that name, in lower case, follows from the body or the connection and cannot be given. */
export function isOwnHeader(name: string): boolean {
  return ownHeaders.has(name);
}

/** The settings of a client, before any call; throws `bad-options`. */
export function resolveClientSettings(options: ClientOptions, batchSize: number): CallSettings {
  const settings = withCall(defaults(batchSize), options);
  const { fetch, transport, validate } = options;
  if (fetch !== undefined && transport !== undefined) {
    throw new DeploymentError(
      "bad-options",
      "The options fetch and transport exclude each other; give one of them.",
    );
  }
  for (const name of ["fetch", "transport"] as const) {
    const value = options[name];
    if (value !== undefined && typeof value !== "function") throw optionError(name, "a function", value);
  }
  if (validate !== undefined && typeof validate !== "boolean" && validate !== "strict") {
    throw optionError("validate", 'true, false or "strict"', validate);
  }
  return settings;
}

function defaults(batchSize: number): CallSettings {
  return {
    signals: [],
    timeout: 60_000,
    headers: {},
    retry: defaultRetry,
    batchSize,
    concurrency: 8,
    window: 0,
  };
}

/** `settings` with whatever a call says; throws `bad-options`. */
export function withCall(settings: CallSettings, options: StreamOptions | undefined): CallSettings {
  if (options === undefined) return settings;
  if (typeof options !== "object" || options === null) {
    throw new DeploymentError("bad-options", `The options must be an object; got ${shown(options)}.`);
  }
  const { signal, timeout, headers } = options;
  const concurrency = toCount("concurrency", options.concurrency) ?? settings.concurrency;
  return {
    signals: signal === undefined ? settings.signals : [...settings.signals, checkSignal(signal)],
    timeout: timeout === undefined ? settings.timeout : toTimeout(timeout),
    headers: headers === undefined ? settings.headers : { ...settings.headers, ...toHeaders(headers) },
    retry: withRetry(settings.retry, options.retry),
    batchSize: toCount("batchSize", options.batchSize) ?? settings.batchSize,
    concurrency,
    window: toCount("window", options.window) ?? settings.window,
  };
}

/** The default window of a stream, in batches. */
export function windowOf({ window, concurrency }: CallSettings): number {
  return window === 0 ? 4 * concurrency : window;
}

function toCount(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return value;
  throw optionError(name, "a whole number from 1 on", value);
}

function toTimeout(value: number): number {
  if (typeof value === "number" && value >= 0) return value === 0 ? Infinity : value;
  const due = "a number of milliseconds, or 0 for none";
  throw optionError("timeout", due, value);
}

function checkSignal(signal: AbortSignal): AbortSignal {
  const fits = typeof signal === "object" && signal !== null && typeof signal.aborted === "boolean";
  if (fits && typeof signal.addEventListener === "function") return signal;
  throw optionError("signal", "an AbortSignal", signal);
}

/** Values are never shown: they may be credentials. */
function toHeaders(headers: NonNullable<CallOptions["headers"]>): Record<string, string> {
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers) {
    throw optionError("headers", "an object of text", headers);
  }
  const checked: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw new DeploymentError(
        "bad-options",
        `The option headers has ${shown(name)}, which is no name of a header.`,
      );
    }
    if (isOwnHeader(name.toLowerCase())) {
      throw new DeploymentError(
        "bad-options",
        `The header ${shown(name)} follows from the request and cannot be given.`,
      );
    }
    // RFC 9110 §5.5: what a field's value may hold.
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new DeploymentError(
        "bad-options",
        `The value of the header ${shown(name)} must be text in one line of Latin-1.`,
      );
    }
    checked.push([name.toLowerCase(), value]);
  }
  return Object.fromEntries(checked);
}
