import { stat } from "node:fs/promises";
import { expandLocations } from "./expand-locations.js";

/**
 * What tells whether an input is still the same: size and time of change of its file, or names and those of all files
 * of a pattern. Null for standard input, of which nothing can be known beforehand.
 */
export async function inputIdentity(
  location: string,
  signal: AbortSignal,
): Promise<readonly unknown[] | null> {
  if (location === "-") return null;
  const { several, locations } = await expandLocations([location], { signal });
  const files: unknown[] = [];
  for (const { location: path } of locations) {
    const status = await stat(path).catch(() => undefined);
    files.push([several ? path : "", status?.size ?? null, status?.mtimeMs ?? null]);
  }
  return files;
}
