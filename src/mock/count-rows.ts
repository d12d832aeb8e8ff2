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
  const { items, first } = itemsUnder(body, names);
  // The arguments of a single call of a function are a list too; of several calls each is one.
  return system === "modelbit" && first !== openList && items !== null ? 1 : items;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

interface Items {
  /** Null where there is no such list. */
  readonly items: number | null;
  /** The byte that its first item begins with, where that is no text or bare word. */
  readonly first: number | undefined;
}

/** The first list that stands under one of the names, or in an object there; what is no list counts as one item. */
function itemsUnder(body: Uint8Array, names: readonly string[]): Items {
  let depth = 0;
  let text = "";
  let key = "";
  let listDepth = -1;
  let items = 0;
  let isEmpty = true;
  let isFound = false;
  let first: number | undefined;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === quote) {
      const end = endOfText(body, at);
      if (depth === 1 && !isFound) {
        text = Buffer.from(body.buffer, body.byteOffset + at + 1, Math.max(0, end - at - 1)).toString();
      }
      isEmpty = false;
      at = end;
    } else if (byte === openList || byte === openObject) {
      if (!isFound && key !== "" && byte === openList && depth <= 2) {
        isFound = true;
        listDepth = depth;
        isEmpty = true;
      } else {
        if (isFound && isEmpty) first = byte;
        isEmpty = false;
      }
      depth += 1;
    } else if (byte === closeList || byte === closeObject) {
      depth -= 1;
      if (isFound && depth === listDepth) return { items: isEmpty && items === 0 ? 0 : items + 1, first };
      isEmpty = false;
    } else if (byte === comma) {
      if (isFound && depth === listDepth + 1) items += 1;
      else if (depth === 1) {
        // A value that is no list is one row.
        if (key !== "" && !isFound) return { items: 1, first };
        key = "";
      }
    } else if (byte === colon) {
      if (depth === 1 && !isFound) key = names.includes(text) ? text : "";
    } else if (byte !== undefined && byte > 0x20) isEmpty = false;
  }
  return { items: key === "" ? null : 1, first };
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
