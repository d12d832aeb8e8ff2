/*
 * What the model gives comes in, bodies of replies go out as TensorFlow Serving prints them. Rows may fail here, after
 * the model has run, as they do there (tensorflow/serving, `util/json_tensor.cc`).
 */
import { encodeBase64 } from "../files/base64.js";
import type { Column } from "../protocols/tensors.js";
import type { Classification } from "../tf-serving/client-types.js";
import { invalid } from "./tf-serving-failure.js";
import { createPrinter, decimalText } from "./tf-serving-print.js";
import type { Printer } from "./tf-serving-print.js";
import { dtypeName } from "./tf-serving-tensors.js";

/** An output that is ready to be printed. */
export interface ReadyOutput {
  readonly name: string;
  /** Its texts are printed as base64: outputs whose names end in `_bytes` are. */
  readonly isBinary: boolean;
  readonly column: Column;
}

/** The body of a reply to `:predict`; throws the server's failure. */
export function printOutputs(outputs: readonly ReadyOutput[], layout: "row" | "columnar"): string {
  const [only] = outputs;
  if (only === undefined) throw invalid("Cannot convert empty tensor map to JSON");
  const printer = createPrinter();
  printer.open("{");
  if (layout === "row") {
    printRows(outputs, printer);
  } else {
    printer.name("outputs");
    if (outputs.length === 1) {
      printColumn(only, printer);
    } else {
      printer.open("{");
      for (const output of outputs) {
        printer.name(output.name);
        printColumn(output, printer);
      }
      printer.close("}");
    }
  }
  printer.close("}");
  return printer.finish();
}

function printRows(outputs: readonly ReadyOutput[], printer: Printer): void {
  const rows = rowCount(outputs);
  const named = outputs.length > 1;
  printer.name("predictions");
  printer.open("[");
  for (let row = 0; row < rows; row += 1) {
    if (named) printer.open("{");
    printer.inline(true);
    for (const output of outputs) {
      if (named) printer.name(output.name);
      printPart(output, printer, { level: 1, index: row });
    }
    printer.inline(false);
    if (named) printer.close("}");
  }
  printer.close("]");
}

/** The server's map has no order; in this one its own test sees it. */
function rowCount(outputs: readonly ReadyOutput[]): number {
  let rows: number | undefined;
  for (const { name, column } of outputs.toReversed()) {
    const [length] = column.shape;
    if (length === undefined) throw invalid(`Tensor name: ${name} has no shape information `);
    if (rows !== undefined && rows !== length)
      throw invalid(`Tensor name: ${name} has inconsistent batch size: ${length} expecting: ${rows}`);
    rows = length;
  }
  return rows ?? 0;
}

function printColumn(output: ReadyOutput, printer: Printer): void {
  printPart(output, printer, { level: 0, index: 0 });
}

/** Prints the part of a tensor that is the one at `index` of its `level`, as lists in lists. */
function printPart(
  { column, isBinary }: ReadyOutput,
  printer: Printer,
  { level, index }: { readonly level: number; readonly index: number },
): void {
  const print = elementPrinter(column, isBinary, printer);
  visit(level, index);

  function visit(at: number, part: number): void {
    const length = column.shape[at];
    if (length === undefined) return print(part);
    printer.open("[");
    for (let item = 0; item < length; item += 1) visit(at + 1, part * length + item);
    printer.close("]");
  }
}

function elementPrinter(column: Column, isBinary: boolean, printer: Printer): (index: number) => void {
  if (!("toNested" in column)) {
    return (index) => {
      const element = column.data[index] ?? "";
      if (!isBinary) return printer.text(typeof element === "string" ? element : lossyText(element));
      printer.open("{");
      printer.name("b64");
      printer.text(encodeBase64(typeof element === "string" ? new TextEncoder().encode(element) : element));
      printer.close("}");
    };
  }
  const { dtype, data } = column;
  const elements: ArrayLike<unknown> = data;
  if (dtype === "float32" || dtype === "float64")
    return (index) => printer.word(decimalText(Number(elements[index]), dtype === "float32"));
  if (dtype === "bool") return (index) => printer.word(elements[index] === 1 ? "true" : "false");
  if (/^(?:int(?:8|16|32|64)|uint(?:8|32|64))$/.test(dtype))
    return (index) => printer.word(String(elements[index]));
  return () => {
    throw invalid(`Failed to write JSON value for tensor type: ${dtypeName(dtype)}`);
  };
}

/** The server writes bytes that are no UTF-8 raw, and clients see what they decode to. */
function lossyText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The body of a reply to `:classify`; throws the server's failure. */
export function printClassifications(results: readonly (readonly Classification[])[]): string {
  const printer = createPrinter();
  printer.open("{");
  printer.name("results");
  printer.open("[");
  for (const pairs of results) {
    printer.inline(true);
    printer.open("[");
    for (const { label, score } of pairs) {
      printer.open("[");
      printer.text(label);
      printer.word(decimalText(Math.fround(score), true));
      printer.close("]");
    }
    printer.close("]");
    printer.inline(false);
  }
  printer.close("]");
  printer.close("}");
  return printer.finish();
}

/** The body of a reply to `:regress`. */
export function printRegressions(results: readonly number[]): string {
  const printer = createPrinter();
  printer.open("{");
  printer.name("results");
  printer.inline(true);
  printer.open("[");
  for (const value of results) printer.word(decimalText(Math.fround(value), true));
  printer.close("]");
  printer.close("}");
  return printer.finish();
}
