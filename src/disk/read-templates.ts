import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompileEnvironment } from "../compile-options.js";

/** What packages are made of beside their descriptions. */
export type Templates = Required<Pick<CompileEnvironment, "templates" | "runtimeFiles">>;

/**
 * The prepared templates that stand beside the built generator, by path such as `client/src/index.ts`; where `runtime`
 * is `inline` also what the runtime's package is built to, by path below its `dist`.
 */
export async function readTemplates(runtime: "shared" | "inline"): Promise<Templates> {
  const path = fileURLToPath(new URL("../templates.json", import.meta.url));
  const prepared: unknown = JSON.parse(await readFile(path, "utf8"));
  const entries: readonly (readonly [string, unknown])[] =
    typeof prepared === "object" && prepared !== null ? Object.entries(prepared) : [];
  const templates = entries.filter((entry): entry is [string, Template] => isTemplate(entry[1]));
  return {
    templates: new Map(templates),
    runtimeFiles: new Map(runtime === "inline" ? await readTree(join(runtimeFolder(), "dist"), "") : []),
  };
}

type Template = Templates["templates"] extends ReadonlyMap<string, infer One> ? One : never;

/** What stands there is of gen-deploy's own making: more than this needs no proof. */
function isTemplate(value: unknown): value is Template {
  return typeof value === "object" && value !== null && "source" in value && "js" in value && "dts" in value;
}

function runtimeFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@gen-deploy/runtime/package.json"));
}

async function readTree(folder: string, prefix: string): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const read = sorted.map(async (entry): Promise<readonly (readonly [string, string])[]> => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return await readTree(path, `${prefix}${entry.name}/`);
    const wanted = /\.(?:js|d\.ts)$/.test(entry.name);
    return wanted ? [[`${prefix}${entry.name}`, await readFile(path, "utf8")]] : [];
  });
  return (await Promise.all(read)).flat();
}
