/** What an address and its method ask for. */
export type ServingCall =
  | { readonly kind: "outside" }
  | { readonly kind: "malformed" }
  | { readonly kind: "no-model" }
  | { readonly kind: "version-overflow" }
  | ({ readonly kind: "status" | "metadata" } & Target)
  | ({ readonly kind: "predict" | "classify" | "regress" } & Target);

/** Whom a call is for: names are decoded, and a version and a label exclude each other. */
export interface Target {
  readonly model: string;
  readonly version: bigint | null;
  readonly label: string | null;
}

const selection = String.raw`(?:/versions/(\d+)|/labels/([^/:]+))?`;
const prediction = new RegExp(`^/v1/models/([^/:]+)${selection}:(classify|regress|predict)$`, "i");
const reading = new RegExp(`^/v1/models(?:/([^/:]+))?${selection}(?:/(metadata))?$`, "i");

/** What `method` on `url` (path and query, as they stand in the request) asks for: the query is part of the match. */
export function readAddress(method: string, url: string): ServingCall {
  if (!/^\/v1\/.*$/is.test(url)) return { kind: "outside" };
  if (method === "POST") {
    const [, model = "", version, label, verb] = prediction.exec(url) ?? [];
    // The expression does not see the case, but the verb is then compared as it stands.
    if (verb !== "predict" && verb !== "classify" && verb !== "regress") return { kind: "malformed" };
    return withTarget(verb, { model, version, label });
  }
  const found = method === "GET" ? reading.exec(url) : null;
  if (found === null) return { kind: "malformed" };
  const [, model, version, label, metadata] = found;
  if (model === undefined) return { kind: "no-model" };
  return withTarget(metadata === "metadata" ? "metadata" : "status", { model, version, label });
}

type TargetKind = "status" | "metadata" | "predict" | "classify" | "regress";

function withTarget(
  kind: TargetKind,
  found: { model: string; version: string | undefined; label: string | undefined },
): ServingCall {
  const version = found.version === undefined ? null : BigInt(found.version);
  if (version !== null && version >= 2n ** 63n) return { kind: "version-overflow" };
  const label = found.label === undefined ? null : decoded(found.label);
  return { kind, model: decoded(found.model), version, label };
}

/** What is no percent-encoding stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
