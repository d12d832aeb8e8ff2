import { objectAt } from "./openapi-tree.js";
import type { JsonObject, Located, ResolvedSpec, SpecOperation } from "./spec-types.js";

/** The schema of the JSON that a request body or a response holds; undefined where it holds none. */
export function jsonSchema(
  spec: ResolvedSpec,
  holder: Located<JsonObject> | undefined,
): Located<JsonObject> | undefined {
  const content = objectAt(spec, holder, "content");
  const type = Object.keys(content?.value ?? {}).find((key) => /^application\/(?:[^;]+\+)?json\b/i.test(key));
  return type === undefined ? undefined : objectAt(spec, content, type, "schema");
}

/** The first reply of an operation that means success, or else the default one. */
export function successReply(
  spec: ResolvedSpec,
  { operation }: SpecOperation,
): Located<JsonObject> | undefined {
  const responses = objectAt(spec, operation, "responses");
  const status = Object.keys(responses?.value ?? {}).find((key) => /^2(?:\d\d|XX)$/i.test(key));
  return objectAt(spec, responses, status ?? "default");
}
