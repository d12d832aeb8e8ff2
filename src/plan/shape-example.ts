import type { FileShape, JsonShape, ListShape, NumberShape, ObjectShape } from "@gen-deploy/runtime";
import { list, literal, object, type Value } from "./package-plan.js";
import type { ShapeBook } from "./shape-book.js";

/** Makes a value of a shape: required members only, within all bounds, and never long. */
export type ShapeExamples = (shape: JsonShape) => Value;

/**
 * Values for the programs on front pages. Where a shape has no short value, because it has too many required members
 * or none that ever ends, there is one that compiles.
 */
export function createShapeExamples(book: ShapeBook): ShapeExamples {
  const finite = finiteNames(book);
  return (shape) => {
    const state = { book, finite, open: new Set<string>(), left: largestExample };
    return exampleOf(state, shape) ?? { kind: "call", callee: "JSON.parse", arguments: [literal("{}")] };
  };
}

/** Whether an example has a member: TypeScript finds `toString` and its like in an object that lacks them. */
export function isShown(name: string, required: boolean): boolean {
  return required || inherited.has(name);
}

const inherited: ReadonlySet<string> = new Set([
  ...["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"],
  ...["toLocaleString", "toString", "valueOf"],
]);

/** How many values an example may hold. */
const largestExample = 200;

/** A list that is longer than that is written as a repetition. */
const longestList = 8;

interface State {
  readonly book: ShapeBook;
  readonly finite: ReadonlySet<string>;
  /** The names that are being made a value of. */
  readonly open: Set<string>;
  left: number;
}

/** Undefined where there is no value, or none that is short. */
function exampleOf(state: State, shape: JsonShape): Value | undefined {
  state.left -= 1;
  if (state.left < 0) return undefined;
  switch (shape.type) {
    case "any":
    case "text":
      return literal("some text");
    case "null":
      return literal(null);
    case "boolean":
      return literal(true);
    case "number":
    case "integer":
      return literal(numberWithin(shape));
    case "enum":
      return literal(shape.values.find((value) => value !== null) ?? null);
    case "file":
      return { kind: "call", callee: "fromFile", arguments: [literal(fileName(shape))] };
    case "list":
      return listExample(state, shape);
    case "tuple":
      return listOf(shape.items.map((item) => exampleOf(state, item)));
    case "record":
      return objectOf((shape.keys ?? []).map((key) => [key, exampleOf(state, shape.values)]));
    case "object":
      return objectExample(state, shape);
    case "union":
      return firstExample(state, shape.of);
    case "named":
      return namedExample(state, shape.name);
  }
}

function namedExample(state: State, name: string): Value | undefined {
  if (state.open.has(name)) return undefined;
  state.open.add(name);
  const value = exampleOf(state, state.book.find(name).shape);
  state.open.delete(name);
  return value;
}

/** Alternatives without an end are not begun with, so that there is no searching. */
function firstExample(state: State, alternatives: readonly JsonShape[]): Value | undefined {
  for (const alternative of alternatives) {
    if (!ends(alternative, state.finite)) continue;
    const value = exampleOf(state, alternative);
    if (value !== undefined) return value;
  }
  return undefined;
}

function objectExample(state: State, { members }: ObjectShape): Value | undefined {
  const shown = Object.entries(members).filter(([name, { optional }]) => isShown(name, optional !== true));
  return objectOf(shown.map(([name, { shape }]) => [name, exampleOf(state, shape)]));
}

function listExample(state: State, { items, min = 0, max = Infinity }: ListShape): Value | undefined {
  if (max < 1) return list([]);
  const before = state.left;
  const item = ends(items, state.finite) ? exampleOf(state, items) : undefined;
  if (item === undefined) return min > 0 ? undefined : list([]);
  const length = Math.max(1, Math.ceil(min));
  if (length > longestList) return { kind: "repeated", length, item };
  // Lists in lists multiply: what is written several times is counted as often.
  state.left -= (length - 1) * (before - state.left);
  return state.left < 0 ? undefined : list(Array.from({ length }, () => item));
}

function listOf(items: readonly (Value | undefined)[]): Value | undefined {
  const found = items.filter((item) => item !== undefined);
  return found.length === items.length ? list(found) : undefined;
}

function objectOf(
  members: readonly (readonly [name: string, value: Value | undefined])[],
): Value | undefined {
  return members.some(([, value]) => value === undefined) ? undefined : object(members);
}

function fileName({ mediaType = "" }: FileShape): string {
  if (mediaType === "image/jpeg") return "picture.jpg";
  return mediaType.startsWith("image/") ? "picture.png" : "file.bin";
}

/** A number that a reader takes for an example, if it is within the bounds; else one that is. */
function numberWithin(shape: NumberShape): number {
  const { type, min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = shape;
  const low = Math.max(min, above);
  const high = Math.min(max, below);
  const fits = (value: number): boolean =>
    Number.isFinite(value) &&
    value >= min &&
    value <= max &&
    value > above &&
    value < below &&
    (type === "number" || Number.isInteger(value));
  const candidates =
    type === "number"
      ? [1.5, 0.5, 1, 0, low, high, low + 1, high - 1, low / 2 + high / 2]
      : [1, 0, Math.ceil(low), Math.floor(high), Math.floor(low) + 1, Math.ceil(high) - 1];
  return candidates.find(fits) ?? (type === "number" ? 1.5 : 1);
}

/** The names of shapes that have a value that ends. */
function finiteNames({ all }: ShapeBook): ReadonlySet<string> {
  const finite = new Set<string>();
  for (let size = -1; size < finite.size;) {
    size = finite.size;
    for (const { name, shape } of all) if (ends(shape, finite)) finite.add(name);
  }
  return finite;
}

function ends(shape: JsonShape, finite: ReadonlySet<string>): boolean {
  switch (shape.type) {
    case "list":
      return (shape.min ?? 0) < 1 || ends(shape.items, finite);
    case "tuple":
      return shape.items.every((item) => ends(item, finite));
    case "record":
      return shape.keys === undefined || shape.keys.length === 0 || ends(shape.values, finite);
    case "object":
      return Object.values(shape.members).every(
        ({ shape: member, optional }) => optional === true || ends(member, finite),
      );
    case "union":
      return shape.of.some((part) => ends(part, finite));
    case "named":
      return finite.has(shape.name);
    default:
      return true;
  }
}
