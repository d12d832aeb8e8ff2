import { optionError } from "../errors.js";

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

/** How failures that may pass are met, with every default filled in. All times in milliseconds. */
export interface RetryPolicy {
  readonly retries: number;
  readonly minDelay: number;
  readonly maxDelay: number;
  readonly maxRetryAfter: number;
  /** Infinity for none. */
  readonly deadline: number;
}

/** The policy of a client that says nothing about retries. */
export const defaultRetry: RetryPolicy = {
  retries: 2,
  minDelay: 500,
  maxDelay: 8_000,
  maxRetryAfter: 60_000,
  deadline: Infinity,
};

const transientStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Codes of Node, undici and Bun for connections that were never made. */
const unsentCodes = /^(?:ECONNREFUSED|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/;

/** Their codes for connections that were reset, closed, or cannot be made just now. */
const brokenCodes =
  /^(?:ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENETDOWN|ENETUNREACH|EHOSTUNREACH|UND_ERR_SOCKET|ConnectionClosed)$/;

/** `base` with whatever `options` say; `false` means no retry. Throws `bad-options`. */
export function withRetry(base: RetryPolicy, options: RetryOptions | false | undefined): RetryPolicy {
  if (options === undefined) return base;
  if (options === false) return { ...base, retries: 0 };
  if (typeof options !== "object" || options === null) {
    throw optionError("retry", "an object or false", options);
  }
  const policy = {
    retries: options.retries ?? base.retries,
    minDelay: options.minDelay ?? base.minDelay,
    maxDelay: options.maxDelay ?? base.maxDelay,
    maxRetryAfter: options.maxRetryAfter ?? base.maxRetryAfter,
    deadline: options.deadline ?? base.deadline,
  };
  for (const [name, value] of Object.entries(policy)) {
    if (typeof value === "number" && value >= 0 && (name !== "retries" || Number.isInteger(value))) continue;
    const due = name === "retries" ? "a whole number from 0 on" : "a number of milliseconds from 0 on";
    throw optionError(`retry.${name}`, due, value);
  }
  return policy;
}

/** Whether a reply of this status may be followed by a better one. */
export function isTransientStatus(status: number): boolean {
  return transientStatuses.has(status);
}

/** Whether a platform's error is a connection that failed and may not fail again. */
export function isTransientError(error: unknown): boolean {
  const codes = codesOf(error);
  // Browsers say no more than TypeError of any connection that failed.
  return codes.length === 0
    ? error instanceof TypeError
    : codes.some((code) => unsentCodes.test(code) || brokenCodes.test(code));
}

/** Whether a platform's error is a connection that was never made, so that nothing was sent. */
export function isUnsentError(error: unknown): boolean {
  const codes = codesOf(error);
  return codes.length > 0 && codes.every((code) => unsentCodes.test(code));
}

/** The codes of an error, of its causes, and of what it consists of. */
export function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  const waiting: unknown[] = [error];
  for (let seen = 0; seen < 16 && waiting.length > 0; seen++) {
    const each = waiting.shift();
    if (typeof each !== "object" || each === null) continue;
    if ("code" in each && typeof each.code === "string") codes.push(each.code);
    if ("cause" in each) waiting.push(each.cause);
    // A host with several addresses fails with one error for each.
    const several: unknown = "errors" in each ? each.errors : undefined;
    if (Array.isArray(several)) for (const one of several.slice(0, 8)) waiting.push(one);
  }
  return codes;
}

/** Milliseconds before retry number `retry`, counted from 0: doubling, between half and all of it at random. */
export function backoff(policy: RetryPolicy, retry: number): number {
  const whole = Math.min(policy.maxDelay, policy.minDelay * 2 ** retry);
  return Math.round(whole * (0.5 + Math.random() / 2));
}

/**
 * The wait that a reply asks for, in milliseconds, or undefined where it asks for none: `retry-after-ms`, or
 * `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3).
 */
export function retryAfter(header: (name: string) => string | undefined): number | undefined {
  const precise = header("retry-after-ms")?.trim();
  if (precise !== undefined && isDecimal(precise)) return Number(precise);
  const plain = header("retry-after")?.trim();
  if (plain === undefined || plain === "") return undefined;
  if (isDecimal(plain)) return Number(plain) * 1000;
  if (!/^[A-Za-z]{3}/.test(plain)) return undefined;
  // The oldest of the three forms of an HTTP date names no zone and means GMT.
  const time = Date.parse(/ (GMT|UTC)$/i.test(plain) ? plain : `${plain} GMT`);
  return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}

function isDecimal(text: string): boolean {
  return /^\d{1,12}(\.\d{1,12})?$/.test(text);
}
