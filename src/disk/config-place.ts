import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRecord } from "../config/config-values.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { parsePackage } from "../package-fields.js";
import { kindOf, readPackageFile } from "./package-folder.js";
import { systemCode } from "./read-spec.js";

/** What a folder tells about how a config in it is best written. */
export interface ConfigPlace {
  readonly typescript: boolean;
  /** The folder in which workspaces expect their packages, or undefined. */
  readonly packages: string | undefined;
}

/** Looks at the folder's `package.json`, `pnpm-workspace.yaml` and `tsconfig.json`. */
export async function readConfigPlace(folder: string): Promise<ConfigPlace> {
  const manifest = parsePackage(await readPackageFile(folder, "package.json")) ?? {};
  const listed = manifest["workspaces"];
  const inside = isRecord(listed) ? listed["packages"] : listed;
  const workspaces: readonly unknown[] = Array.isArray(inside) ? inside : [];
  const pnpm = (await readPackageFile(folder, "pnpm-workspace.yaml")) ?? "";
  const lines = [...pnpm.matchAll(/^\s*-\s*["']?([^"'\s#]+)["']?\s*$/gm)].map(([, pattern]) => pattern);
  const folders = [...workspaces, ...lines].flatMap((pattern: unknown) => {
    const name =
      typeof pattern === "string" ? /^(?:\.\/)?([\w@./-]+)\/\*{1,2}$/.exec(pattern)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
  const depends = ["dependencies", "devDependencies"].some((field) => {
    const names = manifest[field];
    return isRecord(names) && Object.hasOwn(names, "typescript");
  });
  return {
    typescript: depends || (await kindOf(join(folder, "tsconfig.json"))) === "file",
    packages: folders.includes("packages") ? "packages" : folders[0],
  };
}

/** Writes a new file; throws `write/…` where one stands already or the folder does not let it. */
export async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    const what = code === "EEXIST" ? "stands already" : `cannot be written (${code})`;
    throw new GenDeployError("write/failed", `${path} ${what}; nothing was changed.`, {
      hint: "Check the folder and its permissions.",
      cause,
    });
  }
}
