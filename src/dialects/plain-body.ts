/*
 * A request body comes in; how it goes out, and the feature that holds it, go out. Of several media types the one is
 * taken that carries the most with the least: JSON, but a form where there are files.
 */
import type { FileShape, HttpBody, JsonShape } from "@gen-deploy/runtime";
import type { FeatureModel, NamedShapeModel } from "../model/deployment-model.js";
import { contentOf, type Media } from "../spec/media-types.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { ownMember } from "../spec/pointer.js";
import { createShapeReader, type ShapeReader } from "../spec/schema-shape.js";
import type { JsonObject, Located, ResolvedSpec, SpecOperation } from "../spec/spec-types.js";
import { fingerprintOf, typeName, type PlainContext } from "./plain-context.js";

/** The body of an operation. */
export interface Body {
  readonly feature: FeatureModel;
  readonly body: HttpBody;
}

/** What a call has its body in, and calls it. */
export const bodyName = "body";

/** The body of an operation, whose parameters have these names; undefined where it takes none. */
export function readBody(
  context: PlainContext,
  operation: SpecOperation,
  parameters: readonly string[],
): Body | undefined {
  const { spec, reader } = context;
  const stated = objectAt(spec, operation.operation, "requestBody");
  const media = stated === undefined ? undefined : bestMedia(spec, contentOf(spec, stated));
  if (stated === undefined || media === undefined) return undefined;
  const form = formOf(media);
  const shape = bodyShape(reader, { media, form, name: `${typeName(operation)}Input` });
  const members = memberNames(reader, shape);
  const canSpread = members !== undefined && form !== "text" && form !== "bytes";
  const clashes = members === undefined || members.some((name) => parameters.includes(name));
  const optional = isOptional(stated, shape, reader);
  return {
    feature: {
      wireName: bodyName,
      doc: ownText(stated.value, "description").trim(),
      required: !optional,
      codec: { kind: "json", shape },
      fingerprint: fingerprintOf(context, stated.pointer),
    },
    body: {
      mediaType: media.mediaType,
      form,
      at: parameters.length === 0 ? "whole" : canSpread && !clashes ? "rest" : "member",
      ...(optional ? { optional: true } : {}),
    },
  };
}

/** Whether an operation takes a body. */
export function hasBody(spec: ResolvedSpec, { operation }: SpecOperation): boolean {
  return contentOf(spec, objectAt(spec, operation, "requestBody")).length > 0;
}

const preference = ["json", "multipart", "form", "text", "bytes", "lines", "events"] as const;

function bestMedia(spec: ResolvedSpec, offered: readonly Media[]): Media | undefined {
  const multipart = offered.find(({ form }) => form === "multipart");
  if (multipart !== undefined && offered.length > 1 && holdsFiles(spec, multipart)) return multipart;
  const forms = preference.flatMap((form) => offered.filter((media) => formOf(media) === form));
  return forms[0] ?? offered[0];
}

/** Whether a form has parts that are bytes: JSON would have to write them as text. */
function holdsFiles(spec: ResolvedSpec, { schema }: Media): boolean {
  if (schema === undefined) return false;
  const trial = createShapeReader(spec);
  const shape = trial.read(schema, { side: "input", name: "Form", form: true });
  const named = shape.type === "named" ? trial.shapes().find(({ name }) => name === shape.name) : undefined;
  return JSON.stringify(named?.shape ?? shape).includes('"form":"binary"');
}

function formOf({ form, mediaType, schema }: Media): HttpBody["form"] {
  // Whoever says that anything goes, and means an object, means JSON.
  if (/^(?:\*|application)\/\*/.test(mediaType) && isJsonLike(schema)) return "json";
  return form === "lines" || form === "events" ? "bytes" : form;
}

function isJsonLike(schema: Located | undefined): boolean {
  const type = ownText(schema?.value, "type");
  return type === "object" || type === "array" || ownMember(schema?.value, "properties") !== undefined;
}

function bodyShape(
  reader: ShapeReader,
  { media, form, name }: { readonly media: Media; readonly form: HttpBody["form"]; readonly name: string },
): JsonShape {
  if (form === "text") return textShape(media, (schema) => reader.read(schema, { side: "input", name }));
  if (form === "bytes") return bytesOf(media);
  if (media.schema === undefined) return { type: "any" };
  return reader.read(media.schema, { side: "input", name, form: form === "multipart" });
}

/** Bytes of a media type, left out where that could be any. */
export function bytesOf({ mediaType }: Media): FileShape {
  const [essence = ""] = mediaType.split(";", 1);
  const stated = essence.includes("*") ? {} : { mediaType: essence.trim() };
  return { type: "file", form: "binary", ...stated };
}

/** Plain text may stand for a number or one of some labels; whatever else text holds is for the caller to write and read. */
export function textShape({ mediaType, schema }: Media, read: (schema: Located) => JsonShape): JsonShape {
  const type = ownText(schema?.value, "type");
  const isScalar =
    ["string", "number", "integer", "boolean"].includes(type) && mediaType.startsWith("text/plain");
  const shape = isScalar && schema !== undefined ? read(schema) : undefined;
  return shape === undefined || shape.type === "file" ? { type: "text" } : shape;
}

/** The names of an object's members; undefined where the shape is no object with a name. */
function memberNames(reader: ShapeReader, shape: JsonShape): readonly string[] | undefined {
  const known = named(reader, shape)?.shape;
  return known?.type === "object" ? Object.keys(known.members) : undefined;
}

function named(reader: ShapeReader, shape: JsonShape): NamedShapeModel | undefined {
  return shape.type === "named" ? reader.shapes().find(({ name }) => name === shape.name) : undefined;
}

/**
 * A body is optional unless `required` says otherwise, but few who leave that out mean it: where nothing is said, it is
 * optional if it may be null.
 */
function isOptional(stated: Located<JsonObject>, shape: JsonShape, reader: ShapeReader): boolean {
  const required = ownMember(stated.value, "required");
  if (typeof required === "boolean") return !required;
  const known = named(reader, shape)?.shape ?? shape;
  return known.type === "union" && known.of.some(({ type }) => type === "null");
}
