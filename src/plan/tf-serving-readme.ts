import { list, literal, object, type ReadmePlan, type Value } from "./package-plan.js";
import type { ClientJob } from "./plan-client.js";
import { exampleRow, exampleTensors } from "./readme-example.js";
import { code, featureTables, words } from "./readme-tables.js";
import type { OperationModel } from "../model/deployment-model.js";
import { listSignatures, verbsOf } from "./tf-serving-signatures.js";

/** The front page of a package whose deployment is a model on TensorFlow Serving. */
export function planTfServingReadme({ model, main, packageName }: ClientJob): ReadmePlan {
  const signatures = listSignatures(model);
  const verbs = new Set(signatures.flatMap(verbsOf));
  const rows = signatures.map((signature) => [
    code(signature.name),
    words(verbsOf(signature).join(", ")),
    words(signature.doc),
  ]);
  return {
    title: model.title,
    doc: model.doc,
    packageName,
    example: {
      options: model.url === null ? [["url", literal("http://localhost:8501/v1/models/NAME")]] : [],
      needsToken: model.auth.length > 0,
      method: main.framing.protocol === "examples" ? main.framing.verb : "predict",
      arguments: [argumentOf(main)],
      each: false,
    },
    paragraphs: [
      modelParagraph,
      ...(verbs.has("predict") ? [predictParagraph] : []),
      ...(verbs.has("classify") || verbs.has("regress") ? [examplesParagraph] : []),
    ],
    tables: [
      ...featureTables(main),
      {
        heading: "Signatures",
        columns: ["signature", "verbs", ""],
        rows: signatures.length < 2 ? [] : rows,
      },
    ],
  };
}

/** A row, the bare value of its only tensor, or a list of examples. */
function argumentOf({ framing, input }: OperationModel): Value {
  if (framing.protocol === "tensors") return exampleTensors(input, framing.batched);
  if (input.features.length === 0) return list([object([["feature", object([["float", literal(1.5)]])]])]);
  const required = input.features.filter((feature) => feature.required);
  return list([exampleRow({ features: required.length === 0 ? input.features : required }, false)]);
}

const modelParagraph =
  "`client.status()` and `client.metadata()` tell of the model, `client.waitUntilReady()` waits until it is loaded, and `client.verify()` rejects when the live signatures are no longer those that are described here. `version` or `label` chooses among its versions, for a client or a call. `client.signatures` has each signature by name. Every failure is a `DeploymentError` with a closed `code`.";

const predictParagraph =
  '`predictMany(rows)` takes any number of rows, `predictStream(source)` an endless source of them, and `predictColumns(columns)` whole tensors. Tensors go out and come in by name and column; `{ framing: "row" }` asks for rows instead.';

const examplesParagraph =
  "`classify` and `regress` take examples, objects of features, and any features that all of them share as `context`: `client.classify(examples, { context })`. A feature whose kind the description does not state says it: `{ age: { float: 1 } }`, `{ int64: … }` or `{ bytes: … }`.";
