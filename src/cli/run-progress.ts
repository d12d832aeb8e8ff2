import type { RowSource } from "../score/row-source.js";
import type { RunCounts } from "../score/score-rows.js";
import type { Settings } from "./settings.js";
import type { Terminal } from "./terminal.js";

/** How far a run over rows is. */
export interface RunProgress {
  readonly update: (counts: RunCounts) => void;
  readonly end: () => void;
}

/** What is measured. */
export interface RunProgressOptions extends Pick<Settings, "json" | "quiet"> {
  readonly source: Pick<RowSource, "total" | "bytes">;
  /** Rows that an earlier run has dealt with. */
  readonly passed: number;
}

/** Milliseconds between two lines: where lines stay, and where one is replaced. */
const pauses = { log: 3000, screen: 100 } as const;

/** Cells of the bar. */
const width = 20;

/**
 * Shows rows, rows a second and the time left: one line that is replaced where somebody looks on, a plain line now and
 * then elsewhere, nothing with `--json` and `--quiet`.
 */
export function createRunProgress(terminal: Terminal, options: RunProgressOptions): RunProgress {
  const { json, quiet, source, passed } = options;
  if (json || quiet) return { update: () => undefined, end: () => undefined };
  const start = performance.now();
  let last = start;
  return {
    update: (counts) => {
      const now = performance.now();
      if (now - last < (terminal.interactive ? pauses.screen : pauses.log)) return;
      last = now;
      const seconds = (now - start) / 1000;
      const share = shareOf(counts, source);
      const rate = (counts.rows - passed) / seconds;
      const parts = { counts, total: source.total, share, rate, left: timeLeft(counts.rows, share, rate) };
      if (terminal.interactive) terminal.status(`${bar(share)}${progressText(parts)}`);
      else terminal.complain(`${progressText(parts)}.`);
    },
    end: () => terminal.status(""),
  };
}

/** What is done of all, from 0 to 1, or undefined where nobody knows how much there is. */
function shareOf({ rows }: RunCounts, { total, bytes }: RunProgressOptions["source"]): number | undefined {
  if (total !== null) return total === 0 ? 1 : Math.min(1, rows / total);
  if (bytes.size === null || bytes.size === 0) return undefined;
  return Math.min(1, bytes.read() / bytes.size);
}

/** Seconds, or undefined where nobody knows. */
function timeLeft(rows: number, share: number | undefined, rate: number): number | undefined {
  if (share === undefined || share === 0 || rate <= 0) return undefined;
  return (rows / share - rows) / rate;
}

interface ProgressParts {
  readonly counts: RunCounts;
  readonly total: number | null;
  readonly share: number | undefined;
  readonly rate: number;
  readonly left: number | undefined;
}

function progressText({ counts, total, share, rate, left }: ProgressParts): string {
  const of = total === null ? "" : ` of ${countText(total)}`;
  const percent = share === undefined ? "" : ` (${Math.floor(share * 100)}%)`;
  const rejected = counts.rejected === 0 ? "" : `, ${countText(counts.rejected)} rejected`;
  const time = left === undefined ? "" : `, ${durationText(left)} left`;
  return `${countText(counts.rows)}${of} rows${percent}, ${countText(Math.round(rate))} rows/s${time}${rejected}`;
}

function bar(share: number | undefined): string {
  if (share === undefined) return "";
  const full = Math.round(share * width);
  return `[${"#".repeat(full)}${"-".repeat(width - full)}] `;
}

/** A count with commas between thousands. */
export function countText(count: number): string {
  return count.toLocaleString("en-US");
}

/** Seconds as `0:07` or `1:02:07`. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const clock = `${String(minutes).padStart(hours > 0 ? 2 : 1, "0")}:${String(rest).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${clock}` : clock;
}
