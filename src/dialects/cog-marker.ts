import { objectAt, rootOf } from "../spec/openapi-tree.js";
import type { JsonObject, Located, ResolvedSpec, SpecOperation } from "../spec/spec-types.js";

/** The path under which a Cog server makes predictions. */
const predictions = "/predictions";

/**
 * Whether a description is of a Cog model: components `Input` with `Output` or `PredictionRequest`, and no paths, as
 * Replicate publishes it, or the paths of Cog's server.
 */
export function recognisesCog(spec: ResolvedSpec): boolean {
  if (component(spec, "Input") === undefined) return false;
  const others = ["Output", "PredictionRequest"].some((name) => component(spec, name) !== undefined);
  return others && (spec.operations.length === 0 || predictOperation(spec) !== undefined);
}

/** The operation that makes a prediction, where the description has paths. */
export function predictOperation({ operations }: ResolvedSpec): SpecOperation | undefined {
  return operations.find(({ method, path }) => method === "post" && path === predictions);
}

/** A component's schema, if it is an object. */
export function component(spec: ResolvedSpec, name: string): Located<JsonObject> | undefined {
  return objectAt(spec, rootOf(spec), "components", "schemas", name);
}
