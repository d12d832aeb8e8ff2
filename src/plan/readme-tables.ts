import type { FeatureModel, OperationModel } from "../model/deployment-model.js";
import type { ReadmeCell, ReadmeTable } from "./package-plan.js";
import { inWords } from "./readme-words.js";

/** A name as it is written in code. */
export function code(text: string): ReadmeCell {
  return { kind: "code", text };
}

/** Words, a description's own among them. */
export function words(text: string): ReadmeCell {
  return { kind: "words", text };
}

/** What goes in and what comes out, feature by feature. */
export function featureTables({ framing, input, output }: OperationModel): readonly ReadmeTable[] {
  const batched = framing.protocol === "tensors" && framing.batched;
  const row = (feature: FeatureModel): readonly ReadmeCell[] => {
    const type = inWords(feature.codec, batched);
    return [code(feature.wireName), words(feature.required ? type : `${type}, optional`), words(feature.doc)];
  };
  const columns = ["feature", "type", ""];
  return [
    { heading: "Input", columns, rows: input.features.map(row) },
    { heading: "Output", columns, rows: output.features.map(row) },
  ];
}
