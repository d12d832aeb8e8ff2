/*
 * The run's side of rename-files: a process that outlives the run where the run is killed.
 */
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { isRecord } from "../config/config-values.js";
import { renameAllSync, type Rename, type RenameAll } from "../disk/rename-all.js";

/** How the program rename-files is started, and how long it is waited for. */
export interface RenamingProgram {
  readonly execPath: string;
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds from its start to its first word, and from a list to its answer; default 5,000. */
  readonly patience?: number;
}

/** Who replaces the files of standing packages. */
export interface Renamer {
  readonly renameAll: RenameAll;
  /** Starts what takes a while to start, where it is known that there will be something to rename. */
  readonly prepare: () => void;
  /** Lets it go: nothing more will be asked for. */
  readonly dismiss: () => void;
}

/** A process that is ready for lists of renames. */
interface Helper {
  /** The line that answers a line; undefined where the process has ended without one, or was ended for its silence. */
  readonly ask: (line: string) => Promise<string | undefined>;
  readonly isAlive: () => boolean;
  readonly dismiss: () => void;
}

/**
 * Renames by a process of their own, which is started at the first list and stays for those to come. Where none can be
 * started, this one makes the renames.
 */
export function renamingProcess(given: RenamingProgram): Renamer {
  let helper: Promise<Helper | undefined> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function rename(renames: readonly Rename[]): Promise<void> {
    // One that has ended since is replaced; one that could not be started is not tried again.
    if ((await helper)?.isAlive() === false) helper = undefined;
    helper ??= startHelper(given);
    const standing = await helper;
    if (standing === undefined) return renameAllSync(renames);
    const answer = await standing.ask(`${JSON.stringify(renames)}\n`);
    // A process that has ended amid its work has left its work to this one.
    if (answer === undefined) return renameAllSync(renames);
    throwFault(JSON.parse(answer));
  }

  return {
    renameAll: async (renames) => {
      const mine = turn.then(async () => await rename(renames));
      turn = mine.catch(() => undefined);
      await mine;
    },
    prepare() {
      helper ??= startHelper(given);
    },
    dismiss() {
      void helper?.then((standing) => standing?.dismiss());
    },
  };
}

function throwFault(answer: unknown): void {
  const { code, message } = isRecord(answer) ? answer : {};
  if (typeof message === "string") throw Object.assign(new Error(message), { code });
}

/** Starts the program; undefined where that is not to be had, as where a run may start no process. */
async function startHelper(given: RenamingProgram): Promise<Helper | undefined> {
  const { execPath, program, environment, patience = 5000 } = given;
  const [{ spawn }, { Socket }] = await Promise.all([import("node:child_process"), import("node:net")]);
  // What users have Node load into their programs, and a description's token, are no business of this one.
  const { NODE_OPTIONS: _options, GEN_DEPLOY_TOKEN: _token, ...env } = environment;
  try {
    const child = spawn(execPath, [program], {
      ...{ detached: true, windowsHide: true, env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    // Only while it is waited for does it keep the run from ending.
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref();
    const { next, isAlive } = linesOf(child, patience);
    // Until it is told something, ending it changes nothing.
    if ((await next()) === undefined) return undefined;
    return {
      isAlive,
      ask: async (line) => {
        const answer = next();
        if (isAlive()) child.stdin.write(line);
        return await answer;
      },
      dismiss: () => child.stdin.end(),
    };
  } catch {
    return undefined;
  }
}

/** The lines that a process says, each as it is waited for; undefined for none, when it has ended or been ended. */
function linesOf(
  child: ChildProcessByStdio<Writable, Readable, null>,
  patience: number,
): { readonly next: () => Promise<string | undefined>; readonly isAlive: () => boolean } {
  let text = "";
  let settle: ((line: string | undefined) => void) | undefined;
  let alive = true;
  const end = (): void => {
    alive = false;
    settle?.(undefined);
  };
  child.once("close", end);
  child.once("error", end);
  child.stdin.on("error", () => undefined);
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    const [line, rest] = text.split("\n", 2);
    if (rest === undefined) return;
    text = rest;
    settle?.(line);
  });
  return {
    isAlive: () => alive,
    next: async () => {
      if (!alive) return undefined;
      child.ref();
      const deadline = setTimeout(() => child.kill("SIGKILL"), patience);
      try {
        return await new Promise((resolve) => (settle = resolve));
      } finally {
        clearTimeout(deadline);
        settle = undefined;
        child.unref();
      }
    },
  };
}
