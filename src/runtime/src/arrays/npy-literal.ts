/*
 * In: the header of a `.npy` file, which is Python source. Out: the literal that it states, as data.
 * Takes what NumPy writes and what people write by hand; of Python's other spellings (`0x10`, `'''x'''`, comments) none.
 * Never evaluates anything.
 */
import { npyFault } from "./npy-fault.js";
import { shown } from "../errors.js";

type Bare =
  /** Escapes, which only names of fields have, are checked but left as they are. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "whole"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "tuple" | "list" | "dict"; readonly items: readonly Literal[] };

/** A Python literal, with the piece of source that it was read from; a dict's items are its keys and values in turn. */
export type Literal = Bare & { readonly source: string };

// Python itself stops at 200 brackets in brackets.
const deepest = 100;

// A sticky pattern each: blanks; text, its quote and its inside; a whole number, and one with Python 2's L; a word.
const blanks = /[ \t\f\r\n]*/y;
const quoted =
  /u?(['"])((?:\\(?:x[\da-f]{2}|u[\da-f]{4}|U00(?:0[\da-f]|10)[\da-f]{4}|[^xuUN])|(?!\1)[^\\\r\n])*)\1/y;
const number = /([+-]?(?:0+|[1-9]\d*))(?![\w.])/y;
const longNumber = /([+-]?(?:0+|[1-9]\d*))L?(?![\w.])/y;
const boolean = /True\b|False\b/y;

/**
 * The one literal that `text` consists of; `long` also allows `2L`, as Python 2 wrote whole numbers.
 * Throws `bad-npy` naming what is wrong.
 */
export function parseLiteral(text: string, long: boolean): Literal {
  let at = 0;

  function fail(expected: string): never {
    const seen = at < text.length ? shown(text.slice(at), 20) : "its end";
    throw npyFault(`header has ${seen} at character ${at}`, expected);
  }

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  }

  function accept(character: string): boolean {
    match(blanks);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function group(close: string, depth: number): Bare {
    const items: Literal[] = [];
    let comma = true;
    while (!accept(close)) {
      if (!comma) fail(`a comma or ${close}`);
      items.push(literal(depth));
      if (close === "}") {
        if (!accept(":")) fail("a colon");
        items.push(literal(depth));
      }
      comma = accept(",");
    }
    const only = items[0];
    // Brackets around one value without a comma only group.
    if (close === ")" && only && !comma && items.length === 1) return only;
    return { kind: close === "}" ? "dict" : close === "]" ? "list" : "tuple", items };
  }

  function bare(depth: number): Bare {
    if (depth > deepest) fail("fewer brackets in brackets");
    const opened = "([{".indexOf(text[at] ?? " ");
    if (opened >= 0) {
      at += 1;
      return group(")]}".charAt(opened), depth + 1);
    }
    const string = match(quoted);
    if (string) return { kind: "text", text: string[2] ?? "" };
    const whole = match(long ? longNumber : number);
    // Zero has no sign here, as -0 is a length like any other.
    if (whole) return { kind: "whole", value: Number(whole[1]) || 0 };
    const word = match(boolean)?.[0];
    return word
      ? { kind: "bool", value: word === "True" }
      : fail("text, a whole number, True, False or a bracket");
  }

  function literal(depth: number): Literal {
    match(blanks);
    const start = at;
    return { ...bare(depth), source: text.slice(start, at) };
  }

  // An indented first line is none that Python takes.
  if (/^[ \t\f\r\n]*[\r\n][ \t]/.test(text)) fail("no indentation");
  const parsed = literal(0);
  match(blanks);
  return at < text.length ? fail("nothing more") : parsed;
}
