import type { CodecSpec } from "../../src/runtime/src/codec.js";
import type { DeploymentModel, FeatureModel, RowModel } from "../../src/model/deployment-model.js";

/** A feature of a model made by hand. */
export function feature(wireName: string, codec: CodecSpec, doc: string = ""): FeatureModel {
  return { wireName, doc, required: true, codec, fingerprint: "0" };
}

/** A model made by hand, as a dialect would make it. */
export function handMadeModel(
  inputs: readonly FeatureModel[],
  outputs: readonly FeatureModel[],
  more: Partial<DeploymentModel> = {},
): DeploymentModel {
  return {
    dialect: "peltarion",
    title: "Animal weight",
    doc: "",
    url: "https://example.com/deployment/1/forward",
    auth: [{ kind: "bearer" }],
    live: { url: "openapi.json", rest: [] },
    operations: [
      {
        id: "forward",
        doc: "",
        method: "POST",
        path: "",
        framing: { protocol: "rows", multipart: true },
        input: row(inputs, "/components/schemas/input-row/properties", [
          "components",
          "schemas",
          "input-row",
        ]),
        output: row(outputs, "/components/schemas/output-row/properties", [
          "components",
          "schemas",
          "output-row",
        ]),
      },
    ],
    ...more,
  };
}

function row(features: readonly FeatureModel[], pointer: string, wireType: readonly string[]): RowModel {
  return { features, bare: false, stream: false, pointer, wireType };
}
