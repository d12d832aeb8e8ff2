import type { CompileOptions } from "../compile-options.js";
import { compileDescription, type Compilation, type Description } from "../compile.js";
import { readPackageFile } from "../disk/package-folder.js";
import { readTemplates, type Templates } from "../disk/read-templates.js";
import { withVersion } from "./bump-version.js";

/** What is compiled, and where to. */
export interface CompileJob {
  /** Understood by the same options. */
  readonly description: Description;
  readonly options: CompileOptions;
  readonly folder: string;
  /** What `readTemplates` gave, where many packages are made of them. */
  readonly templates?: Templates;
  /** The version that the package gets where one stands already; default: its own. */
  readonly version?: string | undefined;
}

/** Compiles a package for a folder, keeping what users may change in that folder's `package.json`; writes nothing. */
export async function compileInto(job: CompileJob): Promise<Compilation> {
  const { description, options, folder, version } = job;
  const [previous, templates] = await Promise.all([
    readPackageFile(folder, "package.json"),
    job.templates ?? readTemplates(options.runtime ?? "shared"),
  ]);
  const bumped = previous === undefined || version === undefined ? previous : withVersion(previous, version);
  const kept = bumped === undefined ? options : { ...options, previous: bumped };
  return await compileDescription(description, kept, templates);
}
