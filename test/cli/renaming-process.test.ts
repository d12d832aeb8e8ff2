import { existsSync, linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { renamingProcess } from "../../src/cli/renaming-process.js";
import type { Rename } from "../../src/disk/rename-all.js";

const program = fileURLToPath(new URL("../../dist/cli/rename-files.js", import.meta.url));
const own = { execPath: process.execPath, program, environment: process.env };

let folder = "";
const at = (name: string): string => join(folder, name);
const text = (name: string): string | undefined =>
  existsSync(at(name)) ? readFileSync(at(name), "utf8") : undefined;
const put = (...names: readonly string[]): void => names.forEach((name) => writeFileSync(at(name), name));
const rename = (from: string, to: string, kept?: string): Rename => ({
  from: at(from),
  to: at(to),
  kept: kept === undefined ? undefined : at(kept),
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gen-deploy-renames-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in the place of ours. */
function programOf(source: string): string {
  writeFileSync(at("program.mjs"), source);
  return at("program.mjs");
}

/** Makes the first rename of a list, and ends. */
const half = `import { renameSync } from "node:fs";
  process.stdout.write("ready\\n");
  process.stdin.once("data", (text) => {
    const [{ from, to }] = JSON.parse(text);
    renameSync(from, to);
    process.exit(1);
  });`;

describe("renames by a process of their own", () => {
  test("are made in their order, list after list", async () => {
    const { renameAll } = renamingProcess(own);
    put("a", 'ä \n"b"', "old");
    await Promise.all([
      renameAll([rename("a", "c"), rename("c", "d")]),
      renameAll([rename("d", "old"), rename('ä \n"b"', "e")]),
      renameAll([]),
    ]);
    expect([text("a"), text("c"), text("d"), text("old"), text("e")]).toEqual([
      ...[undefined, undefined, undefined],
      ...["a", 'ä \n"b"'],
    ]);
  });

  test("are taken back where one fails, with the system's error, and the next list is served", async () => {
    const { renameAll } = renamingProcess(own);
    put("new", "old", "kept", "gone");
    const list = [rename("gone", "aside"), rename("new", "old", "kept"), rename("old", "no/folder")];
    await expect(renameAll(list)).rejects.toMatchObject({ code: "ENOENT" });
    expect([text("gone"), text("aside"), text("old")]).toEqual(["gone", undefined, "kept"]);
    await renameAll([rename("gone", "aside")]);
    expect(text("aside")).toBe("gone");
  });

  test("pass over what another has moved already", async () => {
    const { renameAll } = renamingProcess(own);
    put("b", "c");
    await renameAll([rename("a", "b"), rename("c", "d")]);
    expect([text("b"), text("d")]).toEqual(["b", "c"]);
  });

  test("are made by this process where none can be started", async () => {
    const { renameAll } = renamingProcess({ ...own, execPath: at("no such node") });
    put("a");
    await renameAll([rename("a", "b")]);
    expect(text("b")).toBe("a");
  });

  test("are made by this process where the other has ended amid its work, and it is started anew", async () => {
    const { renameAll } = renamingProcess({ ...own, program: programOf(half) });
    put("a", "b", "x", "y");
    await renameAll([rename("a", "c"), rename("b", "d")]);
    await renameAll([rename("x", "c"), rename("y", "d")]);
    expect([text("a"), text("b"), text("c"), text("d")]).toEqual([undefined, undefined, "x", "y"]);
  });

  test("are made by this process where the other says nothing", async () => {
    for (const source of [
      "setInterval(() => undefined, 1000);",
      'process.stdout.write("ready\\n"); setInterval(() => 1, 1000);',
    ]) {
      const { renameAll } = renamingProcess({ ...own, program: programOf(source), patience: 300 });
      put("a");
      await renameAll([rename("a", "b")]);
      expect([text("a"), text("b")]).toEqual([undefined, "a"]);
    }
  });

  test("are all taken back where the other has begun and this one cannot go on", async () => {
    const { renameAll } = renamingProcess({ ...own, program: programOf(half) });
    put("new", "old", "x");
    linkSync(at("old"), at("kept"));
    await expect(renameAll([rename("new", "old", "kept"), rename("x", "no/folder")])).rejects.toMatchObject({
      code: "ENOENT",
    });
    expect([text("old"), text("x")]).toEqual(["old", "x"]);
  });

  test("fail where something is missing that nobody has moved", async () => {
    const { renameAll } = renamingProcess(own);
    put("old");
    linkSync(at("old"), at("kept"));
    await expect(renameAll([rename("lost", "old", "kept")])).rejects.toMatchObject({ code: "ENOENT" });
    await expect(renameAll([rename("lost", "nowhere")])).rejects.toMatchObject({ code: "ENOENT" });
    expect(text("old")).toBe("old");
  });

  test("know neither the token of a description nor what Node was told to load", async () => {
    const tell = `import { writeFileSync } from "node:fs";
      process.stdout.write("ready\\n");
      process.stdin.once("data", () => {
        writeFileSync(${JSON.stringify(at("told"))}, JSON.stringify(process.env));
        process.stdout.write("{}\\n");
      });`;
    const environment = {
      ...process.env,
      NODE_OPTIONS: "--no-warnings",
      GEN_DEPLOY_TOKEN: "s3cret",
      OTHER: "1",
    };
    const { renameAll, prepare } = renamingProcess({ ...own, program: programOf(tell), environment });
    prepare();
    await renameAll([]);
    const told = text("told") ?? "";
    expect(JSON.parse(told)).toMatchObject({ OTHER: "1" });
    expect(told).not.toMatch(/s3cret|no-warnings/);
  });
});
