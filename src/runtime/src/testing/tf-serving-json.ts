/*
 * The body of a request comes in; its value goes out as TensorFlow Serving sees it. RapidJSON keeps apart how numbers
 * are spelt, takes NaN and Infinity, ignores what follows the root, and says at which byte it stopped.
 */
import { invalid } from "./tf-serving-failure.js";
import type { ServingFailure } from "./tf-serving-failure.js";

/**
 * A value of a body: a bigint for a number in digits alone that 64 bits hold, a number for any other. Of members of
 * one name the first counts.
 */
export type BodyValue = null | boolean | string | bigint | number | BodyList | BodyObject;
export type BodyList = readonly BodyValue[];
export type BodyObject = ReadonlyMap<string, BodyValue>;

/** Deeper nesting would exhaust the stack; the real server has no bound. */
const deepest = 1000;

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

/** Reads the first value of `text`; throws the server's failure. */
export function parseBody(text: string): BodyValue {
  const reader: Reader = { text, at: 0, depth: 0 };
  skipSpace(reader);
  if (reader.at >= text.length) throw invalid("JSON Parse error: The document is empty");
  return readValue(reader);
}

/** Whether the value is a list. */
export function isBodyList(value: BodyValue | undefined): value is BodyList {
  return Array.isArray(value);
}

/** Whether the value is an object, of whatever members. */
export function isBodyObject(value: BodyValue | undefined): value is BodyObject {
  return value instanceof Map;
}

/** The failure to go on at `at`; the server counts in bytes. */
function fault({ text }: Reader, at: number, message: string): ServingFailure {
  const offset = new TextEncoder().encode(text.slice(0, at)).length;
  return invalid(`JSON Parse error: ${message} at offset: ${offset}`);
}

function skipSpace(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const unit = text.charCodeAt(reader.at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    reader.at += 1;
  }
}

/** Passes over `sign` where it stands next. */
function take(reader: Reader, sign: string): boolean {
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

/** Passes over all of `word`. */
function takeWord(reader: Reader, word: string): void {
  for (const sign of word) {
    if (!take(reader, sign)) throw fault(reader, reader.at, "Invalid value.");
  }
}

function readValue(reader: Reader): BodyValue {
  switch (reader.text[reader.at]) {
    case "{":
      return readObject(reader);
    case "[":
      return readList(reader);
    case '"':
      return readText(reader);
    case "n":
      takeWord(reader, "null");
      return null;
    case "t":
      takeWord(reader, "true");
      return true;
    case "f":
      takeWord(reader, "false");
      return false;
    default:
      return readNumber(reader);
  }
}

function enter(reader: Reader): void {
  reader.at += 1;
  reader.depth += 1;
  if (reader.depth > deepest) throw fault(reader, reader.at, "Terminate parsing due to Handler error.");
  skipSpace(reader);
}

/** Whether another item follows; passes over the comma before it or the bracket behind. */
function goesOn(reader: Reader, end: "]" | "}"): boolean {
  skipSpace(reader);
  if (take(reader, end)) {
    reader.depth -= 1;
    return false;
  }
  if (!take(reader, ",")) {
    const what = end === "]" ? "an array element" : "an object member";
    throw fault(reader, reader.at, `Missing a comma or ${end} after ${what}.`);
  }
  skipSpace(reader);
  return true;
}

function readList(reader: Reader): BodyList {
  const items: BodyValue[] = [];
  enter(reader);
  if (take(reader, "]")) {
    reader.depth -= 1;
    return items;
  }
  do items.push(readValue(reader));
  while (goesOn(reader, "]"));
  return items;
}

function readObject(reader: Reader): BodyObject {
  const members = new Map<string, BodyValue>();
  enter(reader);
  if (take(reader, "}")) {
    reader.depth -= 1;
    return members;
  }
  do {
    if (reader.text[reader.at] !== '"') throw fault(reader, reader.at, "Missing a name for object member.");
    const name = readText(reader);
    skipSpace(reader);
    if (!take(reader, ":")) throw fault(reader, reader.at, "Missing a colon after a name of object member.");
    skipSpace(reader);
    const value = readValue(reader);
    if (!members.has(name)) members.set(name, value);
  } while (goesOn(reader, "}"));
  return members;
}

function readNumber(reader: Reader): bigint | number {
  const { text, at } = reader;
  const isNegative = text.charCodeAt(at) === 0x2d;
  const first = isNegative ? at + 1 : at;
  // What begins with a zero ends with it, unless a point or an exponent follows.
  const end = text.charCodeAt(first) === 0x30 ? first + 1 : digitsEnd(text, first);
  if (end === first) return readToken(reader);
  reader.at = end;
  const isFraction = take(reader, ".");
  if (isFraction) passDigits(reader, "Miss fraction part in number.");
  const isPower = take(reader, "e") || take(reader, "E");
  if (isPower) {
    if (!take(reader, "-")) take(reader, "+");
    passDigits(reader, "Miss exponent in number.");
  }
  const digits = text.slice(at, reader.at);
  if (!isFraction && !isPower && end - first <= 20) {
    const whole = BigInt(digits);
    if (whole >= least && whole <= greatest) return whole;
  }
  const value = Number(digits);
  if (Number.isFinite(value)) return value;
  throw fault(reader, at, "Number too big to be stored in double.");
}

const least = -(2n ** 63n);
const greatest = 2n ** 64n - 1n;

function passDigits(reader: Reader, otherwise: string): void {
  const end = digitsEnd(reader.text, reader.at);
  if (end === reader.at) throw fault(reader, end, otherwise);
  reader.at = end;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  for (let unit = text.charCodeAt(at); unit >= 0x30 && unit <= 0x39; unit = text.charCodeAt(++at));
  return at;
}

/** What the server takes for numbers beside those of JSON. */
function readToken(reader: Reader): number {
  const isNegative = take(reader, "-");
  if (reader.text[reader.at] === "N") {
    takeWord(reader, "NaN");
    return NaN;
  }
  takeWord(reader, "Inf");
  if (reader.text[reader.at] === "i") takeWord(reader, "inity");
  return isNegative ? -Infinity : Infinity;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ...['"', "\\", "/"].map((sign) => [sign, sign] as const),
  ...Object.entries({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }),
]);

function readText(reader: Reader): string {
  const { text } = reader;
  let plain = "";
  let from = reader.at + 1;
  for (let at = from; ; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      reader.at = at + 1;
      return plain + text.slice(from, at);
    }
    if (unit === 0x5c) {
      plain += text.slice(from, at);
      reader.at = at;
      plain += readEscape(reader);
      from = reader.at;
      at = from - 1;
    } else if (!(unit >= 0x20)) {
      const isEnd = at >= text.length;
      throw fault(
        reader,
        at,
        isEnd ? "Missing a closing quotation mark in string." : "Invalid encoding in string.",
      );
    }
  }
}

/** Surrogates come in pairs, or the whole body is refused. */
function readEscape(reader: Reader): string {
  const { at } = reader;
  const sign = reader.text[at + 1] ?? "";
  reader.at += 2;
  if (sign !== "u") {
    const plain = escapes.get(sign);
    if (plain === undefined) throw fault(reader, at, "Invalid escape character in string.");
    return plain;
  }
  const unit = readUnit(reader, at);
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  const isPair = unit < 0xdc00 && take(reader, "\\") && take(reader, "u");
  const low = isPair ? readUnit(reader, at) : 0;
  if (low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(unit, low);
  throw fault(reader, at, "The surrogate pair in string is invalid.");
}

function readUnit(reader: Reader, at: number): number {
  const digits = reader.text.slice(reader.at, reader.at + 4);
  if (!/^[\da-f]{4}$/i.test(digits))
    throw fault(reader, at, "Incorrect hex digit after \\u escape in string.");
  reader.at += 4;
  return Number.parseInt(digits, 16);
}
