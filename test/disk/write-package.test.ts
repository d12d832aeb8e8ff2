import { readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { comparePackage, isUpToDate } from "../../src/disk/compare-package.js";
import { writePackage } from "../../src/disk/write-package.js";
import { first, second, useScratch } from "./scratch-package.js";
import { snapshot } from "./snapshot.js";

const scratch = useScratch();

describe("what is written", () => {
  test("a new package, its folders too", async () => {
    const report = await writePackage(scratch.out, first);
    expect(report).toEqual({ written: first.map(({ path }) => path), unchanged: [], removed: [] });
    expect(Object.keys(snapshot(scratch.out))).toEqual([
      "gen-deploy.json",
      "package.json",
      "src/",
      "src/index.ts",
      "src/old/",
      "src/old/one.ts",
    ]);
  });

  test("a changed package: the same files are not touched, stale ones and their folders go, foreign ones stay", async () => {
    await writePackage(scratch.out, first);
    scratch.put("a/b/pkg/node_modules/x/index.js", "x");
    scratch.put("a/b/pkg/src/mine.ts", "mine");
    const before = statSync(join(scratch.out, "package.json"), { bigint: true }).mtimeNs;
    const report = await writePackage(scratch.out, second);
    expect(report).toEqual({
      written: ["src/index.ts", "dist/index.js", "gen-deploy.json"],
      unchanged: ["package.json"],
      removed: ["src/old/one.ts"],
    });
    expect(statSync(join(scratch.out, "package.json"), { bigint: true }).mtimeNs).toBe(before);
    expect(Object.keys(snapshot(scratch.out))).toEqual([
      "dist/",
      "dist/index.js",
      "gen-deploy.json",
      "node_modules/",
      "node_modules/x/",
      "node_modules/x/index.js",
      "package.json",
      "src/",
      "src/index.ts",
      "src/mine.ts",
    ]);
    expect(await writePackage(scratch.out, second)).toMatchObject({ written: [], removed: [] });
  });

  test("nothing in a dry run", async () => {
    expect(await writePackage(scratch.out, first, { dryRun: true })).toMatchObject({
      written: first.map(({ path }) => path),
    });
    expect(snapshot(scratch.root)).toEqual({});
  });

  test("a file that may be kept is replaced though the user changed it", async () => {
    await writePackage(scratch.out, first);
    scratch.put("a/b/pkg/package.json", '{"version": "2.0.0"}\n');
    expect(await writePackage(scratch.out, second, { kept: ["package.json"] })).toMatchObject({
      removed: ["src/old/one.ts"],
    });
  });

  test("line ends that git changed are no change", async () => {
    await writePackage(scratch.out, first);
    scratch.put("a/b/pkg/src/index.ts", "a\r\n");
    expect(await writePackage(scratch.out, first)).toMatchObject({ written: [] });
    expect(await isUpToDate(scratch.out, "inputs")).toBe(true);
    expect(await comparePackage(scratch.out, first)).toEqual({ changed: [], missing: [], stale: [] });
  });

  test("through an output folder that is itself a link", async () => {
    scratch.put("real/.keep", "");
    rmSync(join(scratch.root, "real/.keep"));
    symlinkSync(join(scratch.root, "real"), join(scratch.root, "link"));
    await writePackage(join(scratch.root, "link"), first);
    expect(readFileSync(join(scratch.root, "real/src/index.ts"), "utf8")).toBe("a\n");
  });
});

test("differences are named", async () => {
  await writePackage(scratch.out, first);
  expect(await comparePackage(scratch.out, first)).toEqual({ changed: [], missing: [], stale: [] });
  expect(await comparePackage(scratch.out, second)).toEqual({
    changed: ["src/index.ts", "gen-deploy.json"],
    missing: ["dist/index.js"],
    stale: ["src/old/one.ts"],
  });
  expect(await isUpToDate(scratch.out, "inputs")).toBe(true);
  expect(await isUpToDate(scratch.out, "others")).toBe(false);
  scratch.put("a/b/pkg/src/index.ts", "mine");
  expect(await isUpToDate(scratch.out, "inputs")).toBe(false);
});
