import { GenDeployError } from "../gen-deploy-error.js";
import type { JsonObject } from "../spec/spec-types.js";
import { wireDocument } from "./wire-document.js";

/*
 * A description in, the types of its wire format out. The only file that imports openapi-typescript, whose
 * development has ended: what trips it is taken out of its way before. Its parser, which would check and follow all
 * references anew, is left out: those that come here are local and lead somewhere.
 */

/** What openapi-typescript makes of a description all of whose references are local. */
export async function wireTypes(root: JsonObject): Promise<string> {
  const openapi = await import("openapi-typescript");
  try {
    const document = wireDocument(root);
    return openapi.astToString(openapi.transformSchema(document, createContext(openapi, document)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GenDeployError("emit/wire-types", `openapi-typescript cannot read the description: ${reason}`, {
      hint: "The message names what it stumbles over; mend that in the description.",
      cause,
    });
  }
}

type OpenapiTypescript = typeof import("openapi-typescript");
type Document = Parameters<OpenapiTypescript["transformSchema"]>[0];
type Context = Parameters<OpenapiTypescript["transformSchema"]>[1];

/** Whether anything in there could tell one schema from others, for which openapi-typescript searches it three times. */
function isOneOf(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(isOneOf);
  return Object.entries(value).some(
    ([key, member]) => key === "discriminator" || key === "allOf" || isOneOf(member),
  );
}

/** openapi-typescript's own defaults, all of them. */
function createContext({ scanDiscriminators, resolveRef }: OpenapiTypescript, document: Document): Context {
  const silent = { silent: true };
  return {
    ...silent,
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: true,
    discriminators: isOneOf(document)
      ? scanDiscriminators(document, silent)
      : { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    resolve: ($ref) => resolveRef(document, $ref, silent),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    transform: undefined,
    transformProperty: undefined,
    get redoc(): never {
      throw new Error("openapi-typescript asked for its parser, which is left out");
    },
  };
}
