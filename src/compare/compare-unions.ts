import type { JsonShape } from "@gen-deploy/runtime";
import type { ShapeContext } from "./context.js";
import { shapeWords } from "./shape-words.js";

/** Looks a named shape up. */
type Resolve = (name: string) => JsonShape;

/**
 * Notes what changed between two shapes of which one at least is a union. Alternatives that are written alike belong
 * together, then those of one kind, in their order; what is left over came or went.
 */
export function compareUnions(was: JsonShape, is: JsonShape, { context, compareShapes }: ShapeContext): void {
  const { at, named } = context;
  const [before, after] = [alternativesOf(was), alternativesOf(is)];
  const [wasAny, isAny] = [hasAny(before), hasAny(after)];
  if (wasAny || isAny) {
    if (wasAny !== isAny)
      context.values(isAny ? "wider" : "narrower", `${at} is ${isAny ? "" : "no longer "}any value`);
    return;
  }
  const left = [...after];
  const take = (fits: (one: JsonShape) => boolean): JsonShape | undefined => {
    const index = left.findIndex(fits);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const unlike = before.filter((one) => {
    const same = take((other) => JSON.stringify(other) === JSON.stringify(one));
    if (same !== undefined) compareShapes(one, same, context);
    return same === undefined;
  });
  const gone = unlike.filter((one) => {
    const kind = kindOfShape(one, named.before);
    const other = take((candidate) => kindOfShape(candidate, named.after) === kind);
    if (other !== undefined) compareShapes(one, other, context);
    return other === undefined;
  });
  for (const one of gone) context.values("narrower", `${at} is no longer ${shapeWords(one)}`);
  for (const one of left) context.values("wider", `${at} may be ${shapeWords(one)}`);
}

function alternativesOf(shape: JsonShape): readonly JsonShape[] {
  return shape.type === "union" ? shape.of.flatMap(alternativesOf) : [shape];
}

function hasAny(alternatives: readonly JsonShape[]): boolean {
  return alternatives.some(({ type }) => type === "any");
}

/** What a shape's values are in JavaScript; shapes of other kinds are never one another's successors. */
function kindOfShape(shape: JsonShape, resolve: Resolve): string {
  const stated = shape.type === "named" ? resolve(shape.name) : shape;
  switch (stated.type) {
    case "enum":
      return [...new Set(stated.values.map((value) => (value === null ? "null" : typeof value)))].join(" ");
    case "text":
      return "string";
    case "integer":
      return "number";
    case "tuple":
      return "list";
    case "record":
      return "object";
    default:
      return stated.type;
  }
}
