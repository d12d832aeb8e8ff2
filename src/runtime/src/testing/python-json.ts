/** Where a JSON text stops being one, in characters, and what Python says of it. */
export interface JsonFault {
  readonly at: number;
  readonly error: string;
}

/** Python's own reader gives up at about this depth. */
const deepest = 900;

/** The fault of `text` in the words of Python's `json` (CPython `Lib/json/decoder.py`); undefined where it has none. */
export function pythonJsonFault(text: string): JsonFault | undefined {
  const end = readValue(text, afterBlanks(text, 0), 0);
  if (typeof end !== "number") return end;
  const rest = afterBlanks(text, end);
  return rest === text.length ? undefined : { at: rest, error: "Extra data" };
}

/** Where what began at `at` has ended, or why it has not. */
type Reading = number | JsonFault;

function readValue(text: string, at: number, depth: number): Reading {
  const first = text.charAt(at);
  if (first === '"') return readText(text, at);
  if (first === "{" && depth < deepest) return readMembers(text, at, depth + 1);
  if (first === "[" && depth < deepest) return readItems(text, at, depth + 1);
  const scalar = /(?:null|true|false|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)/y;
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : { at, error: "Expecting value" };
}

function readItems(text: string, start: number, depth: number): Reading {
  let at = afterBlanks(text, start + 1);
  if (text.charAt(at) === "]") return at + 1;
  for (;;) {
    const end = readValue(text, at, depth);
    if (typeof end !== "number") return end;
    at = afterBlanks(text, end);
    if (text.charAt(at) === "]") return at + 1;
    if (text.charAt(at) !== ",") return { at, error: "Expecting ',' delimiter" };
    at = afterBlanks(text, at + 1);
  }
}

function readMembers(text: string, start: number, depth: number): Reading {
  let at = afterBlanks(text, start + 1);
  if (text.charAt(at) === "}") return at + 1;
  for (;;) {
    if (text.charAt(at) !== '"') return { at, error: "Expecting property name enclosed in double quotes" };
    const name = readText(text, at);
    if (typeof name !== "number") return name;
    at = afterBlanks(text, name);
    if (text.charAt(at) !== ":") return { at, error: "Expecting ':' delimiter" };
    const end = readValue(text, afterBlanks(text, at + 1), depth);
    if (typeof end !== "number") return end;
    at = afterBlanks(text, end);
    if (text.charAt(at) === "}") return at + 1;
    if (text.charAt(at) !== ",") return { at, error: "Expecting ',' delimiter" };
    at = afterBlanks(text, at + 1);
  }
}

function readText(text: string, start: number): Reading {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character < " ") return { at, error: "Invalid control character at" };
    if (character !== "\\") continue;
    const escaped = text.charAt(at + 1);
    if (escaped === "") break;
    if (escaped === "u") {
      if (!/^[\da-f]{4}$/i.test(text.slice(at + 2, at + 6)))
        return { at: at + 1, error: "Invalid \\uXXXX escape" };
      at += 5;
    } else if ('"\\/bfnrt'.includes(escaped)) at += 1;
    else return { at, error: "Invalid \\escape" };
  }
  return { at: start, error: "Unterminated string starting at" };
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (" \t\n\r".includes(text.charAt(at)) && at < text.length) at += 1;
  return at;
}
