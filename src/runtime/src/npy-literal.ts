/*
 * In: the header of a `.npy` file, which is Python source. Out: the literal that it states, as data.
 * Takes what Python's `ast.literal_eval` takes, but for numbers that no header holds (fractions, complex ones)
 * and sets. Never evaluates anything.
 */
import { DeploymentError, shown } from "./errors.js";

/** A Python literal, with the piece of source that it was read from. */
export type Literal = { readonly source: string } & (
  | { readonly kind: "text" | "bytes"; readonly text: string }
  | { readonly kind: "whole"; readonly value: number }
  | { readonly kind: "name"; readonly name: "True" | "False" | "None" }
  | { readonly kind: "tuple" | "list"; readonly items: readonly Literal[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [key: Literal, value: Literal])[] }
);

// Python itself stops at 200 brackets in brackets.
const deepest = 100;

const blank = /(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)*/y;
const blankAtEnd = /(?:[ \t\f\r\n]|#[^\r\n]*)*/y;
const blankAtStart = /[ \t]*(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))*\f*/y;
const quoted = /([a-zA-Z]{0,2})('''|"""|'|")/y;
const wholeNumber =
  /[+-]?[ \t]*(0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*(?![\d_])|[1-9](?:_?\d)*)/y;
const pythonTwoLong = /[ \t]*L/y;
const word = /[A-Za-z_][A-Za-z_\d]*/y;
const afterNumber = /[\w.]/;

const simpleEscapes = new Map([
  ["\n", ""],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);
const coded = /[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}/y;

/**
 * The one literal that `text` consists of; `long` also allows `2L`, as Python 2 wrote whole numbers.
 * Throws `bad-npy` naming what is wrong.
 */
export function parseLiteral(text: string, long: boolean): Literal {
  let at = 0;

  function fail(expected: string): never {
    const seen = at < text.length ? shown(text.slice(at), 20) : "its end";
    throw new DeploymentError(
      "bad-npy",
      `The .npy header has ${seen} at character ${at}, expected ${expected}.`,
    );
  }

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  }

  function accept(character: string): boolean {
    match(blank);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function escaped(bytes: boolean): string {
    const simple = simpleEscapes.get(text[at] ?? "");
    if (simple !== undefined) {
      at += 1;
      return simple;
    }
    const start = at;
    const code = match(coded)?.[0];
    const wide = code !== undefined && /^[uU]/.test(code);
    if (code === undefined || (bytes && wide)) {
      at = start;
      if (!bytes && /[NuU]/.test(text[at] ?? "")) fail("a known escape");
      if (text[at] === "x") fail("two hexadecimal digits");
      return "\\";
    }
    const point = /^[0-7]/.test(code) ? Number.parseInt(code, 8) : Number.parseInt(code.slice(1), 16);
    return point > 0x10ffff
      ? fail("a character's number")
      : String.fromCodePoint(bytes ? point & 0xff : point);
  }

  /** One string token, after its prefix and opening quote. */
  function stringRest(quote: string, raw: boolean, bytes: boolean): string {
    let value = "";
    for (;;) {
      const character = text[at];
      if (character === undefined || (quote.length === 1 && /[\r\n]/.test(character)))
        return fail("a closing quote");
      if (text.startsWith(quote, at)) {
        at += quote.length;
        return value;
      }
      if (bytes && character > "\x7f") return fail("an ASCII character");
      at += 1;
      if (character !== "\\") value += character;
      else if (raw) value += character + (text[at++] ?? "");
      else value += escaped(bytes);
    }
  }

  /** Strings next to each other are one string. */
  function strings(start: number): Literal | undefined {
    let value = "";
    let kind: "text" | "bytes" | undefined;
    let end = at;
    for (let open = match(quoted); open !== null; match(blank), open = match(quoted)) {
      const prefix = (open[1] ?? "").toLowerCase();
      if (!["", "u", "r", "b", "br", "rb"].includes(prefix)) return fail("a plain string");
      const next = prefix.includes("b") ? "bytes" : "text";
      if (kind !== undefined && kind !== next) return fail("no mixture of text and bytes");
      kind = next;
      value += stringRest(open[2] ?? "", prefix.includes("r"), next === "bytes");
      end = at;
    }
    return kind && { kind, text: value, source: text.slice(start, end) };
  }

  function whole(start: number): Literal | undefined {
    const found = match(wholeNumber);
    if (found === null) return undefined;
    const size = Number((found[1] ?? "").replaceAll("_", ""));
    if (long) match(pythonTwoLong);
    if (afterNumber.test(text[at] ?? "")) fail("a whole number");
    const value = size !== 0 && found[0].startsWith("-") ? -size : size;
    return { kind: "whole", value, source: text.slice(start, at) };
  }

  function dict(start: number, depth: number): Literal {
    const entries: (readonly [Literal, Literal])[] = [];
    let comma = true;
    while (!accept("}")) {
      if (!comma) fail("a comma or a closing brace");
      const key = literal(depth);
      if (!accept(":")) fail("a colon");
      entries.push([key, literal(depth)]);
      comma = accept(",");
    }
    return { kind: "dict", entries, source: text.slice(start, at) };
  }

  function sequence(start: number, close: ")" | "]", depth: number): Literal {
    const items: Literal[] = [];
    let comma = true;
    while (!accept(close)) {
      if (!comma) fail(`a comma or ${close}`);
      items.push(literal(depth));
      comma = accept(",");
    }
    const only = items[0];
    // Brackets around one value without a comma only group.
    if (close === ")" && items.length === 1 && !comma && only !== undefined) return only;
    return { kind: close === ")" ? "tuple" : "list", items, source: text.slice(start, at) };
  }

  function literal(depth: number): Literal {
    if (depth > deepest) fail("fewer brackets in brackets");
    match(blank);
    const start = at;
    if (accept("{")) return dict(start, depth + 1);
    if (accept("(")) return sequence(start, ")", depth + 1);
    if (accept("[")) return sequence(start, "]", depth + 1);
    const found = strings(start) ?? whole(start);
    if (found !== undefined) return found;
    const name = match(word)?.[0];
    if (name === "True" || name === "False" || name === "None") return { kind: "name", name, source: name };
    at = start;
    return fail("a Python literal");
  }

  match(blankAtStart);
  if (/[ \t]/.test(text[at] ?? "")) fail("no indentation");
  const parsed = literal(0);
  match(blankAtEnd);
  return at < text.length ? fail("nothing more") : parsed;
}
