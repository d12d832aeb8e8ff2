import { DeploymentError, shown } from "../errors.js";

/** A run of a reply's bytes: the inside of a JSON string without escapes, or a flat JSON array of numbers. */
export interface PayloadSlice {
  readonly kind: "string" | "numbers";
  readonly bytes: Uint8Array;
  /** First byte inside the quotes or brackets. */
  readonly start: number;
  /** First byte after them. */
  readonly end: number;
}

/** Finds the long payloads of a JSON text, in their order. */
export type FindPayloads = (bytes: Uint8Array) => readonly PayloadSlice[];

/**
 * A JSON reply whose long strings and long arrays of numbers are still bytes: they stand in `root` as opaque
 * stand-ins, and `JSON.parse` has not seen them.
 */
export interface ReplyDocument {
  readonly root: unknown;
  /** The bytes behind a stand-in, or undefined where `value` is an ordinary value. */
  payload(value: unknown): PayloadSlice | undefined;
  /** `value` as text, whether it is a string or stands for one; undefined where it is neither. */
  text(value: unknown): string | undefined;
}

/**
 * `bytes` as the JSON document that they hold (RFC 8259; a byte order mark is passed over); else `bad-reply`. Without
 * `findPayloads` all of it is text to `JSON.parse`.
 */
export function parseReply(bytes: Uint8Array, findPayloads: FindPayloads = () => []): ReplyDocument {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const payloads = findPayloads(bytes);
  // A new name for each reply: no deployment can write a stand-in of its own, whatever it has seen before.
  const name = payloads.length === 0 ? undefined : `${randomHex()}:`;

  function payload(value: unknown): PayloadSlice | undefined {
    if (name === undefined || typeof value !== "string" || !value.startsWith(name)) return undefined;
    return payloads[Number(value.slice(name.length))];
  }

  return {
    root: parseEnvelope(bytes, { start, payloads, name }),
    payload,
    text(value) {
      const slice = payload(value);
      if (slice === undefined) return typeof value === "string" ? value : undefined;
      return slice.kind === "string" ? sliceText(slice) : undefined;
    },
  };
}

interface Envelope {
  readonly start: number;
  readonly payloads: readonly PayloadSlice[];
  readonly name: string | undefined;
}

function parseEnvelope(bytes: Uint8Array, { start, payloads, name }: Envelope): unknown {
  let text = "";
  let at = start;
  for (const [index, slice] of payloads.entries()) {
    // A string keeps its quotes, an array loses its brackets to them.
    const outside = slice.kind === "string" ? 0 : 1;
    text += decodeUtf8(bytes.subarray(at, slice.start - outside));
    text += outside === 0 ? `${name}${index}` : `"${name}${index}"`;
    at = slice.end + outside;
  }
  text += decodeUtf8(bytes.subarray(at));
  try {
    return JSON.parse(text);
  } catch {
    // The platform's own error quotes the text at any length; what it says is said here.
    throw new DeploymentError("bad-reply", `The reply is ${described(text)}, not JSON.`);
  }
}

function described(text: string): string {
  return text.trim() === "" ? "empty" : shown(text);
}

/** The text between the quotes of a string that was cut out. */
function sliceText({ bytes, start, end }: PayloadSlice): string {
  const text = decodeUtf8(bytes.subarray(start, end));
  // JSON.parse refuses these, and so must whoever reads in its place.
  if (/[\u0000-\u001f]/.test(text)) {
    throw new DeploymentError(
      "bad-reply",
      `The reply has the text ${shown(text)}, with a bare control character.`,
    );
  }
  return text;
}

const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new DeploymentError("bad-reply", `The reply's ${bytes.byteLength} bytes are not UTF-8.`, { cause });
  }
}

function randomHex(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
