import { isBodyList, isBodyObject } from "./tf-serving-json.js";
import type { BodyValue } from "./tf-serving-json.js";
import { createPrinter, decimalText } from "./tf-serving-print.js";

/** The kind of a value by RapidJSON's name. */
export function kindName(value: BodyValue): string {
  if (value === null) return "Null";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return "String";
  if (isBodyList(value)) return "Array";
  return isBodyObject(value) ? "Object" : "Number";
}

/** So much of a value stands in an error at most. */
const longestQuote = 256;

/** A value as the server's errors quote it. */
export function quotedValue(value: BodyValue): string {
  const printer = createPrinter();
  printer.inline(true);
  printValue(value);
  const text = printer.finish();
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}...` : text;

  function printValue(one: BodyValue): void {
    if (typeof one === "string") return printer.text(one);
    if (isBodyList(one)) {
      printer.open("[");
      for (const item of one) printValue(item);
      return printer.close("]");
    }
    if (isBodyObject(one)) {
      printer.open("{");
      for (const [name, member] of one) {
        printer.name(name);
        printValue(member);
      }
      return printer.close("}");
    }
    printer.word(typeof one === "number" ? doubleText(one) : String(one));
  }
}

/** RapidJSON's shortest form, without a plus. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return decimalText(value, false);
  const text = Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
  return /[.e]/.test(text) ? text : `${text}.0`;
}
