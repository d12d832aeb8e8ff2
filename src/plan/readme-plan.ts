import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import type { ReadmeFeature, ReadmePlan } from "./package-plan.js";
import { exampleArgument, readsFile } from "./readme-example.js";
import { inWords } from "./readme-words.js";
import { listSignatures, verbsOf } from "./tf-serving-signatures.js";

/** The front page of a package: what goes in, what comes out, and a row that runs. */
export function planReadme(model: DeploymentModel, main: OperationModel, packageName: string): ReadmePlan {
  const { framing } = main;
  const isRows = framing.protocol === "rows";
  const batched = framing.protocol === "tensors" && framing.batched;
  const toReadmeFeature = (feature: FeatureModel): ReadmeFeature => {
    const type = inWords(feature.codec, batched);
    return { name: feature.wireName, type: feature.required ? type : `${type}, optional`, doc: feature.doc };
  };
  const example = exampleArgument(main);
  const exampleUrl = isRows
    ? "https://example.com/deployment/forward"
    : "http://localhost:8501/v1/models/NAME";
  return {
    title: model.title,
    doc: model.doc,
    packageName,
    inputs: main.input.features.map(toReadmeFeature),
    outputs: main.output.features.map(toReadmeFeature),
    method: framing.protocol === "examples" ? framing.verb : "predict",
    example,
    exampleUrl: model.url === null ? exampleUrl : null,
    needsToken: model.auth.length > 0,
    readsFile: readsFile(example),
    signatures: isRows
      ? []
      : listSignatures(model).map((signature) => ({
          name: signature.name,
          verbs: verbsOf(signature),
          doc: signature.doc,
        })),
  };
}
