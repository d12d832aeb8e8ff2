/*
 * Where rows come from, as readers see it, and its text piece by piece: no more of it is held than the longest line.
 */
import { isUtf8 } from "node:buffer";
import { GenDeployError } from "../gen-deploy-error.js";

/** A file, or standard input. */
export interface InputBytes {
  /** For messages. */
  readonly name: string;
  /** How many bytes there are, or null where nobody knows. */
  readonly size: number | null;
  /** All of it from the beginning; of standard input once. */
  stream(): AsyncIterable<Uint8Array>;
  /** The bytes from `start` up to `end`; null where they come but once and in order. */
  readonly slice: ((start: number, end: number) => Promise<Uint8Array>) | null;
}

/** Counts the bytes that go through, for the time left. */
export interface CountedBytes {
  readonly pieces: AsyncIterable<Uint8Array>;
  read(): number;
}

/** `pieces`, and how many bytes of them were read. */
export function countBytes(pieces: AsyncIterable<Uint8Array>): CountedBytes {
  let count = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      count += piece.byteLength;
      yield piece;
    }
  }
  return { pieces: counted(), read: () => count };
}

/** The text of UTF-8, or of UTF-16 with a byte order mark; without that mark. Throws `rows/not-utf8`. */
export async function* textOf(pieces: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  let rest: Uint8Array = new Uint8Array();
  let decode: ((bytes: Uint8Array) => string) | undefined;
  for await (const piece of pieces) {
    const bytes = rest.byteLength === 0 ? piece : Buffer.concat([rest, piece]);
    if (decode === undefined) {
      if (bytes.byteLength < longestMark) {
        rest = bytes;
        continue;
      }
      decode = decoderOf(bytes, name);
    }
    const end = lastWhole(bytes);
    rest = bytes.subarray(end);
    const text = decode(bytes.subarray(0, end));
    if (text !== "") yield text;
  }
  const text = (decode ?? decoderOf(rest, name))(rest);
  if (text !== "") yield text;
}

const longestMark = 3;

/** What decodes pieces that end with a character, from the first on, which is `first`. */
function decoderOf(first: Uint8Array, name: string): (bytes: Uint8Array) => string {
  const wide =
    first[0] === 0xff && first[1] === 0xfe
      ? "utf-16le"
      : first[0] === 0xfe && first[1] === 0xff
        ? "utf-16be"
        : undefined;
  if (wide !== undefined) {
    const decoder = new TextDecoder(wide);
    return (bytes) => decoder.decode(bytes, { stream: true });
  }
  let at = 0;
  return (bytes) => {
    if (!isUtf8(bytes)) {
      throw new GenDeployError(
        "rows/not-utf8",
        `${name} holds bytes after byte ${at} that are no UTF-8 text.`,
        {
          hint: "Save the file as UTF-8: spreadsheets call it CSV UTF-8.",
        },
      );
    }
    const isMarked = at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    at += bytes.byteLength;
    const { buffer, byteOffset, byteLength } = isMarked ? bytes.subarray(longestMark) : bytes;
    return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  };
}

/** Where the last character ends that is whole, as far as UTF-8 goes. */
function lastWhole(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte < 0xc0) continue;
    const due = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return due > back ? length - back : length;
  }
  return length;
}
