import { writePackage, type WriteReport } from "../disk/write-package.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import { reportDiagnostics } from "./report-error.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions } from "./settings.js";

/** `gen-deploy <spec>`: writes the client package. */
export async function generate(session: Session): Promise<ExitStatus> {
  const { settings, terminal, signal } = session;
  const { text, loadExternal, metadata } = await openSpec(session);
  const options = await toCompileOptions(settings, metadata);
  const { describe } = await import("../compile.js");
  const description = await describe(text, options, { loadExternal });
  const folder = settings.out ?? description.packageName;
  const { compileInto } = await import("./compile-into.js");
  const compilation = await compileInto({ description, options, folder });
  const { force, dryRun } = settings;
  const report = await session.guarded(() =>
    writePackage(folder, compilation.files, { force, dryRun, signal, kept: ["package.json"] }),
  );
  const { packageName, model, diagnostics } = compilation;
  if (settings.json) {
    terminal.printJson({
      ok: true,
      package: packageName,
      folder,
      dialect: model.dialect,
      dryRun,
      ...report,
      diagnostics,
    });
  } else if (!settings.quiet) {
    reportDiagnostics(terminal, diagnostics, compilation.spec.document);
    terminal.print(dryRun ? planText(report, folder) : reportText(report, { folder, packageName }));
  }
  return exitStatus.done;
}

function reportText(
  report: WriteReport,
  { folder, packageName }: { folder: string; packageName: string },
): string {
  const { written, unchanged, removed } = report;
  if (written.length + removed.length === 0) return `${packageName} in ${folder} is up to date.`;
  const extras = [
    ...(unchanged.length === 0 ? [] : [`${unchanged.length} unchanged`]),
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
  ];
  const rest = extras.length === 0 ? "" : ` (${extras.join(", ")})`;
  return `Wrote ${packageName} to ${folder}: ${count(written.length, "file")}${rest}.`;
}

function planText({ written, unchanged, removed }: WriteReport, folder: string): string {
  return [
    `Would write to ${folder}:`,
    ...written.map((path) => `  + ${path}`),
    ...removed.map((path) => `  - ${path}`),
    ...unchanged.map((path) => `  = ${path}`),
  ].join("\n");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
