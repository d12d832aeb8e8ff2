/*
 * Replies of a service to requests that are right: in goes what an operation was called with, out comes the first reply
 * of success that its description knows, made of the user's own answer or of the seed, in the form of that reply.
 */
import type { HttpReply } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";
import { toRegisteredMediaType } from "../files/media-type.js";
import type { MemoryReply } from "../http/memory-transport.js";
import { jsonParts } from "../json/json-parts.js";
import { prepareFile } from "../coders/image-input.js";
import { findReply, successesOf } from "../service/find-reply.js";
import type { AnyOperationDescriptor } from "../service/service-operation.js";
import { fileMediaType, isFile, toResolvedFile } from "../shapes/resolved-file.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import { createDraw, hashValue } from "./seed.js";
import type { Draw } from "./seed.js";
import { seededFile } from "./seeded-shapes-file.js";
import { seededShape } from "./seeded-shapes.js";
import { isErrorAnswer } from "./service-types.js";
import type { AnyErrorAnswer } from "./service-types.js";
import { writeAnswer, wrongAnswer } from "./given-answer.js";

/** What answers are made of. */
export interface ServiceAnswers {
  readonly seed: number | string;
  readonly shapes: Shapes;
}

/** A call whose request was right. */
export interface AnsweredCall {
  /** The name of the client's method. */
  readonly name: string;
  readonly operation: AnyOperationDescriptor;
  /** What the method was called with; undefined where that is nothing. */
  readonly input: unknown;
}

/** How many items a stream has, unless the user gives them. */
const itemCounts = { least: 3, most: 5 } as const;

/** A stream that has more than so many items is taken to have no end, which a mock cannot wait for. */
const mostItems = 100_000;

const anything: HttpReply = {
  status: "200",
  form: "json",
  mediaType: "application/json",
  shape: { type: "any" },
};

/** The reply that follows from the seed and what the operation was called with. */
export function seededReply(
  { name, operation, input }: AnsweredCall,
  { seed, shapes }: ServiceAnswers,
): MemoryReply {
  const reply = replyOf(operation);
  const draw = createDraw(hashValue(seed, [name, input]), "answer");
  const context = { shapes, draw };
  switch (reply.form) {
    case "none":
      return { status: statusOf(reply) };
    case "bytes": {
      const shape = { type: "file", form: "binary", ...mediaOf(reply) } as const;
      const { mediaType, bytes } = seededFile(shape, draw);
      return contentReply(reply, bytes, mediaType);
    }
    case "events":
    case "lines":
      return streamReply(reply, seededItems(reply, shapes, draw), shapes);
    case "json":
    case "text":
      return textReply(reply, JSON.stringify(seededShape(reply.shape, context)) ?? "null");
  }
}

/** The reply that says what the user's function gave; `bad-options` where the description promises something else. */
export async function givenReply(
  given: unknown,
  { name, operation }: AnsweredCall,
  shapes: Shapes,
): Promise<MemoryReply> {
  if (isErrorAnswer(given)) return await errorReplyOf(given, { name, operation }, shapes);
  const reply = replyOf(operation);
  switch (reply.form) {
    case "none":
      return { status: statusOf(reply) };
    case "bytes":
      return await bytesReply(given, reply);
    case "events":
    case "lines": {
      const items: string[] = [];
      for await (const item of toItems(given, name)) {
        if (items.length >= mostItems)
          throw wrongAnswer(`The stream of ${shown(name)} has more than ${mostItems} items.`);
        items.push(await writeAnswer(item, reply.shape, shapes));
      }
      return streamReply(reply, items, shapes);
    }
    case "json":
    case "text":
      return textReply(reply, await writeAnswer(given, reply.shape, shapes));
  }
}

/** The first success that the client's method reads. */
function replyOf({ replies, stream }: AnyOperationDescriptor): HttpReply {
  const isStream = ({ form }: HttpReply): boolean => form === "events" || form === "lines";
  return successesOf(replies.filter((reply) => isStream(reply) === stream))[0] ?? anything;
}

function statusOf({ status, form }: HttpReply): number {
  if (/^\d{3}$/.test(status)) return Number(status);
  return form === "none" ? 204 : 200;
}

function mediaOf({ mediaType }: HttpReply): { readonly mediaType?: string } {
  return mediaType === null ? {} : { mediaType };
}

/** The type that the description states, if it states one that a header can carry. */
function contentType({ mediaType }: HttpReply, otherwise: string): string {
  const stated = mediaType?.trim() ?? "";
  const isComplete = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(toRegisteredMediaType(stated));
  return isComplete && /^[\x20-\x7e]*$/.test(stated) ? stated : otherwise;
}

function contentReply(reply: HttpReply, body: string | Uint8Array, otherwise: string): MemoryReply {
  return { status: statusOf(reply), headers: { "content-type": contentType(reply, otherwise) }, body };
}

/** JSON as it is, or the text that a text reply has for it. */
function textReply(reply: HttpReply, json: string): MemoryReply {
  if (reply.form === "json") return contentReply(reply, json, "application/json");
  const parts = jsonParts(json);
  return contentReply(reply, parts.kind === "scalar" ? parts.text : json, "text/plain");
}

async function bytesReply(given: unknown, reply: HttpReply): Promise<MemoryReply> {
  if (!isFile(given)) throw wrongAnswer(`It is ${shown(given)}, expected a file.`);
  const file = toResolvedFile(await prepareFile(given, "answers"), { feature: "answers", place: undefined });
  return contentReply(reply, file.bytes, fileMediaType(file));
}

function seededItems({ shape }: HttpReply, shapes: Shapes, draw: Draw): readonly string[] {
  const count = draw.integer(itemCounts.least, itemCounts.most);
  return Array.from({ length: count }, () => JSON.stringify(seededShape(shape, { shapes, draw })) ?? "null");
}

/** Items, each as JSON text, as server-sent events (HTML §9.2) or as lines. */
function streamReply(reply: HttpReply, items: readonly string[], shapes: Shapes): MemoryReply {
  if (reply.form === "lines") {
    return contentReply(reply, items.map((item) => `${item}\n`).join(""), "application/x-ndjson");
  }
  // What is text by its shape stands there as it is.
  const isText = statedShapes(reply.shape, shapes).every(({ type }) => type === "text");
  const events = items.map((item) => {
    const parts = isText ? jsonParts(item) : undefined;
    const data = parts?.kind === "scalar" ? parts.text : item;
    return `${data
      .split(/\r\n|\r|\n/)
      .map((line) => `data: ${line}\n`)
      .join("")}\n`;
  });
  return contentReply(reply, events.join(""), "text/event-stream");
}

async function* toItems(given: unknown, name: string): AsyncGenerator<unknown, void, undefined> {
  if (isIterable(given) && typeof given !== "string") yield* given;
  else
    throw wrongAnswer(
      `It is ${shown(given)}; ${shown(name)} answers with a list of items, or what gives them one by one.`,
    );
}

function isIterable(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return (
    typeof value === "object" && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}

/** A failure, in the form that the description has for it. */
async function errorReplyOf(
  { status, body }: AnyErrorAnswer,
  { name, operation }: Pick<AnsweredCall, "name" | "operation">,
  shapes: Shapes,
): Promise<MemoryReply> {
  if (!Number.isInteger(status) || status < 400 || status > 599) {
    throw new DeploymentError(
      "bad-options",
      `An error reply of ${shown(name)} has the status ${shown(status)}, expected 400 to 599.`,
    );
  }
  const documented = findReply(operation.replies, { status, contentType: undefined }) ?? anything;
  const reply = { ...documented, status: String(status) };
  switch (documented.form) {
    case "none":
      return { status };
    case "bytes":
      return await bytesReply(body, reply);
    default:
      return textReply(reply, await writeAnswer(body, documented.shape, shapes));
  }
}
