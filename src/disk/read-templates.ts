import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const skipped = new Set(["node_modules", "dist"]);

/**
 * The templates that stand beside the generator, by path such as `client/src/index.ts`; where `runtime` is `inline`
 * also what the runtime's package is built to, as `runtime/<path below its dist>`.
 */
export async function readTemplates(runtime: "shared" | "inline"): Promise<ReadonlyMap<string, string>> {
  const templates = fileURLToPath(new URL("../../templates", import.meta.url));
  const folders: readonly Promise<readonly (readonly [string, string])[]>[] = [
    readTree(templates, "", /\.(?:ts|js|json|md)$/),
    ...(runtime === "inline" ? [readTree(join(runtimeFolder(), "dist"), "runtime/", /\.(?:js|d\.ts)$/)] : []),
  ];
  return new Map((await Promise.all(folders)).flat());
}

function runtimeFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@gen-deploy/runtime/package.json"));
}

async function readTree(
  folder: string,
  prefix: string,
  wanted: RegExp,
): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const read = sorted.map(async (entry): Promise<readonly (readonly [string, string])[]> => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return skipped.has(entry.name) ? [] : await readTree(path, `${prefix}${entry.name}/`, wanted);
    return wanted.test(entry.name) ? [[`${prefix}${entry.name}`, await readFile(path, "utf8")]] : [];
  });
  return (await Promise.all(read)).flat();
}
