/*
 * In: a request to a deployment of Peltarion's. Out: its rows, read by the coders with which clients read replies and
 * held to the description in every point, or why they are refused. Nothing of the request is trusted.
 */
import { isDeploymentError, shown } from "../errors.js";
import { alphaOf } from "../files/image-alpha.js";
import { toRegisteredMediaType } from "../files/media-type.js";
import type { MemoryRequest } from "../http/memory-transport.js";
import { parsePlainReply } from "../json/reply-document.js";
import type { ReplyDocument } from "../json/reply-document.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import { readForm } from "./read-form.js";
import { fieldValue } from "./rows-field.js";
import type { MockedFeature, MockedRows, Row } from "./rows-operation.js";

/** The rows of a request, or why it is refused. */
export type RowsReading =
  | {
      readonly rows: readonly Row[];
      /** Whether it is one row of a form, which is answered by one row without a list around it. */
      readonly bare: boolean;
    }
  | { readonly status: number; readonly why: string };

/** The platform's own limit is not known. */
const mostBytes = 100 * 2 ** 20;

/** The rows of `request`; one that is wrong fails all of them. */
export function readRows(request: MemoryRequest, operation: MockedRows): RowsReading {
  const contentType = ownMember(request.headers, "content-type");
  const stated = typeof contentType === "string" ? contentType : "";
  const mediaType = toRegisteredMediaType(stated);
  const isForm = operation.multipart && mediaType === "multipart/form-data";
  if (!isForm && mediaType !== "application/json") {
    const due = operation.multipart ? "application/json or multipart/form-data" : "application/json";
    const seen = mediaType === "" ? "no content type" : `the content type ${shown(mediaType)}`;
    return { status: 415, why: `The request has ${seen}, but ${due} is due.` };
  }
  const bytes = request.bytes();
  if (bytes.length > mostBytes) return { status: 413, why: `The body is larger than ${mostBytes} bytes.` };
  if (bytes.length === 0) return refused("The body is empty.");
  try {
    return isForm ? formRow(bytes, stated, operation) : jsonRows(bytes, operation);
  } catch (error) {
    if (isDeploymentError(error, "bad-reply")) return refused(requestWords(error.message));
    throw error;
  }
}

function jsonRows(bytes: Uint8Array, { inputs }: MockedRows): RowsReading {
  const parsing = inputs.find(({ coder }) => coder.parseReply !== undefined);
  const document = (parsing?.coder.parseReply ?? parsePlainReply)(bytes);
  const { root } = document;
  const given: unknown = isRecord(root) ? ownMember(root, "rows") : undefined;
  if (!isRecord(root) || !Array.isArray(given)) {
    return refused("The body must be an object with a list of rows as its member rows.");
  }
  const strange = Object.keys(root).find((name) => name !== "rows");
  if (strange !== undefined) return refused(`The body has ${shown(strange)} beside its rows.`);
  if (given.length === 0) return refused("The list of rows is empty.");
  const known = new Set(inputs.map(({ name }) => name));
  const rows: Row[] = [];
  for (const [index, row] of given.entries()) {
    const read = jsonRow(row, { document, inputs, known });
    if (typeof read === "string") return refused(`Row ${index}: ${read}`);
    rows.push(read);
  }
  return { rows, bare: false };
}

interface RowContext {
  readonly document: ReplyDocument;
  readonly inputs: readonly MockedFeature[];
  readonly known: ReadonlySet<string>;
}

/** The row, or what is wrong with it. */
function jsonRow(row: unknown, { document, inputs, known }: RowContext): Row | string {
  if (!isRecord(row)) return "it is no object with features as members.";
  for (const name of Object.keys(row)) if (!known.has(name)) return unknownFeature(name);
  const read: Record<string, unknown> = {};
  for (const feature of inputs) {
    const { name, optional } = feature;
    if (!Object.hasOwn(row, name)) {
      if (optional) continue;
      return missingFeature(name);
    }
    const fault = take(read, feature, { value: row[name], document });
    if (fault !== undefined) return fault;
  }
  return read;
}

function formRow(bytes: Uint8Array, contentType: string, { inputs }: MockedRows): RowsReading {
  const form = readForm(bytes, contentType);
  if ("fault" in form) return refused(form.fault);
  const read: Record<string, unknown> = {};
  for (const part of form.parts) {
    const feature = inputs.find(({ name }) => name === part.name);
    if (feature === undefined) return refused(unknownFeature(part.name));
    if (Object.hasOwn(read, part.name)) return refused(`The form has ${shown(part.name)} more than once.`);
    const field = fieldValue(part, feature.codec);
    const fault = "fault" in field ? `${shown(part.name)} ${field.fault}.` : take(read, feature, field);
    if (fault !== undefined) return refused(fault);
  }
  const missing = inputs.find(({ name, optional }) => !optional && !Object.hasOwn(read, name));
  return missing === undefined ? { rows: [read], bare: true } : refused(missingFeature(missing.name));
}

/** Puts the feature's value into `read`, or says what is wrong with it. */
function take(
  read: Record<string, unknown>,
  { name, codec, coder }: MockedFeature,
  { value, document }: { readonly value: unknown; readonly document: ReplyDocument },
): string | undefined {
  let decoded: unknown;
  try {
    decoded = coder.decode(value, document);
  } catch (error) {
    if (isDeploymentError(error, "bad-reply")) return requestWords(error.message);
    throw error;
  }
  if (typeof decoded === "string" && /\p{Surrogate}/u.test(decoded)) {
    return `${shown(name)} has half of a surrogate pair.`;
  }
  if (codec.kind === "image" && !codec.alpha && isRecord(decoded) && decoded["bytes"] instanceof Uint8Array) {
    const alpha = alphaOf(decoded["bytes"]);
    if (alpha !== undefined) return `${shown(name)} has an alpha channel (${alpha}).`;
  }
  setOwnMember(read, name, decoded);
  return undefined;
}

function missingFeature(name: string): string {
  return `the feature ${shown(name)} is missing.`;
}

function unknownFeature(name: string): string {
  return `there is no feature ${shown(name)}.`;
}

/** What the coders say of a reply, which here is a request. */
function requestWords(message: string): string {
  return message.replace(/^The reply's (?=")/, "").replace(/^The reply/, "The body");
}

function refused(why: string): RowsReading {
  return { status: 400, why: why.replace(/^[a-z]/, (letter) => letter.toUpperCase()) };
}
