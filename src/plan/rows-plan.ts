import type { CodecSpec } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import { descriptor, json } from "./descriptor.js";
import { createNames } from "./names.js";
import { object, reference, type Edit, type SourcePlan } from "./package-plan.js";
import { labelsOf, rowMembers, type LabelKeys } from "./row-types.js";
import { headline, unusedImports, wireEdits } from "./source-edits.js";

/** The entry of a package whose deployment takes and gives rows. */
export function planRows(model: DeploymentModel, main: OperationModel): SourcePlan {
  const { keys, sets } = labelSets(main);
  const input = rowMembers(main.input, "input", keys);
  const output = rowMembers(main.output, "output", keys);
  const kinds = kindsOf(main);
  const edits: readonly Edit[] = [
    { kind: "set-doc", target: null, doc: headline(model) },
    ...unusedImports(
      valueTypes,
      new Set([...input, ...output].map(({ type }) => (type.kind === "name" ? type.name : ""))),
    ),
    ...wireEdits(main),
    { kind: "set-value", target: "labels", value: object(sets.map(([key, labels]) => [key, json(labels)])) },
    { kind: "set-members", target: "Input", members: input },
    { kind: "set-members", target: "Output", members: output },
    { kind: "set-value", target: "deployment", value: descriptor(model, main, keys) },
  ];
  const hasWireTypes = main.input.wireType !== null && main.output.wireType !== null;
  const carrying: readonly Edit[] = [
    ...unusedImports(codecKinds, kinds),
    { kind: "set-value", target: "coders", value: object([...kinds].map((kind) => [kind, reference(kind)])) },
  ];
  const common = { hasWireTypes, testing: "rows" } as const;
  const runtimeEntries = ["index", "coders/index", "protocols/rows"];
  if (![...kinds].some((kind) => weightyKinds.has(kind))) {
    return { ...common, template: "client/src/index.ts", edits: [...edits, ...carrying], runtimeEntries };
  }
  return {
    ...common,
    template: "client/src/late.ts",
    edits,
    modules: [{ name: "parts", template: "client/src/parts.ts", edits: carrying }],
    runtimeEntries: [...runtimeEntries, "late/index"],
  };
}

/** Kinds of values that are carried by more code than a page should wait for. */
const weightyKinds: ReadonlySet<CodecSpec["kind"]> = new Set<CodecSpec["kind"]>(["image", "tensor"]);

interface LabelSets {
  readonly keys: LabelKeys;
  readonly sets: readonly (readonly [key: string, labels: readonly string[]])[];
}

/** One exported set for each feature that has labels; an output with the same set as its namesake shares it. */
function labelSets(main: OperationModel): LabelSets {
  const names = createNames();
  const byText = new Map<string, string>();
  const byFeature = new Map<FeatureModel, string>();
  const sets = new Map<string, readonly string[]>();
  for (const feature of [...main.input.features, ...main.output.features]) {
    const labels = labelsOf(feature.codec);
    if (labels === null) continue;
    const { wireName } = feature;
    const text = JSON.stringify([wireName, labels]);
    const key = byText.get(text) ?? names(sets.has(names(wireName)) ? `${wireName} output` : wireName);
    byText.set(text, key);
    byFeature.set(feature, key);
    sets.set(key, labels);
  }
  return { keys: (feature) => byFeature.get(feature), sets: [...sets] };
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

/** The kinds of values that go in or come out, in the template's order. */
function kindsOf({ input, output }: OperationModel): ReadonlySet<CodecSpec["kind"]> {
  const used = new Set([...input.features, ...output.features].map(({ codec }) => codec.kind));
  return new Set(codecKinds.filter((kind) => used.has(kind)));
}
