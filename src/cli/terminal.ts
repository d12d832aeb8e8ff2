/** Where a command's words go: results to one place, complaints to another. */
export interface Terminal {
  /** Prints lines of a result. */
  readonly print: (text: string) => void;
  /** Prints lines about what went wrong. */
  readonly complain: (text: string) => void;
  /** Prints a value as JSON, as a result. */
  readonly printJson: (value: unknown) => void;
}

/** Where the bytes go. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/**
 * A terminal on which a description's words cannot do anything: no control character reaches it, and neither does any
 * of `secrets`.
 */
export function createTerminal({ stdout, stderr }: Streams, secrets: readonly string[]): Terminal {
  // Shorter texts are no secrets, and would tear holes into words.
  const hidden = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  const redacted = (text: string): string =>
    hidden.reduce((shown, secret) => shown.replaceAll(secret, "***"), text);
  return {
    print: (text) => void stdout.write(`${toPlain(redacted(text))}\n`),
    complain: (text) => void stderr.write(`${toPlain(redacted(text))}\n`),
    printJson: (value) => void stdout.write(`${toJsonText(redactedValue(value, redacted))}\n`),
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
