import type { JsonShape } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import { runtimeLine } from "../version.js";
import { json } from "./descriptor.js";
import {
  list,
  literal,
  named,
  object,
  type Edit,
  type Member,
  type SourcePlan,
  type Value,
} from "./package-plan.js";
import { createShapeBook } from "./shape-book.js";
import { createShapeLabels } from "./shape-labels.js";
import { createShapeTypes } from "./shape-types.js";
import { shapesValue, shapeValue, type ShapeValuesOptions } from "./shape-values.js";
import { headline, unusedImports } from "./source-edits.js";

/** The entry of a package whose deployment is a function on Modelbit. */
export function planModelbit(model: DeploymentModel, main: OperationModel): SourcePlan {
  const book = createShapeBook(model.shapes);
  const labels = createShapeLabels();
  const types = createShapeTypes({ book, labels, taken: templateNames });
  const input = main.input.features.map((feature): Member => ({
    name: feature.wireName,
    type: types.typeOf(shapeOf(feature), "input", feature.wireName),
    optional: !feature.required,
    doc: feature.doc,
  }));
  const result = resultOf(main);
  const output = types.typeOf(shapeOf(result), "output", result.wireName);
  const declarations = types.declarations();
  const value = functionValue({ model, main }, { book, labels });
  const edits: readonly Edit[] = [
    { kind: "set-doc", target: null, doc: headline(model) },
    ...unusedImports(valueTypes, types.used),
    ...(types.used.has("Labels")
      ? [{ kind: "set-value", target: "labels", value: labels.value() } as const]
      : unusedImports(["labels", "Labels"], new Set())),
    { kind: "remove", target: "Answer" },
    { kind: "add-types", target: "Input", types: declarations },
    { kind: "set-members", target: "Input", members: input },
    { kind: "set-type", target: "Output", type: output },
    ...(result.doc === "" ? [] : [{ kind: "set-doc", target: "Output", doc: result.doc } as const]),
    ...(declarations.length === 0
      ? unnamed
      : [{ kind: "set-members", target: "Shapes", members: types.members() } as const]),
    { kind: "set-value", target: "deployment", value },
  ];
  const runtimeEntries = ["index", "modelbit/index"];
  return {
    template: "client/src/modelbit.ts",
    edits,
    hasWireTypes: false,
    runtimeEntries,
    testing: "modelbit",
  };
}

/** The shape of a value that a function takes or gives. */
export function shapeOf({ codec }: FeatureModel): JsonShape {
  if (codec.kind === "json") return codec.shape;
  throw new Error(`no value of a function: ${codec.kind}`);
}

/** The types of values that the template imports and a package need not. */
const valueTypes: readonly string[] = ["FileInput", "Image", "ImageInput", "Open"];

/** What the template declares or imports: no shape's type is called so. */
const templateNames: readonly string[] = [
  "Client",
  "Deployed",
  "DeploymentError",
  "DeploymentErrorCode",
  "Input",
  "ModelbitClient",
  "ModelbitClientOptions",
  "ModelbitDeployment",
  "Output",
  "Shapes",
  "Since",
];

/** Without shapes that have a name nothing needs to know their types. */
const unnamed: readonly Edit[] = [
  { kind: "remove", target: "Shapes" },
  {
    kind: "set-type",
    target: "Client",
    type: named(
      "Since",
      { kind: "literal", value: runtimeLine },
      named("ModelbitClient", named("Input"), named("Output")),
    ),
  },
  {
    kind: "set-type",
    target: "Deployed",
    type: named("ModelbitDeployment", named("Input"), named("Output")),
  },
];

interface FunctionJob {
  readonly model: DeploymentModel;
  readonly main: OperationModel;
}

function functionValue({ model, main }: FunctionJob, options: ShapeValuesOptions): Value {
  const { features } = main.input;
  if (main.framing.protocol !== "data") throw new Error(`no function: ${main.framing.protocol}`);
  const result = resultOf(main);
  return object([
    ["title", literal(model.title)],
    ["url", literal(model.url)],
    ["auth", json(model.auth)],
    ["form", literal(main.framing.form)],
    ["order", list(features.map(({ wireName }) => literal(wireName)))],
    ["inputs", object(features.map((feature) => [feature.wireName, argumentValue(feature, options)]))],
    ["output", shapeValue(options, shapeOf(result), result.wireName)],
    ["shapes", options.book.all.length === 0 ? undefined : shapesValue(options)],
  ]);
}

function argumentValue(feature: FeatureModel, options: ShapeValuesOptions): Value {
  return object([
    ["shape", shapeValue(options, shapeOf(feature), feature.wireName)],
    ["optional", feature.required ? undefined : literal(true)],
  ]);
}

function resultOf({ output }: OperationModel): FeatureModel {
  const [result] = output.features;
  if (result !== undefined) return result;
  throw new Error("a function without a result");
}
