import type { CompileOptions } from "../compile-options.js";
import { compile, describe, type Compilation } from "../compile.js";
import { readPackageFile } from "../disk/package-folder.js";
import { readTemplates } from "../disk/read-templates.js";
import type { ExternalLoader } from "../spec/resolve.js";
import type { SpecText } from "../spec/spec-types.js";

/** What is compiled, and where to. */
export interface CompileJob {
  readonly text: SpecText;
  readonly options: CompileOptions;
  readonly loadExternal: ExternalLoader;
  /** Default: the package's name. */
  readonly out: string | undefined;
}

/** Compiles a package for a folder, keeping what users may change in that folder's `package.json`; writes nothing. */
export async function compileInto({ text, options, loadExternal, out }: CompileJob): Promise<{
  readonly folder: string;
  readonly compilation: Compilation;
}> {
  const folder = out ?? (await describe(text, options, { loadExternal })).packageName;
  const [previous, templates] = await Promise.all([
    readPackageFile(folder, "package.json"),
    readTemplates(options.runtime ?? "shared"),
  ]);
  const kept = previous === undefined ? options : { ...options, previous };
  return { folder, compilation: await compile(text, kept, { templates, loadExternal }) };
}
