import type { Diagnostic } from "../model/diagnostic.js";
import { GenDeployError, type TextPosition } from "../gen-deploy-error.js";
import type { SpecDocument } from "../spec/spec-types.js";
import { exitStatus, UsageError, type ExitStatus } from "./exit-status.js";
import { toOneLine, type Terminal } from "./terminal.js";

/** How an error is shown. */
export interface ReportOptions {
  readonly json: boolean;
  /** Stack traces too. */
  readonly debug: boolean;
}

/** Prints an error, as text or as JSON, and returns the exit status that it means. */
export function reportError(terminal: Terminal, error: unknown, { json, debug }: ReportOptions): ExitStatus {
  if (json) terminal.printJson({ ok: false, error: errorJson(error, debug) });
  else terminal.complain([...toLines(error), ...(debug ? [stackOf(error)] : [])].join("\n"));
  return statusOf(error);
}

/** The exit status that an error means. */
export function statusOf(error: unknown): ExitStatus {
  if (error instanceof UsageError) return exitStatus.usage;
  if (!(error instanceof GenDeployError)) return exitStatus.own;
  return usageCodes.has(error.code) ? exitStatus.usage : exitStatus.fault;
}

/** What only the command line can be at fault for, whatever the description says. */
const usageCodes: ReadonlySet<string> = new Set(["plan/bad-name", "plan/bad-version", "dialect/unknown"]);

function toLines(error: unknown): readonly string[] {
  if (error instanceof GenDeployError) return complaintLines(error);
  if (error instanceof UsageError) return [`error: ${toOneLine(error.message)}`, ...helpLine(error.hint)];
  return [
    `error: gen-deploy itself failed: ${ownMessage(error)}`,
    ...helpLine("This is a fault of gen-deploy: please report it, with what --debug prints."),
  ];
}

function complaintLines({ message, pointer, position, hint }: GenDeployError): readonly string[] {
  const place = placeOf(position, pointer);
  return [
    `error: ${toOneLine(message)}`,
    ...(place === undefined ? [] : [`  at ${toOneLine(place)}`]),
    ...(position === undefined ? [] : position.frame.split("\n").map((line) => `  ${line}`)),
    ...helpLine(hint),
  ];
}

function placeOf(position: TextPosition | undefined, pointer: string | undefined): string | undefined {
  const at = position === undefined ? undefined : `${position.file}:${position.line}:${position.column}`;
  const shown = pointer === undefined || pointer === "" ? undefined : pointer;
  return at === undefined ? shown : shown === undefined ? at : `${at} (${shown})`;
}

function helpLine(hint: string | undefined): readonly string[] {
  return hint === undefined ? [] : [`  help: ${toOneLine(hint)}`];
}

function ownMessage(error: unknown): string {
  return toOneLine(error instanceof Error ? error.message : String(error)) || "for no known reason";
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by: ${stackOf(error.cause)}`;
}

/** What `--json` says of an error. */
export function errorJson(error: unknown, debug: boolean): object {
  const stack = debug ? { stack: stackOf(error) } : {};
  if (error instanceof GenDeployError) {
    const { code, message, pointer, position, hint } = error;
    return { code, message, pointer, hint, position, ...stack };
  }
  if (error instanceof UsageError)
    return { code: "usage", message: error.message, hint: error.hint, ...stack };
  return { code: "internal", message: ownMessage(error), ...stack };
}

/** Prints what a description could say better, and where. */
export function reportDiagnostics(
  terminal: Terminal,
  diagnostics: readonly Diagnostic[],
  document: SpecDocument,
): void {
  for (const { severity, message, pointer, hint } of diagnostics) {
    const place = placeOf(document.position(pointer), pointer);
    const lines = [
      `${severity === "warning" ? "warning" : "note"}: ${toOneLine(message)}`,
      ...(place === undefined ? [] : [`  at ${toOneLine(place)}`]),
      ...(hint === "" ? [] : helpLine(hint)),
    ];
    terminal.complain(lines.join("\n"));
  }
}
