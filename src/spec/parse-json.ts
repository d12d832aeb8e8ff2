/*
 * JSON text in, tree and positions out. `JSON.parse` does the work; the parser that knows positions is loaded
 * only when something has to be said about a place.
 */
import type { Node, ParseError } from "jsonc-parser";
import { GenDeployError } from "../gen-deploy-error.js";
import { tooDeep } from "./json-depth.js";
import { parsePointer } from "./pointer.js";
import { jsoncLibrary } from "./parser-libraries.js";
import type { SpecText } from "./spec-types.js";
import { textPosition } from "./text-position.js";

/** A tree with the offset at which the value at a pointer, or its nearest parent, stands. */
export interface ParsedText {
  /** Not yet proved to be JSON. */
  readonly root: unknown;
  readonly offset: (pointer: string) => number | undefined;
}

/** The tree of a JSON text (RFC 8259); throws `spec/bad-json` with line and column. */
export function parseJson(source: SpecText): ParsedText {
  return { root: parseValue(source), offset: createOffsets(source.text) };
}

function parseValue(source: SpecText): unknown {
  try {
    const root: unknown = JSON.parse(source.text);
    return root;
  } catch (cause) {
    throw explain(source, cause);
  }
}

function explain(source: SpecText, cause: unknown): GenDeployError {
  const { text, name } = source;
  const deep = deepestOffset(text);
  if (deep !== undefined) return tooDeep(textPosition(name, text, deep));
  const errors: ParseError[] = [];
  jsoncLibrary().parse(text, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  });
  const [first] = errors;
  if (first === undefined) {
    return new GenDeployError("spec/bad-json", `${name} is not valid JSON.`, { cause });
  }
  const { offset, message, hint } = complaint(text, first);
  return new GenDeployError("spec/bad-json", `${name} is not valid JSON: ${message}.`, {
    hint,
    position: textPosition(name, text, offset),
    cause,
  });
}

interface Complaint {
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

function complaint(text: string, { error, offset }: ParseError): Complaint {
  const comma = /,\s*$/.exec(text.slice(Math.max(0, offset - 1000), offset));
  const found = text.slice(offset, offset + 1);
  if (comma !== null && (found === "}" || found === "]")) {
    const at = offset - comma[0].length;
    return {
      offset: at,
      message: `a comma stands before "${found}" with nothing after it`,
      hint: "Remove this trailing comma.",
    };
  }
  if (text.slice(offset).trim() === "") {
    return {
      offset: text.trimEnd().length,
      message: "the text ends too early",
      hint: "The file may be cut off: fetch or save it again.",
    };
  }
  const code = jsoncLibrary().printParseErrorCode(error);
  const known = complaints.get(code);
  if (known !== undefined) return { offset, ...known };
  return {
    offset,
    message: `${JSON.stringify(found)} was not expected here`,
    hint: "Correct the text at the marked place.",
  };
}

const complaints: ReadonlyMap<string, Omit<Complaint, "offset">> = new Map([
  [
    "InvalidSymbol",
    {
      message: "this is no JSON value",
      hint: "Write keys and texts in double quotes; the only bare words are true, false and null.",
    },
  ],
  [
    "InvalidCommentToken",
    { message: "JSON has no comments", hint: "Remove the comment, or name the file .yaml and write YAML." },
  ],
  ["CommaExpected", { message: "a comma is missing", hint: "Put a comma between the members." }],
  [
    "ColonExpected",
    { message: "a colon is missing after a key", hint: "Write a colon between key and value." },
  ],
  [
    "PropertyNameExpected",
    { message: "a key in double quotes was expected", hint: "Write each key in double quotes." },
  ],
  ["ValueExpected", { message: "a value was expected", hint: "Write a value, or null." }],
  [
    "EndOfFileExpected",
    { message: "something follows the end of the document", hint: "Remove what follows it." },
  ],
  [
    "UnexpectedEndOfString",
    {
      message: "a string is not closed",
      hint: "Close the string with a double quote; a newline in it is written \\n.",
    },
  ],
  [
    "InvalidCharacter",
    {
      message: "a string holds a control character",
      hint: "Write control characters as \\n, \\t or \\u0000.",
    },
  ],
  [
    "InvalidEscapeCharacter",
    {
      message: "an escape is not known",
      hint: 'JSON knows \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits.',
    },
  ],
  ["InvalidUnicode", { message: "\\u needs four hex digits", hint: "Write \\u with four hex digits." }],
]);

/** Where brackets outside strings nest deeper than a parser by recursion survives. */
function deepestOffset(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "[" || character === "{")) depth += 1;
    else if (!quoted && (character === "]" || character === "}")) depth -= 1;
    if (depth > 1000) return at;
  }
  return undefined;
}

function createOffsets(text: string): (pointer: string) => number | undefined {
  let tree: Node | undefined;
  return (pointer) => {
    tree ??= jsoncLibrary().parseTree(text);
    let place = tree;
    let offset = tree?.offset;
    for (const key of parsePointer(pointer) ?? []) {
      const next: Node | undefined =
        place?.type === "array" ? place.children?.[Number(key)] : memberOf(place, key);
      if (next === undefined) break;
      const [name, value] = next.type === "property" ? (next.children ?? []) : [next, next];
      // An object is best shown by its key; a plain value by itself.
      offset = (value?.children === undefined ? value : name)?.offset;
      place = value;
    }
    return offset;
  };
}

function memberOf(object: Node | undefined, key: string): Node | undefined {
  if (object?.type !== "object") return undefined;
  // JSON.parse keeps the last of several members with one key.
  return object.children?.findLast((member) => member.children?.[0]?.value === key);
}
