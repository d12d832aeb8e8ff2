import type { JsonShape } from "../shapes/json-shape.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import { hasNumbers } from "./seeded-shapes-number.js";

/** From this height on a shape has no values: its bounds contradict each other, or it holds itself without an end. */
export const noValues = 1e6;

interface Heights {
  readonly named: ReadonlyMap<string, number>;
  readonly of: WeakMap<JsonShape, number>;
}

const known = new WeakMap<Shapes, Heights>();

/** How deep the shallowest values of `shape` are: 0 where they hold no others. */
export function heightOf(shape: JsonShape, shapes: Shapes): number {
  let heights = known.get(shapes);
  if (heights === undefined) {
    heights = { named: namedHeights(shapes), of: new WeakMap() };
    known.set(shapes, heights);
  }
  let height = heights.of.get(shape);
  if (height === undefined) heights.of.set(shape, (height = measured(shape, heights.named)));
  return height;
}

/** Names may lead to each other in circles: from endless on, heights shrink until none does any more. */
function namedHeights(shapes: Shapes): ReadonlyMap<string, number> {
  const named = new Map<string, number>();
  const stated = Object.entries(shapes);
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, shape] of stated) {
      const height = measured(shape, named);
      if (height >= (named.get(name) ?? Infinity)) continue;
      named.set(name, height);
      changed = true;
    }
  }
  return named;
}

function measured(shape: JsonShape, named: ReadonlyMap<string, number>): number {
  const height = (inner: JsonShape): number => measured(inner, named);
  switch (shape.type) {
    case "any":
    case "null":
    case "text":
    case "boolean":
    case "file":
      return 0;
    case "number":
    case "integer":
      return hasNumbers(shape) ? 0 : noValues;
    case "enum":
      return shape.values.length > 0 ? 0 : noValues;
    case "list":
      if ((shape.min ?? 0) > (shape.max ?? Infinity)) return noValues;
      return (shape.min ?? 0) > 0 ? 1 + height(shape.items) : 0;
    case "tuple":
      return highest(shape.items.map(height));
    case "record":
      return shape.keys === undefined || shape.keys.length === 0 ? 0 : 1 + height(shape.values);
    case "object":
      return highest(
        Object.values(shape.members).map((member) => (member.optional === true ? -1 : height(member.shape))),
      );
    case "union":
      return Math.min(Infinity, ...shape.of.map(height));
    case "named":
      return named.get(shape.name) ?? Infinity;
  }
}

function highest(inner: readonly number[]): number {
  return inner.reduce((most, height) => Math.max(most, height + 1), 0);
}
