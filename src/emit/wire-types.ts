import { GenDeployError } from "../gen-deploy-error.js";
import type { JsonObject } from "../spec/spec-types.js";

/*
 * A description in, the types of its wire format out. The only file that imports openapi-typescript, whose
 * development has ended: what it needs and a description may lack is supplied here.
 */

/** What openapi-typescript makes of a description all of whose references are local. */
export async function wireTypes(root: JsonObject): Promise<string> {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const document = {
    openapi: "3.0.3",
    info: { title: "", version: "" },
    paths: {},
    ...structuredClone(root),
  };
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
