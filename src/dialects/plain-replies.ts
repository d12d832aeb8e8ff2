/*
 * The responses of an operation come in; what the runtime must know of each reply, and the shape of what a call gives,
 * go out. An operation that answers whole as well as piece by piece has a set of replies for each.
 */
import type { HttpReply, JsonShape } from "@gen-deploy/runtime";
import { contentOf, type Media } from "../spec/media-types.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { isObject } from "../spec/pointer.js";
import type { Located, ResolvedSpec, SpecOperation } from "../spec/spec-types.js";
import { bytesOf, textShape } from "./plain-body.js";
import { note, typeName, type PlainContext } from "./plain-context.js";

/** One way in which an operation answers. */
export interface Answer {
  /** Whether it comes piece by piece. */
  readonly stream: boolean;
  /** Every reply that is documented, those of failures included. */
  readonly replies: readonly HttpReply[];
  /** Of what a call gives, or of each piece. */
  readonly shape: JsonShape;
}

interface Found {
  readonly status: string;
  readonly media: Media | undefined;
  readonly pointer: string;
}

/** The ways in which an operation answers: whole, piece by piece, or either. */
export function readAnswers(context: PlainContext, operation: SpecOperation): readonly Answer[] {
  const found = listReplies(context, operation);
  const succeeding = found.filter(({ status }) => isSuccess(status, found));
  const streams = succeeding.filter(({ media }) => isStream(media));
  const whole = succeeding.filter(({ media }) => !isStream(media));
  const failing = found.filter((one) => !succeeding.includes(one));
  const name = typeName(operation);
  const answer = (chosen: readonly Found[], stream: boolean): Answer => {
    const replies = chosen.map((one) => toReply(context, one, `${name}${stream ? "Item" : "Output"}`));
    const failures = failing.map((one) => toReply(context, one, `${name}Error`));
    return { stream, replies: [...replies, ...failures], shape: either(replies.map(({ shape }) => shape)) };
  };
  // A reply without a body, such as 204, beside a stream is no second way to answer.
  const both = whole.some(({ media }) => media !== undefined);
  if (streams.length === 0) return [answer(whole, false)];
  return both ? [answer(whole, false), answer(streams, true)] : [answer(succeeding, true)];
}

function listReplies(context: PlainContext, { operation }: SpecOperation): readonly Found[] {
  const { spec } = context;
  const responses = objectAt(spec, operation, "responses");
  return Object.keys(responses?.value ?? {}).flatMap((key): readonly Found[] => {
    const response = objectAt(spec, responses, key);
    if (response === undefined || key.startsWith("x-")) return [];
    const status = toStatus(key);
    if (status === undefined) {
      note(context, {
        code: "openapi/odd-status",
        pointer: response.pointer,
        message: `The response ${JSON.stringify(key.slice(0, 40))} is of no status and is left out.`,
        hint: "Write a status such as 200, a range such as 2XX, or default.",
      });
      return [];
    }
    const { pointer } = response;
    const content = distinct(contentOf(spec, response));
    return content.length === 0
      ? [{ status, media: undefined, pointer }]
      : content.map((media) => ({ status, media, pointer }));
  });
}

function toStatus(key: string): string | undefined {
  if (/^[1-5](?:\d\d|XX)$/i.test(key)) return key.toUpperCase();
  return key.toLowerCase() === "default" ? "default" : undefined;
}

/** `default` tells of success only where nothing else does. */
function isSuccess(status: string, all: readonly Found[]): boolean {
  if (status !== "default") return status.startsWith("2");
  return !all.some((other) => other.status.startsWith("2"));
}

/** One reply in several writings is said once: JSON is read best. */
function distinct(content: readonly Media[]): readonly Media[] {
  // FastAPI puts JSON of any kind beside whatever else an operation is said to answer.
  const others = content.filter((media) => !isAnyJson(media));
  const stated = others.length > 0 ? others : content;
  if (!stated.some((media) => formOf(media) === "json")) return stated;
  return stated.filter((media) => formOf(media) !== "text");
}

function isAnyJson({ form, schema }: Media): boolean {
  if (form !== "json") return false;
  return schema === undefined || (isObject(schema.value) && Object.keys(schema.value).length === 0);
}

function isStream(media: Media | undefined): boolean {
  return media !== undefined && (media.form === "events" || media.form === "lines");
}

function formOf({ form, mediaType, schema }: Media): HttpReply["form"] {
  // Spring says that anything comes, and sends JSON.
  if (/^(?:\*|application)\/\*/.test(mediaType)) return isBytes(schema) ? "bytes" : "json";
  return form === "multipart" || form === "form" ? "bytes" : form;
}

function isBytes(schema: Located | undefined): boolean {
  return schema === undefined || ownText(schema.value, "format") === "binary";
}

function toReply(context: PlainContext, { status, media }: Found, name: string): HttpReply {
  if (media === undefined) return { status, form: "none", mediaType: null, shape: { type: "null" } };
  const form = formOf(media);
  return { status, form, mediaType: media.mediaType, shape: replyShape(context, { media, form, name }) };
}

function replyShape(
  { spec, reader }: PlainContext,
  { media, form, name }: { readonly media: Media; readonly form: HttpReply["form"]; readonly name: string },
): JsonShape {
  if (form === "text") return textShape(media, (schema) => reader.read(schema, { side: "output", name }));
  if (form === "bytes") return bytesOf(media);
  const schema = form === "json" ? media.schema : itemSchema(spec, media);
  return schema === undefined ? { type: "any" } : reader.read(schema, { side: "output", name });
}

/**
 * The schema of what comes piece by piece: `itemSchema` (OpenAPI 3.2 §4.14), the items of a list, or the schema itself.
 * Where that is of a whole event, it is that of the event's data.
 */
function itemSchema(spec: ResolvedSpec, { entry, schema, form }: Media): Located | undefined {
  const list = ownText(schema?.value, "type") === "array" && schema !== undefined;
  const item = spec.member(entry, "itemSchema") ?? (list ? spec.member(schema, "items") : schema);
  if (item === undefined || form !== "events") return item;
  const properties = spec.member(item, "properties");
  const names = isObject(properties?.value) ? Object.keys(properties.value) : [];
  const isEvent = names.includes("data") && names.every((name) => eventFields.has(name));
  const data = isEvent && properties !== undefined ? spec.member(properties, "data") : undefined;
  if (data === undefined) return item;
  return spec.member(data, "contentSchema") ?? data;
}

const eventFields = new Set(["data", "event", "id", "retry", "comment"]);

/** One shape for all of these. */
function either(shapes: readonly JsonShape[]): JsonShape {
  const distinctShapes = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
  const [first = { type: "any" }, ...others] = distinctShapes;
  if (others.length === 0) return first;
  if (distinctShapes.some(({ type }) => type === "any")) return { type: "any" };
  return {
    type: "union",
    of: distinctShapes.flatMap((shape) => (shape.type === "union" ? shape.of : [shape])),
  };
}
