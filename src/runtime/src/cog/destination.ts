import { DeploymentError, optionError } from "../errors.js";
import { operationUrl, resolveUrl } from "../http/client-url.js";
import type { CogClientOptions } from "./client-types.js";

/** Where Replicate's API is. */
const replicateApi = "https://api.replicate.com";

/** Where predictions are made. */
export type Destination =
  /** A Cog server, by the address of its predictions. */
  | { readonly kind: "server"; readonly predictions: string }
  /** Replicate's API: the address that makes predictions, and the version that goes into the body. */
  | { readonly kind: "replicate"; readonly predictions: string; readonly version: string | undefined };

/** What a description says of the place. */
export interface DescribedPlace {
  readonly url: string | null;
  readonly model: string | null;
  readonly version: string | null;
}

/** What the options name, or else the description; `bad-options` where neither says enough. */
export function resolveDestination(options: CogClientOptions, described: DescribedPlace): Destination {
  const { url, model, version, deployment } = options;
  const named = model !== undefined || version !== undefined || deployment !== undefined;
  if (deployment !== undefined && (model !== undefined || version !== undefined)) {
    throw new DeploymentError(
      "bad-options",
      "The option deployment excludes model and version; give the one that is to run.",
    );
  }
  if (named) {
    const api = resolveUrl(url, replicateApi);
    if (deployment !== undefined) return onReplicate(api, `deployments/${toPath("deployment", deployment)}/`);
    if (version !== undefined) return onReplicate(api, "", checkVersion(version));
    return onReplicate(api, `models/${toPath("model", model)}/`);
  }
  if (url !== undefined) return onServer(resolveUrl(url, null));
  // The version that is described is the one that the types hold for.
  if (described.version !== null) return onReplicate(replicateApi, "", described.version);
  if (described.model !== null)
    return onReplicate(replicateApi, `models/${toPath("model", described.model)}/`);
  if (described.url !== null) return onServer(resolveUrl(undefined, described.url));
  throw new DeploymentError(
    "bad-options",
    'The description does not say where the model runs; give { url: "http://…" } of its own server, or { model: "owner/name" }, { version: "…" } or { deployment: "owner/name" } on Replicate.',
  );
}

function onReplicate(api: string, path: string, version?: string): Destination {
  const { pathname } = new URL(api);
  const root = /\/v1\/?$/.test(pathname) ? "/" : "/v1/";
  return { kind: "replicate", predictions: operationUrl(api, `${root}${path}predictions`), version };
}

/** The server's own address, or that of its predictions. */
function onServer(url: string): Destination {
  const predictions = /\/predictions\/?$/.test(new URL(url).pathname)
    ? url
    : operationUrl(url, "/predictions");
  return { kind: "server", predictions };
}

function toPath(option: string, name: unknown): string {
  if (typeof name === "string" && /^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(name)) return name;
  const due = 'text such as "owner/name"';
  throw optionError(option, due, name);
}

function checkVersion(version: unknown): string {
  if (typeof version === "string" && /^[\w./:-]+$/.test(version)) return version;
  throw optionError("version", "the id of a version", version);
}
