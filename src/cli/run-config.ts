import { parseConfig } from "../config/parse-config.js";
import { findConfig, loadConfig } from "../disk/load-config.js";
import { suggest } from "../spec/suggest.js";
import { filterTasks, toTasks, type ConfigTask } from "./config-tasks.js";
import { UsageError, type ExitStatus } from "./exit-status.js";
import type { Session } from "./session.js";
import { secretsIn } from "./settings.js";

/** `gen-deploy` and `gen-deploy check` without a description: all that a config lists, or what `--filter` names of it. */
export async function runConfig(session: Session, command: "generate" | "check"): Promise<ExitStatus> {
  const { settings, signal } = session;
  const file = settings.config ?? (await findConfig("."));
  if (file === undefined) {
    throw new UsageError(
      "No description is given, and there is no config here.",
      "Give its path or address: gen-deploy spec.json; gen-deploy init writes a config.",
    );
  }
  const config = await loadConfig(file, signal);
  const all = await toTasks(session, config, parseConfig(config));
  const { found, idle } = filterTasks(all, settings.filters);
  if (idle[0] !== undefined) throw noSuch(idle[0], all);
  const terminal = session.terminal.hiding(found.flatMap((task) => secretsIn(task.settings)));
  const inner = { ...session, terminal };
  return command === "check"
    ? await (await import("./check-many.js")).checkTasks(inner, found)
    : await (await import("./generate-tasks.js")).generateTasks(inner, found);
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
