import type { Comparison } from "../compare/change.js";
import { readPackageFile } from "../disk/package-folder.js";
import { parsePackage } from "../package-fields.js";
import { bumpVersion } from "./bump-version.js";
import { changelogEntry } from "./change-text.js";
import { addEntry, changelogPath } from "./changelog.js";
import { compareWithStanding, type Successor } from "./earlier-model.js";
import type { Session } from "./session.js";

/** What becomes of a package's version and changelog because its deployment changed. */
export interface PackageUpdate {
  readonly comparison: Comparison;
  readonly from: string;
  readonly version: string;
  /** The whole new text of the changelog. */
  readonly changelog: string;
}

/** Plans what a change asks for; undefined where no package stands, nothing changed, or no step is wanted. */
export async function planUpdate(session: Session, successor: Successor): Promise<PackageUpdate | undefined> {
  const { bump, packageVersion } = session.settings;
  if (bump === "none" && packageVersion === undefined) return undefined;
  const [from, comparison] = await Promise.all([
    standingVersion(successor.folder),
    compareWithStanding(session, successor),
  ]);
  if (from === undefined || comparison === undefined || comparison.verdict === "none") return undefined;
  const version = packageVersion ?? bumpVersion(from, comparison.verdict, bump);
  if (version === undefined) return undefined;
  const standing = await readPackageFile(successor.folder, changelogPath);
  const changelog = addEntry(standing, changelogEntry(version, comparison.changes));
  return { comparison, from, version, changelog };
}

async function standingVersion(folder: string): Promise<string | undefined> {
  const version = parsePackage(await readPackageFile(folder, "package.json"))?.["version"];
  return typeof version === "string" ? version : undefined;
}
