import type { AuthScheme } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";

/** What authenticates a caller: a token, or a user and password where the scheme is basic. */
export type Credential = string | { readonly username: string; readonly password: string };

/** A credential, or what gives one: it is asked before each request, and once more after a 401. */
export type CredentialSource = Credential | (() => Credential | Promise<Credential>);

/** What one request carries to prove who sends it. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value` for the URL's query, percent-encoded; empty where nothing goes there. */
  readonly query: string;
  /** A pair for the `cookie` header; empty where nothing goes there. */
  readonly cookie: string;
  /** Whatever of this must never be shown. */
  readonly secrets: readonly string[];
}

/** Gives each request its credentials. */
export interface Authorizer {
  /** Whether another try after a 401 may fare better: true where credentials come from a function. */
  readonly renewable: boolean;
  /** The secrets that are known before any request. */
  readonly secrets: readonly string[];
  /** Asks for the credentials; throws `bad-options` for what no request can carry, never saying what it is. */
  authorize(): Authorization | Promise<Authorization>;
}

const nothing: Authorization = { headers: {}, query: "", cookie: "", secrets: [] };

/**
 * Credentials under the scheme `chosen`, or else the first of `schemes` that fits them, or else as a bearer token.
 * Throws `bad-options` at once for a credential that is given as a value and that no request can carry.
 */
export function createAuthorizer(
  source: CredentialSource | undefined,
  schemes: readonly AuthScheme[],
  chosen?: AuthScheme,
): Authorizer {
  if (chosen !== undefined) checkScheme(chosen);
  const toAuthorization = (credential: unknown): Authorization => {
    const checked = checkCredential(credential);
    return authorizationFor(checked, chosen ?? schemeFor(checked, schemes));
  };
  if (source === undefined) return { renewable: false, secrets: [], authorize: () => nothing };
  if (typeof source === "function") {
    return { renewable: true, secrets: [], authorize: async () => toAuthorization(await ask(source)) };
  }
  const authorization = toAuthorization(source);
  return { renewable: false, secrets: authorization.secrets, authorize: () => authorization };
}

async function ask(source: () => Credential | Promise<Credential>): Promise<unknown> {
  try {
    return await source();
  } catch (cause) {
    throw new DeploymentError("unauthorized", "The function given as token failed; its error is the cause.", {
      cause,
    });
  }
}

function schemeFor(credential: Credential, schemes: readonly AuthScheme[]): AuthScheme {
  if (typeof credential === "string") return schemes[0] ?? { kind: "bearer" };
  if (schemes.length === 0) return { kind: "basic" };
  return schemes.find((scheme) => scheme.kind === "basic") ?? schemes[0] ?? { kind: "basic" };
}

function authorizationFor(credential: Credential, scheme: AuthScheme): Authorization {
  if (scheme.kind === "basic") return basic(credential);
  if (typeof credential !== "string") {
    throw new DeploymentError(
      "bad-options",
      `The deployment takes a token (${scheme.kind}), not a username and password; say auth: { kind: "basic" } to overrule that.`,
    );
  }
  if (scheme.kind === "bearer") return inHeader("authorization", `Bearer ${credential}`, credential);
  if (scheme.kind === "raw") return inHeader("authorization", credential, credential);
  if (scheme.in === "header") return inHeader(scheme.name.toLowerCase(), credential, credential);
  if (scheme.in === "query") {
    const query = `${encodeURIComponent(scheme.name)}=${encodeURIComponent(credential)}`;
    return { ...nothing, query, secrets: [credential] };
  }
  // RFC 6265 §4.1.1: ASCII without spaces, quotes, commas, semicolons and backslashes.
  if (!/^[!#-+\--:<-[\]-~]+$/.test(credential)) refuse("holds a character that no cookie can carry");
  return { ...nothing, cookie: `${scheme.name}=${credential}`, secrets: [credential] };
}

function inHeader(name: string, value: string, credential: string): Authorization {
  if (!/^[\x20-\x7e]*$/.test(value)) refuse("holds a character outside ASCII, which no header can carry");
  if (value.trim() !== value || credential.trim() !== credential) refuse("begins or ends with a space");
  return { ...nothing, headers: { [name]: value }, secrets: [credential, value] };
}

/** RFC 7617 §2, with UTF-8 as its §2.1 asks. */
function basic(credential: Credential): Authorization {
  const { username, password } =
    typeof credential === "string" ? { username: credential, password: "" } : credential;
  if (username.includes(":"))
    refuse(
      "has a colon in its user name, which basic authentication cannot carry; give { username, password }",
    );
  const encoded = toBase64(`${username}:${password}`);
  const value = `Basic ${encoded}`;
  const secret = typeof credential === "string" ? credential : password;
  return { ...nothing, headers: { authorization: value }, secrets: [secret, encoded, value] };
}

/** Base64 of the text's UTF-8 bytes (RFC 4648 §4). */
export function toBase64(text: string): string {
  let latin1 = "";
  for (const byte of new TextEncoder().encode(text)) latin1 += String.fromCharCode(byte);
  return btoa(latin1);
}

function checkCredential(credential: unknown): Credential {
  if (typeof credential === "string") {
    if (credential === "") refuse("is empty");
    return checkText(credential);
  }
  if (
    typeof credential === "object" &&
    credential !== null &&
    "username" in credential &&
    "password" in credential
  ) {
    const { username, password } = credential;
    if (typeof username === "string" && typeof password === "string") {
      return { username: checkText(username), password: checkText(password) };
    }
  }
  return refuse(
    `must be text, or { username, password } of text; got ${typeof credential === "object" ? shown(credential) : `a value of type ${typeof credential}`}`,
  );
}

function checkText(text: string): string {
  if (/[\r\n]/.test(text)) refuse("holds a line break; trim what was read from a file");
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(text)) refuse("holds a control character");
  if (/[\ud800-\udfff]/u.test(text)) refuse("holds half of a surrogate pair");
  return text;
}

function checkScheme(scheme: AuthScheme): void {
  const { kind } = scheme;
  if (kind === "bearer" || kind === "basic" || kind === "raw") return;
  const known = kind === "api-key" && ["header", "query", "cookie"].includes(scheme.in);
  if (known && typeof scheme.name === "string" && scheme.name !== "") {
    if (scheme.in === "query" || /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(scheme.name)) return;
  }
  throw new DeploymentError(
    "bad-options",
    "The option auth must be bearer, basic, raw, or an api-key in header, query or cookie with a name that can stand there.",
  );
}

function refuse(fault: string): never {
  throw new DeploymentError("bad-options", `The credential given as token ${fault}.`);
}
