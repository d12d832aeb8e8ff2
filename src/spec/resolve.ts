/*
 * A tree comes in; a tree of OpenAPI 3 whose references are all local and all lead somewhere goes out, with its
 * operations listed. Swagger 2.0 is converted when its references are known to be good, so that faults are told in its
 * own terms. Recursion through properties is legal; a chain of references that never reaches a value is not.
 */
import { bringIn, type ExternalLoader, type Gathered } from "./external-references.js";
import { follow, followReference, memberOf } from "./follow.js";
import { listOperations } from "./operations.js";
import { checkReferences } from "./check-references.js";
import type { Located, ResolvedSpec, SpecDocument, WholeText } from "./spec-types.js";
import { isSwagger } from "./swagger-version.js";
import { upgradeSwagger } from "./swagger.js";

export type { ExternalLoader } from "./external-references.js";

/**
 * The description with every reference made good.
 *
 * Throws `GenDeployError`: `spec/broken-ref`, `spec/circular-ref`, `spec/external-ref`, `spec/bad-swagger`, and whatever the
 * loader and `parse` throw for other files.
 */
export async function resolve(given: SpecDocument, loadExternal?: ExternalLoader): Promise<ResolvedSpec> {
  const whole = await bringIn(given, loadExternal);
  checkReferences(whole.document, whole.root);
  const { document, root } = isSwagger(whole.root) ? await upgradeSwagger(whole) : whole;
  const find: ResolvedSpec["find"] = (pointer) => {
    const found = follow(root, pointer);
    return found.kind === "value" ? found.located : undefined;
  };
  const member: ResolvedSpec["member"] = (object, key) => {
    const own = memberOf(object, key) ?? throughReference(object, key);
    if (own === undefined) return undefined;
    const found = followReference(root, own);
    return found.kind === "value" ? found.located : undefined;
  };
  const throughReference = (object: Located, key: string): Located | undefined => {
    const found = followReference(root, object);
    return found.kind === "value" ? memberOf(found.located, key) : undefined;
  };
  const operations = listOperations({ find, member });
  return { document, whole: wholeText(given, whole), root, operations, find, member };
}

function wholeText({ kind, format, source }: SpecDocument, whole: Gathered): WholeText {
  // What Replicate says of a model is more than the tree that is made of it.
  if (!whole.isGathered || kind === "model") return { format, text: source.text };
  return { format: "json", text: `${JSON.stringify(whole.root, null, 2)}\n` };
}
