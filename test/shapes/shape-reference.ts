import type { JsonShape, NumberShape, ObjectShape } from "../../src/runtime/src/shapes/json-shape.js";

/** Whether a JSON value has a shape, said as plainly as can be: the judge of the fast way. Files are left out. */
export function hasShape(
  value: unknown,
  shape: JsonShape,
  shapes: Readonly<Record<string, JsonShape>>,
): boolean {
  const has = (inner: unknown, of: JsonShape): boolean => hasShape(inner, of, shapes);
  switch (shape.type) {
    case "any":
      return true;
    case "null":
      return value === null;
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isInteger(value) && inBounds(value, shape);
    case "number":
      return Number.isFinite(value) && inBounds(value, shape);
    case "enum":
      return shape.values.some((one) => one === value);
    case "list": {
      const { items, min = 0, max = Infinity } = shape;
      return (
        Array.isArray(value) &&
        value.length >= min &&
        value.length <= max &&
        value.every((item) => has(item, items))
      );
    }
    case "tuple": {
      const { items, rest } = shape;
      if (!Array.isArray(value) || value.length < items.length) return false;
      return value.every((item, index) => {
        const of = items[index] ?? rest;
        return of !== undefined && has(item, of);
      });
    }
    case "record": {
      const members = membersOf(value);
      if (members === undefined || !members.every(([, inner]) => has(inner, shape.values))) return false;
      const names = members.map(([name]) => name);
      return (
        shape.keys === undefined || JSON.stringify(names.toSorted()) === JSON.stringify(shape.keys.toSorted())
      );
    }
    case "object":
      return hasMembers(membersOf(value), shape, has);
    case "union":
      return shape.of.some((one) => has(value, one));
    case "named": {
      const named = shapes[shape.name];
      return named !== undefined && has(value, named);
    }
    case "file":
      return false;
  }
}

type Members = readonly (readonly [string, unknown])[];

function membersOf(value: unknown): Members | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : undefined;
}

function hasMembers(
  given: Members | undefined,
  { members, rest }: ObjectShape,
  has: (value: unknown, shape: JsonShape) => boolean,
): boolean {
  if (given === undefined) return false;
  const stated = Object.entries(members);
  return (
    stated.every(([name, { optional }]) => optional === true || given.some(([each]) => each === name)) &&
    given.every(([name, value]) => {
      const member = stated.find(([each]) => each === name)?.[1];
      if (member !== undefined) return has(value, member.shape);
      return rest === undefined || (rest !== false && has(value, rest));
    })
  );
}

function inBounds(value: unknown, { min = -Infinity, max = Infinity, above, below }: NumberShape): boolean {
  const number = Number(value);
  return (
    number >= min &&
    number <= max &&
    (above === undefined || number > above) &&
    (below === undefined || number < below)
  );
}
