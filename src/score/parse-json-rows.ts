/*
 * Text of a JSON document comes in, the texts of its rows go out: those of the list that it is, or of its member `rows`
 * or `instances`. No more of it is held than the longest row.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { endOfString, endOfValue, skipBlanks } from "./json-text.js";
import type { Taken } from "./read-lines.js";

/** The members of a document that may be its list of rows: Peltarion's own, and TensorFlow Serving's. */
const listNames: readonly string[] = ["rows", "instances"];

/** Takes the texts of rows off the beginning of a text. */
export type JsonRowsParser = (text: string, isLast: boolean) => Taken<readonly string[]>;

/** A parser for one document, from its first text on; throws `rows/bad-json`. */
export function createJsonRowsParser(name: string): JsonRowsParser {
  let state: "start" | "object" | "list" | "done" = "start";
  let isFirst = true;

  const bad = (what: string): GenDeployError =>
    new GenDeployError("rows/bad-json", `${name} ${what}.`, {
      hint: 'A JSON file of rows is a list of objects, or {"rows": […]}; for one object a line, give --format jsonl.',
    });

  /** What follows the beginning of the list, or -1 where it is not there yet. */
  function enter(text: string): number {
    let at = skipBlanks(text, 0);
    if (state === "start") {
      if (at === text.length) return -1;
      if (text[at] !== "[" && text[at] !== "{") throw bad("is neither a list nor an object");
      state = text[at] === "[" ? "list" : "object";
      at += 1;
    }
    while (state === "object") {
      at = skipBlanks(text, at);
      if (text[at] === ",") at = skipBlanks(text, at + 1);
      if (at === text.length) return -1;
      if (text[at] !== '"') throw bad("has no list of rows");
      const end = endOfString(text, at);
      const colon = end === -1 ? text.length : skipBlanks(text, end);
      const value = skipBlanks(text, colon + 1);
      if (value >= text.length) return -1;
      if (text[value] === "[" && listNames.includes(nameOf(text.slice(at, end)))) {
        state = "list";
        return value + 1;
      }
      at = endOfValue(text, value);
      if (at === -1) return -1;
    }
    return at;
  }

  return (text, isLast) => {
    const block: string[] = [];
    let done = 0;
    if (state === "start" || state === "object") {
      const before = state;
      const start = enter(text);
      if (start === -1) {
        // What was seen of the document is looked through again.
        state = before;
        if (isLast) throw bad(text.trim() === "" ? "is empty" : "ends before its list of rows");
        return { block, length: 0 };
      }
      done = start;
    }
    while (state === "list") {
      let at = skipBlanks(text, done);
      if (text[at] === "," && !isFirst) at = skipBlanks(text, at + 1);
      else if (text[at] !== "]" && !isFirst && at < text.length)
        throw bad("has rows without a comma between");
      if (text[at] === "]") {
        state = "done";
        break;
      }
      const end = at === text.length ? -1 : endOfValue(text, at);
      if (end === -1) break;
      block.push(text.slice(at, end));
      isFirst = false;
      done = end;
    }
    if (isLast && state === "list") throw bad("ends within its list of rows");
    return { block, length: state === "done" ? text.length : done };
  };
}

function nameOf(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return "";
  }
}
