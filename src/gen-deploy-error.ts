/** Where in a text something is wrong. */
export interface TextPosition {
  /** As the user named it: a path as given, or a URL without credentials. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;
  /** The lines around it with a marker. */
  readonly frame: string;
}

/** What a `GenDeployError` carries beside its message. */
export interface GenDeployErrorDetails {
  /** JSON pointer (RFC 6901) into the description. */
  readonly pointer?: string | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly position?: TextPosition | undefined;
  readonly cause?: unknown;
}

/** The one error that the generator throws for input that is at fault: exit status 1. */
export class GenDeployError extends Error {
  override readonly name = "GenDeployError";
  /** `<stage or dialect>/<what>`, such as `spec/bad-json`. */
  readonly code: string;
  readonly pointer: string | undefined;
  readonly hint: string | undefined;
  readonly position: TextPosition | undefined;

  constructor(code: string, message: string, details: GenDeployErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.pointer = details.pointer;
    this.hint = details.hint;
    this.position = details.position;
  }
}
