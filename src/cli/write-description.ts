import type { Compilation } from "../compile.js";
import { writePackage, type WriteReport } from "../disk/write-package.js";
import { reportDiagnostics } from "./report-error.js";
import type { CompileJob } from "./compile-into.js";
import type { Session } from "./session.js";

/** A package that was written, or with `--dry-run` would be. */
export interface WrittenPackage {
  readonly compilation: Compilation;
  readonly folder: string;
  readonly report: WriteReport;
}

/** Compiles a package, writes it into its folder, and says what its description could say better. */
export async function writeDescription(session: Session, job: CompileJob): Promise<WrittenPackage> {
  const { settings, terminal, signal } = session;
  const { compileInto } = await import("./compile-into.js");
  const { folder } = job;
  const compilation = await compileInto(job);
  const { force, dryRun, json, quiet } = settings;
  const report = await session.guarded(() =>
    writePackage(folder, compilation.files, { force, dryRun, signal, kept: ["package.json"] }),
  );
  if (!json && !quiet) reportDiagnostics(terminal, compilation.diagnostics, compilation.spec.document);
  return { compilation, folder, report };
}

/** What `--json` says of a package. */
export function writtenJson({ compilation, folder, report }: WrittenPackage, dryRun: boolean): object {
  const { packageName, model, diagnostics } = compilation;
  return { package: packageName, folder, dialect: model.dialect, dryRun, ...report, diagnostics };
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
