import { chmodSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writePackage } from "../../src/disk/write-package.js";
import { first, second, useScratch } from "./scratch-package.js";
import { snapshot } from "./snapshot.js";

const scratch = useScratch();

describe("what is refused, leaving everything as it was", () => {
  const table: readonly {
    name: string;
    before: () => Promise<void> | void;
    files?: typeof first;
    code: string;
    message: RegExp;
    forced: "writes" | "refuses";
  }[] = [
    {
      name: "a folder with foreign files",
      before: () => scratch.put("a/b/pkg/notes.txt", "n"),
      code: "write/foreign-folder",
      message: /notes\.txt/,
      forced: "writes",
    },
    {
      name: "a foreign manifest",
      before: () => scratch.put("a/b/pkg/gen-deploy.json", '{"name": 1}'),
      code: "write/foreign-folder",
      message: /gen-deploy\.json/,
      forced: "writes",
    },
    {
      name: "a foreign file in the way",
      before: async () => {
        await writePackage(scratch.out, first);
        scratch.put("a/b/pkg/dist/index.js", "mine");
      },
      files: second,
      code: "write/foreign-file",
      message: /dist\/index\.js/,
      forced: "writes",
    },
    {
      name: "a file that the user changed",
      before: async () => {
        await writePackage(scratch.out, first);
        scratch.put("a/b/pkg/src/index.ts", "mine");
      },
      files: second,
      code: "write/edited",
      message: /src\/index\.ts/,
      forced: "writes",
    },
    {
      name: "a stale file that the user changed",
      before: async () => {
        await writePackage(scratch.out, first);
        scratch.put("a/b/pkg/src/old/one.ts", "mine");
      },
      files: second,
      code: "write/edited",
      message: /src\/old\/one\.ts/,
      forced: "writes",
    },
    {
      name: "a folder on the way that is a link",
      before: async () => {
        await writePackage(scratch.out, first);
        scratch.put("elsewhere/x", "x");
        symlinkSync(join(scratch.root, "elsewhere"), join(scratch.out, "dist"));
      },
      files: second,
      code: "write/blocked",
      message: /dist\/index\.js/,
      forced: "refuses",
    },
    {
      name: "a file that is a link",
      before: async () => {
        await writePackage(scratch.out, first);
        rmSync(join(scratch.out, "src/index.ts"));
        scratch.put("elsewhere/x", "x");
        symlinkSync(join(scratch.root, "elsewhere/x"), join(scratch.out, "src/index.ts"));
      },
      files: second,
      code: "write/blocked",
      message: /src\/index\.ts/,
      forced: "refuses",
    },
    {
      name: "a folder where a file is due",
      before: async () => {
        await writePackage(scratch.out, first);
        scratch.put("a/b/pkg/dist/index.js/x", "x");
      },
      files: second,
      code: "write/blocked",
      message: /dist\/index\.js/,
      forced: "refuses",
    },
    {
      name: "a file in place of the folder",
      before: () => scratch.put("a/b/pkg", "x"),
      code: "write/not-a-folder",
      message: /is a file/,
      forced: "refuses",
    },
    ...["../x", "/x", "a/../../x", "a\\x", "a//x", "./x", "c:x", "a\0b", ""].map((path) => ({
      name: `the path ${JSON.stringify(path)}`,
      before: () => undefined,
      files: [{ path, text: "x" }],
      code: "write/bad-path",
      message: /is not written/,
      forced: "refuses" as const,
    })),
    {
      name: "two names that some systems take for one",
      before: () => undefined,
      files: [
        { path: "a", text: "" },
        { path: "A", text: "" },
      ],
      code: "write/bad-path",
      message: /same name/,
      forced: "refuses",
    },
  ];
  for (const { name, before, files = first, code, message, forced } of table) {
    test(name, async () => {
      await before();
      const state = snapshot(scratch.root);
      const attempt = writePackage(scratch.out, files);
      await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
      expect(snapshot(scratch.root)).toEqual(state);
      const again = writePackage(scratch.out, files, { force: true });
      if (forced === "writes") await expect(again).resolves.toBeDefined();
      else await expect(again).rejects.toMatchObject({ code });
      if (forced === "refuses") expect(snapshot(scratch.root)).toEqual(state);
    });
  }

  test("a forged manifest leads nowhere outside", async () => {
    scratch.put("secret", "s");
    scratch.put(
      "a/b/pkg/gen-deploy.json",
      JSON.stringify({
        generator: "gen-deploy 0.1.0",
        inputs: "",
        files: { "../../../secret": "", __proto__: "" },
      }),
    );
    expect(await writePackage(scratch.out, first)).toMatchObject({ removed: [] });
    expect(readFileSync(join(scratch.root, "secret"), "utf8")).toBe("s");
  });

  test("a write that fails half way is taken back", async () => {
    await writePackage(scratch.out, first);
    const state = snapshot(scratch.root);
    // A file and a folder of one name: the second cannot be put into place.
    const impossible = [
      ...second.slice(0, 3),
      { path: "x", text: "1" },
      { path: "x/y", text: "2" },
      ...second.slice(3),
    ];
    await expect(writePackage(scratch.out, impossible)).rejects.toMatchObject({ code: "write/failed" });
    expect(snapshot(scratch.root)).toEqual(state);
    await expect(writePackage(join(scratch.root, "new/pkg"), impossible)).rejects.toMatchObject({
      code: "write/failed",
    });
    expect(snapshot(scratch.root)).toEqual(state);
  });

  test("an interrupted write is taken back", async () => {
    await writePackage(scratch.out, first);
    const state = snapshot(scratch.root);
    await expect(writePackage(scratch.out, second, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(snapshot(scratch.root)).toEqual(state);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written", async () => {
    scratch.put("a/b/x", "");
    chmodSync(join(scratch.root, "a/b"), 0o500);
    await expect(writePackage(scratch.out, first)).rejects.toMatchObject({ code: "write/denied" });
    chmodSync(join(scratch.root, "a/b"), 0o700);
  });
});
