import { isFile } from "./resolved-file.js";
import { factsOf, kindOf } from "./stated-shapes.js";
import type { StatedShape } from "./stated-shapes.js";
import { isMap, toItems } from "./value-kinds.js";
import { isAddress } from "./write-file.js";

/** Whether `value` is of the kind that `shape` takes, whatever is inside: what need not be tried in a union. */
export function mayBe(value: unknown, shape: StatedShape): boolean {
  switch (shape.type) {
    case "any":
      return true;
    case "null":
      return value === null;
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "integer":
      return typeof value === "number" || typeof value === "bigint";
    case "enum":
      return factsOf(shape).kinds.has(kindOf(value));
    case "file":
      return isFile(value) || (shape.form === "binary" ? typeof value === "string" : isAddress(value));
    case "list":
    case "tuple":
      return toItems(value) !== undefined;
    case "record":
    case "object":
      return isMap(value) && !isFile(value);
  }
}
