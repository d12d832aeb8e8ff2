import { ownText } from "./openapi-tree.js";
import { isArray, ownMember } from "./pointer.js";
import type { Json, JsonObject } from "./spec-types.js";

/**
 * `host`, `basePath` and `schemes` of a Swagger 2.0 description, the safest scheme first. Where it states no scheme, that
 * by which it was fetched from `url` counts, as Swagger has it; for files it is https, but http on the same machine.
 */
export function prepareAddress(root: JsonObject, url: string | null): JsonObject {
  const [, scheme, host = ""] = /^(?:(https?):\/\/)?([^/]*)/i.exec(ownText(root, "host").trim()) ?? [];
  const path = ownText(root, "basePath").trim().replace(/\/+$/, "");
  const basePath = path === "" || path.startsWith("/") ? path : `/${path}`;
  // Without a host the address is the description's own; the converter knows that only by a path.
  if (host === "") return url === null && path === "" ? {} : { basePath: basePath === "" ? "/" : basePath };
  return { host, basePath, schemes: schemesOf(root, scheme?.toLowerCase() ?? fallback(host, url)) };
}

function schemesOf(root: JsonObject, fallbackScheme: string): Json {
  const stated = ownMember(root, "schemes");
  const known = ["https", "http"].filter((scheme) => isArray(stated) && stated.includes(scheme));
  return known.length === 0 ? [fallbackScheme] : known;
}

function fallback(host: string, url: string | null): string {
  if (url !== null) return url.startsWith("http:") ? "http" : "https";
  return /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?::\d+)?$/i.test(host) ? "http" : "https";
}
