#!/usr/bin/env node
/*
 * The only file that knows the run's process: its words, its streams, its signals and its exit status.
 */
import { fileURLToPath } from "node:url";
import { exitStatus } from "./exit-status.js";
import { renamingProcess } from "./renaming-process.js";
import { run } from "./run.js";

const controller = new AbortController();
const impatience = new AbortController();
let guards = 0;
let firstAt = Infinity;

/** Milliseconds within which a second signal is the first one again: npx hands on what its terminal sends to both. */
const echo = 100;

const interrupt = (): void => {
  if (performance.now() - firstAt > echo) impatience.abort();
  firstAt = Math.min(firstAt, performance.now());
  controller.abort();
  // While a package is put into place the write itself breaks off or completes; else there is nothing to take back.
  if (guards === 0) process.exit(exitStatus.interrupted);
};
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (error: Error) => {
  if (!("code" in error && error.code === "EPIPE")) throw error;
});

const renamer = renamingProcess({
  execPath: process.execPath,
  program: fileURLToPath(new URL("./rename-files.js", import.meta.url)),
  environment: process.env,
});

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  // Opened when it is read: that takes Node a while, and few runs do.
  stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
  stdout: process.stdout,
  results: {
    write: (text) =>
      new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => (error == null ? resolve() : reject(error)));
      }),
    screen: Boolean(process.stdout.isTTY),
  },
  stderr: process.stderr,
  interactive:
    process.stderr.isTTY && process.env["TERM"] !== "dumb" && (process.env["CI"] ?? "false") === "false",
  renamer,
  signal: controller.signal,
  impatience: impatience.signal,
  guarded: async (work) => {
    guards += 1;
    try {
      return await work();
    } finally {
      guards -= 1;
    }
  },
});
renamer.dismiss();
