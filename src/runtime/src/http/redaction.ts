/*
 * Loaded when there is a secret to keep, and imports nothing that a client holds already, so that a bundler need not
 * make a chunk of what both use. In goes what a call would throw, out comes the same without the secrets.
 */
import type { DeploymentError, DriftError, isDeploymentError } from "../errors.js";
import { isCleanOf } from "./redaction-search.js";

/** What stands in place of a secret. */
const mark = "[redacted]";

/** Beginnings of secrets shorter than this are found everywhere. */
const shortest = 4;

/** How deep into causes, and how far into lists of errors, a redacted copy goes. */
const deepest = 8;
const longestList = 16;

/** Takes secrets out of what a call throws. */
export interface Redaction {
  /** `text` without the secrets in any of the forms in which they travel, nor a beginning of one where text is cut. */
  redactText(text: string): string;
  /** `error` itself where nothing that can be seen of it holds a secret; otherwise a copy without them. */
  redact(error: unknown): unknown;
}

/** What the client tells to this file. */
export interface RedactionParts {
  readonly DeploymentError: typeof DeploymentError;
  readonly DriftError: typeof DriftError;
  readonly isDeploymentError: typeof isDeploymentError;
  readonly toBase64: (text: string) => string;
}

/** Takes out `secrets`, of which each has four characters at least. */
export function createRedaction(secrets: Iterable<string>, parts: RedactionParts): Redaction {
  const forms = toForms(secrets, parts.toBase64);
  const redactText = (text: string): string => redactForms(text, forms);
  return {
    redactText,
    redact(error) {
      const holds = (text: string): boolean => redactText(text) !== text;
      if (isCleanOf(holds, error)) return error;
      if (!parts.isDeploymentError(error)) return redactedCopy(error, redactText);
      const toCause = (cause: unknown): unknown =>
        isCleanOf(holds, cause) ? cause : redactedCopy(cause, redactText);
      return redactedOwn(error, { ...parts, redactText, toCause });
    },
  };
}

/** A secret as headers, URLs, JSON and HTML spell it, the longest form first. */
function toForms(secrets: Iterable<string>, toBase64: (text: string) => string): readonly string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const percent = encodeURIComponent(secret);
    const form = new URLSearchParams([["", secret]]).toString().slice(1);
    for (const text of [percent, form]) {
      forms.add(text);
      forms.add(text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()));
    }
    for (const text of [secret, `${secret}:`]) {
      const base64 = toBase64(text).replace(/=+$/, "");
      forms.add(base64);
      forms.add(base64.replaceAll("+", "-").replaceAll("/", "_"));
    }
    const json = JSON.stringify(secret).slice(1, -1);
    forms.add(secret);
    forms.add(json);
    forms.add(json.replaceAll("/", "\\/"));
    forms.add(
      secret
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;"),
    );
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function redactForms(text: string, forms: readonly string[]): string {
  let clean = text;
  for (const form of forms) clean = clean.replaceAll(form, mark);
  for (const form of forms) clean = redactCut(clean, form);
  return clean;
}

/** Takes away the beginning of a secret that stands before a cut: a `…`, or the end of the text. */
function redactCut(text: string, form: string): string {
  let clean = text;
  for (let cut = clean.indexOf("…"); cut !== -1; cut = clean.indexOf("…", cut + 1)) {
    const kept = withoutBeginning(clean.slice(0, cut), form, shortest);
    clean = kept + clean.slice(cut);
    cut = kept.length;
  }
  // Most texts end for a reason of their own, and with a word that may begin a secret as well.
  return withoutBeginning(clean, form, 2 * shortest);
}

function withoutBeginning(text: string, form: string, least: number): string {
  const head = form.slice(0, least);
  for (let at = text.indexOf(head, text.length - form.length); at !== -1; at = text.indexOf(head, at + 1)) {
    if (form.startsWith(text.slice(at))) return text.slice(0, at) + mark;
  }
  return text;
}

interface OwnParts extends RedactionParts {
  readonly redactText: (text: string) => string;
  readonly toCause: (cause: unknown) => unknown;
}

function redactedOwn(
  error: DeploymentError,
  { DeploymentError, DriftError, redactText, toCause }: OwnParts,
): DeploymentError {
  const text = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : redactText(value);
  const copy =
    error instanceof DriftError
      ? new DriftError(
          redactText(error.message),
          error.changes.map((change) => ({
            ...change,
            ...(change.feature === undefined ? {} : { feature: redactText(change.feature) }),
            message: redactText(change.message),
          })),
        )
      : new DeploymentError(error.code, redactText(error.message), {
          feature: text(error.feature),
          row: error.row,
          status: error.status,
          serverCode: text(error.serverCode),
          cause: toCause(error.cause),
        });
  setHidden(copy, "stack", redactText(error.stack ?? ""));
  return copy;
}

/** A copy of whatever was thrown: its text, its plain members and its causes, nothing else. */
function redactedCopy(value: unknown, redactText: (text: string) => string, depth: number = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "function" || typeof value === "symbol") return mark;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return mark;
  try {
    if (Array.isArray(value)) {
      return value.slice(0, longestList).map((item) => redactedCopy(item, redactText, depth + 1));
    }
    const isError = value instanceof Error;
    const copy = isError ? new Error(redactText(String(value.message))) : {};
    if (isError) {
      setHidden(copy, "name", redactText(String(value.name)));
      setHidden(copy, "stack", redactText(String(value.stack ?? "")));
    }
    for (const [key, { value: member, enumerable }] of Object.entries(
      Object.getOwnPropertyDescriptors(value),
    )) {
      if (isError && ["message", "stack", "name"].includes(key)) continue;
      const nested = key === "cause" || key === "errors";
      if (!nested && (!enumerable || (typeof member === "object" && member !== null))) continue;
      setHidden(copy, redactText(key), redactedCopy(member, redactText, depth + 1), enumerable === true);
    }
    return copy;
  } catch {
    // A thing that throws when it is looked at cannot be shown to be clean.
    return mark;
  }
}

function setHidden(target: object, key: string, value: unknown, enumerable: boolean = false): void {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}
