import type { JsonShape } from "@gen-deploy/runtime";

/** A shape in a few words, for messages. */
export function shapeWords(shape: JsonShape): string {
  switch (shape.type) {
    case "any":
      return "any value";
    case "boolean":
    case "number":
    case "object":
      return `${shape.type === "object" ? "an" : "a"} ${shape.type}`;
    case "integer":
      return "a whole number";
    case "enum":
      return shape.values.length === 1 ? "one stated value" : `one of ${shape.values.length} stated values`;
    case "file":
      return "a file";
    case "list":
    case "tuple":
      return "a list";
    case "record":
      return "an object of any names";
    case "union":
      return `one of ${shape.of.length} kinds`;
    case "named":
      return JSON.stringify(shape.name);
    default:
      return shape.type;
  }
}
