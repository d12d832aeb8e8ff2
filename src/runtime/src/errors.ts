const codes = [
  /** The options given to `createClient` or to a call do not fit together. */
  "bad-options",
  /** A row is no object. */
  "bad-row",
  /** A row lacks a feature. */
  "missing-feature",
  /** A row has a feature that the deployment does not know. */
  "unknown-feature",
  /** A value's type is not the feature's. */
  "wrong-type",
  /** An array's shape is not the feature's. */
  "wrong-shape",
  /** A value is not in the feature's label set. */
  "unknown-label",
  /** A number is outside the feature's range. */
  "out-of-range",
  /** A picture or file is of a kind that the deployment does not take. */
  "wrong-media-type",
  /** A picture has an alpha channel and the deployment takes none. */
  "alpha-channel",
  /** Bytes that should be a `.npy` file are not one that NumPy would read. */
  "bad-npy",
  /** Text that should be base64 or a data URL is not. */
  "bad-base64",
  /** The signal that the caller gave was aborted. */
  "aborted",
  /** One attempt, or all of them together, took too long. */
  "timeout",
  /** No reply came: the address is wrong, or the connection was refused, reset or closed. */
  "connection",
  /** The deployment answered with a redirect, which is never followed. */
  "redirected",
  /** HTTP 401, or the function given as token failed. */
  "unauthorized",
  /** HTTP 403. */
  "forbidden",
  /** HTTP 404. */
  "not-found",
  /** HTTP 413. */
  "too-large",
  /** HTTP 429. */
  "rate-limited",
  /** HTTP 503. */
  "unavailable",
  /** Any other status from 400 to 499. */
  "rejected",
  /** Any other status from 500 on. */
  "server-error",
  /** The deployment answered with an error of its own, under a status that has no code of its own here. */
  "deployment-error",
  /** A reply is not what the description promises. */
  "bad-reply",
  /** The live description is no longer the one that the package was generated from. */
  "drift",
] as const;

/** Every reason for which a call can fail. */
export type DeploymentErrorCode = (typeof codes)[number];

/** What an error can carry beside its message. */
export interface DeploymentErrorDetails {
  /** The wire name of the feature at fault. */
  readonly feature?: string | undefined;
  /** Index of the row at fault, counted from 0 in the rows given. */
  readonly row?: number | undefined;
  /** HTTP status of the reply. */
  readonly status?: number | undefined;
  /** The deployment's own error code, as it spelt it. */
  readonly serverCode?: string | undefined;
  readonly cause?: unknown;
}

const brand = Symbol.for("gen-deploy.DeploymentError");

/** The one error that a client throws; it never holds a credential. */
export class DeploymentError extends Error {
  override readonly name: string = "DeploymentError";
  readonly code: DeploymentErrorCode;
  readonly feature: string | undefined;
  readonly row: number | undefined;
  readonly status: number | undefined;
  readonly serverCode: string | undefined;

  constructor(code: DeploymentErrorCode, message: string, details: DeploymentErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.feature = details.feature;
    this.row = details.row;
    this.status = details.status;
    this.serverCode = details.serverCode;
    Object.defineProperty(this, brand, { value: true });
  }

  toJSON(): Record<string, unknown> {
    const { name, code, message, feature, row, status, serverCode } = this;
    return { name, code, message, feature, row, status, serverCode };
  }
}

/** Thrown by `verify()`: names what changed since the package was generated. */
export class DriftError extends DeploymentError {
  override readonly name: string = "DriftError";
  /** One sentence for each change. */
  readonly changes: readonly DriftChange[];

  constructor(message: string, changes: readonly DriftChange[]) {
    super("drift", message, { feature: changes.length === 1 ? changes[0]?.feature : undefined });
    this.changes = changes;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), changes: this.changes };
  }
}

/** One difference between the live description and the one that a package was generated from. */
export interface DriftChange {
  readonly side: "input" | "output" | "deployment";
  readonly change: "added" | "removed" | "changed";
  /** The feature's wire name; absent where the change is not about one feature. */
  readonly feature?: string;
  readonly message: string;
}

/**
 * Whether `error` is a `DeploymentError`, and one of the given codes where any are given.
 * It goes by a brand, so errors of another copy of the runtime are known too.
 */
export function isDeploymentError<Code extends DeploymentErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is DeploymentError & { readonly code: Code } {
  if (typeof error !== "object" || error === null || !(brand in error)) return false;
  return codes.length === 0 || ("code" in error && codes.some((code) => code === error.code));
}

/** `error` with other details, or under another code; in its own words all the same. */
export function withDetails(
  error: DeploymentError,
  { code = error.code, ...details }: DeploymentErrorDetails & { readonly code?: DeploymentErrorCode },
): DeploymentError {
  const { message, feature, row, status, serverCode, cause } = error;
  return new DeploymentError(code, message, { feature, row, status, serverCode, cause, ...details });
}

/** The error for an option that is `given` and not what is `due`. */
export function optionError(name: string, due: string, given: unknown): DeploymentError {
  return new DeploymentError("bad-options", `The option ${name} must be ${due}; got ${shown(given)}.`);
}

/** `value` for use in a message: quoted where it is text, and cut where it is long. */
export function shown(value: unknown, limit: number = 60): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > limit ? `${value.slice(0, limit)}…` : value);
  if (typeof value === "number" || typeof value === "boolean" || value == null)
    return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
