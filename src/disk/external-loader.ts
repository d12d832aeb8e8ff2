import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import type { ExternalLoader } from "../spec/resolve.js";
import type { SpecText } from "../spec/spec-types.js";
import { fetchSpec, type FetchOptions } from "./fetch-spec.js";
import { readText } from "./read-spec.js";

/** What other files a description may bring in. */
export interface ExternalLoaderOptions {
  /** Whether references may lead to the network. */
  readonly allowRemote: boolean;
  /** Without credentials: those are for the description alone. */
  readonly fetch?: FetchOptions["fetch"];
  readonly signal?: FetchOptions["signal"];
  readonly memory?: FetchOptions["memory"];
  /** Told of every file that is read, or would be if it were there. */
  readonly noted?: ((path: string) => void) | undefined;
}

/**
 * Reads files below the folder of the description `root`, symbolic links resolved, and, where that is allowed, http
 * and https addresses. One address is read once, and gives the same object each time.
 */
export function createExternalLoader(root: SpecText, options: ExternalLoaderOptions): ExternalLoader {
  const known = new Map<string, Promise<SpecText>>();
  known.set(root.url ?? resolve(root.name), Promise.resolve(root));
  return async (reference, from) => {
    const url = toUrl(reference, from);
    const key = url?.href ?? toPath(reference, from);
    const read = (): Promise<SpecText> =>
      url === undefined
        ? readBelow(root, key, join(dirname(from.name), reference), options)
        : readRemote(url, options);
    const text = known.get(key) ?? read();
    known.set(key, text);
    return await text;
  };
}

function toUrl(reference: string, from: SpecText): URL | undefined {
  const absolute = /^[a-z][a-z0-9+.-]+:/i.test(reference) || reference.startsWith("//");
  if (from.url === null && !absolute) return undefined;
  const base = from.url ?? "https://localhost";
  if (!URL.canParse(reference, base)) throw new GenDeployError("read/bad-url", "it is no valid address.");
  const url = new URL(reference, base);
  url.hash = "";
  if (url.protocol === "http:" || url.protocol === "https:") return url;
  throw new GenDeployError("read/scheme", `${url.protocol} addresses are not read.`);
}

function toPath(reference: string, from: SpecText): string {
  if (from.name === "<stdin>") {
    throw new GenDeployError(
      "read/no-folder",
      "a description from standard input has no folder to look in.",
      {
        hint: "Give the description as a file.",
      },
    );
  }
  let path: string;
  try {
    path = decodeURIComponent(reference);
  } catch {
    path = reference;
  }
  return resolve(dirname(from.name), path);
}

async function readBelow(
  root: SpecText,
  path: string,
  shown: string,
  options: ExternalLoaderOptions,
): Promise<SpecText> {
  const folder = resolve(dirname(root.name));
  // Before the disk is asked, so that nothing outside is even looked at; and after, for symbolic links.
  if (!isBelow(folder, path)) throw outside();
  options.noted?.(path);
  const real = await realpath(path).catch(() => path);
  if (!isBelow(await realpath(folder).catch(() => folder), real)) throw outside();
  return { name: shown, url: null, text: await readText(path, { signal: options.signal }) };
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(): GenDeployError {
  return new GenDeployError("read/outside", "it leads out of the description's own folder.", {
    hint: "Move the file below the description's folder, or bring its contents into the description.",
  });
}

async function readRemote(
  url: URL,
  { allowRemote, fetch, signal, memory }: ExternalLoaderOptions,
): Promise<SpecText> {
  if (!allowRemote) {
    throw new GenDeployError("read/remote-ref", "it leads to the network.", {
      hint: "Give --allow-remote-refs if you trust the description.",
    });
  }
  return await fetchSpec(url.href, { fetch, signal, memory });
}
