/*
 * What a shape comes to: names are looked up, unions opened. Rows are read by the alternatives that are left.
 */
import type { JsonShape, MemberShape, NamedShape, UnionShape } from "@gen-deploy/runtime";
import type { NamedShapeModel } from "../model/deployment-model.js";

/** Shapes by the name that others call them by. */
export type ShapesByName = ReadonlyMap<string, JsonShape>;

/** A shape that says itself what it carries. */
export type StatedShape = Exclude<JsonShape, NamedShape | UnionShape>;

/** The shapes of a model by their names. */
export function shapesByName(shapes: readonly NamedShapeModel[] = []): ShapesByName {
  return new Map(shapes.map(({ name, shape }) => [name, shape]));
}

/** Each alternative of some shapes once, in order; what a name does not lead to may be anything. */
export function alternativesOf(of: readonly JsonShape[], shapes: ShapesByName): readonly StatedShape[] {
  const seen = new Set<JsonShape>();
  const stated: StatedShape[] = [];
  const open: JsonShape[] = of.toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.type === "named") open.push(shapes.get(next.name) ?? any);
    else if (next.type === "union") open.push(...next.of.toReversed());
    else stated.push(next);
  }
  return stated;
}

const any: JsonShape = { type: "any" };

/** The members that objects of some alternatives have, or undefined where there are none that are stated. */
export function statedMembers(
  alternatives: readonly StatedShape[],
): ReadonlyMap<string, MemberShape> | undefined {
  const objects = alternatives.flatMap((one) => (one.type === "object" ? [one.members] : []));
  if (objects.length === 0) return undefined;
  const merged = new Map<string, MemberShape>();
  for (const [name, member] of objects.flatMap((members) => Object.entries(members))) {
    const before = merged.get(name);
    const everywhere = objects.every((members) => Object.hasOwn(members, name));
    const optional = !everywhere || before?.optional === true || member.optional === true;
    const shape: JsonShape =
      before === undefined ? member.shape : { type: "union", of: [before.shape, member.shape] };
    merged.set(name, optional ? { shape, optional } : { shape });
  }
  return merged;
}

/** Whether there is a file anywhere inside. */
export function holdsFile(shape: JsonShape, shapes: ShapesByName): boolean {
  const seen = new Set<StatedShape>();
  const open = [...alternativesOf([shape], shapes)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === "file") return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...alternativesOf(innerShapes(next), shapes));
  }
  return false;
}

function innerShapes(shape: StatedShape): readonly JsonShape[] {
  switch (shape.type) {
    case "list":
      return [shape.items];
    case "tuple":
      return shape.rest === undefined ? shape.items : [...shape.items, shape.rest];
    case "record":
      return [shape.values];
    case "object": {
      const { members, rest } = shape;
      const inner = Object.values(members).map((member) => member.shape);
      return rest === undefined || rest === false ? inner : [...inner, rest];
    }
    default:
      return [];
  }
}
