/*
 * Places come in, word that something changed in them goes out. The only file that imports chokidar.
 */
import { access } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { FSWatcher } from "chokidar";

/** Looks on while files change. */
export interface FileWatch {
  /**
   * Looks at these files, and at all below these folders, and at nothing else. Whether they are others than before:
   * then what changed a moment ago may have been missed.
   */
  readonly follow: (places: Iterable<string>) => Promise<boolean>;
  /** Resolves when something has changed since the last time, at once where it has already; rejects with `signal`. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Milliseconds for which a file must be left alone: what an editor or a download has half written is not read. */
const calm = 80;

/** Looks at nothing yet. */
export function watchFiles(): FileWatch {
  let watcher: FSWatcher | undefined;
  let followed: ReadonlySet<string> = new Set();
  let pending = false;
  let wake: () => void = () => undefined;
  const notice = (): void => {
    pending = true;
    wake();
  };
  return {
    follow: async (places) => {
      const next = new Set([...places].map((place) => resolve(place)));
      if (next.size === followed.size && [...next].every((place) => followed.has(place))) return false;
      await watcher?.close();
      followed = next;
      watcher = await startWatcher([...next], notice);
      return true;
    },
    changed: async (signal) => {
      signal.throwIfAborted();
      if (!pending) {
        await new Promise<void>((done, fail) => {
          const stop = (): void => fail(signal.reason);
          signal.addEventListener("abort", stop, { once: true });
          wake = () => {
            signal.removeEventListener("abort", stop);
            done();
          };
        });
      }
      pending = false;
    },
    close: async () => await watcher?.close(),
  };
}

async function startWatcher(places: readonly string[], notice: () => void): Promise<FSWatcher> {
  const { watch } = await import("chokidar");
  // The folders above, for a file that is deleted and written anew is another file to the system.
  const roots = new Set(await Promise.all(places.map(async (place) => await existing(dirname(place)))));
  const watcher = watch([...roots], {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: calm, pollInterval: calm / 4 },
    ignored: (path) => !roots.has(path) && !places.some((place) => isWanted(path, place)),
  });
  watcher.on("all", notice);
  // A folder that may not be looked at is no reason to stop looking at the others.
  watcher.on("error", () => undefined);
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return watcher;
}

/** The folder, or the nearest above it that there is. */
async function existing(folder: string): Promise<string> {
  let found = folder;
  while (dirname(found) !== found && !(await isThere(found))) found = dirname(found);
  return found;
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** Whether `path` is the place, on the way to it, or below it; what others' packages and git do there is left out. */
function isWanted(path: string, place: string): boolean {
  if (path === place || place.startsWith(`${path}${sep}`)) return true;
  const below = path.startsWith(`${place}${sep}`) ? path.slice(place.length) : undefined;
  return below !== undefined && !/[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(below);
}
