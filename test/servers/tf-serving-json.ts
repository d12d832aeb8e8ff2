import { invalid } from "./tf-serving-failure.js";

/*
 * JSON as the server reads it (RapidJSON with its NaN and Infinity): the kinds of number that a dtype or a feature
 * depends on stay apart, and whole numbers keep every digit.
 */

/** A value of a body. `integer` is spelt without point and exponent and fits 64 bits; `-0` is the integer 0. */
export type JsonValue =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "list"; readonly items: readonly JsonValue[] }
  | { readonly kind: "object"; readonly members: readonly JsonMember[] };

/** A member of an object; names may repeat. */
export interface JsonMember {
  readonly name: string;
  readonly value: JsonValue;
}

/** The value of the first member of that name: where names repeat, the first wins. */
export function memberOf(members: readonly JsonMember[], name: string): JsonValue | undefined {
  return members.find((member) => member.name === name)?.value;
}

interface Reader {
  readonly text: string;
  at: number;
}

const literals: Readonly<Record<string, readonly [string, JsonValue]>> = {
  n: ["null", { kind: "null" }],
  t: ["true", { kind: "boolean", value: true }],
  f: ["false", { kind: "boolean", value: false }],
};

/** Reads the first value of `text`; what follows it is ignored. Throws the server's failure. */
export function parseServingJson(text: string): JsonValue {
  const reader: Reader = { text, at: text.startsWith("\ufeff") ? 1 : 0 };
  skipSpace(reader);
  if (reader.at >= text.length) throw invalid("JSON Parse error: The document is empty");
  return readValue(reader);
}

function fail(message: string, at: number): never {
  throw invalid(`JSON Parse error: ${message} at offset: ${at}`);
}

function skipSpace(reader: Reader): void {
  while (" \t\n\r".includes(reader.text[reader.at] ?? "x")) reader.at += 1;
}

function accept(reader: Reader, sign: string): boolean {
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

function readValue(reader: Reader): JsonValue {
  const first = reader.text[reader.at] ?? "";
  if (first === "{") return readObject(reader);
  if (first === "[") return readList(reader);
  if (first === '"') return { kind: "string", value: readString(reader) };
  if (!Object.hasOwn(literals, first)) return readNumber(reader);
  const [word, value] = literals[first] ?? ["", { kind: "null" }];
  for (const sign of word) if (!accept(reader, sign)) fail("Invalid value.", reader.at);
  return value;
}

function readObject(reader: Reader): JsonValue {
  const members: JsonMember[] = [];
  reader.at += 1;
  skipSpace(reader);
  if (accept(reader, "}")) return { kind: "object", members };
  for (;;) {
    if (reader.text[reader.at] !== '"') fail("Missing a name for object member.", reader.at);
    const name = readString(reader);
    skipSpace(reader);
    if (!accept(reader, ":")) fail("Missing a colon after a name of object member.", reader.at);
    skipSpace(reader);
    members.push({ name, value: readValue(reader) });
    skipSpace(reader);
    if (accept(reader, "}")) return { kind: "object", members };
    if (!accept(reader, ",")) fail("Missing a comma or } after an object member.", reader.at);
    skipSpace(reader);
  }
}

function readList(reader: Reader): JsonValue {
  const items: JsonValue[] = [];
  reader.at += 1;
  skipSpace(reader);
  if (accept(reader, "]")) return { kind: "list", items };
  for (;;) {
    items.push(readValue(reader));
    skipSpace(reader);
    if (accept(reader, "]")) return { kind: "list", items };
    if (!accept(reader, ",")) fail("Missing a comma or ] after an array element.", reader.at);
    skipSpace(reader);
  }
}

/** The tokens that stand for what is no number, with a sign or without. */
const nonFinite = /-?(?:NaN|Inf(?:inity)?)/y;
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

function readNumber(reader: Reader): JsonValue {
  const start = reader.at;
  nonFinite.lastIndex = start;
  const token = nonFinite.exec(reader.text)?.[0];
  if (token !== undefined) {
    reader.at += token.length;
    if (token.endsWith("NaN")) return { kind: "double", value: NaN };
    return { kind: "double", value: token.startsWith("-") ? -Infinity : Infinity };
  }
  number.lastIndex = start;
  const [text, fraction, exponent] = number.exec(reader.text) ?? [];
  if (text === undefined) fail("Invalid value.", start);
  reader.at += text.length;
  const next = reader.text[reader.at] ?? "";
  if (next === "." && fraction === undefined) fail("Miss fraction part in number.", reader.at + 1);
  if ((next === "e" || next === "E") && exponent === undefined)
    fail("Miss exponent in number.", reader.at + 1);
  if (fraction === undefined && exponent === undefined) {
    const value = BigInt(text);
    if (value >= -(2n ** 63n) && value < 2n ** 64n) return { kind: "integer", value };
  }
  const value = Number(text);
  if (!Number.isFinite(value)) fail("Number too big to be stored in double.", start);
  return { kind: "double", value };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

function readString(reader: Reader): string {
  const start = reader.at;
  let value = "";
  reader.at += 1;
  for (;;) {
    const sign = reader.text[reader.at];
    if (sign === undefined) return fail("Missing a closing quotation mark in string.", start);
    reader.at += 1;
    if (sign === '"') return value;
    if (sign < " ") fail("Invalid encoding in string.", reader.at - 1);
    value += sign === "\\" ? readEscape(reader) : sign;
  }
}

/** Surrogates come in pairs, or the body is refused. */
function readEscape(reader: Reader): string {
  const at = reader.at - 1;
  const sign = reader.text[reader.at] ?? "";
  reader.at += 1;
  if (sign !== "u") {
    return Object.hasOwn(escapes, sign)
      ? (escapes[sign] ?? "")
      : fail("Invalid escape character in string.", at);
  }
  const unit = readUnit(reader, at);
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  const surrogates = "The surrogate pair in string is invalid.";
  if (unit > 0xdbff || !accept(reader, "\\") || !accept(reader, "u")) return fail(surrogates, at);
  const low = readUnit(reader, at);
  if (low < 0xdc00 || low > 0xdfff) fail(surrogates, at);
  return String.fromCharCode(unit, low);
}

function readUnit(reader: Reader, at: number): number {
  const digits = reader.text.slice(reader.at, reader.at + 4);
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail("Incorrect hex digit after \\u escape in string.", at);
  reader.at += 4;
  return Number.parseInt(digits, 16);
}
