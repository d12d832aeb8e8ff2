import type { FeatureModel } from "../model/deployment-model.js";

type JsonShape = Extract<FeatureModel["codec"], { readonly kind: "json" }>["shape"];
type Label = Extract<JsonShape, { readonly type: "enum" }>["values"][number];

/** A shape in a few words; what stands inside of it is told two levels deep. */
export function shapeWords(shape: JsonShape, levels: number = 2): string {
  const inner = (one: JsonShape): string => (levels > 0 ? shapeWords(one, levels - 1) : "…");
  switch (shape.type) {
    case "integer":
    case "number":
      return shape.min === undefined && shape.max === undefined
        ? shape.type
        : `${shape.type} ${shape.min ?? "…"} to ${shape.max ?? "…"}`;
    case "enum":
      return shape.values.every((value) => typeof value === "string") ? "label" : "choice";
    case "file":
      return shape.mediaType === undefined ? `file (${shape.form})` : `file (${shape.mediaType})`;
    case "list":
      return `list of ${inner(shape.items)}`;
    case "tuple":
      return `list of ${shape.items.length}${shape.rest === undefined ? "" : " or more"}`;
    case "record":
      return `${inner(shape.values)} by name`;
    case "union":
      return shape.of.length > 4
        ? `any of ${shape.of.length} kinds`
        : shape.of.map((one) => inner(one)).join(" or ");
    case "named":
      return shape.name;
    default:
      return shape.type;
  }
}

/** The values that a shape is closed to, null beside them or not; none where it is open. */
export function shapeLabels(shape: JsonShape): readonly Label[] {
  if (shape.type === "union") return shape.of.flatMap((one) => (one.type === "enum" ? one.values : []));
  return shape.type === "enum" ? shape.values : [];
}
