import type { CogFraming } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import { json } from "./descriptor.js";
import { toTypeName } from "./names.js";
import {
  literal,
  named,
  object,
  type Edit,
  type Member,
  type SourcePlan,
  type TypeTree,
  type Value,
} from "./package-plan.js";
import { shapeOf } from "./service-types.js";
import { createShapeBook } from "./shape-book.js";
import { createShapeLabels } from "./shape-labels.js";
import { createShapeTypes, shapeValueTypes } from "./shape-types.js";
import { shapesValue, shapeValue, type ShapeValuesOptions } from "./shape-values.js";
import { headline, unusedImports } from "./source-edits.js";

/** The entry of a package whose deployment is a Cog model. */
export function planCog(model: DeploymentModel, main: OperationModel): SourcePlan {
  const { input, framing } = main;
  if (framing.protocol !== "cog") throw new Error(`no Cog model: ${framing.protocol}`);
  const book = createShapeBook(model.shapes);
  const labels = createShapeLabels();
  const result = resultOf(main);
  const shape = shapeOf(result);
  // What the description itself calls so, needs no other name.
  const target = framing.output === "value" ? "Output" : "Item";
  const own =
    shape.type === "named" && book.has(shape.name) && toTypeName(shape.name) === target
      ? shape.name
      : undefined;
  const taken = templateTypes.filter((name) => own === undefined || name !== target);
  const types = createShapeTypes({ book, labels, taken, first: own === undefined ? [] : [own] });
  const members = input.features.map((feature): Member => ({
    name: feature.wireName,
    type: types.typeOf(shapeOf(feature), "input", feature.wireName),
    optional: !feature.required,
    doc: feature.doc,
  }));
  const type = types.typeOf(shape, "output", target);
  const declared = types.declarations();
  const edits: readonly Edit[] = [
    { kind: "set-doc", target: null, doc: headline(model) },
    ...unusedImports(shapeValueTypes, types.used),
    ...["Style", "Page"].map((name) => ({ kind: "remove", target: name }) as const),
    { kind: "set-members", target: "Input", members },
    ...outputEdits(framing, own === undefined ? type : undefined, result.doc),
    { kind: "add-types", target: "Shapes", types: declared },
    { kind: "set-members", target: "Shapes", members: types.members() },
    ...(input.wireType === null ? unchecked : [inputNames(input.wireType)]),
    { kind: "set-value", target: "deployment", value: modelValue(model, main, { book, labels }) },
    // Last: all labels have been asked for.
    ...(types.used.has("Labels")
      ? [{ kind: "set-value", target: "labels", value: labels.value() } as const]
      : unusedImports(["labels", "Labels"], new Set())),
  ];
  return {
    template: "client/src/cog.ts",
    edits,
    hasWireTypes: input.wireType !== null,
    runtimeEntries: ["index", "cog/index"],
    testing: "cog",
  };
}

/** The one value that a model gives, or each of those that come one by one. */
function resultOf({ output }: OperationModel): FeatureModel {
  const [result] = output.features;
  if (result !== undefined) return result;
  throw new Error("a model without an output");
}

/** What the template declares or imports besides the types of values. */
const templateTypes: readonly string[] = [
  ...["Checked", "Client", "CogClient", "CogClientOptions", "CogDeployment", "DeploymentError"],
  ...["DeploymentErrorCode", "Described", "Input", "InputName", "Item", "Output", "Shapes"],
  ...["Since", "WireNames"],
];

/** `type` is undefined where what is declared already bears the name. */
function outputEdits({ output: form }: CogFraming, type: TypeTree | undefined, doc: string): readonly Edit[] {
  const whole = form === "value" ? "Output" : "Item";
  const declared: Edit =
    type === undefined ? { kind: "remove", target: whole } : { kind: "set-type", target: whole, type };
  const documented: readonly Edit[] =
    type === undefined || doc === "" ? [] : [{ kind: "set-doc", target: whole, doc }];
  switch (form) {
    case "value":
      return [
        declared,
        ...documented,
        { kind: "set-type", target: "Item", type: named("Output") },
        { kind: "set-doc", target: "Item", doc: "What comes from `stream`: the output, once." },
      ];
    case "list":
      return [declared, ...documented];
    case "text":
      return [
        declared,
        { kind: "set-doc", target: "Item", doc: "One piece of the text, as it comes from `stream`." },
        { kind: "set-type", target: "Output", type: named("string") },
        ...(doc === "" ? [] : [{ kind: "set-doc", target: "Output", doc } as const]),
      ];
  }
}

function inputNames([root = "components", ...path]: readonly string[]): Edit {
  const keys = path.map((value) => ({ kind: "literal", value }) as const);
  const type = named("WireNames", named(root), { kind: "tuple", items: keys });
  return { kind: "set-type", target: "InputName", type };
}

/** Without types of the description there are no names to hold the inputs to. */
const unchecked: readonly Edit[] = [
  ...unusedImports(["Described", "WireNames", "components", "InputName"], new Set()),
  {
    kind: "set-type",
    target: "Checked",
    type: named("CogDeployment", named("Input"), named("Output"), named("Item"), named("Shapes")),
  },
];

function modelValue(model: DeploymentModel, main: OperationModel, options: ShapeValuesOptions): Value {
  const result = resultOf(main);
  const target = main.output.stream ? "Item" : "Output";
  return object([
    ["title", literal(model.title)],
    ["url", literal(model.url)],
    ["auth", json(model.auth)],
    ["framing", json(main.framing)],
    [
      "inputs",
      object(main.input.features.map((feature) => [feature.wireName, inputValue(feature, options)])),
    ],
    ["output", shapeValue(options, shapeOf(result), target)],
    ["shapes", shapesValue(options)],
  ]);
}

function inputValue(feature: FeatureModel, options: ShapeValuesOptions): Value {
  return object([
    ["shape", shapeValue(options, shapeOf(feature), feature.wireName)],
    ["optional", feature.required ? undefined : literal(true)],
  ]);
}
