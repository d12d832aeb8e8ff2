import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { createProgress } from "../../src/cli/progress.js";
import { run } from "../../src/cli/run.js";
import { createTerminal } from "../../src/cli/terminal.js";
import { animal, useCli } from "./run-cli.js";

// The command runs within this process, from its sources: prepared templates stand beside what is built.
vi.mock("../../src/disk/read-templates.js", async () => {
  const { templates } = await import("../templates.js");
  return { readTemplates: async () => ({ templates, runtimeFiles: new Map() }) };
});

const cli = useCli();
const titled = (title: string): string => animal.replace("Animal weight", title);

describe("progress", () => {
  const world = (
    interactive: boolean,
  ): { readonly lines: string[]; readonly run: (words: readonly string[]) => Promise<number> } => {
    const lines: string[] = [];
    return {
      lines,
      run: (words) =>
        run(words, {
          environment: {},
          stdin: (async function* nothing() {})(),
          stdout: { write: () => undefined },
          stderr: { columns: 40, write: (text) => lines.push(text) },
          interactive,
          signal: new AbortController().signal,
          guarded: (work) => work(),
        }),
    };
  };
  const words = (...more: readonly string[]): readonly string[] => {
    for (const name of ["a", "b"]) cli.put(`${name}.json`, titled(name));
    return [
      join(cli.folder, "*.json"),
      "--out",
      join(cli.folder, "out"),
      "--labels",
      "Type=cat,dog",
      ...more,
    ];
  };

  test("is one line that is replaced, cut to the screen and gone in the end", async () => {
    const { lines, run: start } = world(true);
    expect(await start(words())).toBe(0);
    const shown = lines.filter((line) => !line.startsWith("\r"));
    expect(shown.map((line) => line.split(":")[0])).toEqual([
      "Read 1 of 2",
      "Read 2 of 2",
      "Generated 1 of 2",
      "Generated 2 of 2",
    ]);
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(40);
    expect(lines.at(-1)).toBe("\r\u001B[2K");
  });

  test.each([
    { name: "--json", interactive: true, more: ["--json"] },
    { name: "--quiet", interactive: true, more: ["--quiet"] },
    { name: "a log, of a run that is short", interactive: false, more: [] },
  ])("is none with $name", async ({ interactive, more }) => {
    const { lines, run: start } = world(interactive);
    expect(await start(words(...more))).toBe(0);
    expect(lines).toEqual([]);
  });

  test("is a plain line every few seconds in a log", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const lines: string[] = [];
      const streams = {
        stdout: { write: () => undefined },
        stderr: { write: (text: string) => lines.push(text) },
      };
      const options = { verb: "Read", total: 100, json: false, quiet: false };
      const progress = createProgress(createTerminal(streams, []), options);
      for (let index = 0; index < 100; index += 1) {
        vi.advanceTimersByTime(100);
        progress.step(`m${index}.json`);
      }
      progress.end();
      expect(lines).toEqual(["Read 30 of 100.\n", "Read 60 of 100.\n", "Read 90 of 100.\n"]);
    } finally {
      vi.useRealTimers();
    }
  });
});
