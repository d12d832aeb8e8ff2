import { GenDeployError } from "../gen-deploy-error.js";
import type { FailedTask, StandingTask } from "./prepare-tasks.js";
import { errorJson } from "./report-error.js";
import type { Settings } from "./settings.js";
import { toOneLine, type Terminal } from "./terminal.js";
import { countText, writtenJson, type WrittenPackage } from "./write-description.js";

/** What became of one of several descriptions. */
export type Outcome =
  | { readonly kind: "written"; readonly location: string; readonly written: WrittenPackage }
  | StandingTask
  | FailedTask;

/** Prints what became of several descriptions: one table, or one report as JSON, or with `--quiet` nothing. */
export async function reportMany(
  terminal: Terminal,
  outcomes: readonly Outcome[],
  settings: Settings,
): Promise<void> {
  if (settings.json) {
    const ok = outcomes.every(({ kind }) => kind !== "failed");
    terminal.printJson({ ok, packages: outcomes.map((outcome) => toJson(outcome, settings)) });
  } else if (!settings.quiet) {
    const { default: Table } = await import("cli-table3");
    const head = ["description", "package", "folder", "dialect", "what happened"];
    const table = new Table({ head, style: { head: [], border: [] } });
    for (const outcome of outcomes) table.push(toRow(outcome, settings));
    terminal.print(`${table.toString()}\n${sumText(outcomes, settings)}`);
  }
}

function toJson(outcome: Outcome, { dryRun, debug }: Settings): object {
  const { location } = outcome;
  if (outcome.kind === "written")
    return { description: location, ok: true, ...writtenJson(outcome.written, dryRun) };
  if (outcome.kind === "standing") {
    const { packageName, folder, files } = outcome;
    const report = { dryRun, written: [], unchanged: files, removed: [], diagnostics: [] };
    return { description: location, ok: true, package: packageName, folder, ...report };
  }
  const { packageName, error } = outcome;
  return { description: location, ok: false, package: packageName, error: errorJson(error, debug) };
}

function toRow(outcome: Outcome, { dryRun }: Settings): string[] {
  const location = toOneLine(outcome.location);
  if (outcome.kind === "failed") {
    const { packageName = "", error } = outcome;
    const code = error instanceof GenDeployError ? error.code : "internal";
    return [location, packageName, "", "", `failed: ${code}`];
  }
  if (outcome.kind === "standing")
    return [location, outcome.packageName, toOneLine(outcome.folder), "", "up to date"];
  const { compilation, folder, report } = outcome.written;
  const count = countText(report);
  const happened = count === undefined ? "up to date" : `${dryRun ? "would write" : "wrote"} ${count}`;
  return [location, compilation.packageName, toOneLine(folder), compilation.model.dialect, happened];
}

function sumText(outcomes: readonly Outcome[], { dryRun }: Settings): string {
  const failed = outcomes.filter(({ kind }) => kind === "failed").length;
  const written = outcomes.filter(
    (one) => one.kind === "written" && countText(one.written.report) !== undefined,
  ).length;
  const unchanged = outcomes.length - failed - written;
  const parts = [
    ...(written === 0 ? [] : [`${written} ${dryRun ? "to write" : "written"}`]),
    ...(unchanged === 0 ? [] : [`${unchanged} up to date`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ];
  return `${outcomes.length} description${outcomes.length === 1 ? "" : "s"}: ${parts.join(", ")}.`;
}
