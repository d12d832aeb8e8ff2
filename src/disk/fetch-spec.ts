/*
 * Reads a description from the network. Credentials go to the origin that they were given for and nowhere else, and
 * stand in no message.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { modelAddress } from "../spec/model-address.js";
import type { SpecText } from "../spec/spec-types.js";
import { collectBytes, toText } from "./bounded-text.js";

/** What a request for a description is made with. */
export interface FetchOptions {
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Sent as `Authorization: Bearer` (RFC 6750 §2.1). */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds for all of it, redirects included. */
  readonly timeout?: number | undefined;
  /** Who asks again and again keeps what it got: only what has changed since is sent anew. */
  readonly memory?: SpecMemory | undefined;
}

/** What descriptions were when they were last fetched, and the words by which a server knows that (RFC 9110 §13.1). */
export type SpecMemory = Map<string, RememberedSpec>;

/** One of them. */
export interface RememberedSpec {
  readonly spec: SpecText;
  /** `if-none-match` or `if-modified-since`, and its value. */
  readonly condition: readonly [name: string, value: string];
}

const defaultTimeout = 30_000;
const mostRedirects = 5;

/** The description at an http or https address; its name shows neither credentials nor query. */
export async function fetchSpec(location: string, options: FetchOptions = {}): Promise<SpecText> {
  const url = parseUrl(location);
  const timeout = AbortSignal.timeout(options.timeout ?? defaultTimeout);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  const headers = toHeaders(url, options);
  const key = JSON.stringify([url.href, ...headers]);
  const known = options.memory?.get(key);
  const trip: Trip = {
    fetch: options.fetch ?? fetch,
    signal,
    shown: shownUrl(url),
    headers,
    condition: known?.condition,
    dropped: null,
  };
  try {
    const response = await travel(url, trip);
    if (response.status === 304 && known !== undefined) return known.spec;
    const name = shownUrl(new URL(response.url === "" ? url.href : response.url));
    const bytes = await collectBytes(name, response.body ?? noBytes(), signal, lengthOf(response));
    const spec = { name, url: name, text: toText(name, bytes) };
    const condition = conditionOf(response);
    if (condition !== undefined) options.memory?.set(key, { spec, condition });
    return spec;
  } catch (cause) {
    throw cause instanceof GenDeployError ? cause : unreachable(trip, timeout, cause);
  }
}

interface Trip {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  readonly shown: string;
  readonly headers: Headers;
  readonly condition: RememberedSpec["condition"] | undefined;
  /** The origin to which credentials did not follow a redirect. */
  dropped: string | null;
}

async function travel(start: URL, trip: Trip): Promise<Response> {
  let url = withoutCredentials(start);
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const headers = new Headers(url.origin === start.origin ? trip.headers : { accept: accepted });
    if (trip.condition !== undefined) headers.set(...trip.condition);
    const response = await trip.fetch(url, { headers, redirect: "manual", signal: trip.signal });
    if (response.ok || (response.status === 304 && trip.condition !== undefined)) return response;
    await response.body?.cancel();
    const target = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || target === null)
      throw refused(response.status, url, trip);
    url = redirected(target, url);
    if (url.origin !== start.origin && hasCredentials(trip.headers)) trip.dropped = url.origin;
  }
  throw new GenDeployError("read/redirects", `${trip.shown} redirects more than ${mostRedirects} times.`, {
    hint: "Give the address at which the description itself stands.",
  });
}

function conditionOf({ headers }: Response): RememberedSpec["condition"] | undefined {
  const [etag, modified] = [headers.get("etag"), headers.get("last-modified")];
  if (etag !== null) return ["if-none-match", etag];
  return modified === null ? undefined : ["if-modified-since", modified];
}

function parseUrl(location: string): URL {
  if (URL.canParse(location)) return new URL(location);
  throw new GenDeployError("read/bad-url", "The address of the description is no valid URL.", {
    hint: "Write it as https://host/path/openapi.json.",
  });
}

function redirected(target: string, from: URL): URL {
  if (URL.canParse(target, from.href)) {
    const url = withoutCredentials(new URL(target, from.href));
    if (url.protocol === "http:" || url.protocol === "https:") return url;
  }
  throw new GenDeployError(
    "read/redirects",
    `${shownUrl(from)} redirects to an address that is not http or https.`,
  );
}

function withoutCredentials(url: URL): URL {
  const plain = new URL(url.href);
  plain.username = "";
  plain.password = "";
  return plain;
}

function shownUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

const accepted = "application/json, application/yaml;q=0.9, text/yaml;q=0.9, */*;q=0.5";

function toHeaders(url: URL, { headers = [], token }: FetchOptions): Headers {
  const made = new Headers({ accept: accepted });
  const set = (name: string, value: string): void => {
    try {
      made.set(name, value);
    } catch {
      // The platform's error repeats the value, which may be a secret: it is not passed on.
      const what = name === "authorization" ? "The token" : `The header ${JSON.stringify(name)}`;
      throw new GenDeployError("read/bad-header", `${what} holds a character that HTTP does not allow.`);
    }
  };
  if (url.username !== "" || url.password !== "") {
    const pair = `${decoded(url.username)}:${decoded(url.password)}`;
    set("authorization", `Basic ${Buffer.from(pair).toString("base64")}`);
  }
  if (token !== undefined) set("authorization", `Bearer ${token}`);
  for (const [name, value] of headers) set(name, value);
  return made;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function hasCredentials(headers: Headers): boolean {
  return [...headers.keys()].some((name) => name !== "accept");
}

function refused(status: number, url: URL, { headers, dropped }: Trip): GenDeployError {
  const shown = shownUrl(url);
  if (status === 401 || status === 403) {
    const given = headers.has("authorization");
    const hint =
      dropped !== null
        ? `The redirect led to ${dropped}, and credentials do not follow to another host: give that address itself.`
        : given
          ? "The credentials were refused: check that the token is of this deployment and still valid."
          : "Give the deployment's token with --token or in GEN_DEPLOY_TOKEN, or a header with --header.";
    return new GenDeployError("read/unauthorised", `${shown} answered ${status}: it wants credentials.`, {
      hint,
    });
  }
  if (status === 404) {
    return new GenDeployError("read/not-found", `${shown} answered 404: nothing is there.`, {
      hint:
        modelAddress(url.href) === null
          ? "The description is usually beside the deployment's own address, at …/openapi.json."
          : "Check the model's name and version in the address; a server that is still loading the model says the same.",
    });
  }
  return new GenDeployError("read/status", `${shown} answered ${status}, not 200.`, {
    hint: status >= 500 ? "Try again later." : "Check the address.",
  });
}

function unreachable({ shown, signal }: Trip, timeout: AbortSignal, cause: unknown): GenDeployError {
  if (timeout.aborted) {
    return new GenDeployError("read/timeout", `${shown} did not answer in time.`, {
      hint: "Try again, or save the description to a file.",
    });
  }
  if (signal.aborted) return new GenDeployError("read/aborted", `Reading ${shown} was broken off.`);
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code =
    reason instanceof Error && "code" in reason && typeof reason.code === "string" ? ` (${reason.code})` : "";
  return new GenDeployError("read/unreachable", `${shown} cannot be reached${code}.`, {
    hint: "Check the address, the network, and the certificate authorities (NODE_EXTRA_CA_CERTS).",
    cause: reason,
  });
}

function lengthOf(response: Response): number | undefined {
  const header = response.headers.get("content-length");
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}

async function* noBytes(): AsyncIterable<Uint8Array> {
  yield* [];
}
