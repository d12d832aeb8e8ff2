import { GenDeployError } from "../gen-deploy-error.js";
import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import { runtimeLine } from "../version.js";
import { inlineRuntime } from "./inline-runtime.js";
import { isPackageName, toPackageName } from "./names.js";
import { isVersion, planPackageJson } from "./package-json.js";
import type { Edit, PackagePlan, PlannedFile, SourcePlan } from "./package-plan.js";
import { planClient } from "./plan-client.js";

/** What the user decides about a package. */
export interface PlanOptions {
  readonly name?: string | undefined;
  readonly packageVersion?: string | undefined;
  readonly runtime: "shared" | "inline";
  readonly emit: readonly ("ts" | "js")[];
  /** The descriptions, word for word, and the names under which the package holds them; never empty. */
  readonly specs: readonly { readonly file: string; readonly text: string }[];
  /** The `package.json` that stands in the output folder, or null. */
  readonly previous: Readonly<Record<string, unknown>> | null;
  /** The copy of the runtime for `inline`: text by path below its folder. */
  readonly runtimeFiles: ReadonlyMap<string, string>;
}

/**
 * Model in, package plan out: names are settled, files and edits are data. It prints nothing and knows nothing of
 * OpenAPI or of a compiler.
 */
export function planPackage(model: DeploymentModel, options: PlanOptions): PackagePlan {
  const main = mainOperation(model);
  const name = packageName(model, options);
  const { source, readme } = planClient({ model, main, packageName: name });
  const files: PlannedFile[] = [
    { kind: "json", path: "package.json", value: packageJson(model, name, options) },
    { kind: "readme", path: "README.md", readme },
    ...options.specs.map(({ file, text }) => ({ kind: "text", path: file, text }) as const),
    ...sourceFiles(source, options),
    ...(options.runtime === "inline"
      ? inlineRuntime(options.runtimeFiles, [
          ...["node", `since-${runtimeLine}`, `testing/${source.testing}`],
          ...source.runtimeEntries,
        ])
      : []),
  ];
  return { name, files };
}

function sourceFiles(source: SourcePlan, options: PlanOptions): readonly PlannedFile[] {
  const written = options.emit.includes("ts");
  const modules = moduleEdits(options);
  const { modules: late = [] } = source;
  const edits = [...source.edits, ...modules];
  const sources: readonly PlannedFile[] = [
    { kind: "template", path: "src/index.ts", template: source.template, edits, written },
    { kind: "template", path: "src/node.ts", template: "client/src/node.ts", edits: modules, written },
    {
      kind: "template",
      path: "src/testing.ts",
      template: `client/src/testing-${source.testing}.ts`,
      edits: [entryOf(source), ...modules],
      written,
    },
    ...late.map(({ name, template, edits: own }): PlannedFile => ({
      kind: "template",
      path: `src/${name}.ts`,
      template,
      edits: [entryOf(source), ...own, ...modules],
      written,
    })),
    ...(written && source.hasWireTypes ? [{ kind: "wire-types", path: "src/wire.ts" } as const] : []),
  ];
  const built = ["index", "node", "testing"].flatMap((name): PlannedFile[] => [
    { kind: "built", path: `dist/${name}.js`, source: `src/${name}.ts`, as: "js" },
    { kind: "built", path: `dist/${name}.d.ts`, source: `src/${name}.ts`, as: "dts" },
  ]);
  // Nobody but the entry imports what is loaded late, and none of its types.
  const loaded = late.map(({ name }): PlannedFile => ({
    kind: "built",
    path: `dist/${name}.js`,
    source: `src/${name}.ts`,
    as: "js",
  }));
  return [...sources, ...(options.emit.includes("js") ? [...built, ...loaded] : [])];
}

/** The templates of entries stand side by side; in a package there is one, under its own name. */
function entryOf({ template }: Pick<SourcePlan, "template">): Edit {
  const file = template.slice(template.lastIndexOf("/") + 1).replace(/\.ts$/, ".js");
  return { kind: "set-module", from: `./${file}`, to: "." };
}

function mainOperation(model: DeploymentModel): OperationModel {
  const [main] = model.operations;
  if (main !== undefined) return main;
  throw new GenDeployError(
    "plan/no-operation",
    "The description has no operation that a client could call.",
    {
      hint: "Check that this is the description of a deployment, and that --operation names one of its operations.",
    },
  );
}

/**
 * The npm name of a model's package: the user's own, or from the title, or where that says nothing of the model from the
 * name of the description's file. Throws `plan/bad-name` where the user's own is none.
 */
export function packageName(
  model: DeploymentModel,
  { name: given, file = "" }: { readonly name?: string | undefined; readonly file?: string | undefined },
): string {
  if (given !== undefined) {
    if (isPackageName(given)) return given;
    throw new GenDeployError("plan/bad-name", `${JSON.stringify(given)} is no name for an npm package.`, {
      hint: "Use lower-case letters, digits, and - . _, with a scope in front if you like: --name @team/animal-weight",
    });
  }
  const title = toPackageName(model.title);
  const stem = toPackageName(file.slice(file.search(/[^\\/]*$/)).replace(/\.(?:json|ya?ml)$/i, ""));
  const named = emptyTitles.has(title) && !emptyStems.has(stem) ? stem : title;
  return named === "" ? `${model.dialect}-client` : named;
}

/** What frameworks call every service, as package names. */
const emptyTitles: ReadonlySet<string> = new Set([
  "",
  ..."api cog-model fast-api ml-service modelbit-deployment peltarion-deployment service tensor-flow-serving-model".split(
    " ",
  ),
]);

/** What a file is called whatever it describes, as package names. */
const emptyStems: ReadonlySet<string> = new Set([
  "",
  ..."api description docs index metadata model openapi open-api openapi-schema schema spec stdin swagger".split(
    " ",
  ),
]);

function packageJson(
  model: DeploymentModel,
  name: string,
  options: PlanOptions,
): ReturnType<typeof planPackageJson> {
  const previousVersion = options.previous?.["version"];
  return planPackageJson({
    name,
    version: givenVersion(options) ?? (typeof previousVersion === "string" ? previousVersion : "0.1.0"),
    description: `Typed client for ${oneLine(model.title)}.`,
    emit: options.emit,
    runtime: options.runtime,
    specFiles: options.specs.map(({ file }) => file),
    previous: options.previous,
  });
}

function givenVersion({ packageVersion }: PlanOptions): string | undefined {
  if (packageVersion === undefined || isVersion(packageVersion)) return packageVersion;
  throw new GenDeployError(
    "plan/bad-version",
    `${JSON.stringify(packageVersion)} is no version for an npm package.`,
    { hint: "Write three numbers, with a pre-release behind if you like: --package-version 1.2.0-beta.1" },
  );
}

function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- titles come from strangers and end up on one line of JSON
  const line = text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, " ");
  return line.trim();
}

function moduleEdits({ runtime, runtimeFiles }: PlanOptions): readonly Edit[] {
  if (runtime === "shared") return [];
  // Exports of a package may lead to folders; relative imports must say so.
  const folders = [...runtimeFiles.keys()].flatMap((path) => /^(.+)\/index\.js$/.exec(path)?.[1] ?? []);
  const moved = { kind: "set-module", from: "@gen-deploy/runtime", to: "../runtime" } as const;
  return [folders.length === 0 ? moved : { ...moved, folders }];
}
