/*
 * Tasks come in; what is to be done for each goes out: nothing, where an untouched package of the same inputs stands
 * already, which costs a hash, or a description that is understood. Nothing is written.
 */
import { join, relative, resolve, sep } from "node:path";
import type { CompileOptions } from "../compile-options.js";
import type { Description } from "../compile.js";
import { isUpToDate } from "../disk/compare-package.js";
import { packagesBelow, readStanding, type StandingPackage } from "../disk/standing-packages.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { inputHash } from "../manifest.js";
import { exitStatus } from "./exit-status.js";
import { createProgress } from "./progress.js";
import { statusOf } from "./report-error.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions, type Settings } from "./settings.js";
import { isWhole } from "./whole-description.js";

/** One of several descriptions, and what becomes of it. */
export interface Task {
  /** As messages name it. */
  readonly location: string;
  /** With `spec` as its description. */
  readonly settings: Settings;
  /** Its folder, where that does not depend on the description. */
  readonly folder?: string | undefined;
  /** Else the folder above. */
  readonly parent: string;
  /** Why nothing can be done. */
  readonly fault?: Error | undefined;
}

/** A task that failed. */
export interface FailedTask {
  readonly kind: "failed";
  readonly location: string;
  /** Where the description could be understood that far. */
  readonly packageName?: string;
  readonly error: unknown;
}

/** A task whose package stands as it would be written. */
export interface StandingTask extends StandingPackage {
  readonly kind: "standing";
  readonly location: string;
  readonly folder: string;
}

/** A task whose description is understood. */
export interface UnderstoodTask {
  readonly kind: "understood";
  readonly location: string;
  readonly folder: string;
  readonly settings: Settings;
  readonly options: CompileOptions;
  readonly description: Description;
}

/** A task that is ready to be carried out. */
export type PreparedTask = FailedTask | StandingTask | UnderstoodTask;

/** How many descriptions are read at a time: those far away are waited for together. */
const atOnce = 8;

/** Prepares all of `tasks`, in their order; those whose packages would share a folder have failed. */
export async function prepareTasks(
  session: Session,
  tasks: readonly Task[],
): Promise<readonly PreparedTask[]> {
  const { settings, terminal } = session;
  const { json, quiet } = settings;
  const progress = createProgress(terminal, { verb: "Read", total: tasks.length, json, quiet });
  const standing = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const below: Below = async (parent) => {
    const known = standing.get(parent) ?? packagesBelow(parent);
    standing.set(parent, known);
    return await known;
  };
  const prepared: PreparedTask[] = [];
  const queue = tasks.entries();
  const work = async (): Promise<void> => {
    for (const [index, task] of queue) {
      prepared[index] = await prepare(session, task, below);
      progress.step(task.location);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, work));
  progress.end();
  const hint =
    settings.specs.length > 0
      ? "Generate each of them by itself, with a name of its own: --name."
      : "Give each of them a name of its own in the config.";
  return withoutRivals(prepared, hint);
}

type Below = (parent: string) => Promise<ReadonlyMap<string, string>>;

async function prepare(session: Session, task: Task, below: Below): Promise<PreparedTask> {
  const { location, settings, parent, fault } = task;
  if (fault !== undefined) return { kind: "failed", location, error: fault };
  return await attempt(session, { location }, async (): Promise<PreparedTask> => {
    session.signal.throwIfAborted();
    const { text, loadExternal, metadata } = await openSpec({ ...session, settings });
    const options = await toCompileOptions(settings, metadata);
    const inputs = inputHash(text, options);
    const known = isWhole(text) ? (task.folder ?? (await below(parent)).get(inputs)) : undefined;
    if (known !== undefined && (await isUpToDate(known, inputs))) {
      const own = await readStanding(known);
      const { packageVersion = own.version } = options;
      // A package that was moved is not the one that would be written.
      const isInPlace =
        task.folder !== undefined || own.packageName === relative(parent, known).replaceAll(sep, "/");
      if (isInPlace && own.version === packageVersion)
        return { kind: "standing", location, folder: known, ...own };
    }
    const { describe } = await import("../compile.js");
    const description = await describe(text, options, { loadExternal });
    const folder = task.folder ?? join(parent, description.packageName);
    return { kind: "understood", location, folder, settings, options, description };
  });
}

/** What `work` gives, or its failure: all but those that would be the same for every description. */
export async function attempt<Result>(
  { settings, signal }: Session,
  about: { readonly location: string; readonly packageName?: string },
  work: () => Promise<Result>,
): Promise<Result | FailedTask> {
  try {
    return await work();
  } catch (error) {
    // In a config each deployment has words of its own to be at fault for.
    const common = settings.specs.length > 0 && statusOf(error) === exitStatus.usage;
    if (signal.aborted || common) throw error;
    return { kind: "failed", ...about, error };
  }
}

function withoutRivals(tasks: readonly PreparedTask[], hint: string): readonly PreparedTask[] {
  const byFolder = new Map<string, string[]>();
  for (const task of tasks) {
    if (task.kind === "failed") continue;
    const folder = resolve(task.folder);
    const locations = byFolder.get(folder);
    if (locations === undefined) byFolder.set(folder, [task.location]);
    else locations.push(task.location);
  }
  return tasks.map((task) => {
    if (task.kind === "failed") return task;
    const locations = byFolder.get(resolve(task.folder)) ?? [];
    if (locations.length < 2) return task;
    const { location } = task;
    const packageName = task.kind === "standing" ? task.packageName : task.description.packageName;
    const others = locations.filter((other) => other !== location);
    return {
      kind: "failed",
      location,
      packageName,
      error: sameName(packageName, { location, others, hint }),
    };
  });
}

function sameName(
  packageName: string,
  about: { readonly location: string; readonly others: readonly string[]; readonly hint: string },
): GenDeployError {
  const { location, others, hint } = about;
  const rivals =
    others.length === 0
      ? "another that is made of it"
      : others.length > 3
        ? `those of ${others.length} others`
        : `that of ${others.join(", ")}`;
  return new GenDeployError(
    "generate/same-name",
    `The package of ${location} would be called ${packageName}, like ${rivals}.`,
    { hint },
  );
}
