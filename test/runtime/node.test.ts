import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromFile } from "../../src/runtime/src/node.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-deploy-node-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("a file is read when it is asked for, each time anew", async () => {
  const path = join(folder, "Zahl 6.png");
  const byPath = fromFile(path);
  const byUrl = fromFile(pathToFileURL(path));
  expect([byPath.name, byUrl.name]).toEqual(["Zahl 6.png", "Zahl 6.png"]);
  await expect(byPath.read()).rejects.toMatchObject({ code: "ENOENT" });
  await writeFile(path, Uint8Array.of(1, 2));
  expect(await byPath.read()).toEqual(Uint8Array.of(1, 2));
  await writeFile(path, Uint8Array.of(3));
  expect(await byUrl.read()).toEqual(Uint8Array.of(3));
});
