/** Where a command's words go: results to one place, complaints to another. */
export interface Terminal {
  /** Prints lines of a result. */
  readonly print: (text: string) => void;
  /** Prints lines about what went wrong. */
  readonly complain: (text: string) => void;
  /** Prints a value as JSON, as a result. */
  readonly printJson: (value: unknown) => void;
  /** Shows a line that the next one replaces; an empty one takes it away. Nothing happens where nobody looks on. */
  readonly status: (text: string) => void;
  /** Whether somebody looks on. */
  readonly interactive: boolean;
  /** The same terminal, on which these secrets do not show either. */
  readonly hiding: (secrets: readonly string[]) => Terminal;
}

/** Where the bytes go. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { readonly columns?: number; write(text: string): unknown };
  /** Whether complaints go to a screen on which lines can be replaced. */
  readonly interactive?: boolean;
}

/**
 * A terminal on which a description's words cannot do anything: no control character reaches it, and neither does any
 * of `secrets`.
 */
export function createTerminal(streams: Streams, secrets: readonly string[]): Terminal {
  const { stdout, stderr, interactive = false } = streams;
  // Shorter texts are no secrets, and would tear holes into words.
  const hidden = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  const redacted = (text: string): string =>
    hidden.reduce((shown, secret) => shown.replaceAll(secret, "***"), text);
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write("\r\u001B[2K");
    shown = false;
  };
  const write = (stream: Streams["stdout"], text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  return {
    print: (text) => write(stdout, toPlain(redacted(text))),
    complain: (text) => write(stderr, toPlain(redacted(text))),
    printJson: (value) => write(stdout, toJsonText(redactedValue(value, redacted))),
    status: (text) => {
      clear();
      if (!interactive || text === "") return;
      // A line that wraps could not be taken back; a screen that does not know its width says 0.
      const width = stderr.columns || 80;
      stderr.write(toOneLine(toPlain(redacted(text))).slice(0, width - 1));
      shown = true;
    },
    interactive,
    hiding: (more) => createTerminal(streams, [...secrets, ...more]),
  };
}

/** The text without control characters, direction overrides included; newlines stay. */
function toPlain(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, "");
}

/** The text on one line. */
export function toOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

function redactedValue(value: unknown, redacted: (text: string) => string): unknown {
  if (typeof value === "string") return redacted(value);
  if (Array.isArray(value)) return value.map((item) => redactedValue(item, redacted));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, redactedValue(member, redacted)]),
  );
}

/** JSON that is harmless on a terminal too: what JSON.stringify leaves as it is, is escaped as well. */
function toJsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
