/*
 * Files and an output folder come in; what has to be written and removed goes out, or the reason why nothing may be.
 * Nothing is changed here.
 */
import { join } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import { manifestPath, type Manifest } from "../manifest.js";
import {
  hasHash,
  isBlocked,
  isSameText,
  kindOf,
  namesIn,
  pathFault,
  readManifest,
  readPackageFile,
} from "./package-folder.js";

/** A file to be. */
export interface PackageFile {
  /** Relative to the package, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What a write does to a folder. */
export interface WritePlan {
  /** The manifest last. */
  readonly written: readonly PackageFile[];
  readonly unchanged: readonly string[];
  /** Files of an earlier run that are no longer part of the package. */
  readonly removed: readonly string[];
}

/** What is held to be safe to replace. */
export interface WritePermissions {
  /** Replaces what gen-deploy did not write and what the user changed. */
  readonly force?: boolean | undefined;
  /** Files of gen-deploy's own that the user may change: their new text takes the changes over. */
  readonly kept?: readonly string[] | undefined;
  /** Files of the user's own that are added to: their new text holds the old. */
  readonly amended?: readonly string[] | undefined;
}

/** Plans a write; throws `write/…` where something would be lost or leave the folder. */
export async function planWrite(
  folder: string,
  files: readonly PackageFile[],
  permissions: WritePermissions,
): Promise<WritePlan> {
  refusePaths(files);
  const manifest = await readManifest(folder);
  if (manifest === undefined && permissions.force !== true) await refuseForeign(folder);
  const judge: Judge = { folder, manifest, permissions };
  const states = await Promise.all(files.map(async (file) => ({ file, state: await stateOf(file, judge) })));
  const stale = await staleFiles(files, judge);
  refuseLosses([...states.map(({ file, state }) => ({ path: file.path, state })), ...stale]);
  const written = states.filter(({ state }) => state !== "unchanged").map(({ file }) => file);
  return {
    written: [
      ...written.filter(({ path }) => path !== manifestPath),
      ...written.filter(({ path }) => path === manifestPath),
    ],
    unchanged: states.filter(({ state }) => state === "unchanged").map(({ file }) => file.path),
    removed: stale.filter(({ state }) => state === "ours").map(({ path }) => path),
  };
}

interface Judge {
  readonly folder: string;
  readonly manifest: Manifest | undefined;
  readonly permissions: WritePermissions;
}

/** `foreign` and `edited` need force; `blocked` is refused always. */
type FileState = "new" | "unchanged" | "ours" | "foreign" | "edited" | "blocked" | "gone";

interface Judged {
  readonly path: string;
  readonly state: FileState;
}

function refusePaths(files: readonly PackageFile[]): void {
  const taken = new Set<string>();
  for (const { path } of files) {
    const key = path.toLowerCase();
    const fault = pathFault(path) ?? (taken.has(key) ? "another file has the same name" : undefined);
    if (fault !== undefined)
      throw new GenDeployError("write/bad-path", `${JSON.stringify(path)} is not written: ${fault}.`);
    taken.add(key);
  }
}

async function refuseForeign(folder: string): Promise<void> {
  const names = (await namesIn(folder)).filter((name) => !name.startsWith(stagePrefix));
  if (names.length === 0) return;
  throw new GenDeployError(
    "write/foreign-folder",
    `${folder} holds files that gen-deploy did not write: ${listed(names)}.`,
    {
      hint: "Name another folder with --out, or give --force to write among them.",
    },
  );
}

/** How the folders begin in which files are staged. */
export const stagePrefix = ".gen-deploy-stage-";

async function stateOf(
  { path, text }: PackageFile,
  { folder, manifest, permissions }: Judge,
): Promise<FileState> {
  if (await isBlocked(folder, path)) return "blocked";
  const kind = await kindOf(join(folder, path));
  if (kind === "nothing") return "new";
  const standing = kind === "file" ? await readPackageFile(folder, path) : undefined;
  if (standing === undefined) return "blocked";
  if (isSameText(standing, text)) return "unchanged";
  const hash = hashIn(manifest, path);
  const isManifest = path === manifestPath && manifest !== undefined;
  if (permissions.force === true || isManifest) return "ours";
  if (hash === undefined) return permissions.amended?.includes(path) === true ? "ours" : "foreign";
  return hasHash({ path, text: standing }, hash) || permissions.kept?.includes(path) === true
    ? "ours"
    : "edited";
}

async function staleFiles(files: readonly PackageFile[], judge: Judge): Promise<readonly Judged[]> {
  const { folder, manifest, permissions } = judge;
  const wanted = new Set(files.map(({ path }) => path));
  const candidates = Object.keys(manifest?.files ?? {}).filter((path) => !wanted.has(path));
  return await Promise.all(
    candidates.map(async (path): Promise<Judged> => {
      // A manifest may be forged: what it says must not lead out of the folder either.
      if (pathFault(path) !== undefined || (await isBlocked(folder, path))) return { path, state: "gone" };
      const standing = await readPackageFile(folder, path);
      if (standing === undefined) return { path, state: "gone" };
      const untouched = hasHash({ path, text: standing }, hashIn(manifest, path) ?? "");
      return { path, state: untouched || permissions.force === true ? "ours" : "edited" };
    }),
  );
}

function hashIn(manifest: Manifest | undefined, path: string): string | undefined {
  return manifest !== undefined && Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
}

function refuseLosses(judged: readonly Judged[]): void {
  const named = (state: FileState): readonly string[] =>
    judged.filter((file) => file.state === state).map(({ path }) => path);
  const [blocked, foreign, edited] = [named("blocked"), named("foreign"), named("edited")];
  if (blocked.length > 0) {
    throw new GenDeployError(
      "write/blocked",
      `A link, a folder or a file stands in the way of ${listed(blocked)}.`,
      {
        hint: "Move it away, or name another folder with --out.",
      },
    );
  }
  if (foreign.length > 0) {
    throw new GenDeployError(
      "write/foreign-file",
      `gen-deploy did not write ${listed(foreign)}, and does not overwrite it.`,
      {
        hint: "Move it away, or give --force to overwrite it.",
      },
    );
  }
  if (edited.length > 0) {
    throw new GenDeployError("write/edited", `Changed since gen-deploy wrote it: ${listed(edited)}.`, {
      hint: "Keep your changes elsewhere: generated files are replaced. --force gives them up.",
    });
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(", ");
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}
