import type { Comparison } from "../compare/change.js";
import { comparePackage, isUpToDate, type Differences } from "../disk/compare-package.js";
import { inputHash } from "../manifest.js";
import { changeLines } from "./change-text.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import type { Successor } from "./earlier-model.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions, type Settings } from "./settings.js";
import { isWhole } from "./whole-description.js";

/** `gen-deploy check <spec>`: compares a package with what its description would give now. */
export async function check(session: Session): Promise<ExitStatus> {
  const { settings } = session;
  const { text, loadExternal, metadata } = await openSpec(session);
  const options = await toCompileOptions(settings, metadata);
  const inputs = inputHash(text, options);
  const known = settings.out ?? settings.name;
  const whole = isWhole(text);
  if (known !== undefined && whole && (await isUpToDate(known, inputs))) return report(session, known, same);
  const { describe } = await import("../compile.js");
  const description = await describe(text, options, { loadExternal });
  const folder = known ?? description.packageName;
  if (known === undefined && whole && (await isUpToDate(folder, inputs)))
    return report(session, folder, same);
  const { compileInto } = await import("./compile-into.js");
  const { files } = await compileInto({ description, options, folder });
  const differences = await comparePackage(folder, files);
  return report(session, folder, await findings(session, { description, options, folder, differences }));
}

/** What a check finds: files that differ, and what that means for callers where it is known. */
export interface Findings extends Differences, Partial<Comparison> {}

/** Differences of files, with what changed for callers where the package's description is another. */
export async function findings(
  session: Session,
  { differences, ...successor }: Successor & { readonly differences: Differences },
): Promise<Findings> {
  if (!differs(differences)) return differences;
  const { compareWithStanding } = await import("./earlier-model.js");
  return { ...differences, ...(await compareWithStanding(session, successor)) };
}

/** Whether anything differs. */
export function differs({ changed, missing, stale }: Differences): boolean {
  return changed.length + missing.length + stale.length > 0;
}

const same: Differences = { changed: [], missing: [], stale: [] };

function report({ settings, terminal }: Session, folder: string, differences: Findings): ExitStatus {
  const isOther = differs(differences);
  if (settings.json) terminal.printJson({ ok: !isOther, folder, ...differences });
  else if (isOther) terminal.complain(differenceText(folder, differences, settings));
  else if (!settings.quiet) terminal.print(`${folder} is up to date.`);
  return isOther ? exitStatus.fault : exitStatus.done;
}

/** What `check` says of a folder that differs from what its description would give. */
export function differenceText(
  folder: string,
  { changed, missing, stale, changes = [] }: Findings,
  settings: Settings,
): string {
  const source = settings.spec === "-" ? "the description" : settings.spec;
  return [
    `error: ${folder} is not what gen-deploy would write for ${source}.`,
    ...changed.map((path) => `  differs: ${path}`),
    ...missing.map((path) => `  missing: ${path}`),
    ...stale.map((path) => `  stale:   ${path}`),
    ...changeLines(changes).map((line) => `  ${line}`),
    "  help: Run gen-deploy again, with the options that the package was made with.",
  ].join("\n");
}
