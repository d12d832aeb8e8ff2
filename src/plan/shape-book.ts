import type { JsonShape } from "@gen-deploy/runtime";
import type { NamedShapeModel } from "../model/deployment-model.js";

/** The shapes that others call by name. A name leads to a shape after finitely many steps, whatever the model holds. */
export interface ShapeBook {
  readonly all: readonly NamedShapeModel[];
  readonly has: (name: string) => boolean;
  /**
   * The shape under a name, with the name under which it stands itself: never another name, and any value where nothing
   * stands there, or where it is defined by itself alone.
   */
  readonly find: (name: string) => { readonly name: string; readonly shape: JsonShape };
  /** Whether every value fits. */
  readonly isAny: (shape: JsonShape) => boolean;
}

/** Looks up a model's shapes. */
export function createShapeBook(shapes: readonly NamedShapeModel[] = []): ShapeBook {
  const byName = new Map(shapes.map((shape) => [shape.name, shape]));
  const settled = new Map<string, { readonly name: string; readonly shape: JsonShape }>();
  const find: ShapeBook["find"] = (name) => settled.get(name) ?? { name, shape: any };
  const anyNames = new Set<string>();
  const isAny = (shape: JsonShape): boolean => {
    if (shape.type === "named") return !settled.has(shape.name) || anyNames.has(shape.name);
    return shape.type === "any" || (shape.type === "union" && shape.of.some(isAny));
  };
  for (const name of inOrder(byName)) {
    const shape = byName.get(name)?.shape ?? any;
    settled.set(name, shape.type === "named" ? find(shape.name) : { name, shape });
    if (isAny(shape)) anyNames.add(name);
  }
  const all = shapes.map((one) => (settled.has(one.name) ? one : { ...one, shape: any }));
  return { all, has: (name) => byName.has(name), find, isAny };
}

const any: JsonShape = { type: "any" };

/** Names before those that are nothing else but them or a union with them; what never gets there is left out. */
function inOrder(byName: ReadonlyMap<string, NamedShapeModel>): readonly string[] {
  const waitingFor = new Map<string, number>();
  const neededBy = new Map<string, string[]>();
  const order: string[] = [];
  for (const [name, { shape }] of byName) {
    const needed = new Set(aliased(shape).filter((other) => byName.has(other)));
    waitingFor.set(name, needed.size);
    for (const other of needed) {
      const names = neededBy.get(other) ?? [];
      names.push(name);
      neededBy.set(other, names);
    }
    if (needed.size === 0) order.push(name);
  }
  // What is found on the way is gone through too.
  for (const name of order) {
    for (const other of neededBy.get(name) ?? []) {
      const left = (waitingFor.get(other) ?? 0) - 1;
      waitingFor.set(other, left);
      if (left === 0) order.push(other);
    }
  }
  return order;
}

function aliased(shape: JsonShape): readonly string[] {
  if (shape.type === "named") return [shape.name];
  return shape.type === "union" ? shape.of.flatMap(aliased) : [];
}
