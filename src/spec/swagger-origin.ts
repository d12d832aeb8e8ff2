import { formatPointer, ownMember, parsePointer } from "./pointer.js";
import type { Json, JsonObject } from "./spec-types.js";

/** Where OpenAPI puts what Swagger has at its root. */
const sections: ReadonlyMap<string, string> = new Map([
  ["/openapi", "/swagger"],
  ["/components", ""],
  ["/components/schemas", "/definitions"],
  ["/components/securitySchemes", "/securityDefinitions"],
]);

/**
 * Tells where in the Swagger tree `root` stands what is at a pointer of the OpenAPI tree made of it, or the nearest that
 * encloses it. `moved` holds the places that are elsewhere there, what is below them being alike.
 */
export function createOrigin(
  root: JsonObject,
  moved: ReadonlyMap<string, string>,
): (pointer: string) => string {
  const servers = ["host", "basePath"].find((key) => Object.hasOwn(root, key));
  return (pointer) => {
    const keys = withoutMediaType(parsePointer(pointer) ?? []);
    if (keys[0] === "servers") return servers === undefined ? "" : `/${servers}`;
    for (let length = keys.length; length > 0; length -= 1) {
      const prefix = formatPointer(keys.slice(0, length));
      const origin = moved.get(prefix) ?? sections.get(prefix);
      if (origin !== undefined)
        return formatPointer(existing(root, [...(parsePointer(origin) ?? []), ...keys.slice(length)]));
    }
    return formatPointer(existing(root, keys));
  };
}

/** Swagger knows no `content`: the schema of a body, a response or a header stands in it directly. */
function withoutMediaType(keys: readonly string[]): readonly string[] {
  if (keys[0] !== "paths") return keys;
  const at = keys[3] === "requestBody" ? 4 : keys[3] === "responses" ? 5 : keys.length;
  if (keys[at] === "content") return [...keys.slice(0, at), ...keys.slice(at + 2)];
  return keys[at] === "headers" && keys[at + 2] === "schema"
    ? [...keys.slice(0, at + 2), ...keys.slice(at + 3)]
    : keys;
}

/** The longest beginning of `keys` that leads to something. */
function existing(root: JsonObject, keys: readonly string[]): readonly string[] {
  let value: Json | undefined = root;
  for (const [index, key] of keys.entries()) {
    value = ownMember(value, key);
    if (value === undefined) return keys.slice(0, index);
  }
  return keys;
}
