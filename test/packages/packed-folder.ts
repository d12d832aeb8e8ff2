import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { outputOf } from "./run-command.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** An empty folder into which a user has installed what `npm pack` makes of both packages. */
export interface PackedFolder {
  readonly folder: string;
  /** The tarball of the runtime. */
  readonly runtime: string;
  remove(): Promise<void>;
}

/** What `npm install` is asked to leave out, and to take from its cache where it can. */
export const installQuietly = ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline"] as const;

/** What `npm pack` makes in `base` of what was built. */
export async function packTarballs(
  base: string,
): Promise<{ readonly generator: string; readonly runtime: string }> {
  const packed: { filename: string }[] = JSON.parse(
    await outputOf(
      ["npm", "pack", "--json", "--pack-destination", base, root, join(root, "src/runtime")],
      base,
    ),
  );
  const [generator = "", runtime = ""] = packed.map(({ filename }) =>
    join(
      base,
      filename.replace(/^@|\//g, (sign) => (sign === "@" ? "" : "-")),
    ),
  );
  return { generator, runtime };
}

/** Packs what was built and installs it with `@types/node`, which a user on Node has. */
export async function installPacked(): Promise<PackedFolder> {
  const base = await mkdtemp(join(tmpdir(), "gen-deploy-packed-"));
  const folder = join(base, "app");
  await mkdir(folder);
  const { generator, runtime } = await packTarballs(base);
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "app", private: true, type: "module" }),
  );
  const types: { version: string } = JSON.parse(
    await readFile(join(root, "node_modules/@types/node/package.json"), "utf8"),
  );
  await outputOf([...installQuietly, generator, runtime, `@types/node@${types.version}`], folder);
  return { folder, runtime, remove: () => rm(base, { recursive: true, force: true }) };
}
