import type { OperationModel } from "../model/deployment-model.js";
import { shapeOf } from "./modelbit-plan.js";
import { literal, object, type ReadmePlan, type Value } from "./package-plan.js";
import type { ClientJob } from "./plan-client.js";
import { featureTables } from "./readme-tables.js";
import { createShapeBook } from "./shape-book.js";
import { createShapeExamples, type ShapeExamples } from "./shape-example.js";

/** The front page of a package whose deployment is a function on Modelbit. */
export function planModelbitReadme({ model, main, packageName }: ClientJob): ReadmePlan {
  const book = createShapeBook(model.shapes);
  const example = createShapeExamples(book);
  const address = "https://WORKSPACE.REGION.modelbit.com/v1/DEPLOYMENT/latest";
  return {
    title: model.title,
    doc: model.doc,
    packageName,
    example: {
      options: model.url === null ? [["url", literal(address)]] : [],
      needsToken: model.auth.length > 0,
      method: "predict",
      arguments: [argumentOf(main, example)],
      each: false,
    },
    paragraphs: [
      ...(isBare(main) ? ["The only argument may stand bare, or in an object under its name."] : []),
      "`client.predictMany(rows)` calls the function in batches, `client.predictStream(source)` for an endless source. `branch` and `version` choose among the deployment's versions, for a client or a call; `timeoutSeconds` says how long the function may run, and `responseFormat: \"links\"` is for large results. Every failure is a `DeploymentError` with a closed `code`, the function's own error among them.",
    ],
    tables: featureTables(main, book),
  };
}

/** Whether calls may have the value of the only argument in place of the arguments. */
function isBare({ framing, input }: OperationModel): boolean {
  return framing.protocol === "data" && framing.form === "arguments" && input.features.length === 1;
}

function argumentOf(main: OperationModel, example: ShapeExamples): Value {
  const [only] = main.input.features;
  if (only !== undefined && isBare(main)) return example(shapeOf(only));
  const required = main.input.features.filter((feature) => feature.required);
  return object(required.map((feature) => [feature.wireName, example(shapeOf(feature))]));
}
