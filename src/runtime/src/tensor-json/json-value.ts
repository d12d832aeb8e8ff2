import { setOwnMember } from "../own-member.js";
import {
  jsonFault,
  nextKind,
  readItems,
  readMembers,
  readString,
  sliceString,
  takeWord,
} from "./json-cursor.js";
import type { JsonCursor } from "./json-cursor.js";
import { readNumber } from "./json-number.js";

/**
 * The next value as JavaScript has it, whatever it is: what `JSON.parse` gives, NaN and infinities beside. Numbers are
 * the nearest doubles, so this is for what a server says of itself and not for tensors. Else `bad-reply`.
 */
export function readJson(cursor: JsonCursor): unknown {
  const kind = nextKind(cursor);
  if (kind === "string") return readString(cursor);
  if (kind === "number") return readFloat(cursor, false) ?? noValue(cursor);
  if (kind === "array") {
    const list: unknown[] = [];
    readItems(cursor, () => void list.push(readJson(cursor)));
    return list;
  }
  if (kind === "object") {
    const object: Record<string, unknown> = {};
    readMembers(cursor, (name) => setOwnMember(object, name, readJson(cursor)));
    return object;
  }
  return readConstant(cursor);
}

/** Passes over the next value, whatever it is; what is no JSON is `bad-reply`. */
export function skipValue(cursor: JsonCursor): void {
  const kind = nextKind(cursor);
  if (kind === "string") sliceString(cursor, "a string");
  else if (kind === "number") void (readFloat(cursor, true) ?? noValue(cursor));
  else if (kind === "array") readItems(cursor, () => skipValue(cursor));
  else if (kind === "object") readMembers(cursor, () => skipValue(cursor));
  else readConstant(cursor);
}

/** `true`, `false` or `null`. */
function readConstant(cursor: JsonCursor): boolean | null {
  if (takeWord(cursor, "true")) return true;
  if (takeWord(cursor, "false")) return false;
  return takeWord(cursor, "null") ? null : noValue(cursor);
}

/**
 * The number at the cursor, NaN and infinities among them; see `readNumber`. A number that is too large for a double
 * is infinite here as it is for `JSON.parse`.
 */
export function readFloat(cursor: JsonCursor, single: boolean): number | undefined {
  const number = readNumber(cursor, single);
  if (number !== undefined) return number;
  if (takeWord(cursor, "NaN")) return NaN;
  if (takeWord(cursor, "Infinity")) return Infinity;
  return takeWord(cursor, "-Infinity") ? -Infinity : undefined;
}

function noValue(cursor: JsonCursor): never {
  throw jsonFault(cursor, "a value");
}
