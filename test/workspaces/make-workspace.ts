import { appendFile, cp, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { outputOf } from "../packages/run-command.js";
import type { Manager, Tarballs } from "./managers.js";

const example = fileURLToPath(new URL("example", import.meta.url));
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The example in a folder of its own. */
export interface Workspace {
  readonly folder: string;
  /** What a command of the manager's printed, which must not fail. */
  run(command: readonly string[]): Promise<string>;
}

/**
 * Copies the example to `folder`, generates its packages as \`npx gen-deploy\` would, and has the manager install it
 * with the tarballs in place of what a registry has.
 */
export async function makeWorkspace(
  folder: string,
  manager: Manager,
  { tarballs, env }: { readonly tarballs: Tarballs; readonly env: Readonly<Record<string, string>> },
): Promise<Workspace> {
  await cp(example, folder, { recursive: true });
  const place = join(folder, "package.json");
  const manifest: Readonly<Record<string, unknown>> = JSON.parse(await readFile(place, "utf8"));
  const devDependencies = { "gen-deploy": `file:${tarballs.generator}` };
  await writeFile(place, JSON.stringify({ ...manifest, devDependencies, ...manager.fields(tarballs) }));
  for (const [name, text] of Object.entries(manager.files(tarballs)))
    await appendFile(join(folder, name), text);
  const run: Workspace["run"] = (command) => outputOf(command, folder, { ...manager.env, ...env });
  await run([process.execPath, main]);
  await run(manager.install);
  return { folder, run };
}
