import type { PayloadSlice } from "./reply-document.js";

/*
 * In: the bytes of a JSON text, not yet known to be one. Out: where its long payloads are. Nothing is decoded, and
 * nothing is judged beyond what a cut needs: what is left after cutting is well-formed only if the whole was.
 */

/** Shorter strings and arrays are left to `JSON.parse`. */
const payloadSize = 1024;

const quote = 0x22;
const backslash = 0x5c;

/** The long strings without escapes and the long flat arrays of numbers of a JSON text, in their order; no keys. */
export function findPayloads(bytes: Uint8Array): readonly PayloadSlice[] {
  const found: PayloadSlice[] = [];
  const searched = searchable(bytes);
  const run = findLongRun(searched);
  if (run === undefined) return found;
  // One payload may be nearly all of a reply, which is not searched once more for the end that is known.
  const nextQuote = (from: number): number =>
    from >= run.start && from <= run.end ? run.end : indexOrEnd(searched, quote, from);
  let nextBackslash = indexOrEnd(searched, backslash, 0);
  let at = 0;
  while (at < bytes.length) {
    const open = nextQuote(at);
    if (open - at >= payloadSize) findNumbers(bytes, { start: at, end: open }, found);
    if (open === bytes.length) break;
    const start = open + 1;
    let end = nextQuote(start);
    if (nextBackslash < start) nextBackslash = indexOrEnd(searched, backslash, start);
    if (nextBackslash < end) end = endOfEscapedString(bytes, nextBackslash);
    else if (end - start >= payloadSize && !isKey(bytes, end + 1))
      found.push({ kind: "string", bytes, start, end });
    at = end + 1;
  }
  return found;
}

/** The first run without quotes that may be long enough to matter: one look for each half of the least size. */
function findLongRun(bytes: Uint8Array): { readonly start: number; readonly end: number } | undefined {
  const step = payloadSize / 2;
  for (let at = 0; at + step <= bytes.length; at += step) {
    const end = indexOrEnd(bytes, quote, at);
    if (end >= at + step) return { start: at === 0 ? 0 : bytes.lastIndexOf(quote, at - 1) + 1, end };
  }
  return undefined;
}

/** The closing quote of a string whose first backslash is at `escape`. */
function endOfEscapedString(bytes: Uint8Array, escape: number): number {
  let at = escape;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

/** Arrays in a stretch without strings that hold nothing but numbers. */
function findNumbers(bytes: Uint8Array, within: { start: number; end: number }, found: PayloadSlice[]): void {
  let at = within.start;
  while (at < within.end) {
    if (bytes[at] !== 0x5b) {
      at += 1;
      continue;
    }
    const start = at + 1;
    at = endOfNumbers(bytes, start, within.end);
    if (bytes[at] === 0x5d && at - start >= payloadSize && !isKey(bytes, at + 1)) {
      found.push({ kind: "numbers", bytes, start, end: at });
    }
  }
}

/** 1 for every byte that an array of numbers can hold between its brackets. */
const inNumbers: Uint8Array = new Uint8Array(256);
for (const character of "0123456789+-.eE, \t\n\r") inNumbers[character.charCodeAt(0)] = 1;

function endOfNumbers(bytes: Uint8Array, start: number, limit: number): number {
  let at = start;
  while (at < limit && inNumbers[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

/** Whether a colon follows: then what came before it stands where only a key may stand. */
function isKey(bytes: Uint8Array, after: number): boolean {
  let at = after;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return bytes[at] === 0x3a;
}

/** The same bytes, as a Buffer where there is one: its search is about five times as fast. */
function searchable(bytes: Uint8Array): Uint8Array {
  if (typeof globalThis.Buffer !== "function") return bytes;
  return globalThis.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? bytes.length : at;
}
