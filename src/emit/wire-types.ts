import { GenDeployError } from "../gen-deploy-error.js";
import type { JsonObject } from "../spec/spec-types.js";
import { wireDocument } from "./wire-document.js";

/*
 * A description in, the types of its wire format out. The only file that imports openapi-typescript, whose
 * development has ended: what trips it is taken out of its way before.
 */

/** What openapi-typescript makes of a description all of whose references are local. */
export async function wireTypes(root: JsonObject): Promise<string> {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  try {
    const nodes = await openapiTS(JSON.stringify(wireDocument(root)), { silent: true });
    return astToString(nodes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GenDeployError("emit/wire-types", `openapi-typescript cannot read the description: ${reason}`, {
      hint: "The message names what it stumbles over; mend that in the description.",
      cause,
    });
  }
}
