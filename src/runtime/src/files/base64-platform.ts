/*
 * The three ways to base64: Node's Buffer, the methods of newer Uint8Arrays, and a table. All give the same bytes and
 * refuse the same text; the first that the platform has is the fastest there.
 */

/** One way to encode and decode a chunk. */
export interface Base64Platform {
  /** Writes the base64 text of `bytes`, padded, into `target` from `offset` on. */
  encodeInto(bytes: Uint8Array, target: Uint8Array, offset: number): void;
  /** The base64 text of `bytes`, padded. */
  encode(bytes: Uint8Array): string;
  /**
   * Decodes `text`, whole groups of four without padding, into `target`, which has just the room for it.
   * False where `text` has anything but the standard alphabet (RFC 4648 §4); `target` is then undefined.
   */
  decodeInto(text: Uint8Array, target: Uint8Array): boolean;
  /** Memory in an ArrayBuffer of its own, for bytes that will all be written. */
  allocate(length: number): Uint8Array;
}

const minus = 0x2d;
const underscore = 0x5f;

interface NodeBuffer {
  indexOf(byte: number): number;
  toString(encoding: "base64" | "latin1"): string;
  write(text: string, offset: number, encoding: "base64" | "latin1"): number;
}

interface NodeBufferConstructor {
  from(buffer: ArrayBufferLike, byteOffset: number, length: number): NodeBuffer;
  allocUnsafeSlow(length: number): { readonly buffer: ArrayBufferLike };
}

function hasBuffer(value: unknown): value is NodeBufferConstructor {
  return typeof value === "function" && "from" in value && "allocUnsafeSlow" in value;
}

/** Node's Buffer, or undefined where there is none. */
export function bufferBase64(): Base64Platform | undefined {
  const Buffer: unknown = Reflect.get(globalThis, "Buffer");
  if (!hasBuffer(Buffer)) return undefined;
  const over = (bytes: Uint8Array): NodeBuffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    encodeInto: (bytes, target, offset) =>
      void over(target).write(over(bytes).toString("base64"), offset, "latin1"),
    encode: (bytes) => over(bytes).toString("base64"),
    decodeInto(text, target) {
      const characters = over(text);
      // Buffer takes the URL alphabet too, and passes over whatever else it does not know.
      if (characters.indexOf(minus) !== -1 || characters.indexOf(underscore) !== -1) return false;
      return over(target).write(characters.toString("latin1"), 0, "base64") === target.length;
    },
    // Without zeros in it, which cost a tenth of the time.
    allocate: (length) => new Uint8Array(Buffer.allocUnsafeSlow(length).buffer),
  };
}

interface NativeBytes extends Uint8Array {
  toBase64(): string;
  setFromBase64(text: string): { readonly read: number; readonly written: number };
}

function hasNative(bytes: Uint8Array): bytes is NativeBytes {
  return "toBase64" in bytes && "setFromBase64" in bytes;
}

/** The methods of Uint8Array itself (ES2026), or undefined where it lacks them. */
export function nativeBase64(): Base64Platform | undefined {
  if (!hasNative(new Uint8Array())) return undefined;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("latin1");
  const encode = (bytes: Uint8Array): string => {
    // A Buffer has a `toString` of its own but the same prototype above it, so the methods are there too.
    return hasNative(bytes) ? bytes.toBase64() : "";
  };
  return {
    encodeInto: (bytes, target, offset) => void encoder.encodeInto(encode(bytes), target.subarray(offset)),
    encode,
    decodeInto(text, target) {
      try {
        return hasNative(target) && target.setFromBase64(decoder.decode(text)).written === target.length;
      } catch (error) {
        if (error instanceof SyntaxError) return false;
        throw error;
      }
    },
    allocate: (length) => new Uint8Array(length),
  };
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const codes = Uint8Array.from(alphabet, (character) => character.charCodeAt(0));
const unknown = 0x40;
/** The six bits of each character, by its code. */
const values = new Uint8Array(256).fill(unknown);
for (const [value, code] of codes.entries()) values[code] = value;
const padding = 0x3d;

function encodeInto(bytes: Uint8Array, target: Uint8Array, offset: number): void {
  let out = offset;
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    target[out] = codes[group >> 18] ?? 0;
    target[out + 1] = codes[(group >> 12) & 63] ?? 0;
    target[out + 2] = codes[(group >> 6) & 63] ?? 0;
    target[out + 3] = codes[group & 63] ?? 0;
    out += 4;
  }
  const rest = bytes.length % 3;
  if (rest > 0) target[out - 1] = padding;
  if (rest === 1) target[out - 2] = padding;
}

function decodeInto(text: Uint8Array, target: Uint8Array): boolean {
  let seen = 0;
  for (let at = 0, out = 0; at < text.length; at += 4, out += 3) {
    const a = values[text[at] ?? 0] ?? unknown;
    const b = values[text[at + 1] ?? 0] ?? unknown;
    const c = values[text[at + 2] ?? 0] ?? unknown;
    const d = values[text[at + 3] ?? 0] ?? unknown;
    seen |= a | b | c | d;
    target[out] = (a << 2) | (b >> 4);
    target[out + 1] = (b << 4) | (c >> 2);
    target[out + 2] = (c << 6) | d;
  }
  return seen < unknown;
}

/** Plain JavaScript, right everywhere. */
export const tableBase64: Base64Platform = {
  encodeInto,
  encode(bytes) {
    const target = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
    encodeInto(bytes, target, 0);
    return new TextDecoder("latin1").decode(target);
  },
  decodeInto,
  allocate: (length) => new Uint8Array(length),
};

/**
 * The bytes of the last group of base64 text, which may be padded, or undefined where it is not base64: also where
 * bits that the padding leaves over are not zero (RFC 4648 §3.5).
 */
export function decodeLastGroup(text: Uint8Array): Uint8Array | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = text;
  const padded = d !== padding ? 0 : c !== padding ? 1 : 2;
  const group = Uint8Array.of(a, b, padded === 2 ? 0x41 : c, padded > 0 ? 0x41 : d);
  const bytes = new Uint8Array(3);
  if (text.length !== 4 || !decodeInto(group, bytes)) return undefined;
  const whole = bytes.subarray(0, 3 - padded);
  return bytes.subarray(3 - padded).some((byte) => byte !== 0) ? undefined : whole;
}
