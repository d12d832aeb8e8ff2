import type { JsonValue } from "./tf-serving-json.js";

/*
 * JSON as the server prints it: four spaces a level, lists on one line where it says so, and numbers in a spelling of
 * its own.
 */

/** Prints one document, token by token. */
export interface Printer {
  /** Whether lists stand on one line from here on. */
  singleLine: boolean;
  open(bracket: "{" | "["): void;
  close(): void;
  name(name: string): void;
  /** A value whose spelling is settled. */
  raw(text: string): void;
  string(text: string): void;
  readonly text: string;
}

interface Level {
  readonly list: boolean;
  values: number;
}

/** A printer of an empty document. */
export function createPrinter(): Printer {
  const levels: Level[] = [];
  let text = "";
  const indent = (): string => `\n${" ".repeat(4 * levels.length)}`;
  const begin = (): void => {
    const level = levels.at(-1);
    if (level === undefined) return;
    if (level.list) {
      if (level.values > 0) text += printer.singleLine ? ", " : ",";
      if (!printer.singleLine) text += indent();
    } else if (level.values % 2 === 1) {
      text += ": ";
    } else {
      text += (level.values > 0 ? "," : "") + indent();
    }
    level.values += 1;
  };
  const printer: Printer = {
    singleLine: false,
    open(bracket) {
      begin();
      text += bracket;
      levels.push({ list: bracket === "[", values: 0 });
    },
    close() {
      const level = levels.pop();
      if (level === undefined) throw new Error("Nothing is open.");
      if (level.values > 0 && !(level.list && printer.singleLine)) text += indent();
      text += level.list ? "]" : "}";
    },
    name(name) {
      begin();
      text += quoted(name);
    },
    raw(value) {
      begin();
      text += value;
    },
    string(value) {
      begin();
      text += quoted(value);
    },
    get text() {
      return text;
    },
  };
  return printer;
}

/** RapidJSON leaves everything but quotes, backslashes and control characters as it is. */
function quoted(text: string): string {
  const short: Readonly<Record<string, string>> = {
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
  };
  const escaped = text.replace(/["\\\u0000-\u001f]/g, (sign) => {
    if (sign === '"' || sign === "\\") return `\\${sign}`;
    return short[sign] ?? `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

/** `{"error": …}` as the server prints it. */
export function errorBody(message: string): string {
  const printer = createPrinter();
  printer.open("{");
  printer.name("error");
  printer.string(message);
  printer.close();
  return printer.text;
}

/** At most so much of a value stands in an error. */
const longest = 256;

/** A value of the request as the server's errors quote it. */
export function debugText(value: JsonValue): string {
  const printer = createPrinter();
  printer.singleLine = true;
  printValue(printer, value);
  const { text } = printer;
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

function printValue(printer: Printer, value: JsonValue): void {
  switch (value.kind) {
    case "null":
      return printer.raw("null");
    case "boolean":
    case "integer":
      return printer.raw(String(value.value));
    case "double":
      return printer.raw(doubleText(value.value));
    case "string":
      return printer.string(value.value);
    case "list":
      printer.open("[");
      for (const item of value.items) printValue(printer, item);
      return printer.close();
    case "object":
      printer.open("{");
      for (const member of value.members) {
        printer.name(member.name);
        printValue(printer, member.value);
      }
      return printer.close();
  }
}

function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * A number of a float32 or float64 output: six significant digits if they read back as it, else as many as always
 * do; whole numbers with `.0`, exponents as C prints them.
 */
export function decimalText(value: number, precision: "float" | "double"): string {
  if (!Number.isFinite(value)) return String(value);
  const read = (text: string): number => (precision === "float" ? Math.fround(Number(text)) : Number(text));
  const six = generalText(value, 6);
  const text = Object.is(read(six), value) ? six : generalText(value, precision === "float" ? 9 : 17);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** C's `%.{digits}g`. */
function generalText(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", power = ""] = value.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < digits) return cut(value.toFixed(digits - 1 - exponent));
  return `${cut(mantissa)}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function cut(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
