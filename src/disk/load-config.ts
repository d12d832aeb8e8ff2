/*
 * Finds a config and loads it. JSON is read as descriptions are. A .mjs file is imported by Node; TypeScript, .js whose
 * kind Node would have to guess, and what imports gen-deploy where it is not installed (npx), is run by jiti: it is
 * loaded for those alone, knows every syntax on every Node that is supported, and writes nothing to disk.
 */
import { access } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { defineConfig } from "../config/config.js";
import type { LoadedConfig } from "../config/config-fault.js";
import { isRecord } from "../config/config-values.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { parse } from "../spec/parse.js";
import { readText, systemCode } from "./read-spec.js";

/** What a config may be called, in the order in which they are looked for. */
const configNames: readonly string[] = ["ts", "mts", "js", "mjs", "json"].map(
  (ending) => `gen-deploy.config.${ending}`,
);

const remedy = "Give the path of a config; gen-deploy init writes one.";

/** The config in a folder, or undefined where there is none; throws `config/several`. */
export async function findConfig(folder: string): Promise<string | undefined> {
  const found: string[] = [];
  for (const name of configNames) if (await exists(join(folder, name))) found.push(join(folder, name));
  if (found.length <= 1) return found[0];
  throw new GenDeployError("config/several", `There is more than one config: ${found.join(", ")}.`, {
    hint: "Keep one, or name it with --config.",
  });
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** How a config is loaded. */
export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** Whether it may have changed since it was loaded: Node itself runs a module only once. */
  readonly again?: boolean;
}

/** What the config at `path` says; throws `read/…` where it cannot be read, and `config/failed` where it cannot be run. */
export async function loadConfig(path: string, options: LoadOptions = {}): Promise<LoadedConfig> {
  const { signal, again = false } = options;
  const ending = extname(path);
  if (ending === ".json") {
    const document = parse({ name: path, url: null, text: await readText(path, { signal, remedy }) });
    return { file: path, value: document.root, position: (pointer) => document.position(pointer) };
  }
  if (!configNames.some((name) => extname(name) === ending)) {
    throw new GenDeployError(
      "config/ending",
      `${path} is no config: its name ends in ${ending || "nothing"}.`,
      {
        hint: "A config is a .ts, .mts, .js, .mjs or .json file.",
      },
    );
  }
  // Whether it can be read is said by the same words as of a description.
  const text = await readText(path, { signal, remedy });
  return { file: path, value: await exported(path, again ? text : undefined) };
}

/** What a config exports; run as `text` where it has to be run anew. */
async function exported(path: string, text?: string): Promise<unknown> {
  let module: unknown;
  try {
    module =
      extname(path) === ".mjs" && text === undefined
        ? await runNatively(path)
        : await runAnywhere(path, text);
  } catch (cause) {
    throw notRun(path, cause);
  }
  const value = isRecord(module) ? module["default"] : undefined;
  if (value !== undefined) return value;
  throw new GenDeployError("config/no-export", `${path} has no default export.`, {
    hint: "Write export default defineConfig({ deployments: […] }).",
  });
}

async function runNatively(path: string): Promise<unknown> {
  const url = pathToFileURL(resolve(path)).href;
  try {
    const module: unknown = await import(url);
    return module;
  } catch (cause) {
    // Modules are found before any is run: nothing of the config has happened yet.
    const missing = systemCode(cause) === "ERR_MODULE_NOT_FOUND" && /'gen-deploy'/.test(messageOf(cause));
    if (missing) return await runAnywhere(path);
    throw cause;
  }
}

async function runAnywhere(path: string, text?: string): Promise<unknown> {
  const { createJiti } = await import("jiti/static");
  const place = resolve(path);
  const jiti = createJiti(join(dirname(place), "_"), {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    tryNative: false,
    // The gen-deploy that runs is the one that a config means, installed beside it or not.
    virtualModules: { "gen-deploy": { defineConfig } },
  });
  if (text === undefined) return await jiti.import(place);
  // Translated, a module of JavaScript is not handed to Node, which would remember it.
  const module: unknown = await jiti.evalModule(text, {
    filename: place,
    ext: extname(place),
    async: true,
    forceTranspile: true,
  });
  return module;
}

function notRun(path: string, cause: unknown): GenDeployError {
  // Node's and the compiler's messages go on with frames and advice: the first line says what is wrong.
  const [first = ""] = messageOf(cause).replaceAll(resolve(path), basename(path)).split("\n");
  return new GenDeployError(
    "config/failed",
    `${path} cannot be run: ${first.slice(0, 300).replace(/\.$/, "")}.`,
    {
      hint: "Mend it, or run it by itself to see where it fails; --debug prints the stack.",
      cause,
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
