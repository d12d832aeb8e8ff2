import {
  closeJson,
  nextKind,
  openJson,
  readItems,
  readMembers,
  readString,
} from "../tensor-json/json-cursor.js";
import type { JsonCursor } from "../tensor-json/json-cursor.js";
import { skipValue } from "../tensor-json/json-value.js";

/** What stands at the top of a JSON text; what stands below is JSON text still, every digit as it was written. */
export type JsonParts =
  | { readonly kind: "null" }
  /** A string's own text, or the text of a number, true or false. */
  | { readonly kind: "scalar"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [name: string, json: string])[] };

/** The parts of a JSON text. Throws `bad-reply` where `json` is none. */
export function jsonParts(json: string): JsonParts {
  const cursor = openJson(new TextEncoder().encode(json));
  const parts = readParts(cursor);
  closeJson(cursor);
  return parts;
}

function readParts(cursor: JsonCursor): JsonParts {
  switch (nextKind(cursor)) {
    case "null":
      skipValue(cursor);
      return { kind: "null" };
    case "string":
      return { kind: "scalar", text: readString(cursor) };
    case "array": {
      const items: string[] = [];
      readItems(cursor, () => void items.push(sliceValue(cursor)));
      return { kind: "list", items };
    }
    case "object": {
      const members: (readonly [string, string])[] = [];
      readMembers(cursor, (name) => void members.push([name, sliceValue(cursor)]));
      return { kind: "object", members };
    }
    default:
      return { kind: "scalar", text: sliceValue(cursor) };
  }
}

function sliceValue(cursor: JsonCursor): string {
  nextKind(cursor);
  const start = cursor.at;
  skipValue(cursor);
  return new TextDecoder().decode(cursor.bytes.subarray(start, cursor.at));
}
