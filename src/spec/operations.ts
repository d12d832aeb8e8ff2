import { isObject } from "./pointer.js";
import type { JsonObject, Located, ResolvedSpec, SpecOperation } from "./spec-types.js";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The operations below `paths`, in the order of the text; path items may be references. */
export function listOperations(spec: Pick<ResolvedSpec, "find" | "member">): readonly SpecOperation[] {
  const paths = toObject(spec.find("/paths"));
  if (paths === undefined) return [];
  return Object.keys(paths.value).flatMap((path) => {
    const pathItem = toObject(spec.member(paths, path));
    if (pathItem === undefined || path.startsWith("x-")) return [];
    return Object.keys(pathItem.value).flatMap((key): readonly SpecOperation[] => {
      const method = methods.find((known) => known === key);
      const operation = method === undefined ? undefined : toObject(spec.member(pathItem, key));
      return method === undefined || operation === undefined ? [] : [{ path, method, pathItem, operation }];
    });
  });
}

/** `located` where it is an object. */
function toObject(located: Located | undefined): Located<JsonObject> | undefined {
  return located !== undefined && isObject(located.value)
    ? { value: located.value, pointer: located.pointer }
    : undefined;
}
