import type { JsonShape } from "../shapes/json-shape.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import type { Shapes, StatedShape } from "../shapes/stated-shapes.js";

const known = new WeakMap<Shapes, ReadonlyMap<JsonShape, string>>();

/** The name under which the deployment states the shape, or undefined. */
export function nameOf(shape: JsonShape, shapes: Shapes): string | undefined {
  let names = known.get(shapes);
  if (names === undefined) {
    names = new Map(Object.entries(shapes).map(([name, one]) => [one, name]));
    known.set(shapes, names);
  }
  return names.get(shape);
}

/** What Pydantic calls an alternative of a union, such as `str` or `list[int]`, or its class. */
export function pythonName(shape: StatedShape, shapes: Shapes): string {
  const named = nameOf(shape, shapes);
  if (named !== undefined) return named;
  const name = (inner: JsonShape): string => {
    const [first, ...others] = statedShapes(inner, shapes);
    // Names inside of names may have no end.
    if (first === undefined || others.length > 0) return "union";
    return first === inner || nameOf(first, shapes) !== undefined ? pythonName(first, shapes) : first.type;
  };
  switch (shape.type) {
    case "any":
      return "any";
    case "null":
      return "none";
    case "text":
      return "str";
    case "boolean":
      return "bool";
    case "integer":
      return "int";
    case "number":
      return "float";
    case "enum":
      return `literal[${shape.values
        .slice(0, 20)
        .map((value) => JSON.stringify(value))
        .join(",")}]`;
    case "file":
      return shape.form === "binary" ? "UploadFile" : "str";
    case "list":
      return `list[${name(shape.items)}]`;
    case "tuple":
      return `tuple[${shape.items.map(name).join(",")}]`;
    case "record":
      return `dict[str,${name(shape.values)}]`;
    case "object":
      return "model";
  }
}
