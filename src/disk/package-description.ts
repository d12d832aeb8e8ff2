import { join } from "node:path";
import type { StatedOptions } from "../compile-options.js";
import type { SpecText } from "../spec/spec-types.js";
import { readManifest, readPackageFile } from "./package-folder.js";

/** The descriptions that stand in a generated package. */
export interface PackageDescription {
  readonly text: SpecText;
  /** What a server said besides, where the package was made of that too. */
  readonly metadata: SpecText | undefined;
  /** What the user said besides. */
  readonly options: StatedOptions;
}

/** The description in the package that gen-deploy wrote into a folder; undefined where there is none. */
export async function readPackageDescription(folder: string): Promise<PackageDescription | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return undefined;
  const { options } = manifest;
  const files = Object.keys(manifest.files);
  const named = (pattern: RegExp): string | undefined => files.find((path) => pattern.test(path));
  const metadata = named(/^metadata\.(?:json|yaml)$/);
  const main = named(/^(?:openapi|swagger|model)\.(?:json|yaml)$/) ?? metadata;
  const text = main === undefined ? undefined : await textIn(folder, main);
  if (text === undefined) return undefined;
  const beside = metadata === undefined || metadata === main ? undefined : metadata;
  return { text, metadata: beside === undefined ? undefined : await textIn(folder, beside), options };
}

async function textIn(folder: string, path: string): Promise<SpecText | undefined> {
  const text = await readPackageFile(folder, path);
  return text === undefined ? undefined : { name: join(folder, path), url: null, text };
}
