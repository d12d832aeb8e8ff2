import { ownText, rootOf } from "./openapi-tree.js";
import { isArray, ownMember } from "./pointer.js";
import type { Json, ResolvedSpec, SpecOperation } from "./spec-types.js";

const parameter = /\{[^{}]*\}/;

/**
 * The absolute http(s) address of an operation: the first server that is stated nearest to it (OpenAPI 3.1 §4.8.5),
 * variables at their defaults, a relative one resolved against the description's own address, then the path.
 * Null where no server is stated or a template parameter stays open. Never holds a user name or password.
 */
export function operationAddress(spec: ResolvedSpec, operation: SpecOperation): string | null {
  if (parameter.test(operation.path)) return null;
  const server = firstServer(spec, operation);
  const stated = server === undefined ? null : filled(server);
  if (stated === null) return null;
  const base = toHttpUrl(stated, spec.document.source.url);
  if (base === null || base.search !== "" || base.hash !== "") return null;
  return toHttpUrl(base.href.replace(/\/+$/, "") + operation.path, null)?.href ?? null;
}

/**
 * The absolute http(s) address that an operation's path goes after: that of the first server stated nearest to it, as
 * `operationAddress` has it, without a slash at its end. Without any server it is the host that the description was
 * fetched from (OpenAPI 3.1 §4.8.1), where that looks like the service itself. Null where none is known.
 */
export function baseAddress(spec: ResolvedSpec, operation: SpecOperation): string | null {
  const server = firstServer(spec, operation);
  const own = spec.document.source.url;
  const stated = server === undefined ? hostOf(own) : filled(server);
  const base = stated === null ? null : toHttpUrl(stated, own);
  return base === null || base.search !== "" || base.hash !== "" ? null : base.href.replace(/\/+$/, "");
}

/** A description deep in a tree of files stands on a file host, whatever it describes. */
function hostOf(own: string | null): string | null {
  const url = own === null ? null : toHttpUrl(own, null);
  return url === null || url.pathname.split("/").length > 4 ? null : url.origin;
}

/**
 * The address of `operation` as a neighbour of the description, which was fetched from the folder that the
 * operation's path ends in; null where the description is a file or was fetched from elsewhere.
 */
export function siblingAddress(spec: ResolvedSpec, operation: SpecOperation): string | null {
  const name = operation.path.slice(operation.path.lastIndexOf("/") + 1);
  const own = spec.document.source.url;
  if (own === null || name === "" || parameter.test(name)) return null;
  const url = toHttpUrl(name, own);
  if (url === null) return null;
  // A description on a file host has neighbours too, which are no deployments: the whole path must fit.
  const wanted = operation.path.split("/").filter((part) => part !== "");
  const found = url.pathname.split("/").slice(-wanted.length);
  const fits = wanted.every((part, index) =>
    parameter.test(part) ? found[index] !== "" : part === found[index],
  );
  return fits && found.length === wanted.length ? url.href : null;
}

function firstServer(spec: ResolvedSpec, operation: SpecOperation): Json | undefined {
  for (const place of [operation.operation, operation.pathItem, rootOf(spec)]) {
    const servers = ownMember(place.value, "servers");
    if (isArray(servers) && servers[0] !== undefined) return servers[0];
  }
  return undefined;
}

/** The server's address with its variables at their defaults, or null where one has no default. */
function filled(server: Json): string | null {
  const url = ownText(server, "url");
  if (url === "") return null;
  const variables = ownMember(server, "variables");
  let open = false;
  const text = url.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = ownText(ownMember(variables, name), "default");
    if (value !== "") return value;
    open = true;
    return whole;
  });
  return open ? null : text;
}

function toHttpUrl(text: string, base: string | null): URL | null {
  if (!URL.canParse(text, base ?? undefined)) return null;
  const url = new URL(text, base ?? undefined);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  url.username = "";
  url.password = "";
  return url;
}
