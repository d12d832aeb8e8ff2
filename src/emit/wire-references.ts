/*
 * What openapi-typescript asks of its parser about references. When gen-deploy is built, this takes the place of the
 * parser there; what comes out is the same, which a test holds to the parser itself.
 */

/** Where a reference leads: to which document, null being its own, and by which names in there. */
export interface ParsedReference {
  readonly uri: string | null;
  readonly pointer: string[];
}

/** The parts of a reference; throws `URIError` where its escapes are none. */
export function parseRef(reference: string): ParsedReference {
  const [uri = "", pointer = ""] = reference.split("#/");
  const names = pointer.split("/").map((name) => (/[~%]/.test(name) ? unescaped(name) : name));
  return { uri: (uri.endsWith("#") ? uri.slice(0, -1) : uri) || null, pointer: names.filter(Boolean) };
}

/** A name as it stands in a pointer; numbers stay numbers. */
export function escapePointer<Name extends string | number>(name: Name): Name | string {
  return typeof name === "string" && /[~/]/.test(name)
    ? name.replaceAll("~", "~0").replaceAll("/", "~1")
    : name;
}

function unescaped(name: string): string {
  return decodeURIComponent(name.replaceAll("~1", "/").replaceAll("~0", "~"));
}
