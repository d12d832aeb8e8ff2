import { cp, mkdir, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { installPacked, installQuietly } from "../packages/packed-folder.js";
import type { PackedFolder } from "../packages/packed-folder.js";
import { outputOf } from "../packages/run-command.js";
import { descriptions } from "./deployments.js";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * A user's folder, in which both clients are installed as npm would hand them out: generated, packed, and their
 * tarballs installed; with the programs and the page beside them.
 */
export async function installClients(): Promise<PackedFolder> {
  const packed = await installPacked();
  const { folder } = packed;
  const generated = join(folder, "../generated");
  await mkdir(generated);
  const generate = ["npx", "--no-install", "gen-deploy"];
  const clients = [
    { spec: "animal-table", name: "animal-weight" },
    { spec: "image-and-arrays-npy", name: "digits-and-grids-npy" },
  ];
  for (const { spec, name } of clients) {
    const options = ["--name", name, "--out", join(generated, name)];
    await outputOf([...generate, join(descriptions, spec, "spec.json"), ...options], folder);
  }
  await outputOf(
    ["npm", "pack", "--pack-destination", generated, ...clients.map(({ name }) => join(generated, name))],
    generated,
  );
  const tarballs = (await readdir(generated)).filter((name) => name.endsWith(".tgz"));
  await outputOf([...installQuietly, ...tarballs.map((name) => join(generated, name))], folder);
  for (const part of ["program", "page"]) await cp(join(here, part), join(folder, part), { recursive: true });
  return packed;
}
