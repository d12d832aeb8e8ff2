/*
 * Bodies of requests: in goes what came and how it says that it is written, out comes the body as callers give it, or
 * what is wrong with it. What the client writes by `write-body.ts` is read here as it was.
 */
import { createImage } from "../files/image.js";
import type { Image } from "../files/image.js";
import { mediaTypeOf, toRegisteredMediaType } from "../files/media-type.js";
import type { MemoryRequest } from "../http/memory-transport.js";
import { setOwnMember } from "../own-member.js";
import type { OperationBody } from "../service/service-operation.js";
import { deepest } from "../shapes/place.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import type { Shapes, StatedShape } from "../shapes/stated-shapes.js";
import { openJson } from "../tensor-json/json-cursor.js";
import { readJson } from "../tensor-json/json-value.js";
import { asOfText, faultWords, valueError } from "./fault.js";
import { pythonJsonFault } from "./python-json.js";
import type { Fault } from "./fault.js";
import { readForm } from "./read-form.js";
import type { FormPart } from "./read-form.js";
import { faultAt, readStrictly } from "./read-strictly.js";
import type { StrictReading } from "./read-strictly.js";
import { decoded, toPairs } from "./service-parameters.js";
import { fromSpelt, memberShape } from "./service-spelt.js";
import type { Spelt } from "./service-spelt.js";

/** A body, or why it is refused: what is wrong with it, or with how it came. */
export type BodyReading = StrictReading | { readonly status: 400 | 415; readonly why: string };

const loc = ["body"] as const;
const missingBody = { faults: [faultAt(loc, faultWords.missing, { input: null })] } as const;
const unreadable = { status: 400, why: "There was an error parsing the body" } as const;
const unsupported = { status: 415, why: "Unsupported Media Type" } as const;

/** Reads the body of a request to an operation that takes one; undefined where it may be left out and is. */
export function readRequestBody(request: MemoryRequest, body: OperationBody, shapes: Shapes): BodyReading {
  const bytes = request.bytes();
  const contentType = Object.hasOwn(request.headers, "content-type")
    ? request.headers["content-type"]
    : undefined;
  const isText = body.form === "text" || body.form === "bytes";
  // Text and files may be empty, where they say that they are there.
  if (bytes.length === 0 && !(isText && contentType !== undefined)) {
    if (body.optional === true) return { value: undefined };
    return missingBody;
  }
  if (!isTaken(contentType, body)) return readMistaken(bytes, body, shapes);
  switch (body.form) {
    case "json":
      return readJsonBody(bytes, body, shapes);
    case "form":
      return readUrlEncoded(bytes, body, shapes);
    case "multipart":
      return readMultipart(bytes, { body, contentType: contentType ?? "", shapes });
    case "text": {
      const text = utf8(bytes);
      return text === undefined
        ? unreadable
        : readStrictly(fromSpelt({ scalar: text }, body.shape, shapes), body.shape, { shapes, loc });
    }
    case "bytes":
      return { value: createImage(toRegisteredMediaType(contentType ?? "application/octet-stream"), bytes) };
  }
}

/** A body of another type than is read: JSON is then the text that it is, and a form has no fields, as in FastAPI. */
function readMistaken(bytes: Uint8Array, body: OperationBody, shapes: Shapes): BodyReading {
  if (body.form === "text" || body.form === "bytes") return unsupported;
  if (body.form !== "json") return readFields([], body, shapes);
  const text = utf8(bytes);
  return text === undefined ? unreadable : readStrictly(text, body.shape, { shapes, loc });
}

/** Whether a body of that type is read; one without a type is taken at its word but for forms, which need theirs. */
function isTaken(contentType: string | undefined, { form, mediaType }: OperationBody): boolean {
  if (form === "multipart") return toRegisteredMediaType(contentType ?? "") === "multipart/form-data";
  if (contentType === undefined) return form !== "form";
  const given = toRegisteredMediaType(contentType);
  const stated = toRegisteredMediaType(mediaType);
  if (given === stated) return true;
  if (form === "json") return /^application\/(?:[\w.+-]+\+)?json$/.test(given);
  // What the description states may be no type that a header can carry; clients send the plain one then.
  if (form === "form") return given === "application/x-www-form-urlencoded";
  if (form === "text") return given === "text/plain";
  const isOpen = stated === "" || stated === "*/*" || stated === "application/octet-stream";
  return isOpen || (stated.endsWith("/*") && given.startsWith(stated.slice(0, -1)));
}

function readJsonBody(
  bytes: Uint8Array,
  { shape }: OperationBody,
  shapes: Shapes,
): StrictReading | typeof unreadable {
  const text = utf8(bytes);
  if (text === undefined) return unreadable;
  const parsed = parseStrictly(text);
  if ("fault" in parsed) return { faults: [parsed.fault] };
  if (isTooDeep(parsed.value)) return { faults: [faultAt(loc, valueError(`deeper than ${deepest} levels`))] };
  const reading = readStrictly(parsed.value, shape, { shapes, loc });
  // FastAPI does not tell null from no body.
  return reading.faults !== undefined && parsed.value === null ? missingBody : reading;
}

/** As Python reads JSON, NaN and infinities among it. */
function parseStrictly(text: string): { readonly value: unknown } | { readonly fault: Fault } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const fault = pythonJsonFault(text);
    if (fault === undefined) return { value: readJson(openJson(new TextEncoder().encode(text))) };
    const words = { type: "json_invalid", msg: "JSON decode error", ctx: { error: fault.error } };
    return { fault: faultAt([...loc, fault.at], words, { input: {} }) };
  }
}

/** Lists and objects are walked by functions that call themselves. */
function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== "object" || one === null) continue;
      for (const inner of Object.values(one)) if (typeof inner === "object") next.push(inner);
    }
    level = next;
  }
  return false;
}

/** Fields by name, in their order. */
type Fields = readonly (readonly [name: string, value: Spelt])[];

function readUrlEncoded(bytes: Uint8Array, body: OperationBody, shapes: Shapes): BodyReading {
  const text = utf8(bytes);
  if (text === undefined) return unreadable;
  const pairs = toPairs(text.replaceAll("+", "%20"), "&");
  return readFields(
    pairs.map(([name, value]) => [decoded(name), { scalar: decoded(value) }]),
    body,
    shapes,
  );
}

function readMultipart(
  bytes: Uint8Array,
  {
    body,
    contentType,
    shapes,
  }: { readonly body: OperationBody; readonly contentType: string; readonly shapes: Shapes },
): BodyReading {
  const form = readForm(bytes, contentType);
  if ("fault" in form) return { status: 400, why: "Invalid multipart data." };
  const fields = form.parts.map((part) => [part.name, fieldOf(part)] as const);
  return readFields(fields, body, shapes);
}

function fieldOf({ fileName, mediaType, bytes }: FormPart): Spelt {
  if (fileName !== undefined) return { scalar: toImage(bytes, mediaType) };
  const text = utf8(bytes);
  if (text === undefined) return { scalar: toImage(bytes, mediaType) };
  return { scalar: text, ...(mediaType === "application/json" ? { json: true } : {}) };
}

function toImage(bytes: Uint8Array, mediaType: string | undefined): Image {
  return createImage(
    toRegisteredMediaType(mediaType ?? mediaTypeOf(bytes) ?? "application/octet-stream"),
    bytes,
  );
}

/** By the first object of the body's shape that the fields fit, or else what is wrong by the first of all. */
function readFields(fields: Fields, { shape }: OperationBody, shapes: Shapes): StrictReading {
  const byName = new Map<string, Spelt[]>();
  for (const [name, value] of fields) byName.set(name, [...(byName.get(name) ?? []), value]);
  let first: StrictReading | undefined;
  for (const one of statedShapes(shape, shapes)) {
    if (one.type !== "object" && one.type !== "record" && one.type !== "any") continue;
    const reading = readStrictly(toObject(byName, one, shapes), one, { shapes, loc });
    if (reading.faults === undefined) return reading;
    first ??= { faults: reading.faults.map((fault) => asOfText(fault, loc)) };
  }
  return first ?? { faults: [faultAt(loc, faultWords.notObject)] };
}

function toObject(
  fields: ReadonlyMap<string, readonly Spelt[]>,
  shape: StatedShape,
  shapes: Shapes,
): unknown {
  const object: Record<string, unknown> = {};
  for (const [name, values] of fields) {
    const spelt = { scalar: values.at(-1)?.scalar, items: values };
    setOwnMember(object, name, fromSpelt(spelt, memberShape(shape, name) ?? { type: "any" }, shapes));
  }
  return object;
}

/** The text that the bytes are, or undefined where they are no UTF-8. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
