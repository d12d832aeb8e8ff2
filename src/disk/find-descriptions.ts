import { dirname } from "node:path/posix";
import { join } from "node:path";
import { findFiles } from "./find-files.js";
import { readManifest } from "./package-folder.js";

/** How files are called that describe a deployment. */
const patterns = [
  ...["openapi", "swagger"].flatMap((name) => [`**/${name}.{json,yaml,yml}`, `**/*.${name}.{json,yaml,yml}`]),
  "**/metadata.{json,yaml,yml}",
  "**/openapi_schema.json",
  "**/.cog/openapi_schema.json",
];

/**
 * The paths below `folder` of files that are called like descriptions, sorted and with `/`: not those of other people's
 * packages, of folders that tools hide, and of packages that gen-deploy wrote.
 */
export async function findDescriptions(folder: string, signal?: AbortSignal): Promise<readonly string[]> {
  const found = await findFiles(patterns, { folder, dot: true, signal });
  const visible = found.filter((path) => !dirname(path).split("/").some(isHidden));
  const generated = await Promise.all(visible.map((path) => isGenerated(folder, path)));
  return visible.filter((_, index) => generated[index] === false);
}

function isHidden(name: string): boolean {
  return name.startsWith(".") && ![".", ".cog"].includes(name);
}

/** Packages hold their descriptions at their root. */
async function isGenerated(folder: string, path: string): Promise<boolean> {
  return (await readManifest(join(folder, dirname(path)))) !== undefined;
}
