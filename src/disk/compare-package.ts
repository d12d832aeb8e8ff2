import { hasHash, isSameText, readManifest, readPackageFile, pathFault } from "./package-folder.js";
import type { PackageFile } from "./plan-write.js";
import { mayBeMissing } from "./published-files.js";

/** How a folder differs from the package that it should hold, by path. */
export interface Differences {
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Files of an earlier run that are no longer part of the package. */
  readonly stale: readonly string[];
}

/** Compares a folder with the files that gen-deploy would write into it; what gen-deploy did not write is not looked at. */
export async function comparePackage(folder: string, files: readonly PackageFile[]): Promise<Differences> {
  const changed: string[] = [];
  const missing: string[] = [];
  for (const { path, text } of files) {
    const standing = await readPackageFile(folder, path);
    if (standing !== undefined) {
      if (!isSameText(standing, text)) changed.push(path);
    } else if (!(await mayBeMissing(folder, path))) missing.push(path);
  }
  const wanted = new Set(files.map(({ path }) => path));
  const stale: string[] = [];
  for (const path of Object.keys((await readManifest(folder))?.files ?? {})) {
    if (wanted.has(path) || pathFault(path) !== undefined) continue;
    if ((await readPackageFile(folder, path)) !== undefined) stale.push(path);
  }
  return { changed, missing, stale };
}

/** Whether a folder holds, untouched, a package that was made of `inputs`: equal inputs give equal packages. */
export async function isUpToDate(folder: string, inputs: string): Promise<boolean> {
  const manifest = await readManifest(folder);
  if (manifest?.inputs !== inputs) return false;
  for (const [path, hash] of Object.entries(manifest.files)) {
    if (pathFault(path) !== undefined) return false;
    const standing = await readPackageFile(folder, path);
    const fits =
      standing === undefined ? await mayBeMissing(folder, path) : hasHash({ path, text: standing }, hash);
    if (!fits) return false;
  }
  return true;
}
