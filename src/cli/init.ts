/*
 * `gen-deploy init`: looks for descriptions below the folder, understands each, and writes a config that lists them
 * with the names that their packages get. Nothing is asked.
 */
import { dirname } from "node:path/posix";
import { readConfigPlace, writeNewFile, type ConfigPlace } from "../disk/config-place.js";
import { findDescriptions } from "../disk/find-descriptions.js";
import { findConfig } from "../disk/load-config.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import { createProgress } from "./progress.js";
import { errorJson } from "./report-error.js";
import { openSpec, type Session } from "./session.js";
import { toOneLine } from "./terminal.js";

/** A description, and the name of its package. */
interface Found {
  readonly spec: string;
  readonly name: string;
}

/** A file that is called like a description, and why it is none. */
interface PassedOver {
  readonly spec: string;
  readonly error: unknown;
}

/** Writes a config for the descriptions below the folder; throws `init/…` where one stands or there is none to list. */
export async function init(session: Session): Promise<ExitStatus> {
  const { settings, terminal, signal } = session;
  const standing = await findConfig(".");
  if (standing !== undefined) {
    throw new GenDeployError("init/exists", `${standing} stands already, and is not overwritten.`, {
      hint: "Add what is missing to it, or move it away.",
    });
  }
  const { found, passedOver } = await understandAll(session, await findDescriptions(".", signal));
  if (!settings.json && !settings.quiet) for (const one of passedOver) terminal.complain(noteText(one));
  if (found.length === 0) {
    throw new GenDeployError("init/nothing-found", "No description of a deployment is below this folder.", {
      hint: "gen-deploy init looks for openapi.*, swagger.*, metadata.* and .cog/openapi_schema.json; name others with gen-deploy spec.json.",
    });
  }
  const place = await readConfigPlace(".");
  const file = `gen-deploy.config.${place.typescript ? "ts" : "mjs"}`;
  const deployments = withOwnNames(found);
  await writeNewFile(file, configText(deployments, place));
  if (settings.json) terminal.printJson({ ok: true, file, deployments, passedOver: passedOver.map(toJson) });
  else if (!settings.quiet) {
    const lines = deployments.map(({ spec, name }) => `  ${toOneLine(spec)}: ${name}`);
    const count = `${deployments.length} deployment${deployments.length === 1 ? "" : "s"}`;
    terminal.print(
      [`Wrote ${file} with ${count}:`, ...lines, "Run gen-deploy to write the packages."].join("\n"),
    );
  }
  return exitStatus.done;
}

async function understandAll(
  session: Session,
  specs: readonly string[],
): Promise<{ readonly found: readonly Found[]; readonly passedOver: readonly PassedOver[] }> {
  const { settings, terminal, signal } = session;
  const { json, quiet } = settings;
  const progress = createProgress(terminal, { verb: "Read", total: specs.length, json, quiet });
  const found: Found[] = [];
  const passedOver: PassedOver[] = [];
  for (const spec of specs) {
    signal.throwIfAborted();
    try {
      const { text, loadExternal } = await openSpec({ ...session, settings: { ...settings, spec } });
      const { describe } = await import("../compile.js");
      found.push({ spec, name: (await describe(text, {}, { loadExternal })).packageName });
    } catch (error) {
      if (!(error instanceof GenDeployError)) throw error;
      passedOver.push({ spec, error });
    }
    progress.step(spec);
  }
  progress.end();
  return { found, passedOver };
}

function noteText({ spec, error }: PassedOver): string {
  const reason = error instanceof Error ? toOneLine(error.message) : "";
  return `note: ${toOneLine(spec)} is passed over: ${reason}`;
}

function toJson({ spec, error }: PassedOver): object {
  return { spec, error: errorJson(error, false) };
}

/** Where descriptions have one title, their folders tell the packages apart. */
function withOwnNames(found: readonly Found[]): readonly Found[] {
  const taken = new Set<string>();
  return found.map(({ spec, name }) => {
    const folder = dirname(spec)
      .split("/")
      .filter((part) => part !== ".cog")
      .at(-1);
    const word = (folder ?? "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
    const isRival = found.some((other) => other.spec !== spec && other.name === name);
    const wanted = isRival && word !== "" ? `${name}-${word}` : name;
    let own = wanted;
    for (let count = 2; taken.has(own); count += 1) own = `${wanted}-${count}`;
    taken.add(own);
    return { spec, name: own };
  });
}

function configText(deployments: readonly Found[], { packages = "packages" }: ConfigPlace): string {
  return [
    'import { defineConfig } from "gen-deploy";',
    "",
    "export default defineConfig({",
    `  defaults: { out: ${JSON.stringify(packages)} },`,
    "  deployments: [",
    ...deployments.map(
      ({ spec, name }) => `    { spec: ${JSON.stringify(spec)}, name: ${JSON.stringify(name)} },`,
    ),
    "  ],",
    "});",
    "",
  ].join("\n");
}
