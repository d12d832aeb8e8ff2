/*
 * What the user gave as descriptions comes in; one location each goes out. Shells that expand no patterns, and patterns
 * in quotes, give the same as shells that do.
 */
import { lstat } from "node:fs/promises";
import { posix, resolve } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import { manifestPath } from "../manifest.js";
import { findFiles } from "./find-files.js";

/** Where descriptions are. */
export interface Expansion {
  /** Whether there may be any number of them: more than one was given, or a pattern. */
  readonly several: boolean;
  /** In the order given, the matches of a pattern sorted, none twice. */
  readonly locations: readonly SpecLocation[];
}

/** Where one description is, or why it is nowhere. */
export interface SpecLocation {
  readonly location: string;
  /** `read/no-match`: `location` is a pattern, and no file fits it. */
  readonly fault?: GenDeployError;
}

/** Where paths begin, and what breaks off the search. */
export interface ExpandOptions {
  /** The folder from which paths and patterns lead, and matches are named; default: the current one. */
  readonly folder?: string;
  readonly signal?: AbortSignal;
}

/** The locations that `given`, paths, patterns and addresses, stand for. What exists by its name is no pattern. */
export async function expandLocations(
  given: readonly string[],
  options: ExpandOptions = {},
): Promise<Expansion> {
  const { folder = "." } = options;
  const known = new Map<string, SpecLocation>();
  let several = given.length > 1;
  for (const location of given) {
    const isPattern = await isFilePattern(location, folder);
    several ||= isPattern;
    for (const one of isPattern ? await expand(location, options) : [{ location }]) {
      const key = isAddress(one.location) ? one.location : resolve(folder, one.location);
      if (!known.has(key)) known.set(key, one);
    }
  }
  return { several, locations: [...known.values()] };
}

/** A location as messages may show it: an address without credentials and query. */
export function shownLocation(location: string): string {
  if (!isAddress(location) || !URL.canParse(location)) return location;
  const { protocol, host, pathname } = new URL(location);
  return `${protocol}//${host}${pathname}`;
}

/** The folder below which a pattern finds files, or undefined where `location` is none. */
export function searchedFolder(location: string): string | undefined {
  if (isAddress(location) || !magic.test(location)) return undefined;
  const parts = location.split("/");
  return (
    parts
      .slice(
        0,
        parts.findIndex((part) => magic.test(part)),
      )
      .join("/") || (location.startsWith("/") ? "/" : ".")
  );
}

const magic = /[*?[{]/;

function isAddress(location: string): boolean {
  return /^(?:https?:|[a-z][a-z0-9+.-]+:\/\/)/i.test(location);
}

async function isFilePattern(location: string, folder: string): Promise<boolean> {
  if (isAddress(location) || !magic.test(location)) return false;
  return !(await exists(resolve(folder, location)));
}

async function expand(pattern: string, { folder, signal }: ExpandOptions): Promise<readonly SpecLocation[]> {
  // What other people's packages hold is not meant by **, unless the pattern says so.
  const foreign = pattern.includes("node_modules");
  const found = await withoutPackages(await findFiles([pattern], { folder, foreign, signal }), folder);
  if (found.length > 0) return found.map((location) => ({ location }));
  const fault = new GenDeployError("read/no-match", `No file fits ${JSON.stringify(pattern)}.`, {
    hint: "Check the folder and the ending; ** stands for any number of folders.",
  });
  return [{ location: pattern, fault }];
}

/**
 * What stands in no package of gen-deploy's own: those that an earlier run wrote below the same folder are no
 * descriptions. All of them where there is nothing else: then they are meant.
 */
async function withoutPackages(found: readonly string[], folder = "."): Promise<readonly string[]> {
  const packages = new Map<string, Promise<boolean>>();
  const isPackage = (at: string): Promise<boolean> => {
    const known = packages.get(at) ?? exists(resolve(folder, at, manifestPath));
    packages.set(at, known);
    return known;
  };
  const kept: string[] = [];
  for (const location of found) {
    let at = posix.dirname(location);
    while (posix.dirname(at) !== at && !(await isPackage(at))) at = posix.dirname(at);
    if (!(await isPackage(at))) kept.push(location);
  }
  return kept.length > 0 ? kept : found;
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
