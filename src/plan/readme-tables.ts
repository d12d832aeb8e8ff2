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

/** What goes in and what comes out, feature by feature; label sets stand for the names that `book` has of them. */
export function featureTables(
  { framing, input, output }: OperationModel,
  book?: ShapeBook,
): readonly ReadmeTable[] {
  const batched = framing.protocol === "tensors" && framing.batched;
  const row = ({ wireName, codec, required, doc }: FeatureModel): readonly ReadmeCell[] => {
    const shown = codec.kind === "json" && book !== undefined ? opened(book, codec.shape) : undefined;
    const type = inWords(shown === undefined ? codec : { kind: "json", shape: shown }, batched);
    return [code(wireName), words(required ? type : `${type}, optional`), words(doc)];
  };
  const columns = ["feature", "type", ""];
  return [
    { heading: "Input", columns, rows: input.features.map(row) },
    { heading: "Output", columns, rows: output.features.map(row) },
  ];
}

/** A label set in place of its name: what a reader wants to know of it fits into a few words. */
export function opened(book: ShapeBook, shape: JsonShape): JsonShape {
  if (shape.type === "union") return { ...shape, of: shape.of.map((part) => opened(book, part)) };
  if (shape.type !== "named" || !book.has(shape.name)) return shape;
  const { shape: found } = book.find(shape.name);
  return found.type === "enum" ? found : shape;
}
