/*
 * `--watch`: the same run again and again, whenever a file that it depends on changes, and every few seconds for
 * descriptions on the network, which are only sent anew where they have changed. What is unchanged costs a hash, so no
 * round asks what exactly has changed.
 */
import { setTimeout as delay } from "node:timers/promises";
import { expandLocations, searchedFolder, shownLocation } from "../disk/expand-locations.js";
import { watchFiles, type FileWatch } from "../disk/watch-files.js";
import { exitStatus, UsageError, type ExitStatus } from "./exit-status.js";
import { carryOut, templatesOnDemand } from "./generate-tasks.js";
import { toTasks as tasksOfSpecs } from "./generate-many.js";
import { prepareTasks, type Task } from "./prepare-tasks.js";
import { statusOf } from "./report-error.js";
import { configFile, openConfig } from "./run-config.js";
import type { Session, Sources } from "./session.js";
import { secretsIn } from "./settings.js";
import { createNews } from "./watch-news.js";

/** `gen-deploy --watch`: keeps packages as their descriptions say until it is interrupted. */
export async function watch(session: Session): Promise<ExitStatus> {
  const { settings, terminal, signal } = session;
  refuseWrongUse(session);
  const file = settings.specs.length > 0 ? undefined : await configFile(session);
  const places = new Set<string>();
  const sources: Sources = { memory: new Map(), noted: (path) => places.add(path) };
  const templates = templatesOnDemand();
  const news = createNews(terminal, settings);
  const watcher = watchFiles();
  // Under this name is said what is wrong with all of it.
  const whole = file ?? "gen-deploy";
  try {
    for (let round = 0; ; round += 1) {
      places.clear();
      // What a round has to say is said by its news, in a line each.
      const inner: Session = { ...session, sources, settings: { ...settings, quiet: true, json: false } };
      const tasks = await tasksOf(inner, { file, places }).catch((error: unknown) => {
        if (signal.aborted || (round === 0 && statusOf(error) === exitStatus.usage)) throw error;
        news.failed(whole, error);
        return undefined;
      });
      if (tasks !== undefined) {
        news.mended(whole);
        const hiding = terminal.hiding(tasks.flatMap((task) => secretsIn(task.settings)));
        for (const task of await prepareTasks({ ...inner, terminal: hiding }, tasks)) {
          signal.throwIfAborted();
          news.outcome(await carryOut({ ...inner, terminal: hiding }, task, templates), hiding);
        }
        news.known(tasks.map(({ location }) => location));
      }
      // Between the reading of a file and the first look at it, it may have changed.
      const isNew = await watcher.follow(places);
      if (isNew) continue;
      news.ready(tasks?.length ?? 0);
      await nextRound(watcher, { tasks: tasks ?? [], seconds: settings.interval, signal });
    }
  } finally {
    await watcher.close();
  }
}

function refuseWrongUse({ settings }: Session): void {
  const { dryRun, specs } = settings;
  if (dryRun) throw new UsageError("--dry-run writes nothing, so there is nothing to watch for.");
  if (specs.includes("-")) throw new UsageError("Standard input cannot be watched.", "Save it to a file.");
}

interface RoundPlaces {
  readonly file: string | undefined;
  /** Takes what the tasks depend on. */
  readonly places: Set<string>;
}

async function tasksOf(session: Session, { file, places }: RoundPlaces): Promise<readonly Task[]> {
  const { settings, signal } = session;
  if (file !== undefined) places.add(file);
  const { tasks, specs } =
    file === undefined
      ? {
          tasks: tasksOfSpecs(session, await expandLocations(settings.specs, { signal })),
          specs: settings.specs,
        }
      : await openConfig(session, file);
  for (const spec of specs) {
    const folder = searchedFolder(spec);
    if (folder !== undefined) places.add(folder);
  }
  for (const { settings: own } of tasks)
    for (const place of [own.spec, own.metadata, own.labelsFile])
      if (place !== undefined && !isAddress(place)) places.add(place);
  return tasks;
}

function isAddress(location: string): boolean {
  return shownLocation(location) !== location || /^https?:/i.test(location);
}

interface NextRound {
  readonly tasks: readonly Task[];
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Resolves when a file changed or, where there are descriptions on the network, when it is time to ask for them. */
async function nextRound(watcher: FileWatch, { tasks, seconds, signal }: NextRound): Promise<void> {
  const remote = tasks.some(
    ({ settings: { spec, metadata = "" } }) => isAddress(spec) || isAddress(metadata),
  );
  const round = new AbortController();
  const stop = (): void => round.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    const waiting = [watcher.changed(round.signal)];
    if (remote) waiting.push(delay(seconds * 1000, undefined, { signal: round.signal }));
    // Those that lose are broken off below, which is no failure.
    for (const one of waiting) one.catch(() => undefined);
    await Promise.race(waiting);
  } finally {
    signal.removeEventListener("abort", stop);
    round.abort();
  }
}
