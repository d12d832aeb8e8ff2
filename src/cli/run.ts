import { parseArguments, type Request } from "./arguments.js";
import { renameAllSync } from "../disk/rename-all.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import { reportError } from "./report-error.js";
import type { Session } from "./session.js";
import { secretsIn } from "./settings.js";
import { createTerminal, type Streams } from "./terminal.js";

/** The world of one run. */
export interface World extends Streams, Pick<Session, "stdin" | "signal" | "guarded" | "environment"> {
  /** Default: standard output, without waiting for it. */
  readonly results?: Session["results"];
  /** Default: nobody interrupts twice. */
  readonly impatience?: AbortSignal;
  /** Default: this process. */
  readonly renamer?: Session["renamer"];
}

const ownRenamer: Session["renamer"] = {
  renameAll: async (renames) => renameAllSync(renames),
  prepare: () => undefined,
  dismiss: () => undefined,
};

/** Runs the command that `words` ask for; every failure is printed and becomes an exit status. */
export async function run(words: readonly string[], world: World): Promise<ExitStatus> {
  const show = { json: words.includes("--json"), debug: words.includes("--debug") };
  const environmentToken = world.environment["GEN_DEPLOY_TOKEN"]?.trim() ?? "";
  let terminal = createTerminal(world, [environmentToken]);
  try {
    const request = await parseArguments(words, world.environment);
    if (request === undefined) return exitStatus.done;
    const secrets = [environmentToken, ...secretsIn(request.settings), request.mock?.token ?? ""];
    terminal = createTerminal(world, secrets);
    const { stdin, signal, guarded, environment, renamer = ownRenamer } = world;
    return await start(request, {
      settings: request.settings,
      terminal,
      stdin,
      results: world.results ?? { write: async (text) => void world.stdout.write(text), screen: false },
      signal,
      impatience: world.impatience ?? new AbortController().signal,
      guarded,
      environment,
      renamer,
    });
  } catch (error) {
    if (world.signal.aborted) return exitStatus.interrupted;
    return reportError(terminal, error, show);
  }
}

/** Each command is loaded only when it is asked for. */
async function start({ command, mock, predict }: Request, session: Session): Promise<ExitStatus> {
  if (command === "generate" && session.settings.watch)
    return await (await import("./watch.js")).watch(session);
  if ((command === "generate" || command === "check") && session.settings.specs.length === 0)
    return await (await import("./run-config.js")).runConfig(session, command);
  if (predict !== undefined) return await (await import("./predict.js")).predict(session, predict);
  if (mock !== undefined) return await (await import("./mock.js")).mock(session, mock);
  switch (command) {
    case "mock":
    case "predict":
      throw new Error("a command without its choices");
    case "generate":
      return await (await import("./generate.js")).generate(session);
    case "inspect":
      return await (await import("./inspect.js")).inspect(session);
    case "check":
      return await (await import("./check.js")).check(session);
    case "diff":
      return await (await import("./diff.js")).diff(session);
    case "init":
      return await (await import("./init.js")).init(session);
  }
}
