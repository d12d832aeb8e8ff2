import type { CogFraming, JsonShape } from "@gen-deploy/runtime";
import type { FeatureModel } from "../model/deployment-model.js";
import { literal, object, type ReadmePlan, type Value } from "./package-plan.js";
import type { ClientJob } from "./plan-client.js";
import { featureTables } from "./readme-tables.js";
import { shapeOf } from "./service-types.js";
import { createShapeBook } from "./shape-book.js";
import { createShapeExamples } from "./shape-example.js";

/** The front page of a package whose deployment is a Cog model. */
export function planCogReadme({ model, main, packageName }: ClientJob): ReadmePlan {
  const { framing, input } = main;
  if (framing.protocol !== "cog") throw new Error(`no Cog model: ${framing.protocol}`);
  const book = createShapeBook(model.shapes);
  const example = createShapeExamples(book);
  const required = input.features.filter((feature) => feature.required);
  const onReplicate = framing.model !== null || framing.version !== null;
  return {
    title: model.title,
    doc: model.doc,
    packageName,
    example: {
      options: optionsOf(model.url !== null || onReplicate),
      needsToken: model.auth.length > 0 || onReplicate,
      method: "predict",
      arguments: [object(required.map((feature) => [feature.wireName, example(withPicture(feature))]))],
      each: false,
    },
    paragraphs: [placeParagraph, outputParagraphs[framing.output], failureParagraph],
    tables: featureTables(main, book),
  };
}

/** A file that is called an image is one, though no description says so. */
function withPicture(feature: FeatureModel): JsonShape {
  const shape = shapeOf(feature);
  if (shape.type !== "file" || shape.mediaType !== undefined) return shape;
  return /image|img|photo|picture|mask/i.test(feature.wireName)
    ? { ...shape, mediaType: "image/png" }
    : shape;
}

function optionsOf(isKnown: boolean): readonly (readonly [name: string, value: Value])[] {
  return isKnown ? [] : [["url", literal("http://localhost:5000")]];
}

const placeParagraph =
  'The model runs where the client is told: `{ url }` is the address of its own Cog server; `{ model: "owner/name" }`, `{ version }` and `{ deployment: "owner/name" }`, with a `token`, are on Replicate. Files go in as bytes, a `Blob`, `fromFile(path)` of the `/node` entry, or by their address; those that come out are fetched when `bytes()` or `blob()` is called, which on Replicate is possible for an hour.';

const outputParagraphs: Readonly<Record<CogFraming["output"], string>> = {
  value:
    "`client.predictMany(inputs)` makes any number of predictions, `client.predictStream(source)` those for an endless source of inputs.",
  list: "`client.stream(input)` gives the items one by one as they come; leaving the loop cancels the prediction. `client.predictMany(inputs)` makes any number of predictions, `client.predictStream(source)` those for an endless source of inputs.",
  text: "`client.stream(input)` gives the text piece by piece as it comes; leaving the loop cancels the prediction. `client.predictMany(inputs)` makes any number of predictions, `client.predictStream(source)` those for an endless source of inputs.",
};

const failureParagraph =
  "An aborted call cancels its prediction. Every failure is a `DeploymentError` with a closed `code`; that of a prediction which failed is `deployment-error`, in the model's own words.";
