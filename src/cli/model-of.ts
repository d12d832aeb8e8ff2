import type { CompileOptions } from "../compile-options.js";
import { createExternalLoader } from "../disk/external-loader.js";
import type { DeploymentModel } from "../model/deployment-model.js";
import type { SpecText } from "../spec/spec-types.js";
import type { Session } from "./session.js";

/** What a description is understood with besides its options. */
export type ModelContext = Pick<Session, "settings" | "signal">;

/** The model that a description is of, for commands that compare; throws what `describe` throws. */
export async function modelOf(
  { settings, signal }: ModelContext,
  text: SpecText,
  options: CompileOptions,
): Promise<DeploymentModel> {
  const { describe } = await import("../compile.js");
  const loadExternal = createExternalLoader(text, { allowRemote: settings.allowRemoteRefs, signal });
  return (await describe(text, options, { loadExternal })).model;
}
