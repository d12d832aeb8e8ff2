import type { CompileOptions } from "../compile-options.js";
import type { Comparison } from "../compare/change.js";
import type { Description } from "../compile.js";
import { createExternalLoader } from "../disk/external-loader.js";
import { readPackageDescription } from "../disk/package-description.js";
import { GenDeployError } from "../gen-deploy-error.js";
import type { DeploymentModel } from "../model/deployment-model.js";
import type { Session } from "./session.js";

/** A description that is about to become a package, and where. */
export interface Successor {
  readonly description: Description;
  readonly options: CompileOptions;
  readonly folder: string;
}

/**
 * What changed for callers between the package that stands in a folder and the description that takes its place;
 * undefined where none stands, or its description cannot be understood by the options of today.
 */
export async function compareWithStanding(
  session: Pick<Session, "settings" | "signal">,
  { description, options, folder }: Successor,
): Promise<Comparison | undefined> {
  const standing = await readPackageDescription(folder);
  if (standing === undefined) return undefined;
  const { document, whole } = description.spec;
  const sameText = standing.text.text === whole.text && standing.metadata?.text === metadataText(options);
  if (sameText) return { changes: [], verdict: "none" };
  const text = { ...document.source, text: standing.text.text };
  const model = await earlierModel(session, text, { ...options, metadata: standing.metadata });
  if (model === undefined) return undefined;
  const { compareModels } = await import("../compare/compare-models.js");
  return compareModels(model, description.model);
}

function metadataText({ metadata }: CompileOptions): string | undefined {
  return metadata?.text;
}

async function earlierModel(
  { settings, signal }: Pick<Session, "settings" | "signal">,
  text: Description["spec"]["document"]["source"],
  {
    metadata,
    ...options
  }: Omit<CompileOptions, "metadata"> & { readonly metadata: CompileOptions["metadata"] | undefined },
): Promise<DeploymentModel | undefined> {
  const { describe } = await import("../compile.js");
  const loadExternal = createExternalLoader(text, { allowRemote: settings.allowRemoteRefs, signal });
  try {
    const stated = metadata === undefined ? options : { ...options, metadata };
    return (await describe(text, stated, { loadExternal })).model;
  } catch (error) {
    // An option may fit the new description alone: labels of a feature that was not there, for example.
    if (error instanceof GenDeployError) return undefined;
    throw error;
  }
}
