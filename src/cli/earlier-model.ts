import type { CompileOptions } from "../compile-options.js";
import type { Comparison } from "../compare/change.js";
import type { Description } from "../compile.js";
import { readPackageDescription, type PackageDescription } from "../disk/package-description.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { isSameStated } from "../manifest.js";
import type { DeploymentModel } from "../model/deployment-model.js";
import { modelOf, type ModelContext } from "./model-of.js";

/** A description that is about to become a package, and where. */
export interface Successor {
  readonly description: Description;
  readonly options: CompileOptions;
  readonly folder: string;
}

/**
 * What changed for callers between the package that stands in a folder and the description that takes its place, each
 * with what the user says of it; undefined where none stands, or what it holds is no longer understood.
 */
export async function compareWithStanding(
  session: ModelContext,
  { description, options, folder }: Successor,
): Promise<Comparison | undefined> {
  const standing = await readPackageDescription(folder);
  if (standing === undefined) return undefined;
  const { document, whole } = description.spec;
  const isSame =
    standing.text.text === whole.text &&
    standing.metadata?.text === options.metadata?.text &&
    isSameStated(standing.options, options);
  if (isSame) return { changes: [], verdict: "none" };
  const model = await earlierModel(session, standing, document.source.url);
  if (model === undefined) return undefined;
  const { compareModels } = await import("../compare/compare-models.js");
  return compareModels(model, description.model);
}

async function earlierModel(
  context: ModelContext,
  { text, metadata, options }: PackageDescription,
  url: string | null,
): Promise<DeploymentModel | undefined> {
  const stated = metadata === undefined ? options : { ...options, metadata };
  try {
    // Else a package and the address that it was made from would differ in the address.
    return await modelOf(context, { ...text, url }, stated);
  } catch (error) {
    // An earlier gen-deploy may have understood what this one refuses.
    if (error instanceof GenDeployError) return undefined;
    throw error;
  }
}
