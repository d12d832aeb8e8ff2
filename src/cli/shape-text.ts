import type { FeatureModel, NamedShapeModel } from "../model/deployment-model.js";

type JsonShape = Extract<FeatureModel["codec"], { readonly kind: "json" }>["shape"];
type NamedShape = Pick<NamedShapeModel, "name" | "shape">;
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

/** A value by the name that a table has for it. */
export interface NamedValue {
  readonly name: string;
  readonly shape: JsonShape;
  readonly optional: boolean;
}

/**
 * A value, and below it the members of the object that it is, or that its list holds; label sets stand for their names.
 * The members of a value without a name stand for it.
 */
export function shapeRows(value: NamedValue, shapes: readonly NamedShape[]): readonly NamedValue[] {
  const shape = opened(value.shape, shapes);
  const item = shape.type === "list" ? opened(shape.items, shapes) : shape;
  const object = item.type === "named" ? shapes.find(({ name }) => name === item.name)?.shape : item;
  const own = { ...value, shape };
  if (object?.type !== "object") return [own];
  const prefix = value.name === "" ? "" : `${value.name}${item === shape ? "" : "[]"}.`;
  const members = Object.entries(object.members).map(([name, member]) => ({
    name: `${prefix}${name}`,
    shape: opened(member.shape, shapes),
    optional: member.optional === true,
  }));
  return value.name === "" && members.length > 0 ? members : [own, ...members];
}

function opened(shape: JsonShape, shapes: readonly NamedShape[]): JsonShape {
  if (shape.type === "union") return { ...shape, of: shape.of.map((part) => opened(part, shapes)) };
  const found = shape.type === "named" ? shapes.find(({ name }) => name === shape.name)?.shape : undefined;
  return found?.type === "enum" ? found : shape;
}

/** The values that a shape is closed to, null beside them or not; none where it is open. */
export function shapeLabels(shape: JsonShape): readonly Label[] {
  if (shape.type === "list") return shapeLabels(shape.items);
  if (shape.type === "record") return shape.keys ?? [];
  if (shape.type === "union") return shape.of.flatMap(shapeLabels);
  return shape.type === "enum" ? shape.values : [];
}
