/*
 * Bodies that are forms: in goes one member of a body, out come the fields under its name. Scalars go as text, objects
 * as JSON text, lists as fields of the same name, files as they are; null is a field that is left out.
 */
import { prepareFile } from "../coders/image-input.js";
import type { FormField } from "../coder.js";
import { fileExtension } from "../files/media-type.js";
import { jsonParts } from "../json/json-parts.js";
import type { FileShape, JsonShape, ListShape } from "../shapes/json-shape.js";
import { writeError } from "../shapes/place.js";
import { readFiles } from "../shapes/read-files.js";
import { fileMediaType, isFile, isResolvedFile, toResolvedFile } from "../shapes/resolved-file.js";
import type { ResolvedFile } from "../shapes/resolved-file.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import type { StatedShape } from "../shapes/stated-shapes.js";
import { writeShaped } from "../shapes/write-shape.js";
import type { BodyMember } from "./body-members.js";
import type { WriteRules } from "./service-operation.js";

/** The fields of one member, whose files have been read. Throws what writing the value throws. */
export function toFormFields({ name, value, shape }: BodyMember, rules: WriteRules): readonly FormField[] {
  const context = { ...rules, feature: name };
  const alternatives = statedShapes(shape, rules.shapes);
  if (isResolvedFile(value)) {
    const asFile = alternatives.find(isPart);
    if (asFile !== undefined) return [fileField(value, asFile)];
  }
  if (Array.isArray(value) && value.some((item) => isResolvedFile(item))) {
    return listFields(value, { name, alternatives }, rules);
  }
  return textFields(writeShaped(value, shape, context));
}

/** The same value with its files read, those too that the shape does not speak of. */
export async function readFormFiles(
  { name, value, shape }: BodyMember,
  rules: WriteRules,
): Promise<BodyMember> {
  const context = { shapes: rules.shapes, feature: name };
  const isAny = isFile(value) && statedShapes(shape, rules.shapes).some(({ type }) => type === "any");
  const read = isAny
    ? toResolvedFile(await prepareFile(value, name), { feature: name, place: undefined })
    : await readFiles(value, shape, context);
  return { name, value: read, shape };
}

type PartShape = FileShape | Extract<StatedShape, { readonly type: "any" }>;

function isPart(shape: StatedShape): shape is PartShape {
  return shape.type === "any" || (shape.type === "file" && shape.form === "binary");
}

function fileField(file: ResolvedFile, shape: PartShape): FormField {
  const mediaType = fileMediaType(file, shape.type === "file" ? shape.mediaType : undefined);
  const fileName = file.name ?? `file.${fileExtension(mediaType)}`;
  return { kind: "file", bytes: file.bytes, mediaType, fileName };
}

function listFields(
  items: readonly unknown[],
  { name, alternatives }: { readonly name: string; readonly alternatives: readonly StatedShape[] },
  rules: WriteRules,
): readonly FormField[] {
  const list = alternatives.find((one): one is ListShape => one.type === "list");
  const { min, max } = list ?? {};
  if (
    rules.validate &&
    ((min !== undefined && items.length < min) || (max !== undefined && items.length > max))
  ) {
    const due = min === max ? `${min}` : `${min ?? 0} to ${max ?? "any number"}`;
    const at = { feature: name, place: undefined };
    throw writeError("wrong-shape", at, `has ${items.length} items, expected ${due}`);
  }
  const shape: JsonShape = list?.items ?? { type: "any" };
  return items.flatMap((value) => toFormFields({ name, value, shape }, rules));
}

function textFields(json: string): readonly FormField[] {
  const parts = jsonParts(json);
  if (parts.kind === "null") return [];
  if (parts.kind === "scalar") return [{ kind: "text", text: parts.text }];
  if (parts.kind === "object") return [{ kind: "text", text: json, mediaType: "application/json" }];
  return parts.items.flatMap((item) => {
    const inner = jsonParts(item);
    return inner.kind === "list"
      ? [{ kind: "text", text: item, mediaType: "application/json" }]
      : textFields(item);
  });
}
