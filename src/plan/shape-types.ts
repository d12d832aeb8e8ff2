import type { FileShape, JsonShape, ListShape, ObjectShape, RecordShape, Scalar } from "@gen-deploy/runtime";
import type { NamedShapeModel } from "../model/deployment-model.js";
import { createNames, toTypeName } from "./names.js";
import { named, unionOf, type Member, type NewType, type TypeTree } from "./package-plan.js";
import type { Side } from "./row-types.js";
import type { ShapeBook } from "./shape-book.js";
import type { ShapeLabels } from "./shape-labels.js";
import { namesIn } from "./type-names.js";

/** The TypeScript types of shapes. */
export interface ShapeTypes {
  /** The type of a shape's values; `name` is what a label set in it is called after. */
  readonly typeOf: (shape: JsonShape, side: Side, name: string) => TypeTree;
  /** One type for each shape that has a name. */
  readonly declarations: () => readonly NewType[];
  /** Those types, each under the name that the descriptor has for it. */
  readonly members: () => readonly Member[];
  /** The identifier of a named shape's type. */
  readonly names: (name: string) => string;
  /** The names that all types so far mention: those of the runtime among them must be imported. */
  readonly used: ReadonlySet<string>;
}

/** What types are made with. */
export interface ShapeTypesOptions {
  readonly book: ShapeBook;
  readonly labels: ShapeLabels;
  /** What the template declares or imports besides the types of values: no shape's type is called so. */
  readonly taken: readonly string[];
  /** The shapes, by name, that choose the names of their types before all others. */
  readonly first?: readonly string[];
}

/** The types of the runtime that types of shapes mention: a template imports them all, a package those it uses. */
export const shapeValueTypes: readonly string[] = [
  "FileInput",
  "Image",
  "ImageInput",
  "LinkInput",
  "Open",
  "RemoteFile",
];

/** What generated types call by these names must stay what it is. */
const platformTypes: readonly string[] = ["Labels", "Promise", "Record", "Uint8Array"];

/** Makes types of shapes; their labels are collected on the way. */
export function createShapeTypes({ book, labels, taken, first = [] }: ShapeTypesOptions): ShapeTypes {
  const names = createNames([...shapeValueTypes, ...platformTypes, ...taken], toTypeName);
  for (const name of [...first, ...book.all.map((shape) => shape.name)]) names(name);
  const used = new Set<string>();
  const typeOf = (shape: JsonShape, side: Side, name: string): TypeTree => {
    const type = typeWith({ book, labels, names, side }, shape, name);
    for (const mentioned of namesIn(type)) used.add(mentioned);
    return type;
  };
  const declaration = (model: NamedShapeModel): NewType => {
    const { name, doc, shape } = model;
    const side = sideOf(model);
    const head = { name: names(name), doc };
    if (shape.type !== "object") return { kind: "alias", ...head, type: typeOf(shape, side, name) };
    const members = membersOf(shape, model.docs, (inner, at) => typeOf(inner, side, at));
    return { kind: "interface", ...head, members, ...restOf(shape) };
  };
  return {
    typeOf,
    declarations: () => book.all.map(declaration),
    members: () => book.all.map(({ name }) => ({ name, type: named(names(name)), optional: false, doc: "" })),
    names,
    used,
  };
}

interface Context {
  readonly book: ShapeBook;
  readonly labels: ShapeLabels;
  readonly names: (name: string) => string;
  readonly side: Side;
}

/** What goes both ways is no less than what comes out, and refuses nothing that may go in. */
function sideOf({ side }: NamedShapeModel): Side {
  return side === "both" ? "input" : side;
}

function typeWith(context: Context, shape: JsonShape, name: string): TypeTree {
  const { book, names, side } = context;
  if (shape.type === "union" && book.isAny(shape)) return named("unknown");
  const within = (inner: JsonShape, at: string = name): TypeTree => typeWith(context, inner, at);
  switch (shape.type) {
    case "any":
      return named("unknown");
    case "null":
      return { kind: "literal", value: null };
    case "text":
      return named("string");
    case "boolean":
      return named("boolean");
    case "number":
    case "integer":
      return named("number");
    case "enum":
      return enumType(context, shape.values, name);
    case "file":
      return named(fileTypes[side][shape.form]);
    case "list":
      return listType(shape, within(shape.items), side);
    case "tuple":
      return {
        kind: "tuple",
        items: shape.items.map((item) => within(item)),
        ...(shape.rest === undefined ? {} : { rest: within(shape.rest) }),
        ...readonlyOn(side),
      };
    case "record":
      return recordType(context, shape, within(shape.values), name);
    case "object":
      return { kind: "object", members: membersOf(shape, {}, within), ...restOf(shape) };
    case "union":
      return unionOf(shape.of.map((part) => within(part)));
    case "named":
      return named(book.has(shape.name) ? names(shape.name) : "unknown");
  }
}

const fileTypes: Readonly<Record<Side, Readonly<Record<FileShape["form"], string>>>> = {
  input: { base64: "FileInput", binary: "FileInput", "data-url": "ImageInput", uri: "LinkInput" },
  output: { base64: "Uint8Array", binary: "Image", "data-url": "Image", uri: "RemoteFile" },
};

/** A reply's labels are open; a single value stands for itself, so that unions can be told apart by it. */
function enumType({ labels, side }: Context, values: readonly Scalar[], name: string): TypeTree {
  const type = labelType(labels.keyOf(values, name), values);
  return side === "output" && values.length > 1 ? named("Open", type) : type;
}

function labelType(key: string | undefined, values: readonly Scalar[]): TypeTree {
  return key === undefined ? unionOf(values.map(literalType)) : { kind: "indexed", object: "Labels", key };
}

function literalType(value: Scalar): TypeTree {
  return typeof value === "number" && !Number.isFinite(value) ? named("number") : { kind: "literal", value };
}

/** A short list of one length is a tuple, unless lists in lists make it long. */
function listType({ min, max }: ListShape, item: TypeTree, side: Side): TypeTree {
  const short = min !== undefined && min === max && Number.isInteger(min) && min >= 1 && min <= longestTuple;
  if (!short || min * sizeOf(item) > largestTuple) return { kind: "array", item, ...readonlyOn(side) };
  return { kind: "tuple", items: Array.from({ length: min }, () => item), ...readonlyOn(side) };
}

const longestTuple = 8;
const largestTuple = 64;

/** How many types stand in a type. */
function sizeOf(type: TypeTree): number {
  const sum = (parts: readonly TypeTree[]): number => parts.reduce((size, part) => size + sizeOf(part), 1);
  switch (type.kind) {
    case "name":
      return sum(type.arguments);
    case "tuple":
      return sum(type.items);
    case "array":
      return sum([type.item]);
    case "union":
    case "intersection":
      return sum(type.parts);
    case "object":
      return sum(type.members.map((member) => member.type));
    default:
      return 1;
  }
}

/** Written out where its values have names of their own: those may lead back to it, which `Record` does not allow. */
function recordType({ labels }: Context, { keys }: RecordShape, values: TypeTree, name: string): TypeTree {
  const recurs = namesIn(values).some((mentioned) => !known.has(mentioned));
  if (keys === undefined)
    return recurs ? { kind: "object", members: [], rest: values } : named("Record", named("string"), values);
  if (!recurs) return named("Record", labelType(labels.keyOf(keys, name), keys), values);
  return {
    kind: "object",
    members: [...new Set(keys)].map((key) => ({ name: key, type: values, optional: false, doc: "" })),
  };
}

const known: ReadonlySet<string> = new Set([
  ...shapeValueTypes,
  ...platformTypes,
  ...["boolean", "number", "string", "unknown"],
]);

function membersOf(
  { members }: ObjectShape,
  docs: Readonly<Record<string, string>>,
  typeOf: (shape: JsonShape, name: string) => TypeTree,
): readonly Member[] {
  return Object.entries(members).map(([name, { shape, optional }]) => ({
    name,
    type: typeOf(shape, name),
    optional: optional === true,
    doc: Object.hasOwn(docs, name) ? (docs[name] ?? "") : "",
  }));
}

function restOf({ rest }: ObjectShape): { readonly rest?: TypeTree } {
  return rest === undefined || rest === false ? {} : { rest: named("unknown") };
}

function readonlyOn(side: Side): { readonly readonly?: true } {
  return side === "input" ? { readonly: true } : {};
}
