import { createHash } from "node:crypto";
import type { CompileOptions } from "./compile-options.js";
import { generatedFields } from "./package-fields.js";
import type { SpecText } from "./spec/spec-types.js";
import { version } from "./version.js";

/** What a package says of itself: by whom, from what, and which files are gen-deploy's own. */
export interface Manifest {
  readonly generator: string;
  /** Hash of everything that the files follow from. */
  readonly inputs: string;
  /** SHA-256 in hex, by path; the manifest itself is not among them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where a package keeps its manifest. */
export const manifestPath = "gen-deploy.json";

/** SHA-256 of a text in UTF-8, in hex. */
function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Hash of one file of a package, by which it is known as gen-deploy's own work. Of its `package.json` only what
 * follows from the description counts, so that a new version or licence changes nothing.
 */
export function hashFile(path: string, text: string): string {
  return hashText(path === "package.json" ? generatedPart(text) : text);
}

function generatedPart(text: string): string {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof manifest !== "object" || manifest === null) return text;
  const fields: readonly (readonly [string, unknown])[] = Object.entries(manifest);
  return JSON.stringify(byName(fields.filter(([field]) => generatedFields.has(field))));
}

/** Hash of the description, the options and the generator's version: equal hashes give equal packages. */
export function inputHash(spec: SpecText, options: CompileOptions): string {
  const { previous: _, labels, metadata, ...rest } = options;
  const stated = Object.entries(rest).filter(([, value]) => value !== undefined);
  const live = metadata === undefined ? [] : [metadata.url, metadata.text];
  return hashText(
    JSON.stringify([version, spec.url, spec.text, byName(stated), byName([...(labels ?? [])]), ...live]),
  );
}

/** Entries in an order that does not depend on how the user wrote them. */
function byName<Value>(
  entries: readonly (readonly [string, Value])[],
): readonly (readonly [string, Value])[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The manifest of a package that consists of `files`. */
export function printManifest(
  inputs: string,
  files: readonly { readonly path: string; readonly text: string }[],
): string {
  const hashes = files.map(({ path, text }) => [path, hashFile(path, text)] as const);
  const manifest: Manifest = {
    generator: `gen-deploy ${version}`,
    inputs,
    files: Object.fromEntries(byName(hashes)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** `text` as a manifest, or undefined where it is none. */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (!("generator" in value && "inputs" in value && "files" in value)) return undefined;
  const { generator, inputs, files } = value;
  if (
    typeof generator !== "string" ||
    typeof inputs !== "string" ||
    typeof files !== "object" ||
    files === null
  ) {
    return undefined;
  }
  const entries = Object.entries(files).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { generator, inputs, files: Object.fromEntries(entries) };
}
