import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { PackageFile } from "../../src/disk/plan-write.js";
import { printManifest } from "../../src/manifest.js";

/** A folder of its own for each test. */
export interface Scratch {
  readonly root: string;
  /** Where a package goes; its parents do not exist yet. */
  readonly out: string;
  readonly put: (path: string, text: string) => void;
}

/** Makes a folder before each test of a file, and removes it afterwards. */
export function useScratch(): Scratch {
  let root = "";
  beforeEach(() => void (root = mkdtempSync(join(tmpdir(), "gen-deploy-test-"))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return {
    get root() {
      return root;
    },
    get out() {
      return join(root, "a/b/pkg");
    },
    put: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
  };
}

/** Files with the manifest of a package that consists of them. */
function withManifest(files: Readonly<Record<string, string>>, inputs: string): readonly PackageFile[] {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  return [...list, { path: "gen-deploy.json", text: printManifest({ inputs, options: {}, files: list }) }];
}

/** A package. */
export const first: readonly PackageFile[] = withManifest(
  { "package.json": "{}\n", "src/index.ts": "a\n", "src/old/one.ts": "old\n" },
  "inputs",
);

/** What becomes of it. */
export const second: readonly PackageFile[] = withManifest(
  { "package.json": "{}\n", "src/index.ts": "b\n", "dist/index.js": "c\n" },
  "more",
);
