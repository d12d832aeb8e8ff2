import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Project, SyntaxKind, ts } from "ts-morph";
import type { SourceFile } from "ts-morph";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where a file stands, seen from the root of the project. */
function placeOf(file: SourceFile): string {
  return file.getFilePath().slice(root.length);
}

/** One line may break a rule that it names; no file may, and no line may leave the types. */
const silenced =
  /^[^"'`\n]*\/[/*]\s*(?:@ts-(?:ignore|nocheck)|(?:eslint|oxlint)-disable(?:(?!-next-line)|.*typescript))/m;

describe("every file", () => {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const folders = ["src", "templates", "test"].map((folder) => `${root}${folder}/**/*.{ts,mts,mjs}`);
  project.addSourceFilesAtPaths([...folders, `!${root}**/dist/**`, `!${root}**/node_modules/**`]);
  const files = project.getSourceFiles();

  test("is found", () => {
    expect(files.map(placeOf)).toEqual(
      expect.arrayContaining(["src/compile.ts", "templates/client/src/index.ts"]),
    );
  });

  test("has 300 lines at most", () => {
    const long = files.filter((file) => file.getFullText().trimEnd().split("\n").length > 300);
    expect(long.map(placeOf)).toEqual([]);
  });

  test("is named in kebab-case", () => {
    const odd = files
      .map(placeOf)
      .filter(
        (place) =>
          !/^[a-z0-9-]+(\.\d+)?(\.test|\.test-d|\.config|\.d)?\.m?[tj]s$/.test(place.split("/").at(-1) ?? ""),
      );
    expect(odd).toEqual([]);
  });

  test("says what it means: no `any`, no silenced compiler", () => {
    const loose = files.filter((file) => {
      if (silenced.test(file.getFullText())) return true;
      return file.getDescendantsOfKind(SyntaxKind.AnyKeyword).length > 0;
    });
    expect(loose.map(placeOf)).toEqual([]);
  });

  test.each([
    { given: "const a = 1; // @ts-ignore", want: true },
    { given: "\n/* @ts-nocheck */", want: true },
    { given: "/* oxlint-disable */", want: true },
    { given: "// oxlint-disable-next-line typescript/no-unsafe-return", want: true },
    { given: "// oxlint-disable-next-line no-control-regex -- it is what is refused", want: false },
    { given: 'const text = "// @ts-ignore";', want: false },
  ])("is silenced by $given: $want", ({ given, want }) => {
    expect(silenced.test(given)).toBe(want);
  });

  test("exports by name, but for configs, of which their tools ask the default", () => {
    const unnamed = files.filter(
      (file) => !placeOf(file).endsWith(".config.ts") && /^export (?:default\b|=)/m.test(file.getFullText()),
    );
    expect(unnamed.map(placeOf)).toEqual([]);
  });
});

test("the compiler is held to the strictest settings", () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) =>
    existsSync(path) ? readFileSync(path, "utf8") : undefined,
  );
  const settings = [
    "strict",
    "exactOptionalPropertyTypes",
    "noUncheckedIndexedAccess",
    "isolatedDeclarations",
    "verbatimModuleSyntax",
    "erasableSyntaxOnly",
  ];
  expect(config).toMatchObject({ compilerOptions: Object.fromEntries(settings.map((name) => [name, true])) });
});
