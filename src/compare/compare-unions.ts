import type { JsonShape } from "@gen-deploy/runtime";
import type { ShapeContext } from "./context.js";
import { shapeWords } from "./shape-words.js";

/** Looks a named shape up. */
type Resolve = (name: string) => JsonShape;

/**
 * Notes what changed between two shapes of which one at least is a union. Alternatives that are written alike belong
 * together, then those of one kind, in their order; what is left over came or went.
 */
export function compareUnions(
  before: JsonShape,
  after: JsonShape,
  { context, compareShapes }: ShapeContext,
): void {
  const { at, named } = context;
  const [were, are] = [alternativesOf(before), alternativesOf(after)];
  const [wasAny, isAny] = [hasAny(were), hasAny(are)];
  if (wasAny || isAny) {
    if (wasAny !== isAny)
      context.values(isAny ? "wider" : "narrower", `${at} is ${isAny ? "" : "no longer "}any value`);
    return;
  }
  const alike = pairBy(were, are, { before: textOf, after: textOf });
  const kinds = {
    before: (one: JsonShape) => kindOfShape(one, named.before),
    after: (one: JsonShape) => kindOfShape(one, named.after),
  };
  const akin = pairBy(alike.gone, alike.come, kinds);
  for (const [was, is] of [...alike.pairs, ...akin.pairs]) compareShapes(was, is, context);
  for (const one of akin.gone) context.values("narrower", `${at} is no longer ${shapeWords(one)}`);
  for (const one of akin.come) context.values("wider", `${at} may be ${shapeWords(one)}`);
}

interface Keys {
  readonly before: (shape: JsonShape) => string;
  readonly after: (shape: JsonShape) => string;
}

interface Pairing {
  readonly pairs: readonly (readonly [JsonShape, JsonShape])[];
  readonly gone: readonly JsonShape[];
  readonly come: readonly JsonShape[];
}

/** Pairs shapes of equal keys, in their order; each belongs to one pair at most. */
function pairBy(before: readonly JsonShape[], after: readonly JsonShape[], keys: Keys): Pairing {
  const waiting = new Map<string, JsonShape[]>();
  for (const one of after.toReversed()) {
    const key = keys.after(one);
    waiting.set(key, [...(waiting.get(key) ?? []), one]);
  }
  const found = new Map<JsonShape, JsonShape>();
  const pairs = before.flatMap((was): Pairing["pairs"] => {
    const is = waiting.get(keys.before(was))?.pop();
    if (is === undefined) return [];
    found.set(was, is);
    return [[was, is]];
  });
  const taken = new Set(found.values());
  return {
    pairs,
    gone: before.filter((one) => !found.has(one)),
    come: after.filter((one) => !taken.has(one)),
  };
}

function textOf(shape: JsonShape): string {
  return JSON.stringify(shape);
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
