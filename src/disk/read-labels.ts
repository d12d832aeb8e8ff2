import { GenDeployError } from "../gen-deploy-error.js";
import { parse } from "../spec/parse.js";
import { appendPointer, isArray } from "../spec/pointer.js";
import { readText } from "./read-spec.js";

const remedy = "Give the path of a file of label sets.";

/** The label sets in a JSON or YAML file `{ feature: [label, …] }`; throws `labels/bad-file` where it is another. */
export async function readLabels(path: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const document = parse({ name: path, url: null, text: await readText(path, { remedy }) });
  return new Map(
    Object.entries(document.root).map(([feature, value]) => {
      const labels = isArray(value) ? value.map(toLabel) : [];
      if (isArray(value) && labels.length > 0 && labels.every((label) => label !== undefined))
        return [feature, labels];
      const pointer = appendPointer("", feature);
      throw new GenDeployError(
        "labels/bad-file",
        `${path} has no list of labels for ${JSON.stringify(feature)}.`,
        {
          pointer,
          position: document.position(pointer),
          hint: 'Write each feature with its labels: { "Type": ["animal", "plant"] }.',
        },
      );
    }),
  );
}

function toLabel(value: unknown): string | undefined {
  // YAML reads the label 0 as a number; on the wire every label is a key, hence text.
  return typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : undefined;
}
