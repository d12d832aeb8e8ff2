import type { CodecSpec } from "@gen-deploy/runtime";
import type { FeatureModel, RowModel } from "../model/deployment-model.js";
import { named, type Member, type TypeTree } from "./package-plan.js";

/** Which way a row goes. */
export type Side = "input" | "output";

/** The key under which the package exports the label set of a feature, or undefined where it has none. */
export type LabelKeys = (feature: FeatureModel) => string | undefined;

/** The members of the interface that types a row. */
export function rowMembers(row: RowModel, side: Side, labelKeys: LabelKeys): readonly Member[] {
  return row.features.map((feature) => ({
    name: feature.wireName,
    type: typeOf(feature.codec, side, labelKeys(feature)),
    optional: !feature.required,
    doc: feature.doc,
  }));
}

/** The label set that a codec states, or null. */
export function labelsOf(codec: CodecSpec): readonly string[] | null {
  return codec.kind === "label" || codec.kind === "probabilities" ? codec.labels : null;
}

function typeOf(codec: CodecSpec, side: Side, labelKey: string | undefined): TypeTree {
  switch (codec.kind) {
    case "number":
      return named("number");
    case "text":
      return named("string");
    case "label":
      return labelType(labelKey);
    case "probabilities":
      return named("Probabilities", labelType(labelKey));
    case "tensor":
      return named(
        side === "input" ? "TensorInput" : "NdArray",
        { kind: "literal", value: codec.dtype },
        shapeType(codec.shape ?? []),
      );
    case "image":
      return named(side === "input" ? "ImageInput" : "Image");
    case "example":
    case "json":
      throw new Error(`no row has a feature of the kind ${codec.kind}`);
  }
}

function labelType(labelKey: string | undefined): TypeTree {
  return labelKey === undefined ? named("string") : { kind: "indexed", object: "Labels", key: labelKey };
}

/** A tuple of the lengths: its text grows with the rank, never with the number of elements. */
function shapeType(shape: readonly number[]): TypeTree {
  return {
    kind: "tuple",
    items: shape.map((length) => (length < 0 ? named("number") : { kind: "literal", value: length })),
  };
}
