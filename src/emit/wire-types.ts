import { GenDeployError } from "../gen-deploy-error.js";
import type { Json, JsonObject } from "../spec/spec-types.js";

/*
 * A description in, the types of its wire format out. The only file that imports openapi-typescript, whose
 * development has ended: what it needs and a description may lack is supplied here.
 */

/** What openapi-typescript makes of a description all of whose references are local. */
export async function wireTypes(root: JsonObject): Promise<string> {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const document = withUniqueIds({
    openapi: "3.0.3",
    info: { title: "", version: "" },
    paths: {},
    ...structuredClone(root),
  });
  try {
    const nodes = await openapiTS(JSON.stringify(document), { silent: true });
    return astToString(nodes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GenDeployError("emit/wire-types", `openapi-typescript cannot read the description: ${reason}`, {
      hint: "The message names what it stumbles over; mend that in the description.",
      cause,
    });
  }
}

/** The same document, changed: an `operationId` that was there before is taken out, which the types of bodies survive. */
function withUniqueIds<Document extends JsonObject>(document: Document): Document {
  const seen = new Set<Json>();
  for (const operation of [document["paths"], document["webhooks"]].flatMap(members).flatMap(members)) {
    if (!isObject(operation) || operation["operationId"] === undefined) continue;
    if (seen.has(operation["operationId"])) Reflect.deleteProperty(operation, "operationId");
    else seen.add(operation["operationId"]);
  }
  return document;
}

function members(value: Json | undefined): readonly Json[] {
  return isObject(value) ? Object.values(value) : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
