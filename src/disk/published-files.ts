import { sep } from "node:path";
import { parsePackage } from "../package-fields.js";
import { linkedTo, readPackageFile } from "./package-folder.js";

/**
 * Whether `path` may be missing in `folder`: a package that was installed has only what is published of it, and sources
 * are not where built files stand beside them.
 */
export async function mayBeMissing(folder: string, path: string): Promise<boolean> {
  if (!linkedTo(folder).split(sep).includes("node_modules")) return false;
  const fields = parsePackage(await readPackageFile(folder, "package.json"));
  if (!Array.isArray(fields?.["files"]) || alwaysPublished.has(path)) return false;
  const published: readonly unknown[] = fields["files"];
  return !published.some((entry) => path === entry || path.startsWith(`${String(entry)}/`));
}

/** What npm publishes whatever `files` says. */
const alwaysPublished: ReadonlySet<string> = new Set(["package.json", "README.md"]);
