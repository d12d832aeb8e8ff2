import { sep } from "node:path";

/** What is looked for, and where. */
export interface FindOptions {
  /** The folder from which patterns lead, and matches are named; default: the current one. */
  readonly folder?: string | undefined;
  /** Names that begin with a dot too. */
  readonly dot?: boolean;
  /** Whether other people's packages are looked into. */
  readonly foreign?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The files that fit one of `patterns`, sorted, with `/`; links to folders are followed, unless dots are too. */
export async function findFiles(
  patterns: readonly string[],
  { folder, dot = false, foreign = false, signal }: FindOptions,
): Promise<readonly string[]> {
  const { glob } = await import("tinyglobby");
  const found = await glob(sep === "\\" ? patterns.map((one) => one.replaceAll("\\", "/")) : [...patterns], {
    expandDirectories: false,
    dot,
    followSymbolicLinks: !dot,
    ignore: foreign ? [] : ["**/node_modules/**"],
    ...(folder === undefined ? {} : { cwd: folder }),
    ...(signal === undefined ? {} : { signal }),
  });
  return found.sort();
}
