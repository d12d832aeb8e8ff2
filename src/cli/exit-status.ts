/** What the command line's exit statuses mean. */
export const exitStatus = {
  done: 0,
  /** The input is at fault, or `check` found something. */
  fault: 1,
  usage: 2,
  /** A fault of gen-deploy itself. */
  own: 70,
  /** Ctrl-C, as shells know it: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** One of the exit statuses. */
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** The command line was used wrongly. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
