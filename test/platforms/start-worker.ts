import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { basename, join, dirname } from "node:path";
import { once } from "node:events";
import { platformCommand } from "./tools.js";

/** What workerd is to run: one module with everything inside, and the texts that it gets. */
export interface WorkerOptions {
  readonly script: string;
  readonly bindings: Readonly<Record<string, string>>;
}

/** Runs a worker in workerd on a free port of 127.0.0.1: where it answers, and how to end it. */
export async function startWorker({
  script,
  bindings,
}: WorkerOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const config = join(dirname(script), "config.capnp");
  await writeFile(config, configOf(basename(script), bindings));
  // On the fourth descriptor workerd says on which port it listens.
  const child = spawn(platformCommand("workerd"), ["serve", "--control-fd=3", config], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const ended = once(child, "exit");
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  let said = "";
  const control = child.stdio[3];
  if (control === null || control === undefined || !("setEncoding" in control)) throw new Error("No pipe.");
  control.setEncoding("utf8");
  for await (const text of control) {
    said += String(text);
    const [, port] = /"event":"listen".*"port":(\d+)/.exec(said) ?? [];
    if (port !== undefined) return { url: `http://127.0.0.1:${port}/`, close };
  }
  await close();
  throw new Error(`workerd ended before it listened: ${said}`);
}

/** Loopback is "local" to workerd, and closed to a worker that is not let there. */
function configOf(module: string, bindings: Readonly<Record<string, string>>): string {
  const texts = Object.entries(bindings).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "main", esModule = embed ${JSON.stringify(module)})],
      bindings = [${texts.join(", ")}],
      compatibilityDate = "2026-01-01",
    )),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}
