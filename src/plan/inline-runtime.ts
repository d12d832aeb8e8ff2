import type { PlannedFile } from "./package-plan.js";

/** What an imported or re-exported module is called in built JavaScript and in declarations. */
const specifier = /(?:\bfrom|\bimport\(|\bimport)\s*["'](\.{1,2}\/[^"'\n]+|#transport)["']/g;

/**
 * The copy of the runtime that a package carries: `entries` and whatever they need, as JavaScript with declarations.
 * On every platform requests go through `fetch`, so that there is no dependency.
 */
export function inlineRuntime(
  files: ReadonlyMap<string, string>,
  entries: readonly string[],
): readonly PlannedFile[] {
  const needed = new Set<string>();
  const waiting = [...entries, "http/transport-fetch"].flatMap((entry) => [`${entry}.js`, `${entry}.d.ts`]);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = files.get(path);
    if (text === undefined || needed.has(path)) continue;
    needed.add(path);
    waiting.push(...importsOf(path, text));
  }
  const copied = [...files].filter(([path]) => needed.has(path));
  return copied.map(([path, text]) => ({ kind: "text", path: `runtime/${path}`, text }));
}

/** The files that `text` at `path` imports: the same kind of file as itself. */
function importsOf(path: string, text: string): readonly string[] {
  const ending = path.endsWith(".d.ts") ? ".d.ts" : ".js";
  return [...text.matchAll(specifier)].flatMap(([, module]) => {
    if (module === undefined || module === "#transport") return [];
    return [joined(path, module).replace(/\.js$/, ending)];
  });
}

/** A relative module's path below the runtime's folder. */
function joined(from: string, module: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of module.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
