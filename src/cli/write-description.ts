import { changeLines, countChanges } from "./change-text.js";
import { changelogPath } from "./changelog.js";
import type { Compilation } from "../compile.js";
import { settlePackage } from "../disk/settle-package.js";
import { writePackage, type WriteReport } from "../disk/write-package.js";
import { planUpdate, type PackageUpdate } from "./package-update.js";
import { reportDiagnostics } from "./report-error.js";
import type { CompileJob } from "./compile-into.js";
import type { Session } from "./session.js";

/** A package that was written, or with `--dry-run` would be. */
export interface WrittenPackage {
  readonly compilation: Compilation;
  readonly folder: string;
  readonly report: WriteReport;
  /** What a change of the deployment brought with it, where a package stood. */
  readonly update: PackageUpdate | undefined;
}

/** Compiles a package, writes it into its folder, and says what its description could say better. */
export async function writeDescription(session: Session, job: CompileJob): Promise<WrittenPackage> {
  const { settings, terminal, signal, renamer } = session;
  const { compileInto } = await import("./compile-into.js");
  const { folder } = job;
  // What a killed run has left unfinished is no change of the description.
  if (!settings.dryRun) await settlePackage(folder, renamer.renameAll);
  const update = await planUpdate(session, job);
  if (update !== undefined && !settings.dryRun) renamer.prepare();
  const compilation = await compileInto({ ...job, version: update?.version });
  const changelog = update?.changelog === undefined ? [] : [{ path: changelogPath, text: update.changelog }];
  const { force, dryRun, json, quiet } = settings;
  const report = await session.guarded(() =>
    writePackage(folder, [...compilation.files, ...changelog], {
      ...{ force, dryRun, signal, renameAll: renamer.renameAll },
      kept: ["package.json"],
      amended: [changelogPath],
    }),
  );
  if (!json && !quiet) reportDiagnostics(terminal, compilation.diagnostics, compilation.spec.document);
  if (!json && !quiet && update !== undefined) terminal.print(updateText(compilation.packageName, update));
  return { compilation, folder, report, update };
}

function updateText(packageName: string, { from, version, comparison: { changes } }: PackageUpdate): string {
  const head = `${packageName} ${from === version ? version : `${from} → ${version}`}: ${countChanges(changes)}`;
  return [head, ...changeLines(changes).map((line) => `  ${line}`)].join("\n");
}

/** What `--json` says of a package. */
export function writtenJson(written: WrittenPackage, dryRun: boolean): object {
  const { compilation, folder, report, update } = written;
  const { packageName, model, diagnostics } = compilation;
  const bumped =
    update === undefined ? {} : { from: update.from, version: update.version, ...update.comparison };
  return { package: packageName, folder, dialect: model.dialect, dryRun, ...report, ...bumped, diagnostics };
}

/** What `--dry-run` says of a package. */
export function planText({ folder, report: { written, unchanged, removed } }: WrittenPackage): string {
  return [
    `Would write to ${folder}:`,
    ...written.map((path) => `  + ${path}`),
    ...removed.map((path) => `  - ${path}`),
    ...unchanged.map((path) => `  = ${path}`),
  ].join("\n");
}

/** How many files were written, and what became of the others; undefined where nothing had to be done. */
export function countText({ written, unchanged, removed }: WriteReport): string | undefined {
  if (written.length + removed.length === 0) return undefined;
  const extras = [
    ...(unchanged.length === 0 ? [] : [`${unchanged.length} unchanged`]),
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
  ];
  const rest = extras.length === 0 ? "" : ` (${extras.join(", ")})`;
  return `${written.length} file${written.length === 1 ? "" : "s"}${rest}`;
}
