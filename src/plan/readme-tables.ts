import type { JsonShape } from "@gen-deploy/runtime";
import type { FeatureModel, OperationModel } from "../model/deployment-model.js";
import type { ReadmeCell, ReadmeTable } from "./package-plan.js";
import { inWords } from "./readme-words.js";
import type { ShapeBook } from "./shape-book.js";

/** A name as it is written in code. */
export function code(text: string): ReadmeCell {
  return { kind: "code", text };
}

/** Words, a description's own among them: paragraphs become sentences. */
export function words(text: string): ReadmeCell {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  const sentences = paragraphs.map((paragraph, index) =>
    index < paragraphs.length - 1 && /[\p{L}\p{N})\]"'`]$/u.test(paragraph) ? `${paragraph}.` : paragraph,
  );
  return { kind: "words", text: sentences.join(" ") };
}

/** What goes in and what comes out, feature by feature; what schemas describe is looked up in `book`. */
export function featureTables(
  { framing, input, output }: OperationModel,
  book?: ShapeBook,
): readonly ReadmeTable[] {
  const batched = framing.protocol === "tensors" && framing.batched;
  const rowsOf = ({ wireName, codec, required, doc }: FeatureModel): readonly Row[] => {
    if (codec.kind !== "json" || book === undefined)
      return [toRow({ name: wireName, type: inWords(codec, batched), required, doc })];
    return [
      shapeRow(book, { name: wireName, shape: codec.shape, required, doc }),
      ...memberRows(book, codec.shape, wireName),
    ];
  };
  const columns = ["feature", "type", ""];
  return [
    { heading: "Input", columns, rows: input.features.flatMap(rowsOf) },
    { heading: "Output", columns, rows: output.features.flatMap(rowsOf) },
  ];
}

type Row = readonly ReadmeCell[];

interface Named {
  readonly name: string;
  readonly required: boolean;
  readonly doc: string;
}

/** A value: its name, what it is, and what is said of it. */
export function shapeRow(book: ShapeBook, { shape, ...rest }: Named & { readonly shape: JsonShape }): Row {
  return toRow({ ...rest, type: inWords({ kind: "json", shape: opened(book, shape) }, false) });
}

/** The members of the object that a shape is, or that its list holds: of one level, by paths that begin with `path`. */
export function memberRows(book: ShapeBook, shape: JsonShape, path: string): readonly Row[] {
  const item = shape.type === "list" ? shape.items : shape;
  const named = item.type === "named" ? book.all.find(({ name }) => name === item.name) : undefined;
  if (named?.shape.type !== "object") return [];
  const prefix = `${path}${item === shape ? "" : "[]"}`;
  const { docs } = named;
  return Object.entries(named.shape.members).map(([name, member]) =>
    shapeRow(book, {
      name: prefix === "" ? name : `${prefix}.${name}`,
      shape: member.shape,
      required: member.optional !== true,
      doc: Object.hasOwn(docs, name) ? (docs[name] ?? "") : "",
    }),
  );
}

function toRow({ name, type, required, doc }: Named & { readonly type: string }): Row {
  return [code(name), words(required ? type : `${type}, optional`), words(doc)];
}

/** A label set in place of its name: what a reader wants to know of it fits into a few words. */
function opened(book: ShapeBook, shape: JsonShape): JsonShape {
  if (shape.type === "union") return { ...shape, of: shape.of.map((part) => opened(book, part)) };
  if (shape.type !== "named" || !book.has(shape.name)) return shape;
  const { shape: found } = book.find(shape.name);
  return found.type === "enum" ? found : shape;
}
