import { searchedFolder } from "../disk/expand-locations.js";
import { countChanges } from "./change-text.js";
import { errorJson, reportError } from "./report-error.js";
import type { Outcome } from "./report-many.js";
import type { Settings } from "./settings.js";
import { toOneLine, type Terminal } from "./terminal.js";
import { countText, writtenJson, type WrittenPackage } from "./write-description.js";

/** What a run that goes on has to say, and said before. */
export interface News {
  /** What became of a package: a line where it changed, nothing where it stands as it should. */
  readonly outcome: (outcome: Outcome, terminal: Terminal) => void;
  /** What went wrong with `location`; said once, however often it is tried. */
  readonly failed: (location: string, error: unknown) => void;
  /** Nothing is wrong with `location`; said where something was. */
  readonly mended: (location: string) => void;
  /** The descriptions that there are; those that were there before are said to be gone. */
  readonly known: (locations: readonly string[]) => void;
  /** All is done that can be, and what happens next is waited for. */
  readonly ready: (count: number) => void;
}

/** News on `terminal`: a line each, or with `--json` a JSON object on a line; nothing but failures with `--quiet`. */
export function createNews(terminal: Terminal, { json, quiet, debug }: Settings): News {
  const faults = new Map<string, string>();
  const lost = new Set<string>();
  let before: readonly string[] = [];
  let waiting = false;

  const say = (to: Terminal, text: string, event: object): void => {
    // Compact: whoever reads a stream of events reads it by lines.
    if (json) to.print(JSON.stringify(event));
    else if (!quiet) to.print(text);
  };
  const failed = (to: Terminal, location: string, error: unknown): void => {
    const fault = JSON.stringify(errorJson(error, false));
    if (faults.get(location) === fault) return;
    faults.set(location, fault);
    if (json) say(to, "", { event: "failed", description: location, error: errorJson(error, debug) });
    else reportError(to, error, { json, debug });
  };
  const mended = (to: Terminal, location: string): void => {
    const wasWrong = faults.delete(location);
    if (!lost.delete(location) && !wasWrong) return;
    say(to, `${toOneLine(location)} is in order again.`, { event: "mended", description: location });
  };

  return {
    outcome: (outcome, to) => {
      const { location } = outcome;
      if (outcome.kind === "failed") return failed(to, location, outcome.error);
      if (outcome.kind === "written" && countText(outcome.written.report) !== undefined) {
        const { written } = outcome;
        faults.delete(location);
        lost.delete(location);
        const event = { event: "written", description: location, ...writtenJson(written, false) };
        return say(to, writtenText(written), event);
      }
      mended(to, location);
    },
    failed: (location, error) => failed(terminal, location, error),
    mended: (location) => mended(terminal, location),
    known: (locations) => {
      for (const location of before.filter((one) => !locations.includes(one))) {
        // A pattern is named where no file fits it, and by its files where they do.
        if (searchedFolder(location) !== undefined) mended(terminal, location);
        else {
          faults.delete(location);
          lost.add(location);
          const event = { event: "gone", description: location };
          say(terminal, `${toOneLine(location)} is gone; its package stays.`, event);
        }
      }
      before = locations;
    },
    ready: (count) => {
      if (waiting) return;
      waiting = true;
      const many = `${count} description${count === 1 ? "" : "s"}`;
      say(terminal, `Watching ${many}; Ctrl-C ends it.`, { event: "watching", descriptions: count });
    },
  };
}

function writtenText({ compilation, folder, report, update }: WrittenPackage): string {
  const { packageName, diagnostics } = compilation;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  const parts = [
    `Wrote ${packageName} to ${toOneLine(folder)}: ${countText(report) ?? "nothing"}`,
    ...(update === undefined ? [] : [`${update.from} → ${update.version}`]),
    ...(update === undefined || update.comparison.changes.length === 0
      ? []
      : [countChanges(update.comparison.changes)]),
    ...(warnings === 0 ? [] : [`${warnings} warning${warnings === 1 ? "" : "s"}`]),
  ];
  return `${parts.join("; ")}.`;
}
