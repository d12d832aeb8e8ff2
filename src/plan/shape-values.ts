import type { JsonShape, Scalar } from "@gen-deploy/runtime";
import { json } from "./descriptor.js";
import { list, literal, object, reference, type Value } from "./package-plan.js";
import type { ShapeBook } from "./shape-book.js";
import type { ShapeLabels } from "./shape-labels.js";

/** What the values of shapes in a descriptor are made with. */
export interface ShapeValuesOptions {
  readonly book: ShapeBook;
  readonly labels: ShapeLabels;
}

/** A shape as a descriptor has it, label sets by reference; `name` as for its type. */
export function shapeValue(options: ShapeValuesOptions, shape: JsonShape, name: string): Value {
  const { book, labels } = options;
  const within = (inner: JsonShape, at: string = name): Value => shapeValue(options, inner, at);
  switch (shape.type) {
    case "enum":
      return object([
        ["type", literal("enum")],
        ["values", labelSet(labels, shape.values, name)],
      ]);
    case "list":
      return object([
        ["type", literal("list")],
        ["items", within(shape.items)],
        ["min", optional(shape.min)],
        ["max", optional(shape.max)],
      ]);
    case "tuple":
      return object([
        ["type", literal("tuple")],
        ["items", list(shape.items.map((item) => within(item)))],
        ["rest", shape.rest === undefined ? undefined : within(shape.rest)],
      ]);
    case "record":
      return object([
        ["type", literal("record")],
        ["values", within(shape.values)],
        ["keys", shape.keys === undefined ? undefined : labelSet(labels, shape.keys, name)],
      ]);
    case "object":
      return object([
        ["type", literal("object")],
        [
          "members",
          object(
            Object.entries(shape.members).map(([member, { shape: inner, optional: open }]) => [
              member,
              object([
                ["shape", within(inner, member)],
                ["optional", open === true ? literal(true) : undefined],
              ]),
            ]),
          ),
        ],
        [
          "rest",
          shape.rest === undefined ? undefined : shape.rest === false ? literal(false) : within(shape.rest),
        ],
      ]);
    case "union":
      return book.isAny(shape)
        ? json({ type: "any" })
        : object([
            ["type", literal("union")],
            ["of", list(shape.of.map((part) => within(part)))],
          ]);
    case "named":
      return json(book.has(shape.name) ? shape : { type: "any" });
    default:
      return json(shape);
  }
}

/** All shapes that have a name, by it: the shapes themselves. */
export function shapesValue(options: ShapeValuesOptions): Value {
  const { book } = options;
  return object(
    book.all.map(({ name }) => {
      const stated = book.find(name);
      return [name, shapeValue(options, stated.shape, stated.name)];
    }),
  );
}

function labelSet(labels: ShapeLabels, values: readonly Scalar[], name: string): Value {
  const key = labels.keyOf(values, name);
  return key === undefined ? list(values.map(literal)) : reference("labels", key);
}

function optional(count: number | undefined): Value | undefined {
  return count === undefined ? undefined : literal(count);
}
