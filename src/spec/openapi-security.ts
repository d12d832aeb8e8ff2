import type { DeploymentModel } from "../model/deployment-model.js";
import { objectAt, ownText, rootOf } from "./openapi-tree.js";
import { isArray, isObject, ownMember } from "./pointer.js";
import type { JsonObject, ResolvedSpec, SpecOperation } from "./spec-types.js";

type Auth = DeploymentModel["auth"];

/**
 * The ways to authenticate that the description states for an operation, in its order (OpenAPI 3.1 §4.8.27, §4.8.30):
 * `security` of the operation, else of the document, else every scheme that is declared. Empty where it says that none is
 * needed, null where it says nothing that a client could follow.
 */
export function statedAuth(spec: ResolvedSpec, operation: SpecOperation): Auth | null {
  const requirements = ownMember(operation.operation.value, "security") ?? ownMember(spec.root, "security");
  const declared = objectAt(spec, rootOf(spec), "components", "securitySchemes");
  if (isArray(requirements) && requirements.length === 0) return [];
  const names = isArray(requirements)
    ? // A requirement of several schemes at once is nothing that one token can meet.
      requirements.flatMap((one) => (isObject(one) && Object.keys(one).length === 1 ? Object.keys(one) : []))
    : Object.keys(declared?.value ?? {});
  const found = names.flatMap((name) => {
    const scheme = objectAt(spec, declared, name);
    return scheme === undefined ? [] : toAuth(scheme.value);
  });
  const distinct = new Map(found.map((auth) => [JSON.stringify(auth), auth]));
  return distinct.size === 0 ? null : [...distinct.values()];
}

function toAuth(scheme: JsonObject): Auth {
  switch (ownText(scheme, "type")) {
    case "http":
      return toHttpAuth(ownText(scheme, "scheme").toLowerCase());
    case "oauth2":
    case "openIdConnect":
      return [{ kind: "bearer" }];
    case "apiKey":
      return toKeyAuth(scheme);
    default:
      return [];
  }
}

function toHttpAuth(scheme: string): Auth {
  if (scheme === "bearer") return [{ kind: "bearer" }];
  return scheme === "basic" ? [{ kind: "basic" }] : [];
}

function toKeyAuth(scheme: JsonObject): Auth {
  const name = ownText(scheme, "name");
  const place = ownText(scheme, "in");
  if (name === "" || (place !== "header" && place !== "query" && place !== "cookie")) return [];
  if (place !== "header" || name.toLowerCase() !== "authorization")
    return [{ kind: "api-key", in: place, name }];
  // Swagger 2.0 knew no bearer scheme, and descriptions that grew out of it still say it in words.
  return [{ kind: /\bbearer\b/i.test(ownText(scheme, "description")) ? "bearer" : "raw" }];
}
