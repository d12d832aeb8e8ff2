/*
 * The method and address of a request come in; what they ask for goes out, as TensorFlow Serving matches it: the query
 * is part of the match, the case of the path is not seen, and verbs are then compared as they stand.
 */

/** Which model, and which version of it. */
export interface CallTarget {
  readonly model: string;
  readonly version: bigint | null;
  readonly label: string | null;
}

/** What a request asks for; `path` is the address as the server sees it, for its messages. */
export type ServingCall =
  | { readonly kind: "outside" | "malformed" | "no-model" | "version-overflow"; readonly path: string }
  | ({
      readonly kind: "status" | "metadata" | "predict" | "classify" | "regress";
      readonly path: string;
    } & CallTarget);

/** The model that addresses mean which do not name one. */
export interface KnownModel {
  readonly name: string;
  /** The path of the description's address, or null where it states none. */
  readonly path: string | null;
}

const choice = String.raw`(?:/versions/(\d+)|/labels/([^/:]+))?`;
const calling = new RegExp(`^/v1/models/([^/:]+)${choice}:(classify|regress|predict)$`, "i");
const asking = new RegExp(`^/v1/models(?:/([^/:]+))?${choice}(?:/(metadata))?$`, "i");
const ending =
  /^\/.*?[^/]((?:\/versions\/\d+|\/labels\/[^/:]+)?(?:\/metadata|:(?:predict|classify|regress))?)$/;

/** What `method` on `url` asks for; whatever stands before `/v1/models` in the path does not matter. */
export function readCall(method: string, url: string, known: KnownModel): ServingCall {
  const path = pathAtServer(url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, ""), known);
  if (!/^\/v1\/./is.test(path)) return { kind: "outside", path };
  if (method === "POST") {
    const [, model, version, label, verb] = calling.exec(path) ?? [];
    if (model === undefined || (verb !== "predict" && verb !== "classify" && verb !== "regress"))
      return { kind: "malformed", path };
    return withTarget(verb, path, { model, version, label });
  }
  const found = method === "GET" ? asking.exec(path) : null;
  if (found === null) return { kind: "malformed", path };
  const [, model, version, label, metadata] = found;
  if (model === undefined) return { kind: "no-model", path };
  return withTarget(metadata === "metadata" ? "metadata" : "status", path, { model, version, label });
}

/** The path behind whatever leads to the server; Gradient's addresses stand for a model without naming it. */
function pathAtServer(path: string, known: KnownModel): string {
  const at = path.toLowerCase().lastIndexOf("/v1/models");
  if (at >= 0) return path.slice(at);
  const base = known.path ?? /^\/model-serving\/[^/:?]+/.exec(path)?.[0];
  const own = base !== undefined && path.startsWith(base) ? path.slice(base.length) : undefined;
  const rest = own === undefined || !/^(?:$|[/:])/.test(own) ? (ending.exec(path)?.[1] ?? "") : own;
  if (rest === "" && own !== "") return path;
  return `/v1/models/${encodeURIComponent(known.name)}${rest}`;
}

function withTarget(
  kind: "status" | "metadata" | "predict" | "classify" | "regress",
  path: string,
  found: {
    readonly model: string;
    readonly version: string | undefined;
    readonly label: string | undefined;
  },
): ServingCall {
  const version = found.version === undefined ? null : BigInt(found.version);
  if (version !== null && version >= 2n ** 63n) return { kind: "version-overflow", path };
  const label = found.label === undefined ? null : decoded(found.label);
  return { kind, path, model: decoded(found.model), version, label };
}

/** What is no percent-encoding stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
