import type { BodyWriter } from "../json/body.js";
import { isNumeric } from "../arrays/dtype-storage.js";
import type { Dtype } from "../arrays/dtype.js";
import { writeNumbers } from "../json/json-numbers-writer.js";
import { readNumbers } from "../json/json-numbers-reader.js";
import { createNdArray } from "../arrays/nd-array.js";
import type { NdArray } from "../arrays/nd-array.js";
import { elementCount, isShape } from "../arrays/nd-shape.js";
import { ownMember } from "../own-member.js";
import type { ReplyDocument } from "../json/reply-document.js";
import { replyError, shownReply } from "./coder-error.js";

/** What an array of a reply is held to. */
export interface ExpectedArray {
  readonly dtype: Dtype;
  readonly feature: string;
  readonly strict: boolean;
  readonly reply: ReplyDocument;
}

/** Writes the array as `{"shape": […], "data": […]}`, its elements in C order. */
export function encodeFlat({ dtype, shape, data }: NdArray, to: { body: BodyWriter; feature: string }): void {
  to.body.text(`{"shape":${JSON.stringify(shape)},"data":[`);
  const elements: ArrayLike<unknown> = data;
  if (dtype === "string") to.body.text(Array.from(elements, (text) => JSON.stringify(text)).join(","));
  else to.body.payload(writeNumbers(data, { dtype, feature: to.feature }));
  to.body.text("]}");
}

/** The array of an object with `shape` and `data`; else `bad-reply`. */
export function readFlat(value: Readonly<Record<string, unknown>>, expected: ExpectedArray): NdArray {
  const { dtype, feature, strict, reply } = expected;
  const shape = ownMember(value, "shape");
  const data = ownMember(value, "data");
  if (!isShape(shape))
    throw replyError(feature, `has ${shownReply(shape, reply)} for a shape, not a list of lengths`);
  const strange = strict ? Object.keys(value).find((name) => name !== "shape" && name !== "data") : undefined;
  if (strange !== undefined)
    throw replyError(feature, `has ${JSON.stringify(strange)} beside shape and data`);
  const list: readonly unknown[] | undefined = Array.isArray(data) ? data : undefined;
  const payload = reply.payload(data);
  const source = payload?.kind === "numbers" ? payload : list;
  if (source === undefined)
    throw replyError(feature, `has ${shownReply(data, reply)} for its data, not a list`);
  const count = elementCount(shape);
  if (isNumeric(dtype)) return createNdArray(dtype, shape, readNumbers(source, { dtype, count, feature }));
  const texts = (list ?? []).map((item) => reply.text(item));
  if (dtype !== "string" || texts.length !== count) {
    throw replyError(feature, `has ${texts.length} texts, but ${count} elements of dtype ${dtype} are due`);
  }
  const given = texts.filter((text) => text !== undefined);
  if (given.length !== texts.length) throw replyError(feature, "has elements that are no strings");
  return createNdArray("string", shape, given);
}
