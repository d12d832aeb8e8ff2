import { comparePackage, type Differences } from "../disk/compare-package.js";
import { differenceText, differs, findings, type Findings } from "./check.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import { statusOfAll, templatesOnDemand } from "./generate-tasks.js";
import { attempt, prepareTasks, type FailedTask, type Task } from "./prepare-tasks.js";
import { createProgress } from "./progress.js";
import { errorJson, reportError } from "./report-error.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";

/** A package that was compared with its description. */
interface CheckedTask {
  readonly kind: "checked";
  readonly location: string;
  readonly folder: string;
  readonly differences: Findings;
  readonly differs: boolean;
}

type Outcome = CheckedTask | FailedTask;

/** Compares the packages of `tasks` with what would be written now; one that is untouched costs a hash. */
export async function checkTasks(session: Session, tasks: readonly Task[]): Promise<ExitStatus> {
  const { settings, terminal, signal } = session;
  const { json, quiet } = settings;
  const prepared = await prepareTasks(session, tasks);
  const templatesFor = templatesOnDemand();
  const total = prepared.filter(({ kind }) => kind === "understood").length;
  const progress = createProgress(terminal, { verb: "Compared", total, json, quiet });
  const outcomes: Outcome[] = [];
  for (const task of prepared) {
    signal.throwIfAborted();
    if (task.kind === "failed") outcomes.push(task);
    else if (task.kind === "standing") outcomes.push(checked(task.location, task.folder, same));
    else {
      const { location, folder, description, options } = task;
      const compare = async (): Promise<Outcome> => {
        const { compileInto } = await import("./compile-into.js");
        const templates = await templatesFor(task.settings.runtime);
        const { files } = await compileInto({ description, options, folder, templates });
        const differences = await comparePackage(folder, files);
        const own = { ...session, settings: task.settings };
        const found = await findings(own, { description, options, folder, differences });
        return checked(location, folder, found);
      };
      outcomes.push(await attempt(session, { location }, compare));
      progress.step(location);
    }
  }
  progress.end();
  return report(session, outcomes);
}

const same: Differences = { changed: [], missing: [], stale: [] };

function checked(location: string, folder: string, differences: Findings): CheckedTask {
  return { kind: "checked", location, folder, differences, differs: differs(differences) };
}

function report({ settings, terminal }: Session, outcomes: readonly Outcome[]): ExitStatus {
  const differing = outcomes.filter((one) => one.kind === "checked" && one.differs).length;
  if (settings.json) {
    const ok = differing === 0 && outcomes.every(({ kind }) => kind === "checked");
    terminal.printJson({ ok, packages: outcomes.map((outcome) => toJson(outcome, settings)) });
  } else {
    for (const outcome of outcomes) {
      if (outcome.kind === "failed") reportError(terminal, outcome.error, settings);
      else if (outcome.differs) {
        const of = { ...settings, spec: outcome.location };
        terminal.complain(differenceText(outcome.folder, outcome.differences, of));
      }
    }
    if (!settings.quiet) terminal.print(sumText(outcomes, differing));
  }
  const status = statusOfAll(outcomes);
  return status === exitStatus.done && differing > 0 ? exitStatus.fault : status;
}

function toJson(outcome: Outcome, { debug }: Settings): object {
  const { location } = outcome;
  if (outcome.kind === "failed")
    return { description: location, ok: false, error: errorJson(outcome.error, debug) };
  const { folder, differs, differences } = outcome;
  return { description: location, ok: !differs, folder, ...differences };
}

function sumText(outcomes: readonly Outcome[], differing: number): string {
  const failed = outcomes.filter(({ kind }) => kind === "failed").length;
  const equal = outcomes.length - failed - differing;
  const parts = [
    ...(equal === 0 ? [] : [`${equal} up to date`]),
    ...(differing === 0 ? [] : [`${differing} different`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ];
  return `${outcomes.length} package${outcomes.length === 1 ? "" : "s"}: ${parts.join(", ")}.`;
}
