import { dirname } from "node:path";
import { parseConfig } from "../config/parse-config.js";
import { findConfig, loadConfig } from "../disk/load-config.js";
import { suggest } from "../spec/suggest.js";
import { filterTasks, placeOf, toTasks, type ConfigTask } from "./config-tasks.js";
import { UsageError, type ExitStatus } from "./exit-status.js";
import type { Session } from "./session.js";
import { secretsIn } from "./settings.js";

/** `gen-deploy` and `gen-deploy check` without a description: all that a config lists, or what `--filter` names of it. */
export async function runConfig(session: Session, command: "generate" | "check"): Promise<ExitStatus> {
  const { tasks } = await openConfig(session, await configFile(session));
  const terminal = session.terminal.hiding(tasks.flatMap((task) => secretsIn(task.settings)));
  const inner = { ...session, terminal };
  return command === "check"
    ? await (await import("./check-many.js")).checkTasks(inner, tasks)
    : await (await import("./generate-tasks.js")).generateTasks(inner, tasks);
}

/** The config to run: what `--config` names, or that of the folder. Throws `UsageError` where there is none. */
export async function configFile({ settings }: Session): Promise<string> {
  const file = settings.config ?? (await findConfig("."));
  if (file !== undefined) return file;
  throw new UsageError(
    "No description is given, and there is no config here.",
    "Give its path or address: gen-deploy spec.json; gen-deploy init writes a config.",
  );
}

/** What is wanted of a config, and the descriptions that it lists in its own words, patterns among them. */
export async function openConfig(
  session: Session,
  file: string,
): Promise<{ readonly tasks: readonly ConfigTask[]; readonly specs: readonly string[] }> {
  const { settings, signal } = session;
  const config = await loadConfig(file, { signal, again: session.sources !== undefined });
  const deployments = parseConfig(config);
  const all = await toTasks(session, config, deployments);
  const { found, idle } = filterTasks(all, settings.filters);
  if (idle[0] !== undefined) throw noSuch(idle[0], all);
  const folder = dirname(file);
  return { tasks: found, specs: deployments.map(({ spec }) => placeOf(folder, spec)) };
}

function noSuch(filter: string, tasks: readonly ConfigTask[]): UsageError {
  const known = [...new Set(tasks.map(({ names }) => names[0] ?? ""))];
  const near = suggest(filter, [...new Set(tasks.flatMap(({ names }) => names))])[0];
  const listed = known.slice(0, 8).join(", ");
  return new UsageError(
    `The config has nothing that --filter ${JSON.stringify(filter.slice(0, 100))} fits.`,
    near === undefined
      ? `It has ${listed}${known.length > 8 ? ` and ${known.length - 8} more` : ""}.`
      : `Did you mean ${near}?`,
  );
}
