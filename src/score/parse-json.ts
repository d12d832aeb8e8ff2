/*
 * JSON text comes in, values go out, with what JavaScript's own parser would lose or refuse: whole numbers beyond 2^53
 * are bigints, and NaN and infinities, which Python writes bare, are numbers.
 */
import { randomUUID } from "node:crypto";
import { endOfString } from "./json-text.js";

/** What stands before the digits of a number that is text for a moment; nobody else can know it. */
const mark = `gen-deploy:${randomUUID()}:`;
const longDigits = /(?<![\d.])\d{16,}(?![\d.])/;
const bareTokens = /NaN|Infinity/;
const literals = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])|-?\bInfinity\b|\bNaN\b/g;

/** The value of a JSON text; throws a `SyntaxError` where it is none. */
export function parseJson(text: string): unknown {
  if (longDigits.test(text)) return parseMarked(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (bareTokens.test(text)) return parseMarked(text);
    throw error;
  }
}

function parseMarked(text: string): unknown {
  return JSON.parse(markNumbers(text), (_key, value: unknown) => {
    if (typeof value !== "string" || !value.startsWith(mark)) return value;
    const digits = value.slice(mark.length);
    if (!/\d/.test(digits)) return Number(digits);
    const number = Number(digits);
    return Number.isSafeInteger(number) ? number : BigInt(digits);
  });
}

/** The text with quotes around what is to be read by itself; what stands in strings is left alone. */
function markNumbers(text: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const outside = quote === -1 ? text.slice(at) : text.slice(at, quote);
    pieces.push(outside.replace(literals, (found) => `"${mark}${found}"`));
    if (quote === -1) break;
    const end = endOfString(text, quote);
    pieces.push(end === -1 ? text.slice(quote) : text.slice(quote, end));
    at = end === -1 ? text.length : end;
  }
  return pieces.join("");
}

/** Why a text is no JSON, as a message says it after "is no JSON". */
export function whyNoJson(error: unknown): string {
  const words = error instanceof Error ? error.message : "";
  return words === "" || words.length > 100 || words.includes(mark) ? "" : ` (${words})`;
}
