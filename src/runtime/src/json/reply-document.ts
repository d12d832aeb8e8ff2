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

/** What makes a document of a reply's bytes; `bad-reply` where they hold none. */
export type ParseReply = (bytes: Uint8Array) => ReplyDocument;

/**
 * A JSON reply. Its long strings and long arrays of numbers may still be bytes: they stand in `root` as opaque
 * stand-ins, and `JSON.parse` has not seen them.
 */
export interface ReplyDocument {
  readonly root: unknown;
  /** The bytes behind a stand-in, or undefined where `value` is an ordinary value. */
  payload(value: unknown): PayloadSlice | undefined;
  /** `value` as text, whether it is a string or stands for one; undefined where it is neither. */
  text(value: unknown): string | undefined;
}

/** The document in `bytes` (RFC 8259; a byte order mark is passed over), without stand-ins; else `bad-reply`. */
export function parsePlainReply(bytes: Uint8Array): ReplyDocument {
  return {
    root: parseJson(decodeUtf8(bytes.subarray(startOf(bytes)))),
    payload: () => undefined,
    text: (value) => (typeof value === "string" ? value : undefined),
  };
}

/** Where the text begins: behind a byte order mark. */
export function startOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The value of a JSON text; `bad-reply` where it is none. */
export function parseJson(text: string): unknown {
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

const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `bytes` as text; `bad-reply` where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new DeploymentError("bad-reply", `The reply's ${bytes.byteLength} bytes are not UTF-8.`, { cause });
  }
}
