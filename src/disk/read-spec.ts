/*
 * A location comes in, the description's text goes out. Whether it is a description is for `parse` to say.
 */
import { open, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import { metadataAddress } from "../spec/model-address.js";
import { suggest } from "../spec/suggest.js";
import type { SpecText } from "../spec/spec-types.js";
import { collectBytes, toText } from "./bounded-text.js";
import { fetchSpec, type FetchOptions } from "./fetch-spec.js";

/** How a description is read. */
export interface ReadOptions extends FetchOptions {
  /** What `-` stands for. */
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
}

/** How a file is read. */
export interface ReadTextOptions {
  readonly signal?: AbortSignal | undefined;
  /** What is to be done where the file is missing; default: to give another description. */
  readonly remedy?: string | undefined;
}

/**
 * The text at a path, at an http or https address, or on standard input (`-`); at most 32 MiB of UTF-8. The address of
 * a model on TensorFlow Serving stands for that of its metadata.
 *
 * Throws `GenDeployError` with codes of its own: `read/…`.
 */
export async function readSpec(location: string, options: ReadOptions = {}): Promise<SpecText> {
  if (location === "-") return await readStdin(options);
  if (/^https?:/i.test(location)) return await fetchSpec(metadataAddress(location) ?? location, options);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    throw new GenDeployError(
      "read/scheme",
      `${location.split(":")[0]}: addresses are not read, only http and https.`,
      {
        hint: "Give a path, an http or https address, or - for standard input.",
      },
    );
  }
  return { name: location, url: null, text: await readText(location, { signal: options.signal }) };
}

async function readStdin({ stdin, signal }: ReadOptions): Promise<SpecText> {
  const name = "<stdin>";
  if (stdin === undefined)
    throw new GenDeployError("read/no-stdin", "There is no standard input to read from.");
  return { name, url: null, text: toText(name, await collectBytes(name, stdin, signal)) };
}

/** The text of a file, at most 32 MiB of UTF-8. */
export async function readText(path: string, { signal, remedy }: ReadTextOptions = {}): Promise<string> {
  try {
    const file = await open(path, "r");
    try {
      const status = await file.stat();
      if (status.isDirectory()) throw await isDirectory(path);
      const expected = status.isFile() ? status.size : undefined;
      const stream: AsyncIterable<Uint8Array> = file.createReadStream({ autoClose: false });
      return toText(path, await collectBytes(path, stream, signal, expected));
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw cause instanceof GenDeployError ? cause : await unreadable(path, { cause, remedy });
  }
}

async function isDirectory(path: string): Promise<GenDeployError> {
  const candidate = (await descriptionsIn(path))[0];
  return new GenDeployError("read/directory", `${path} is a folder, not a file.`, {
    hint: candidate === undefined ? "Give the description's file." : `Did you mean ${join(path, candidate)}?`,
  });
}

interface Unreadable extends Pick<ReadTextOptions, "remedy"> {
  readonly cause: unknown;
}

async function unreadable(path: string, { cause, remedy }: Unreadable): Promise<GenDeployError> {
  const code = systemCode(cause);
  if (code === "ENOENT" || code === "ENOTDIR" || path === "") {
    const near = suggest(basename(path), await descriptionsIn(dirname(path)))[0];
    return new GenDeployError("read/missing", `${path === "" ? '""' : path} does not exist.`, {
      hint:
        near === undefined
          ? (remedy ?? "Give the path or the address of the description, or - for standard input.")
          : `Did you mean ${join(dirname(path), near)}?`,
      cause,
    });
  }
  if (code === "EACCES" || code === "EPERM") {
    return new GenDeployError("read/denied", `${path} may not be read.`, {
      hint: "Check the permissions of the file and of the folders above it.",
      cause,
    });
  }
  return new GenDeployError("read/failed", `${path} cannot be read (${code ?? "unknown reason"}).`, {
    cause,
  });
}

async function descriptionsIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => /\.(?:json|ya?ml)$/i.test(name)).sort();
  } catch {
    // This only looks for something to suggest.
    return [];
  }
}

/** The code of a failed system call, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
