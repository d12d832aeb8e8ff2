import type { CodecSpec } from "@gen-deploy/runtime";
import { GenDeployError } from "../gen-deploy-error.js";
import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import { descriptor, json } from "./descriptor.js";
import { createNames, isPackageName, toPackageName } from "./names.js";
import { planPackageJson } from "./package-json.js";
import {
  object,
  named,
  reference,
  type Edit,
  type PackagePlan,
  type PlannedFile,
  type TypeTree,
} from "./package-plan.js";
import { planReadme } from "./readme-plan.js";
import { labelsOf, rowMembers, type LabelKeys, type Side } from "./row-types.js";

/** What the user decides about a package. */
export interface PlanOptions {
  readonly name?: string | undefined;
  readonly packageVersion?: string | undefined;
  readonly runtime: "shared" | "inline";
  readonly emit: readonly ("ts" | "js")[];
  /** The description, word for word, and the name under which the package holds it. */
  readonly spec: { readonly file: string; readonly text: string };
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
  const sets = labelSets(main);
  const files: PlannedFile[] = [
    { kind: "json", path: "package.json", value: packageJson(model, name, options) },
    { kind: "readme", path: "README.md", readme: planReadme(model, main, name) },
    { kind: "text", path: options.spec.file, text: options.spec.text },
    ...sourceFiles(model, main, sets, options),
  ];
  return { name, files: [...files, ...inlineRuntime(options)] };
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

/** The npm name of a model's package; throws `plan/bad-name` where the user's own is none. */
export function packageName(model: DeploymentModel, options: Pick<PlanOptions, "name">): string {
  if (options.name !== undefined) {
    if (isPackageName(options.name)) return options.name;
    throw new GenDeployError(
      "plan/bad-name",
      `${JSON.stringify(options.name)} is no name for an npm package.`,
      {
        hint: "Use lower-case letters, digits, and - . _, with a scope in front if you like: --name @team/animal-weight",
      },
    );
  }
  const name = toPackageName(model.title);
  return name === "" ? `${model.dialect}-client` : name;
}

function packageJson(
  model: DeploymentModel,
  name: string,
  options: PlanOptions,
): ReturnType<typeof planPackageJson> {
  const previousVersion = options.previous?.["version"];
  return planPackageJson({
    name,
    version: options.packageVersion ?? (typeof previousVersion === "string" ? previousVersion : "0.1.0"),
    description: `Typed client for ${oneLine(model.title)}.`,
    emit: options.emit,
    runtime: options.runtime,
    specFile: options.spec.file,
    previous: options.previous,
  });
}

function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- titles come from strangers and end up on one line of JSON
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, " ").trim();
}

interface LabelSets {
  readonly keys: LabelKeys;
  readonly sets: readonly (readonly [key: string, labels: readonly string[]])[];
}

/** One exported set for each feature that has labels; an output with the same set as its namesake shares it. */
function labelSets(main: OperationModel): LabelSets {
  const names = createNames();
  const byText = new Map<string, string>();
  const sets: (readonly [string, readonly string[]])[] = [];
  for (const { wireName, codec } of [...main.input.features, ...main.output.features]) {
    const labels = labelsOf(codec);
    const text = JSON.stringify([wireName, labels]);
    if (labels === null || byText.has(text)) continue;
    const key = names(sets.some(([known]) => known === names(wireName)) ? `${wireName} output` : wireName);
    byText.set(text, key);
    sets.push([key, labels]);
  }
  const keys: LabelKeys = (_side: Side, { wireName, codec }) =>
    byText.get(JSON.stringify([wireName, labelsOf(codec)]));
  return { keys, sets };
}

function sourceFiles(
  model: DeploymentModel,
  main: OperationModel,
  { keys, sets }: LabelSets,
  options: PlanOptions,
): readonly PlannedFile[] {
  const written = options.emit.includes("ts");
  const modules = moduleEdits(options);
  const input = rowMembers(main.input, "input", keys);
  const output = rowMembers(main.output, "output", keys);
  const kinds = kindsOf(main);
  const index: readonly Edit[] = [
    { kind: "set-doc", target: null, doc: headline(model) },
    ...unusedImports(
      valueTypes,
      new Set([...input, ...output].map(({ type }) => (type.kind === "name" ? type.name : ""))),
    ),
    ...unusedImports(codecKinds, kinds),
    { kind: "set-value", target: "coders", value: object([...kinds].map((kind) => [kind, reference(kind)])) },
    ...wireEdits(main),
    { kind: "set-value", target: "labels", value: object(sets.map(([key, labels]) => [key, json(labels)])) },
    { kind: "set-members", target: "Input", members: input },
    { kind: "set-members", target: "Output", members: output },
    { kind: "set-value", target: "deployment", value: descriptor(model, main, keys) },
    ...modules,
  ];
  const sources: readonly PlannedFile[] = [
    { kind: "template", path: "src/index.ts", template: "client/src/index.ts", edits: index, written },
    { kind: "template", path: "src/node.ts", template: "client/src/node.ts", edits: modules, written },
    ...(written && hasWireTypes(main) ? [{ kind: "wire-types", path: "src/wire.ts" } as const] : []),
  ];
  const built = ["index", "node"].flatMap((name): PlannedFile[] => [
    { kind: "built", path: `dist/${name}.js`, source: `src/${name}.ts`, as: "js" },
    { kind: "built", path: `dist/${name}.d.ts`, source: `src/${name}.ts`, as: "dts" },
  ]);
  return [...sources, ...(options.emit.includes("js") ? built : [])];
}

/** The types of values that the template imports and a package need not. */
const valueTypes: readonly string[] = ["Image", "ImageInput", "NdArray", "Probabilities", "TensorInput"];

/** The coders that the template imports and a package need not. */
const codecKinds: readonly CodecSpec["kind"][] = [
  "image",
  "label",
  "number",
  "probabilities",
  "tensor",
  "text",
];

function unusedImports(names: readonly string[], used: ReadonlySet<string>): readonly Edit[] {
  return names.filter((name) => !used.has(name)).map((target) => ({ kind: "remove", target }));
}

/** The kinds of values that go in or come out, in the template's order. */
function kindsOf({ input, output }: OperationModel): ReadonlySet<CodecSpec["kind"]> {
  const used = new Set([...input.features, ...output.features].map(({ codec }) => codec.kind));
  return new Set(codecKinds.filter((kind) => used.has(kind)));
}

function hasWireTypes({ input, output }: OperationModel): boolean {
  return input.wireType !== null && output.wireType !== null;
}

function headline(model: DeploymentModel): string {
  return model.doc === "" ? `${model.title}.` : `${model.title}.\n\n${model.doc}`;
}

/** Holds the feature names to the types of the description where there are such types. */
function wireEdits(main: OperationModel): readonly Edit[] {
  const { input, output } = main;
  if (input.wireType === null || output.wireType === null) {
    return [
      { kind: "remove", target: "components" },
      { kind: "remove", target: "WireNames" },
      { kind: "set-type", target: "InputName", type: { kind: "keyof", name: "Input" } },
      { kind: "set-type", target: "OutputName", type: { kind: "keyof", name: "Output" } },
    ];
  }
  return [
    { kind: "set-type", target: "InputName", type: wireNames(input.wireType) },
    { kind: "set-type", target: "OutputName", type: wireNames(output.wireType) },
  ];
}

function wireNames([root = "components", ...path]: readonly string[]): TypeTree {
  const keys = path.map((value) => ({ kind: "literal", value }) as const);
  return named("WireNames", named(root), { kind: "tuple", items: keys });
}

function moduleEdits({ runtime, runtimeFiles }: PlanOptions): readonly Edit[] {
  if (runtime === "shared") return [];
  // Exports of a package may lead to folders; relative imports must say so.
  const folders = [...runtimeFiles.keys()].flatMap((path) => /^(.+)\/index\.js$/.exec(path)?.[1] ?? []);
  const moved = { kind: "set-module", from: "@gen-deploy/runtime", to: "../runtime" } as const;
  return [folders.length === 0 ? moved : { ...moved, folders }];
}

function inlineRuntime({ runtime, runtimeFiles }: PlanOptions): readonly PlannedFile[] {
  if (runtime === "shared") return [];
  return [...runtimeFiles].map(([path, text]) => ({ kind: "text", path: `runtime/${path}`, text }));
}
