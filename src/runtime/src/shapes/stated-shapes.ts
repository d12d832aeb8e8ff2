import { DeploymentError, shown } from "../errors.js";
import type { EnumShape, JsonShape, NamedShape, UnionShape } from "./json-shape.js";

/** The shapes that others call by name. */
export type Shapes = Readonly<Record<string, JsonShape>>;

/** A shape that says itself what it carries. */
export type StatedShape = Exclude<JsonShape, NamedShape | UnionShape>;

const known = new WeakMap<Shapes, WeakMap<JsonShape, readonly StatedShape[]>>();

/**
 * What `shape` comes to where names are looked up and unions opened: each alternative once, in order. A name that
 * leads back to itself adds nothing. Throws `bad-options` where a name leads nowhere.
 */
export function statedShapes(shape: JsonShape, shapes: Shapes): readonly StatedShape[] {
  let ofShapes = known.get(shapes);
  if (ofShapes === undefined) known.set(shapes, (ofShapes = new WeakMap()));
  let stated = ofShapes.get(shape);
  if (stated === undefined) ofShapes.set(shape, (stated = findStated(shape, shapes)));
  return stated;
}

function findStated(shape: JsonShape, shapes: Shapes): readonly StatedShape[] {
  const seen = new Set<JsonShape>();
  const stated: StatedShape[] = [];
  const open: JsonShape[] = [shape];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.type === "named") open.push(namedShape(next.name, shapes));
    else if (next.type === "union") open.push(...next.of.toReversed());
    else stated.push(next);
  }
  return stated;
}

function namedShape(name: string, shapes: Shapes): JsonShape {
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape !== undefined) return shape;
  throw new DeploymentError("bad-options", `The deployment has no shape of the name ${shown(name)}.`);
}

/** `shape` as messages say it. */
export function describeShape(shape: StatedShape): string {
  switch (shape.type) {
    case "any":
      return "a JSON value";
    case "null":
      return "null";
    case "text":
      return "text";
    case "boolean":
      return "true or false";
    case "number":
      return "a finite number";
    case "integer":
      return "a whole number";
    case "enum":
      return shape.values.length === 1 ? shown(shape.values[0]) : `one of ${shape.values.length} values`;
    case "file":
      return "a file";
    case "list":
    case "tuple":
      return "a list";
    case "record":
    case "object":
      return "an object";
  }
}

/** What any of `shapes` would take, as messages say it. */
export function describeShapes(shapes: readonly StatedShape[]): string {
  const words = [...new Set(shapes.map(describeShape))];
  if (words.length === 0) return "nothing at all";
  return words.length <= 6 ? words.join(" or ") : `${words.slice(0, 6).join(" or ")} or …`;
}

interface EnumFacts {
  readonly values: ReadonlySet<unknown>;
  readonly kinds: ReadonlySet<string>;
}

const enumFacts = new WeakMap<EnumShape, EnumFacts>();

/** The values of an enum, and of what kinds they are, for fast look-up. */
export function factsOf(shape: EnumShape): EnumFacts {
  let facts = enumFacts.get(shape);
  if (facts === undefined) {
    facts = { values: new Set<unknown>(shape.values), kinds: new Set(shape.values.map(kindOf)) };
    enumFacts.set(shape, facts);
  }
  return facts;
}

/** Of what kind a value is, null apart from objects. */
export function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
