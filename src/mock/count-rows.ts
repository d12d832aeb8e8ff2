/*
 * How many rows a request holds, for whoever looks on: the bytes are gone through once, and nothing is parsed.
 */
import type { BoundDeployment } from "../bind/bound-deployment.js";

/** The members of a body that hold rows. */
const members: Readonly<Record<BoundDeployment["system"], readonly string[]>> = {
  rows: ["rows"],
  "tf-serving": ["instances", "inputs", "examples"],
  modelbit: ["data"],
  cog: [],
  service: [],
};

/** How many rows a request's body holds; null where it holds none that can be told. */
export function countRows(
  system: BoundDeployment["system"],
  contentType: string | undefined,
  body: Uint8Array,
): number | null {
  if (body.length === 0) return null;
  const names = members[system];
  if (names.length === 0 || contentType?.toLowerCase().startsWith("multipart/") === true) return 1;
  return itemsUnder(body, names);
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** How many items the first list holds that stands under one of the names, or in a list's place, its first member. */
function itemsUnder(body: Uint8Array, names: readonly string[]): number | null {
  let depth = 0;
  let key = "";
  let listDepth = -1;
  let items = 0;
  let isEmpty = true;
  let isFound = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === quote) {
      const end = endOfText(body, at);
      if (depth === 1 && !isFound) {
        const text = Buffer.from(body.buffer, body.byteOffset + at + 1, Math.max(0, end - at - 1)).toString();
        if (names.includes(text)) key = text;
      }
      isEmpty = false;
      at = end;
    } else if (byte === openList || byte === openObject) {
      if (!isFound && key !== "" && byte === openList && depth <= 2) {
        isFound = true;
        listDepth = depth;
        isEmpty = true;
      } else isEmpty = false;
      depth += 1;
    } else if (byte === closeList || byte === closeObject) {
      depth -= 1;
      if (isFound && depth === listDepth) return isEmpty && items === 0 ? 0 : items + 1;
      isEmpty = false;
    } else if (byte === comma) {
      if (isFound && depth === listDepth + 1) items += 1;
      else if (depth === 1) {
        // A value that is no list is one row.
        if (key !== "" && !isFound) return 1;
        key = "";
      }
    } else if (byte !== colon && byte !== undefined && byte > 0x20) isEmpty = false;
  }
  return key === "" ? null : 1;
}

/** Where the text ends that begins at a quote. */
function endOfText(body: Uint8Array, start: number): number {
  let at = start + 1;
  for (;;) {
    const end = body.indexOf(quote, at);
    if (end < 0) return body.length;
    let escapes = 0;
    while (body[end - 1 - escapes] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
    at = end + 1;
  }
}
