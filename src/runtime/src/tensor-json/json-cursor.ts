import { DeploymentError, shown } from "../errors.js";

/*
 * In: the bytes of a reply that should be JSON (RFC 8259), where numbers may also be the bare tokens NaN, Infinity and
 * -Infinity. Out: its values one after another, by whoever knows what each must be. Nothing is built that nobody asks
 * for, and no number is rounded on the way.
 */

/** A place in the bytes of a JSON text; whoever reads moves `at` behind what it has read. */
export interface JsonCursor {
  readonly bytes: Uint8Array;
  /** Offset of the next byte. */
  at: number;
  /** How many lists and objects are open around it. */
  depth: number;
  /** The wire name of the feature whose value is being read, for messages. */
  readonly feature?: string;
}

/** What kind of value comes next; NaN and the infinities are numbers. */
export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** Deeper nesting is `bad-reply`, long before it could exhaust the stack. */
const deepest = 512;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A cursor before the root value of `bytes`, behind a byte order mark. */
export function openJson(bytes: Uint8Array): JsonCursor {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { bytes, at: marked ? 3 : 0, depth: 0 };
}

/** Holds the text to its end: anything but white space that is left is `bad-reply`. */
export function closeJson(cursor: JsonCursor): void {
  if (skipSpace(cursor) < cursor.bytes.length) throw jsonFault(cursor, "its end");
}

/** The `bad-reply` for a text that has something else where `expected` is due. */
export function jsonFault(cursor: JsonCursor, expected: string, cause?: unknown): DeploymentError {
  const { at, feature } = cursor;
  const subject = feature === undefined ? "The reply" : `The reply's ${shown(feature)}`;
  const message = `${subject} has ${quoted(cursor)} at byte ${at}, expected ${expected}.`;
  return new DeploymentError("bad-reply", message, { feature, cause });
}

/** What comes next, for messages. */
export function quoted({ bytes, at }: JsonCursor): string {
  const rest = new TextDecoder().decode(bytes.subarray(at, at + 24));
  return rest === "" ? "nothing" : shown(rest, 20);
}

/** Passes over white space and gives the offset of what follows. */
export function skipSpace(cursor: JsonCursor): number {
  const { bytes } = cursor;
  let { at } = cursor;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  cursor.at = at;
  return at;
}

/** The kind of the next value, which is not read; where no value can begin it is `bad-reply`. */
export function nextKind(cursor: JsonCursor): JsonKind {
  const first = cursor.bytes[skipSpace(cursor)] ?? 0;
  if (first === 0x7b) return "object";
  if (first === 0x5b) return "array";
  if (first === quote) return "string";
  if (first === 0x74 || first === 0x66) return "boolean";
  if (first === 0x6e) return "null";
  if (first === 0x2d || first === 0x4e || first === 0x49 || (first >= 0x30 && first <= 0x39)) return "number";
  throw jsonFault(cursor, "a value");
}

/** Passes over `word` if it comes next, white space before it included. */
export function takeWord(cursor: JsonCursor, word: string): boolean {
  const at = skipSpace(cursor);
  for (let index = 0; index < word.length; index += 1) {
    if (cursor.bytes[at + index] !== word.charCodeAt(index)) return false;
  }
  cursor.at = at + word.length;
  return true;
}

/** Reads a list; `visit` must read each of its items, no more and no less. */
export function readItems(cursor: JsonCursor, visit: (index: number) => void): void {
  enter(cursor, "[");
  let index = 0;
  while (hasNext(cursor, "]", index)) {
    visit(index);
    index += 1;
  }
}

/** Reads an object; `visit` must read the value of each member, no more and no less. Names may come twice. */
export function readMembers(cursor: JsonCursor, visit: (name: string) => void): void {
  enter(cursor, "{");
  let index = 0;
  while (hasNext(cursor, "}", index)) {
    const name = readString(cursor, "a member's name");
    if (!takeWord(cursor, ":")) throw jsonFault(cursor, "a colon");
    visit(name);
    index += 1;
  }
}

function enter(cursor: JsonCursor, bracket: "[" | "{"): void {
  if (!takeWord(cursor, bracket)) throw jsonFault(cursor, bracket === "[" ? "a list" : "an object");
  cursor.depth += 1;
  if (cursor.depth > deepest) throw jsonFault(cursor, `no more than ${deepest} values inside each other`);
}

/** Whether an item or member follows after `index` others; passes over the comma before it, or the bracket behind. */
function hasNext(cursor: JsonCursor, bracket: "]" | "}", index: number): boolean {
  if (takeWord(cursor, bracket)) {
    cursor.depth -= 1;
    return false;
  }
  if (index === 0) return true;
  if (cursor.bytes[cursor.at] !== comma) throw jsonFault(cursor, `a comma or ${bracket}`);
  cursor.at += 1;
  return true;
}

/** Where a string stands, without its quotes. */
export interface StringSlice {
  readonly start: number;
  readonly end: number;
  /** Whether it has escapes, so that its bytes are not its text. */
  readonly escaped: boolean;
  /** Whether it has nothing but ASCII. */
  readonly ascii: boolean;
}

/** Passes over a string; `expected` says what it is for. What its bytes mean is not looked at. */
export function sliceString(cursor: JsonCursor, expected: string): StringSlice {
  const { bytes } = cursor;
  const open = skipSpace(cursor);
  if (bytes[open] !== quote) throw jsonFault(cursor, expected);
  let escaped = false;
  let seen = 0;
  let at = open + 1;
  for (let byte = bytes[at]; byte !== quote; byte = bytes[at]) {
    if (byte === undefined || byte < 0x20) {
      cursor.at = at;
      throw jsonFault(cursor, "the end of a string");
    }
    seen |= byte;
    if (byte === backslash) escaped = true;
    at += byte === backslash ? 2 : 1;
  }
  cursor.at = at + 1;
  return { start: open + 1, end: at, escaped, ascii: !escaped && seen < 0x80 };
}

/** Reads a string; `expected` says what it is for. Bytes that are not UTF-8 are `bad-reply`. */
export function readString(cursor: JsonCursor, expected: string = "a string"): string {
  const slice = sliceString(cursor, expected);
  const after = cursor.at;
  cursor.at = slice.start - 1;
  const text = decodeString(cursor, slice);
  cursor.at = after;
  return text;
}

function decodeString(cursor: JsonCursor, { start, end, escaped, ascii }: StringSlice): string {
  if (ascii) return asciiText(cursor.bytes, start, end);
  let text: string;
  try {
    text = utf8.decode(cursor.bytes.subarray(start, end));
  } catch (cause) {
    throw jsonFault(cursor, "text in UTF-8", cause);
  }
  if (!escaped) return text;
  try {
    const plain: unknown = JSON.parse(`"${text}"`);
    return String(plain);
  } catch {
    // The platform's own error quotes the text at any length.
    throw jsonFault(cursor, "a string without unknown escapes");
  }
}

/** The bytes from `start` to `end` as text; spreading is faster for a few, and impossible for many. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  const slice = bytes.subarray(start, end);
  return slice.length < 64 ? String.fromCharCode(...slice) : new TextDecoder().decode(slice);
}
