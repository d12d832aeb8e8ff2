import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Project, SyntaxKind } from "ts-morph";
import type { SourceFile } from "ts-morph";
import { describe, expect, test } from "vitest";

/*
 * The rooms of the house and whom they may import. "types of X" means `import type` alone. What every room may have is
 * not listed: itself, and the ground on which all of them stand.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  model: ["types of runtime"],
  // Schemas are read into the runtime's shapes.
  spec: ["model", "types of runtime"],
  // The one function of the runtime that the generator calls: descriptions are fingerprinted alike on both sides.
  dialects: ["model", "spec", "types of runtime", "@gen-deploy/runtime/fingerprint"],
  // Two models alone: what they came from and what is made of them is not asked.
  compare: ["types of model", "types of runtime"],
  plan: ["model", "types of runtime"],
  // A model as a client or a mock of this process takes it: by the names and in the forms that the plan gives a package.
  bind: ["types of model", "plan", "runtime"],
  // A deployment that answers from memory, over HTTP.
  mock: ["bind", "types of model", "runtime"],
  // Rows of files, and what becomes of each: whatever is read and written is handed in and out.
  score: ["bind", "types of model", "runtime", "src/spec/suggest.ts"],
  // openapi-typescript gets the description as it is, unopened: hence the type of its tree.
  emit: ["types of plan", "types of spec"],
  // What runs when gen-deploy itself is built: it makes ready what emit works with.
  prepare: ["emit"],
  // What a config may say; keys that are not known are told apart as in descriptions.
  config: ["spec"],
  // What was written is known by the manifest, so the rooms on both sides of it share that one file.
  disk: ["spec", "config", "src/manifest.ts", "types of the pipeline", "types of score"],
  "the pipeline": ["config", "model", "spec", "dialects", "plan", "emit", "types of runtime"],
  // Reports and changelogs hold a description's words as READMEs do: by the same door.
  cli: [
    ...["the pipeline", "config", "disk", "compare", "bind", "mock", "score"],
    ...["src/emit/safe-text.ts", "src/spec/suggest.ts"],
    ...["types of model", "types of spec", "types of runtime"],
  ],
};

/** Files that stand above the rooms: the stages in their order, and what is told to them. */
const pipeline = ["compile.ts", "compile-options.ts", "index.ts", "manifest.ts"];

/** Files that stand below the rooms and import none: the generator's one error, and its version. */
const ground = ["gen-deploy-error.ts", "package-fields.ts", "version.ts"];

/** Packages that one file alone may import. */
const confined: Readonly<Record<string, string>> = {
  "@scalar/openapi-upgrader": "src/spec/swagger.ts",
  chokidar: "src/disk/watch-files.ts",
  jiti: "src/disk/load-config.ts",
  esbuild: "src/prepare/bundle-command.ts",
  "ts-morph": "src/prepare/find-places.ts",
  "openapi-typescript": "src/emit/wire-types.ts",
  hyparquet: "src/score/read-parquet.ts",
  "hyparquet-writer": "src/score/encode-parquet.ts",
  papaparse: "src/score/parse-csv.ts",
  tinyglobby: "src/disk/find-files.ts",
  undici: "src/runtime/src/http/transport-undici.ts",
};

const root = fileURLToPath(new URL("..", import.meta.url));
const project = new Project({ skipAddingFilesFromTsConfig: true, compilerOptions: { allowJs: false } });
project.addSourceFilesAtPaths([
  `${root}src/**/*.ts`,
  `!${root}src/**/dist/**`,
  `!${root}src/**/node_modules/**`,
]);
const sources = project.getSourceFiles();

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Where a file stands, seen from the root of the project. */
function placeOf(file: SourceFile): string {
  return file.getFilePath().slice(root.length);
}

function roomOf(place: string): string {
  const [, first = "", ...rest] = place.split("/");
  return rest.length > 0 ? first : pipeline.includes(first) ? "the pipeline" : first;
}

/** Every import and re-export of a file, static or dynamic; those of the project as places, others by name. */
function importsOf(file: SourceFile): readonly Import[] {
  const from = placeOf(file);
  const statics = [...file.getImportDeclarations(), ...file.getExportDeclarations()].flatMap(
    (declaration) => {
      const to = declaration.getModuleSpecifierValue();
      const named =
        "getNamedImports" in declaration ? declaration.getNamedImports() : declaration.getNamedExports();
      const typeOnly =
        declaration.isTypeOnly() || (named.length > 0 && named.every((one) => one.isTypeOnly()));
      return to === undefined ? [] : [{ from, to, typeOnly }];
    },
  );
  const dynamics = file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const [argument] = call.getArguments();
    const isImport = call.getExpression().getKind() === SyntaxKind.ImportKeyword;
    const to = argument?.asKind(SyntaxKind.StringLiteral)?.getLiteralValue();
    return isImport && to !== undefined ? [{ from, to, typeOnly: false }] : [];
  });
  const types = file.getDescendantsOfKind(SyntaxKind.ImportType).flatMap((node) => {
    const to = node.getArgument().getText().slice(1, -1);
    return [{ from, to, typeOnly: true }];
  });
  return [...statics, ...dynamics, ...types].map(({ to, ...rest }) => ({ ...rest, to: resolved(from, to) }));
}

function resolved(from: string, to: string): string {
  if (to.startsWith(".")) return new URL(to, `file:///${from}`).pathname.slice(1).replace(/\.js$/, ".ts");
  return to;
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

const imports = sources.flatMap(importsOf);

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const room = roomOf(from);
  const target = to.startsWith("src/")
    ? roomOf(to)
    : packageOf(to) === "@gen-deploy/runtime"
      ? "runtime"
      : undefined;
  // Other packages and Node's modules have rules of their own below.
  if (target === undefined || target === room || ground.includes(target)) return true;
  const allowed = rooms[room] ?? [];
  return (
    allowed.includes(target) || allowed.includes(to) || (typeOnly && allowed.includes(`types of ${target}`))
  );
}

describe("the house", () => {
  test("has only the rooms that the table knows", () => {
    const known = [...Object.keys(rooms), ...ground];
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.map(placeOf).filter((place) => !known.includes(roomOf(place)))).toEqual([]);
  });

  test("imports only as the table allows", () => {
    expect(imports.filter((one) => !isAllowed(one))).toEqual([]);
  });

  test("would notice an import that the table forbids", () => {
    const forbidden: readonly Import[] = [
      { from: "src/plan/names.ts", to: "src/spec/pointer.ts", typeOnly: true },
      { from: "src/model/deployment-model.ts", to: "@gen-deploy/runtime", typeOnly: false },
      { from: "src/runtime/src/client.ts", to: "src/model/deployment-model.ts", typeOnly: true },
      { from: "src/cli/main.ts", to: "src/emit/format.ts", typeOnly: false },
    ];
    expect(forbidden.filter(isAllowed)).toEqual([]);
  });

  test("keeps dialects apart", () => {
    const index = "src/dialects/index.ts";
    const families = imports.filter(
      ({ from, to }) => from !== index && roomOf(from) === "dialects" && to.startsWith("src/dialects/"),
    );
    const shared = ["dialect", "recognise"];
    const family = (place: string): string =>
      place.slice("src/dialects/".length).replace(/\.ts$/, "").split("-", 1).join();
    const strangers = families.filter(
      ({ from, to }) => !shared.includes(family(to)) && family(from) !== family(to),
    );
    expect(strangers).toEqual([]);
  });

  test.each(Object.entries(confined))("imports %s in one file alone: %s", (name, file) => {
    const importers = imports
      .filter(({ to, typeOnly }) => packageOf(to) === name && !typeOnly)
      .map(({ from }) => from);
    expect([...new Set(importers)]).toEqual([file]);
  });

  test("knows `process` in the command line alone", () => {
    const outside = sources.filter((file) => !["cli", "runtime"].includes(roomOf(placeOf(file))));
    const uses = outside.flatMap((file) =>
      file.getDescendantsOfKind(SyntaxKind.Identifier).filter((node) => node.getText() === "process"),
    );
    const free = uses.filter(
      (node) => node.getParentIfKind(SyntaxKind.PropertyAccessExpression)?.getNameNode() !== node,
    );
    expect(free.map((node) => placeOf(node.getSourceFile()))).toEqual([]);
    expect(imports.filter(({ from, to }) => to === "node:process" && roomOf(from) !== "cli")).toEqual([]);
  });

  test("touches disk and network in one room alone", () => {
    const doors = [
      "node:fs",
      "node:fs/promises",
      "node:http",
      "node:https",
      "node:net",
      "node:child_process",
    ];
    const outside = imports.filter(
      ({ from, to }) =>
        doors.includes(to) &&
        !["disk", "cli", "prepare", "runtime"].includes(roomOf(from)) &&
        !(to === "node:http" && roomOf(from) === "mock"),
    );
    expect(outside).toEqual([]);
  });

  test("has no cycle", () => {
    expect(cycleIn(new Map(sources.map((file) => [placeOf(file), targetsOf(file)])))).toEqual([]);
  });
});

/** The files of the project that a file needs when it runs: types are gone by then. */
function targetsOf(file: SourceFile): readonly string[] {
  return importsOf(file)
    .filter(({ typeOnly }) => !typeOnly)
    .map(({ to }) => to);
}

/** The files of one cycle, or none. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (place: string, path: readonly string[]): readonly string[] => {
    if (path.includes(place)) return [...path.slice(path.indexOf(place)), place];
    if (done.has(place)) return [];
    for (const next of graph.get(place) ?? []) {
      const cycle = visit(next, [...path, place]);
      if (cycle.length > 0) return cycle;
    }
    done.add(place);
    return [];
  };
  for (const place of graph.keys()) {
    const cycle = visit(place, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

describe("the runtime", () => {
  const own = imports.filter(({ from }) => roomOf(from) === "runtime");

  test("depends on undici and on nothing else", () => {
    const manifest: unknown = JSON.parse(readFileSync(`${root}src/runtime/package.json`, "utf8"));
    expect(manifest).toMatchObject({ dependencies: { undici: expect.any(String) } });
    expect(Object.keys(Object(Reflect.get(Object(manifest), "dependencies")))).toEqual(["undici"]);
    for (const kind of ["peerDependencies", "optionalDependencies"])
      expect(Reflect.has(Object(manifest), kind)).toBe(false);
    const strangers = own.filter(({ to }) => !/^(src\/runtime\/|node:|undici$|#transport$)/.test(to));
    expect(strangers).toEqual([]);
  });

  test("imports Node's modules only in files named for Node", () => {
    const named = /^src\/runtime\/src\/(node|[a-z-]*-node|http\/transport-undici)\.ts$/;
    expect(own.filter(({ from, to }) => to.startsWith("node:") && !named.test(from))).toEqual([]);
  });
});
