import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { manifestPath, parseManifest } from "../manifest.js";
import { parsePackage } from "../package-fields.js";
import { readManifest, readPackageFile } from "./package-folder.js";

/** The folders of the packages one level below `folder`, two where a scope's name is between, by what they were made of. */
export async function packagesBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await foldersIn(folder);
  const scopes = names.filter((name) => name.startsWith("@"));
  const scoped = await Promise.all(
    scopes.map(async (scope) => (await foldersIn(join(folder, scope))).map((name) => join(scope, name))),
  );
  const found = new Map<string, string>();
  for (const name of [...names, ...scoped.flat()]) {
    const place = join(folder, name);
    const text = await readFile(join(place, manifestPath), "utf8").catch(() => undefined);
    const manifest = text === undefined ? undefined : parseManifest(text);
    if (manifest !== undefined && !found.has(manifest.inputs)) found.set(manifest.inputs, place);
  }
  return found;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const wanted = entries.filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name));
  return wanted.map(({ name }) => name).sort();
}

/** A package as it stands. */
export interface StandingPackage {
  readonly packageName: string;
  readonly version: unknown;
  /** The files that gen-deploy wrote, by path. */
  readonly files: readonly string[];
}

/** What the package in a folder says of itself. */
export async function readStanding(folder: string): Promise<StandingPackage> {
  const fields = parsePackage(await readPackageFile(folder, "package.json"));
  const files = Object.keys((await readManifest(folder))?.files ?? {});
  return { packageName: String(fields?.["name"]), version: fields?.["version"], files };
}
