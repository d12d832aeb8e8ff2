import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renameAllSync, type Rename, type RenameAll } from "../../src/disk/rename-all.js";
import { settlePackage } from "../../src/disk/settle-package.js";
import { writePackage } from "../../src/disk/write-package.js";
import { first, second, useScratch } from "./scratch-package.js";
import { snapshot } from "./snapshot.js";

const scratch = useScratch();
const own: RenameAll = async (renames) => renameAllSync(renames);

/** A write that is decided upon and never ended, though `made` of its renames are; the list is given. */
async function abandon(made: number): Promise<readonly Rename[]> {
  await writePackage(scratch.out, first);
  const asked = await new Promise<readonly Rename[]>((resolve) => {
    const renameAll: RenameAll = (renames) => {
      resolve(renames);
      return new Promise(() => undefined);
    };
    void writePackage(scratch.out, second, { renameAll });
  });
  renameAllSync(asked.slice(0, made));
  const [stage = ""] = stages();
  for (const name of ["commitment.json", "begun.json"])
    if (existsSync(join(scratch.out, stage, name))) utimesSync(join(scratch.out, stage, name), 0, 0);
  return asked;
}

function stages(): readonly string[] {
  return readdirSync(scratch.out).filter((name) => name.startsWith(".gen-deploy-stage-"));
}

/** What the package is after a whole write of each. */
async function after(...writes: readonly (typeof first)[]): Promise<object> {
  const folder = join(scratch.root, "whole");
  for (const files of writes) await writePackage(folder, files);
  return snapshot(folder);
}

describe("what a killed run has left", () => {
  test("is as if it had never been where it was only decided, and no helper begins it any more", async () => {
    const asked = await abandon(0);
    writeFileSync(join(scratch.out, "src/index.ts"), "edited\n");
    await settlePackage(scratch.out, own);
    expect(stages()).toEqual([]);
    expect(() => renameAllSync(asked)).toThrow("ENOENT");
    expect(readFileSync(join(scratch.out, "src/index.ts"), "utf8")).toBe("edited\n");
    writeFileSync(join(scratch.out, "src/index.ts"), "a\n");
    expect(snapshot(scratch.out)).toMatchObject(await after(first));
  });

  test("is carried out where it was begun, wherever it was left", async () => {
    const asked = await abandon(1);
    renameAllSync(asked.slice(1, 3));
    await settlePackage(scratch.out, own);
    // A helper that comes late finds nothing to do.
    expect(() => renameAllSync(asked)).toThrow("ENOENT");
    await writePackage(scratch.out, second);
    expect(snapshot(scratch.out)).toEqual(await after(first, second));
  });

  test("does not replace what somebody has changed since", async () => {
    await abandon(2);
    writeFileSync(join(scratch.out, "src/index.ts"), "edited\n");
    await settlePackage(scratch.out, own);
    expect(stages()).toEqual([]);
    expect(readFileSync(join(scratch.out, "src/index.ts"), "utf8")).toBe("edited\n");
    await expect(writePackage(scratch.out, second)).rejects.toMatchObject({ code: "write/edited" });
  });

  test("is not touched while another run may be at it, which is waited for", async () => {
    const asked = await abandon(0);
    const [stage = ""] = stages();
    utimesSync(join(scratch.out, stage, "commitment.json"), new Date(), new Date());
    const settled = settlePackage(scratch.out, own);
    renameAllSync(asked);
    await settled;
    expect(stages()).toEqual([]);
    await writePackage(scratch.out, second);
    expect(snapshot(scratch.out)).toEqual(await after(first, second));
  });
});
