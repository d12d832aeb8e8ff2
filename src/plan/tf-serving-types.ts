import type { CodecSpec } from "@gen-deploy/runtime";
import type { FeatureModel, OperationModel } from "../model/deployment-model.js";
import { named, type Member, type TypeTree } from "./package-plan.js";
import type { Side } from "./row-types.js";

type Tensor = Extract<CodecSpec, { readonly form: "nested" }>;
type Shape = Tensor["shape"];

/** The members of a signature's whole inputs or outputs. */
export function columnMembers(operation: OperationModel, side: Side): readonly Member[] {
  return operation[side].features.map((feature) => {
    const { dtype, shape } = tensorOf(feature);
    return member(feature, tensorType(side, dtype, shape), feature.doc);
  });
}

/**
 * The members of one row: whole tensors without their first dimension where rows are stacked. What has no batch
 * dimension is whole in every row.
 */
export function rowMembersOf(operation: OperationModel, side: Side): readonly Member[] {
  const { framing } = operation;
  if (framing.protocol !== "tensors" || !framing.batched) return columnMembers(operation, side);
  return operation[side].features.map((feature) => {
    const { dtype, shape } = tensorOf(feature);
    if (shape === null || shape[0] === -1)
      return member(feature, tensorType(side, dtype, rowShape(shape, true)), feature.doc);
    const whole = "Its first dimension is not the rows': each row has all of it.";
    return member(
      feature,
      tensorType(side, dtype, shape),
      feature.doc === "" ? whole : `${feature.doc}\n\n${whole}`,
    );
  });
}

/** The shape of what one row holds of a tensor: without its first dimension where rows are stacked in it. */
export function rowShape(shape: Shape, batched: boolean): Shape {
  return batched && shape?.[0] === -1 ? shape.slice(1) : shape;
}

/** The members of an example, as `classify` and `regress` take it. */
export function exampleMembers({ input }: OperationModel): readonly Member[] {
  return input.features.map((feature) => {
    const { codec } = feature;
    if (codec.kind !== "example") throw new Error(`no feature of an example: ${codec.kind}`);
    const type = named(
      "FeatureInput",
      { kind: "literal", value: codec.type },
      { kind: "literal", value: codec.list },
    );
    return member(feature, type, feature.doc);
  });
}

/** The tensor that a feature is. */
export function tensorOf({ codec }: FeatureModel): Tensor {
  if (codec.kind === "tensor" && codec.form === "nested") return codec;
  throw new Error(`no tensor of TensorFlow Serving: ${codec.kind}`);
}

function member({ wireName, required, codec }: FeatureModel, type: TypeTree, doc: string): Member {
  const assumed = codec.kind === "tensor" && codec.form === "nested" && codec.assumed === true;
  const words = assumed ? [doc, "The description does not state its dtype."] : [doc];
  return { name: wireName, type, optional: !required, doc: words.filter((text) => text !== "").join("\n\n") };
}

function tensorType(side: Side, dtype: Tensor["dtype"], shape: Shape): TypeTree {
  const plain = shape?.length === 0 ? scalarType(side, dtype) : undefined;
  const name = side === "input" ? "TensorValue" : "TensorResult";
  return plain ?? named(name, { kind: "literal", value: dtype }, shapeType(shape));
}

/** A single element by its plain name where it has one. */
function scalarType(side: Side, dtype: Tensor["dtype"]): TypeTree | undefined {
  switch (dtype) {
    case "bool":
      return named("boolean");
    case "int64":
    case "uint64":
      return side === "input" ? undefined : named("bigint");
    case "string":
      return side === "input" ? undefined : named("string");
    case "binary":
      return side === "input" ? undefined : named("Uint8Array");
    default:
      return named("number");
  }
}

function shapeType(shape: Shape): TypeTree {
  if (shape === null) return { kind: "array", item: named("number") };
  return {
    kind: "tuple",
    items: shape.map((length) => (length < 0 ? named("number") : { kind: "literal", value: length })),
  };
}
