import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { expandLocations } from "../../src/disk/expand-locations.js";
import { useScratch } from "./scratch-package.js";

const scratch = useScratch();

async function found(pattern: string): Promise<readonly string[]> {
  const { locations } = await expandLocations([join(scratch.root, pattern)]);
  return locations.map(({ location }) => relative(scratch.root, resolve(location)));
}

test("a pattern finds the same descriptions again when packages have been written below its folder", async () => {
  for (const path of [
    "a.json",
    "sub/b.json",
    "out/a/gen-deploy.json",
    "out/a/openapi.json",
    "out/a/x/y.json",
  ])
    scratch.put(path, "{}");
  expect(await found("**/*.json")).toEqual(["a.json", "sub/b.json"]);
});

test("a pattern that fits nothing but what is in packages means that", async () => {
  for (const path of ["out/a/gen-deploy.json", "out/a/openapi.json", "b.json"]) scratch.put(path, "{}");
  expect(await found("out/*/openapi.json")).toEqual(["out/a/openapi.json"]);
});
