/*
 * What stands in an output folder: looked at, never changed. Nothing is waited for here, nor where a package is written:
 * for files of this size another thread would take longer to be asked than the whole takes.
 */
import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { GenDeployError } from "../gen-deploy-error.js";
import type { PackageFile } from "./plan-write.js";
import { hashFile, manifestPath, parseManifest, type Manifest } from "../manifest.js";
import { systemCode } from "./read-spec.js";

/** The manifest of the package in a folder, or undefined where there is none that gen-deploy wrote. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readPackageFile(folder, manifestPath);
  const manifest = text === undefined ? undefined : parseManifest(text);
  return manifest?.generator.startsWith("gen-deploy ") === true ? manifest : undefined;
}

/**
 * The text of a file of a package; undefined where there is none, or something that is no plain file. Throws
 * `package/unreadable`.
 */
export async function readPackageFile(folder: string, path: string): Promise<string | undefined> {
  const place = join(folder, path);
  try {
    return (await kindOf(place)) === "file" ? readFileSync(place, "utf8") : undefined;
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    throw new GenDeployError(
      "package/unreadable",
      `${place} cannot be read (${code}); nothing was changed.`,
      {
        hint: "Check the folder's permissions, or name another with --out.",
        cause,
      },
    );
  }
}

/** What stands at a path, links not followed. */
export type PlaceKind = "nothing" | "file" | "folder" | "other";

/** What stands at `place`; a file on the way to it counts as nothing. */
export async function kindOf(place: string): Promise<PlaceKind> {
  try {
    const status = lstatSync(place, { throwIfNoEntry: false });
    if (status === undefined) return "nothing";
    return status.isFile() ? "file" : status.isDirectory() ? "folder" : "other";
  } catch (cause) {
    const code = systemCode(cause);
    if (code === "ENOENT" || code === "ENOTDIR") return "nothing";
    throw cause;
  }
}

/** Whether two texts of one file are the same to their readers: git may have changed the line ends. */
export function isSameText(a: string, b: string): boolean {
  return a === b || withLf(a) === withLf(b);
}

/** Whether `text` is what was written when `hash` was noted. */
export function hasHash({ path, text }: PackageFile, hash: string): boolean {
  return hashFile(path, text) === hash || hashFile(path, withLf(text)) === hash;
}

function withLf(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** The folder that `folder` leads to; throws `write/not-a-folder` where that is something else. */
export async function realFolder(folder: string): Promise<string> {
  const real = linkedTo(folder);
  const kind = await kindOf(real);
  if (kind === "nothing" || kind === "folder") return real;
  throw new GenDeployError("write/not-a-folder", `${folder} is a file, not a folder.`, {
    hint: "Name another folder with --out.",
  });
}

/** The folder that `folder` is, links followed; itself where it does not exist. */
export function linkedTo(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return resolve(folder);
  }
}

/** The names of what stands in a folder; empty where it does not exist. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await kindOf(folder)) === "folder" ? readdirSync(folder).sort() : [];
}

/** What makes `path` unfit to be written below a folder, or undefined: it must stay inside, on every system. */
export function pathFault(path: string): string | undefined {
  if (path === "" || path.length > 500) return "it is empty or too long";
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f\\:*?"<>|]/.test(path)) return "it holds a character that not every system allows";
  const parts = path.split("/");
  if (parts.some((part) => part === "" || /^\.+$/.test(part))) return "it leads out of the folder";
  return parts.some((part) => /[. ]$/.test(part)) ? "one of its parts ends in a dot or space" : undefined;
}

/** The folders between a package's root and `path`, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) folders.unshift(folder);
  return folders;
}

/** Whether something other than a folder, a symbolic link for example, stands on the way. */
export async function isBlocked(folder: string, path: string): Promise<boolean> {
  for (const part of foldersOf(path)) {
    const kind = await kindOf(join(folder, part));
    if (kind === "nothing") return false;
    if (kind !== "folder") return true;
  }
  return false;
}
