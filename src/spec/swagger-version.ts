import { GenDeployError } from "../gen-deploy-error.js";
import { ownMember } from "./pointer.js";
import type { JsonObject, SpecDocument } from "./spec-types.js";

/** Whether a description is Swagger 2.0; unquoted in YAML, the version is a number. */
export function isSwagger(root: JsonObject): boolean {
  return /^"?2(?:\.|"?$)/.test(JSON.stringify(ownMember(root, "swagger") ?? null));
}

/** Throws `spec/swagger-1` where a description is of Swagger's first versions, which spread one API over many files. */
export function refuseSwagger1({ source, root, position }: SpecDocument): void {
  const key = Object.hasOwn(root, "swaggerVersion") ? "swaggerVersion" : "swagger";
  const version = /^"?(1(?:\.\d+)?)"?$/.exec(JSON.stringify(ownMember(root, key) ?? null))?.[1];
  if (version === undefined) return;
  throw new GenDeployError(
    "spec/swagger-1",
    `${source.name} is Swagger ${version}, which is not supported.`,
    {
      pointer: `/${key}`,
      position: position(`/${key}`),
      hint: "Give the service's OpenAPI 3 or Swagger 2.0 document.",
    },
  );
}
