/*
 * Many packages in one run: all are prepared first, so that packages of one name are noticed before anything is
 * written; then each is written, and what one of them fails by does not stop the others.
 */
import { readTemplates, type Templates } from "../disk/read-templates.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import { attempt, prepareTasks, type FailedTask, type PreparedTask, type Task } from "./prepare-tasks.js";
import { createProgress } from "./progress.js";
import { reportError, statusOf } from "./report-error.js";
import { reportMany, type Outcome } from "./report-many.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";
import { planText, writeDescription } from "./write-description.js";

/** Writes a package for each of `tasks`, says what became of each, and returns the exit status of all. */
export async function generateTasks(session: Session, tasks: readonly Task[]): Promise<ExitStatus> {
  const { settings, terminal, signal } = session;
  const { json, quiet } = settings;
  const prepared = await prepareTasks(session, tasks);
  const templates = templatesOnDemand();
  const total = prepared.filter(({ kind }) => kind === "understood").length;
  const progress = createProgress(terminal, { verb: "Generated", total, json, quiet });
  const outcomes: Outcome[] = [];
  for (const task of prepared) {
    signal.throwIfAborted();
    const outcome = await carryOut(session, task, templates);
    outcomes.push(outcome);
    if (outcome.kind === "failed" && !json) reportError(terminal, outcome.error, settings);
    if (task.kind === "understood") progress.step(task.location);
  }
  progress.end();
  await reportMany(terminal, outcomes, settings);
  return statusOfAll(outcomes);
}

/** The exit status of a run whose parts ended so: a fault of gen-deploy itself goes before all others. */
export function statusOfAll(
  outcomes: readonly (FailedTask | { readonly kind: "written" | "standing" | "checked" })[],
): ExitStatus {
  const statuses = outcomes.map((one) => (one.kind === "failed" ? statusOf(one.error) : exitStatus.done));
  if (statuses.includes(exitStatus.own)) return exitStatus.own;
  return statuses.every((status) => status === exitStatus.done) ? exitStatus.done : exitStatus.fault;
}

/** Gives the templates for a way to have the runtime. */
export type TemplatesFor = (runtime: Settings["runtime"]) => Promise<Templates>;

/** Reads the templates at their first use, and once: where nothing changed they are not needed. */
export function templatesOnDemand(): TemplatesFor {
  const known = new Map<Settings["runtime"], Promise<Templates>>();
  return async (runtime) => {
    const read = known.get(runtime) ?? readTemplates(runtime);
    known.set(runtime, read);
    return await read;
  };
}

/** Writes the package of a task, where it is not the same already; what it fails by is its outcome too. */
export async function carryOut(
  session: Session,
  task: PreparedTask,
  templatesFor: TemplatesFor,
): Promise<Outcome> {
  if (task.kind !== "understood") return task;
  const { location, settings, options, description, folder } = task;
  const { packageName } = description;
  const { terminal } = session;
  return await attempt(session, { location, packageName }, async (): Promise<Outcome> => {
    const templates = await templatesFor(settings.runtime);
    const own = { ...session, settings };
    const written = await writeDescription(own, { options, templates, description, folder });
    if (settings.dryRun && !settings.json && !settings.quiet) terminal.print(planText(written));
    return { kind: "written", location, written };
  });
}
