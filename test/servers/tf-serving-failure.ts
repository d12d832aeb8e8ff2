/** The canonical codes that the server can end a call with. */
export type CanonicalCode =
  "INVALID_ARGUMENT" | "NOT_FOUND" | "UNAUTHENTICATED" | "UNIMPLEMENTED" | "UNAVAILABLE" | "INTERNAL";

const statuses: Readonly<Record<CanonicalCode, number>> = {
  INVALID_ARGUMENT: 400,
  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** What a call fails with: a canonical code, and the text of the error body. */
export class ServingFailure extends Error {
  override readonly name = "ServingFailure";
  readonly code: CanonicalCode;

  constructor(code: CanonicalCode, message: string) {
    super(message);
    this.code = code;
  }

  /** The HTTP status under which the server reports it. */
  get status(): number {
    return statuses[this.code];
  }

  /** Code and text in one, as a failure stands inside another. */
  get text(): string {
    return `${this.code}: ${this.message}`;
  }
}

/** The failure that most refusals are. */
export function invalid(message: string): ServingFailure {
  return new ServingFailure("INVALID_ARGUMENT", message);
}
