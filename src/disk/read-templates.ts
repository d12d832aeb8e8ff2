import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompileEnvironment } from "../compile-options.js";

/** The prepared templates that stand beside the built generator, by path such as `client/src/index.ts`. */
export async function readTemplates(): Promise<CompileEnvironment["templates"]> {
  const path = fileURLToPath(new URL("../templates.json", import.meta.url));
  const templates: Readonly<Record<string, Template>> = JSON.parse(await readFile(path, "utf8"));
  return new Map(Object.entries(templates));
}

type Template = CompileEnvironment["templates"] extends ReadonlyMap<string, infer One> ? One : never;

/** What the runtime's package is built to, by path below its `dist`: what an inline runtime is copied from. */
export async function readRuntime(): Promise<ReadonlyMap<string, string>> {
  const folder = dirname(createRequire(import.meta.url).resolve("@gen-deploy/runtime/package.json"));
  return new Map(await readTree(join(folder, "dist"), ""));
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
