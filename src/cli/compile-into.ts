import type { CompileOptions } from "../compile-options.js";
import { compileDescription, type Compilation, type Description } from "../compile.js";
import { readPackageFile } from "../disk/package-folder.js";
import { readRuntime, readTemplates } from "../disk/read-templates.js";

/** What is compiled, and where to. */
export interface CompileJob {
  /** Understood by the same options. */
  readonly description: Description;
  readonly options: CompileOptions;
  readonly folder: string;
}

/** Compiles a package for a folder, keeping what users may change in that folder's `package.json`; writes nothing. */
export async function compileInto({ description, options, folder }: CompileJob): Promise<Compilation> {
  const [previous, templates, runtimeFiles] = await Promise.all([
    readPackageFile(folder, "package.json"),
    readTemplates(),
    options.runtime === "inline" ? readRuntime() : new Map<string, string>(),
  ]);
  const kept = previous === undefined ? options : { ...options, previous };
  return await compileDescription(description, kept, { templates, runtimeFiles });
}
