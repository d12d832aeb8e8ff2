import type { Verdict } from "../compare/change.js";

/** How a package's version is bumped when its deployment has changed. */
export type Bump = "auto" | "none" | "major" | "minor" | "patch";

/** All ways to bump. */
export const bumps: readonly Bump[] = ["auto", "none", "major", "minor", "patch"];

/**
 * The version after changes that ask for `verdict`. Below 1.0.0 breaking changes are a minor step and all others a patch,
 * as the ranges of npm read them. Undefined where nothing is bumped, or `version` is none (Semantic Versioning 2.0.0).
 */
export function bumpVersion(version: string, verdict: Verdict, bump: Bump): string | undefined {
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})(-[^+]+)?(?:\+.*)?$/.exec(version);
  if (match === null || bump === "none" || verdict === "none") return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map(Number);
  const isPrerelease = match[4] !== undefined;
  switch (bump === "auto" ? autoStep(major, verdict) : bump) {
    case "major":
      // The release that a prerelease leads to may be the step already.
      return isPrerelease && minor === 0 && patch === 0 ? `${major}.0.0` : `${major + 1}.0.0`;
    case "minor":
      return isPrerelease && patch === 0 ? `${major}.${minor}.0` : `${major}.${minor + 1}.0`;
    case "patch":
      return isPrerelease ? `${major}.${minor}.${patch}` : `${major}.${minor}.${patch + 1}`;
  }
}

function autoStep(major: number, verdict: Exclude<Verdict, "none">): "major" | "minor" | "patch" {
  if (major > 0) return verdict;
  return verdict === "major" ? "minor" : "patch";
}

/** A `package.json` with another version; all else, its order too, stays. */
export function withVersion(text: string, version: string): string {
  const value: unknown = JSON.parse(text);
  return JSON.stringify(typeof value === "object" && value !== null ? { ...value, version } : value);
}
