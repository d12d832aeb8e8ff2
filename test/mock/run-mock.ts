import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";

const bin = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A mock that the built command serves. */
export interface RunningMock {
  /** What clients are made with. */
  readonly url: string;
  /** `http://host:port`. */
  readonly origin: string;
  /** What the command has printed so far, line by line. */
  readonly lines: readonly string[];
  /** Ends it; resolves with its exit status, or the signal that it died of. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
}

/** Starts mocks, and ends those that a test leaves behind. */
export function useMocks(): (words: readonly string[]) => Promise<RunningMock> {
  const running = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
    running.clear();
  });
  return async (words) => {
    if (!existsSync(bin)) throw new Error("dist/cli/main.js is missing: run npm run build first");
    const { GEN_DEPLOY_TOKEN: _, ...environment } = process.env;
    const port = words.includes("--port") ? [] : ["--port", "0"];
    const child = spawn(process.execPath, [bin, "mock", ...words, ...port], {
      cwd: root,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
      child.once("close", (status, signal) => {
        running.delete(child);
        resolve(status ?? signal);
      });
    });
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    const lines: string[] = [];
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        lines.push(line);
        const found = /"url":"(http:[^"]*)"|createClient\(\{ url: "([^"]*)"/.exec(line);
        if (found !== null) resolve(found[1] ?? found[2] ?? "");
      });
      void ended.then((status) => reject(new Error(`ended with ${status}: ${complaints}`)));
    });
    return {
      url,
      origin: new URL(url).origin,
      lines,
      end: async (signal = "SIGINT") => {
        child.kill(signal);
        return await ended;
      },
    };
  };
}

/** A description among the fixtures. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../dialects/${name}`, import.meta.url));
}
