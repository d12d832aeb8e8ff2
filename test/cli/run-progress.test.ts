import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRunProgress, durationText } from "../../src/cli/run-progress.js";
import { createTerminal } from "../../src/cli/terminal.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Watched {
  readonly lines: readonly string[];
  readonly at: (rows: number, milliseconds: number, rejected?: number) => void;
  readonly end: () => void;
}

function watch(
  interactive: boolean,
  {
    total = null,
    size = null,
    passed = 0,
    quiet = false,
  }: Readonly<Record<string, number | boolean | null>> = {},
): Watched {
  const lines: string[] = [];
  let read = 0;
  const streams = {
    interactive,
    stdout: { write: () => undefined },
    stderr: { columns: 120, write: (text: string) => lines.push(text) },
  };
  const progress = createRunProgress(createTerminal(streams, []), {
    json: false,
    quiet: quiet === true,
    passed: Number(passed),
    source: {
      total: total === null ? null : Number(total),
      bytes: { size: size === null ? null : Number(size), read: () => read },
    },
  });
  return {
    lines,
    at: (rows, milliseconds, rejected = 0) => {
      vi.advanceTimersByTime(milliseconds);
      read = rows * 10;
      progress.update({ rows, answered: rows - rejected, rejected });
    },
    end: progress.end,
  };
}

describe("the progress of a run", () => {
  test("is a bar with rows a second and the time left, gone in the end", () => {
    const { lines, at, end } = watch(true, { size: 100_000 });
    at(2500, 1000);
    at(2501, 10);
    at(5000, 1990, 3);
    end();
    expect(lines.filter((line) => !line.startsWith("\r"))).toEqual([
      "[#####---------------] 2,500 rows (25%), 2,500 rows/s, 0:03 left",
      "[##########----------] 5,000 rows (50%), 1,667 rows/s, 0:03 left, 3 rejected",
    ]);
    expect(lines.at(-1)).toBe("\r\u001B[2K");
  });

  test("counts on from where a run is resumed", () => {
    const { lines, at } = watch(true, { total: 10_000, passed: 4000 });
    at(5000, 1000);
    expect(lines).toEqual(["[##########----------] 5,000 of 10,000 rows (50%), 1,000 rows/s, 0:05 left"]);
  });

  test("is a plain line every few seconds in a log, without what nobody knows", () => {
    const { lines, at } = watch(false);
    for (let index = 1; index <= 70; index += 1) at(index * 10, 100);
    expect(lines).toEqual(["300 rows, 100 rows/s.\n", "600 rows, 100 rows/s.\n"]);
  });

  test("is none where the command is to be quiet", () => {
    const { lines, at, end } = watch(true, { quiet: true, total: 10 });
    at(5, 5000);
    end();
    expect(lines).toEqual([]);
  });

  test.each([
    { seconds: 0.2, want: "0:01" },
    { seconds: 61, want: "1:01" },
    { seconds: 3727, want: "1:02:07" },
  ])("has $seconds seconds as $want", ({ seconds, want }) => {
    expect(durationText(seconds)).toBe(want);
  });
});
