import { DeploymentError, shown } from "../errors.js";

/**
 * The address to call: the one given, or else the description's, without its fragment.
 * Throws `bad-options` where there is none, or none that can be called.
 */
export function resolveUrl(given: string | undefined, described: string | null): string {
  if (given === undefined && described === null) {
    throw new DeploymentError(
      "bad-options",
      'The description states no address; give the deployment\'s own as url, such as { url: "https://…" }.',
    );
  }
  const origin = given === undefined ? "The description's address" : "The option url";
  const text: unknown = given ?? described;
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    // What is no address may still hold a password.
    const seen =
      typeof text === "string"
        ? shown(text.replace(/\/\/[^/]*@/, "//…@").replace(/\?.*/s, "?…"))
        : shown(text);
    throw new DeploymentError(
      "bad-options",
      `${origin} must be a complete http or https address; got ${seen}.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new DeploymentError("bad-options", `${origin} must hold no user or password; give them as token.`);
  }
  url.hash = "";
  return url.href;
}

/** The address of an operation: the deployment's own, with the operation's path behind it. */
export function operationUrl(url: string, path: string): string {
  if (path === "") return url;
  const full = new URL(url);
  full.pathname =
    full.pathname.replace(/\/$/, "") + (path.startsWith("/") || path.startsWith(":") ? path : `/${path}`);
  return full.href;
}

/** `url` as messages show it: without query, fragment and user. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return "an address that is none";
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.length > 120 ? `${pathname.slice(0, 120)}…` : pathname}`;
}
