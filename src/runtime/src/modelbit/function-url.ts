/*
 * Addresses as Modelbit has them: `BASE/v1/DEPLOYMENT[/BRANCH][/VERSION]`.
 */
import { resolveUrl } from "../http/client-url.js";
import { DeploymentError, optionError } from "../errors.js";

/** Which of a deployment's versions is called. */
export interface VersionOptions {
  /** A branch of the workspace; default that of the address, or the main one. */
  readonly branch?: string | undefined;
  /** `latest`, a version's number or an alias; default that of the address, or `latest`. */
  readonly version?: string | number | undefined;
}

/** Where a function is, for whatever branch and version is asked. */
export type FunctionAddress = (options: VersionOptions | undefined) => string;

const parts = /^(.*?\/v1\/[^/]+)(?:\/([^/]+))??(?:\/([^/]+))?\/?$/;

/**
 * The address given, or else the description's. An address of another form is called as it is, and then nobody can
 * choose a version. Throws `bad-options`, as what it gives does.
 */
export function resolveFunctionAddress(given: string | undefined, described: string | null): FunctionAddress {
  const whole = resolveUrl(given, described);
  const url = new URL(whole);
  const [, deployment, ownBranch, ownVersion] = parts.exec(url.pathname) ?? [];
  return (options) => {
    const { branch, version } = options ?? {};
    if (deployment === undefined) {
      if (branch === undefined && version === undefined) return whole;
      throw new DeploymentError(
        "bad-options",
        "The options branch and version need an address of the form https://…/v1/DEPLOYMENT/VERSION, which this one has not.",
      );
    }
    const path = [
      deployment,
      ...(branch === undefined ? (ownBranch === undefined ? [] : [ownBranch]) : [segment("branch", branch)]),
      version === undefined ? (ownVersion ?? "latest") : segment("version", version),
    ];
    const full = new URL(whole);
    full.pathname = path.join("/");
    return full.href;
  };
}

/** One segment of a path; dots and slashes alone could lead elsewhere. */
function segment(name: "branch" | "version", given: unknown): string {
  const text = typeof given === "number" && Number.isSafeInteger(given) ? String(given) : given;
  if (typeof text === "string" && /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,199}$/u.test(text))
    return encodeURIComponent(text);
  const due = name === "branch" ? "the name of a branch" : 'a number, an alias or "latest"';
  throw optionError(name, due, given);
}
