import { createHash } from "node:crypto";
import type { CompileOptions, StatedOptions } from "./compile-options.js";
import { isRecord } from "./config/config-values.js";
import { generatedFields } from "./package-fields.js";
import type { SpecText } from "./spec/spec-types.js";
import { version } from "./version.js";

/** What a package says of itself: by whom, from what, and which files are gen-deploy's own. */
export interface Manifest {
  readonly generator: string;
  /** Hash of everything that the files follow from. */
  readonly inputs: string;
  /** What its model was made with, so that it can be compared with later ones. */
  readonly options: StatedOptions;
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

/**
 * Hash of the description, the options and the generator's version: equal hashes give packages that are equal but for
 * what is the user's, the package's version among it.
 */
export function inputHash(spec: SpecText, options: CompileOptions): string {
  const { previous: _previous, packageVersion: _version, labels, metadata, ...rest } = options;
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

/** What a package is made of, as its manifest keeps it. */
export interface ManifestContents {
  readonly inputs: string;
  readonly options: StatedOptions;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** The manifest of a package that consists of `files`. */
export function printManifest({ inputs, options, files }: ManifestContents): string {
  const hashes = files.map(({ path, text }) => [path, hashFile(path, text)] as const);
  const stated = statedJson(options);
  const manifest = {
    generator: `gen-deploy ${version}`,
    inputs,
    ...(Object.keys(stated).length > 0 ? { options: stated } : {}),
    files: Object.fromEntries(byName(hashes)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Whether two say the same of a deployment. */
export function isSameStated(one: StatedOptions, other: StatedOptions): boolean {
  return JSON.stringify(statedJson(one)) === JSON.stringify(statedJson(other));
}

function statedJson({ dialect, operations = [], labels = new Map() }: StatedOptions): object {
  return {
    ...(dialect === undefined ? {} : { dialect }),
    ...(operations.length === 0 ? {} : { operations }),
    ...(labels.size === 0 ? {} : { labels: Object.fromEntries(byName([...labels])) }),
  };
}

/** `text` as a manifest, or undefined where it is none. */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { generator, inputs, options, files } = value;
  if (typeof generator !== "string" || typeof inputs !== "string" || !isRecord(files)) return undefined;
  const entries = Object.entries(files).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { generator, inputs, options: parseStated(options), files: Object.fromEntries(entries) };
}

/** What is not as it was printed counts as not stated. */
function parseStated(value: unknown): StatedOptions {
  const { dialect, operations, labels } = isRecord(value) ? value : {};
  return {
    ...(typeof dialect === "string" ? { dialect } : {}),
    operations: isTexts(operations) ? operations : [],
    labels: new Map(
      Object.entries(isRecord(labels) ? labels : {}).filter((entry): entry is [string, readonly string[]] =>
        isTexts(entry[1]),
      ),
    ),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
