import type { Payload } from "../json/body.js";
import { DeploymentError } from "../errors.js";
import { bufferBase64, decodeLastGroup, nativeBase64, tableBase64 } from "./base64-platform.js";
import type { Base64Platform } from "./base64-platform.js";

/**
 * Raw bytes in a chunk. Its 64 KB of text stay a small string on every engine, which is what makes base64 fast; whole
 * groups of 3 bytes make whole groups of 4 characters.
 */
const rawChunk = 48 * 1024;
const textChunk = 64 * 1024;

const platform: Base64Platform = bufferBase64() ?? nativeBase64() ?? tableBase64;

/** Number of characters of the base64 text of `byteLength` bytes, padding included (RFC 4648 §4). */
export function base64Length(byteLength: number): number {
  return Math.ceil(byteLength / 3) * 4;
}

/** Writes the base64 text of `bytes`, padded, into `target` from `offset` on; returns the offset behind it. */
export function encodeBase64Into(bytes: Uint8Array, target: Uint8Array, offset: number): number {
  for (let at = 0; at < bytes.length; at += rawChunk) {
    platform.encodeInto(bytes.subarray(at, at + rawChunk), target, offset + base64Length(at));
  }
  return offset + base64Length(bytes.length);
}

/** The base64 text of `bytes`, padded (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += rawChunk)
    text += platform.encode(bytes.subarray(at, at + rawChunk));
  return text;
}

/**
 * The base64 text of `parts` put together, as bytes for a body. The parts are neither copied nor encoded until
 * they are sent, and must not change before.
 */
export function base64Payload(parts: readonly Uint8Array[]): Payload {
  const byteLength = base64Length(parts.reduce((sum, part) => sum + part.length, 0));
  return {
    byteLength,
    writeTo(target, offset) {
      let at = offset;
      for (const run of runs(parts)) at = encodeBase64Into(run, target, at);
    },
    *chunks(room) {
      let left = byteLength;
      let text: Uint8Array = new Uint8Array(0);
      let filled = 0;
      for (const run of runs(parts)) {
        if (filled + base64Length(run.length) > text.length) {
          if (filled > 0) yield text.subarray(0, filled);
          left -= filled;
          // A room is for pieces of 64 KB or more.
          text = room !== undefined && left >= textChunk ? room() : new Uint8Array(Math.min(left, textChunk));
          filled = 0;
        }
        filled = encodeBase64Into(run, text, filled);
      }
      if (filled > 0) yield text.subarray(0, filled);
    },
  };
}

/** The bytes of `parts` in runs of at most a chunk, all but the last of them whole groups of 3. */
function* runs(parts: readonly Uint8Array[]): Generator<Uint8Array, void, undefined> {
  let group: number[] = [];
  for (const part of parts) {
    let at = 0;
    while (group.length > 0 && group.length < 3 && at < part.length) group.push(part[at++] ?? 0);
    if (group.length === 3) {
      yield Uint8Array.from(group);
      group = [];
    }
    if (at === part.length) continue;
    const end = part.length - ((part.length - at) % 3);
    for (; at < end; at += rawChunk) yield part.subarray(at, Math.min(at + rawChunk, end));
    group = Array.from(part.subarray(end));
  }
  if (group.length > 0) yield Uint8Array.from(group);
}

/**
 * The bytes that `text` stands for, in an ArrayBuffer of their own from its beginning. `text` is a string or the bytes
 * of one. Throws `bad-base64` unless it is the standard alphabet in whole groups, padded, the bits left over zero
 * (RFC 4648 §3.2, §3.3, §3.5, §4).
 */
export function decodeBase64(text: Uint8Array | string): Uint8Array {
  return decodeBase64With(platform, text);
}

/** `decodeBase64` by a given way. */
export function decodeBase64With(way: Base64Platform, text: Uint8Array | string): Uint8Array {
  const { length } = text;
  if (length % 4 !== 0) {
    throw new DeploymentError(
      "bad-base64",
      `The base64 text has ${length} characters, expected a multiple of 4.`,
    );
  }
  if (length === 0) return new Uint8Array();
  const last = decodeLastGroup(textBytes(text, length - 4, length));
  if (last === undefined) throw garbage(length - 4, length);
  const whole = (length / 4 - 1) * 3;
  const bytes = way.allocate(whole + last.length);
  for (let at = 0; at < length - 4; at += textChunk) {
    const end = Math.min(at + textChunk, length - 4);
    const target = bytes.subarray((at / 4) * 3, (end / 4) * 3);
    if (!way.decodeInto(textBytes(text, at, end), target)) throw garbage(at, end);
  }
  bytes.set(last, whole);
  return bytes;
}

const encoder = new TextEncoder();

/** The characters from `start` to `end` as bytes; what is not ASCII becomes what is not base64 either. */
function textBytes(text: Uint8Array | string, start: number, end: number): Uint8Array {
  if (typeof text !== "string") return text.subarray(start, end);
  const bytes = encoder.encode(text.slice(start, end));
  // More bytes than characters: something is not ASCII, and zeros are refused as that must be.
  return bytes.length === end - start ? bytes : new Uint8Array(end - start);
}

function garbage(start: number, end: number): DeploymentError {
  return new DeploymentError(
    "bad-base64",
    `The base64 text has something else between characters ${start} and ${end}, expected only A-Z, a-z, 0-9, + and /.`,
  );
}
