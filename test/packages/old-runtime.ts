import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A copy of the app in `folder` whose runtime is what it was before version 0.1: without what tells that it is newer. */
export async function withOldRuntime(folder: string): Promise<string> {
  const copy = `${folder}-with-old-runtime`;
  // Packages are linked into the app: here they must find the old runtime above them.
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
  const runtime = join(copy, "node_modules/@gen-deploy/runtime");
  await replaceIn(join(runtime, "package.json"), /"\.\/since-0\.1": \{[^}]*\},/);
  await replaceIn(join(runtime, "dist/since.d.ts"), /type Carried = "0\.1"/, 'type Carried = "0.0"');
  return copy;
}

async function replaceIn(file: string, what: RegExp, by = ""): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!what.test(text)) throw new Error(`${file} has nothing like ${what}`);
  await writeFile(file, text.replace(what, by));
}
