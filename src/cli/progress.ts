import type { Settings } from "./settings.js";
import type { Terminal } from "./terminal.js";

/** How far a long run is. */
export interface Progress {
  /** One more is done. */
  readonly step: (name: string) => void;
  readonly end: () => void;
}

/** What is counted. */
export interface ProgressOptions extends Pick<Settings, "json" | "quiet"> {
  /** What is done to each, such as `Read`. */
  readonly verb: string;
  readonly total: number;
}

/** Milliseconds between two lines where lines stay, as in the log of a build: short runs leave none. */
const pause = 3000;

/**
 * Shows progress: one line that is replaced where somebody looks on, a plain line now and then elsewhere, and nothing
 * with `--json` and `--quiet`.
 */
export function createProgress(terminal: Terminal, options: ProgressOptions): Progress {
  const { verb, total, json, quiet } = options;
  if (json || quiet || total < 2) return { step: () => undefined, end: () => undefined };
  let done = 0;
  let last = performance.now();
  return {
    step: (name) => {
      done += 1;
      if (terminal.interactive) return terminal.status(`${verb} ${done} of ${total}: ${name}`);
      if (performance.now() - last < pause) return undefined;
      last = performance.now();
      return terminal.complain(`${verb} ${done} of ${total}.`);
    },
    end: () => terminal.status(""),
  };
}
