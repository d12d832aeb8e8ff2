/*
 * JSON as TensorFlow Serving prints it: RapidJSON's PrettyWriter with four spaces a level, lists on one line from where
 * it is told so, and floats in a spelling of the server's own (tensorflow/serving, `util/json_tensor.cc`).
 */

/** Prints one document, token by token. */
export interface Printer {
  open(bracket: "{" | "["): void;
  close(bracket: "}" | "]"): void;
  /** A member's name. */
  name(name: string): void;
  text(text: string): void;
  /** A number, `true`, `false` or `null`, as it is spelt. */
  word(word: string): void;
  /** Whether the items of lists stand on one line from here on. */
  inline(isInline: boolean): void;
  finish(): string;
}

/** A printer of a document that is still empty. */
export function createPrinter(): Printer {
  const pieces: string[] = [];
  /** How many items are behind in each list and object that is open. */
  const counts: number[] = [];
  let isInline = false;
  let afterName = false;

  const lines: string[] = [];

  function line(): void {
    pieces.push((lines[counts.length] ??= `\n${" ".repeat(4 * counts.length)}`));
  }

  /** What stands before an item of a list, or before a name. */
  function next(onOneLine: boolean): void {
    if (afterName) {
      afterName = false;
      return;
    }
    const level = counts.length - 1;
    const count = counts[level];
    if (count === undefined) return;
    counts[level] = count + 1;
    if (count > 0) pieces.push(onOneLine ? ", " : ",");
    if (!onOneLine) line();
  }

  return {
    open(bracket) {
      next(isInline);
      pieces.push(bracket);
      counts.push(0);
    },
    close(bracket) {
      const count = counts.pop() ?? 0;
      if (count > 0 && !(bracket === "]" && isInline)) line();
      pieces.push(bracket);
    },
    name(name) {
      next(false);
      pieces.push(quotedText(name), ": ");
      afterName = true;
    },
    text(text) {
      next(isInline);
      pieces.push(quotedText(text));
    },
    word(word) {
      next(isInline);
      pieces.push(word);
    },
    inline(value) {
      isInline = value;
    },
    finish: () => pieces.join(""),
  };
}

/** RapidJSON escapes what `JSON.stringify` does, but with capital digits. */
function quotedText(text: string): string {
  const json = JSON.stringify(text);
  if (!json.includes("\\")) return json;
  return json.replace(/\\(?:u00[01][0-9a-f]|.)/g, (escape) =>
    escape.length > 2 ? `\\u${escape.slice(2).toUpperCase()}` : escape,
  );
}

/**
 * A float32 or float64 as the server spells it: with six digits if they read back as it, else with as many as always
 * do; whole numbers end in `.0`.
 */
export function decimalText(value: number, isSingle: boolean): string {
  if (!Number.isFinite(value)) return String(value);
  const short = Number(value.toPrecision(6));
  const isExact = (isSingle ? Math.fround(short) : short) === value;
  const size = Math.abs(short);
  // Where JavaScript and C write no exponent both, they write the same.
  if (isExact && size >= 1e-4 && size < 1e6) return Number.isInteger(short) ? `${short}.0` : String(short);
  const text = generalText(value, isExact ? 6 : isSingle ? 9 : 17);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** C's `%.*g` of a finite number. */
function generalText(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const scientific = value.toExponential(digits - 1);
  const at = scientific.indexOf("e");
  const exponent = Number(scientific.slice(at + 1));
  if (exponent >= -4 && exponent < digits) return withoutZeros(value.toFixed(digits - 1 - exponent));
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${withoutZeros(scientific.slice(0, at))}e${exponent < 0 ? "-" : "+"}${size}`;
}

function withoutZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
