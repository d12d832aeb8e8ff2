/*
 * The run's side of rename-files: a process that outlives the run where the run is killed.
 */
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { isRecord } from "../config/config-values.js";
import { renameAllSync, type Rename, type RenameAll } from "../disk/rename-all.js";

/** How the program rename-files is started. */
export interface RenamingProgram {
  readonly execPath: string;
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Who replaces the files of standing packages. */
export interface Renamer {
  readonly renameAll: RenameAll;
  /** Says that there will be something to rename: who has to come in first is called now. */
  readonly call: () => void;
}

/** A process that is ready for lists of renames. */
interface Conversation {
  /** The line that answers a line; undefined where the process has ended without one. */
  readonly ask: (line: string) => Promise<string | undefined>;
  readonly isAlive: () => boolean;
}

/**
 * Renames by a process of their own, which is started at the first list and stays for those to come. Where none can be
 * started, this one makes the renames.
 */
export function renamingProcess(given: RenamingProgram): Renamer {
  let standing: Promise<Conversation | undefined> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function rename(renames: readonly Rename[]): Promise<void> {
    if ((await standing)?.isAlive() === false) standing = undefined;
    standing ??= start(given);
    const conversation = await standing;
    if (conversation === undefined) return renameAllSync(renames);
    const answer = await conversation.ask(`${JSON.stringify(renames)}\n`);
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
    call() {
      standing ??= start(given);
    },
  };
}

function throwFault(answer: unknown): void {
  const { code, message } = isRecord(answer) ? answer : {};
  if (typeof message === "string") throw Object.assign(new Error(message), { code });
}

/** Starts the program; undefined where that is not to be had, as where a run may start no process. */
async function start(given: RenamingProgram): Promise<Conversation | undefined> {
  const { execPath, program, environment } = given;
  const [{ spawn }, { Socket }] = await Promise.all([import("node:child_process"), import("node:net")]);
  // What users have Node load into their programs, and a description's token, are no business of this one.
  const { NODE_OPTIONS: _options, GEN_DEPLOY_TOKEN: _token, ...env } = environment;
  try {
    const child = spawn(execPath, [program], {
      ...{ detached: true, windowsHide: true, env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    const started = await new Promise<boolean>((resolve) => {
      child.once("spawn", () => resolve(true));
      child.once("error", () => resolve(false));
    });
    if (!started) return undefined;
    // Only while it is asked does it keep the run from ending.
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref();
    return converse(child);
  } catch {
    return undefined;
  }
}

function converse(child: ChildProcessByStdio<Writable, Readable, null>): Conversation {
  let text = "";
  let settle: ((answer: string | undefined) => void) | undefined;
  let alive = true;
  const end = (): void => {
    alive = false;
    settle?.(undefined);
  };
  child.once("close", end);
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
    ask: async (line) => {
      child.ref();
      try {
        return await new Promise((resolve) => {
          settle = resolve;
          if (alive) child.stdin.write(line);
          else resolve(undefined);
        });
      } finally {
        settle = undefined;
        child.unref();
      }
    },
  };
}
