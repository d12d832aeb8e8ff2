/*
 * In: a seed and values as rows hold them when they are decoded. Out: another seed, the same on every platform and in
 * every run, whatever way the values came. What is drawn from seeds stands in seed.ts.
 */
import { typedArrayTag } from "../arrays/dtype-storage.js";
import { createSeedHash } from "./seed-hash.js";
import type { Seed, SeedHash } from "./seed-hash.js";

export type { Seed } from "./seed-hash.js";

/** What stands before each kind of value, so that no two of different kinds are alike. */
const tags = {
  nothing: 1,
  null: 2,
  false: 3,
  true: 4,
  number: 5,
  bigint: 6,
  text: 7,
  bytes: 8,
  list: 9,
  object: 10,
  elements: 11,
} as const;

/** Whether this machine puts the low byte first. */
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Where numbers are taken apart: making room for each of them would cost more than all the rest. */
const scratch = new Float64Array(1);
const scratchWords = new Uint32Array(scratch.buffer);

/** The seed that a setting stands for: 7 and "7" are the same, as command lines know text alone. */
export function toSeed(given: number | string | Seed): Seed {
  return typeof given === "object" ? given : hashValue([0, 0, 0, 0], String(given));
}

/**
 * The seed that follows from `seed` and `value`: numbers, bigints, text, booleans, null, typed arrays, lists, and
 * objects by their own enumerable members in any order, those that are undefined left out. Equal values give equal
 * seeds: NaN is equal to NaN, and -0 is not 0.
 */
export function hashValue(seed: number | string | Seed, value: unknown): Seed {
  const hash = createSeedHash(toSeed(seed));
  addValue(hash, value);
  return hash.finish();
}

function addValue(hash: SeedHash, value: unknown): void {
  switch (typeof value) {
    case "number":
      hash.word(tags.number);
      return addDouble(hash, value);
    case "string":
      hash.word(tags.text);
      return addText(hash, value);
    case "boolean":
      return hash.word(value ? tags.true : tags.false);
    case "bigint":
      hash.word(tags.bigint);
      return addText(hash, value.toString(16));
    case "object":
      return value === null ? hash.word(tags.null) : addObject(hash, value);
    default:
      return hash.word(tags.nothing);
  }
}

/** Its UTF-16 code units, two in a word. */
function addText(hash: SeedHash, text: string): void {
  hash.word(text.length);
  for (let at = 0; at < text.length; at += 2) {
    hash.word(text.charCodeAt(at) | (at + 1 < text.length ? text.charCodeAt(at + 1) << 16 : 0));
  }
}

function addObject(hash: SeedHash, value: object): void {
  if (value instanceof ArrayBuffer) return addElements(hash, new Uint8Array(value), "Uint8Array");
  const tag = typedArrayTag(value);
  if (tag !== undefined && ArrayBuffer.isView(value)) return addElements(hash, value, tag);
  if (Array.isArray(value)) {
    hash.word(tags.list);
    hash.word(value.length);
    for (const item of value) addValue(hash, item);
    return;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  // By code units, which no locale has a say in.
  if (members.length > 1) members.sort(([left], [right]) => (left < right ? -1 : 1));
  hash.word(tags.object);
  hash.word(members.length);
  for (const [name, member] of members) {
    addText(hash, name);
    addValue(hash, member);
  }
}

function addElements(hash: SeedHash, view: ArrayBufferView, tag: string): void {
  const { buffer, byteOffset, byteLength } = view;
  // Half floats are held as single ones where the platform has no array for them.
  if (tag === "Float16Array" && "length" in view) {
    return addElements(hash, Float32Array.from(Object.values(view), Number), "Float32Array");
  }
  hash.word(tags.elements);
  addText(hash, tag === "Uint8ClampedArray" ? "Uint8Array" : tag);
  hash.word(byteLength);
  const bytesInElement = "BYTES_PER_ELEMENT" in view ? Number(view.BYTES_PER_ELEMENT) : 1;
  if (tag === "Float64Array") {
    for (const value of new Float64Array(buffer, byteOffset, byteLength / 8)) addDouble(hash, value);
  } else if (bytesInElement === 8) {
    const words = new Uint32Array(buffer, byteOffset, byteLength / 4);
    for (let at = 0; at < words.length; at += 2) {
      hash.word(words[littleEndian ? at : at + 1] ?? 0);
      hash.word(words[littleEndian ? at + 1 : at] ?? 0);
    }
  } else if (bytesInElement === 4) {
    const isFloat = tag === "Float32Array";
    for (const word of new Uint32Array(buffer, byteOffset, byteLength / 4)) {
      hash.word(isFloat && (word & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : word);
    }
  } else if (bytesInElement === 2) {
    for (const half of new Uint16Array(buffer, byteOffset, byteLength / 2)) hash.word(half);
  } else {
    addBytes(hash, new Uint8Array(buffer, byteOffset, byteLength));
  }
}

/** Four bytes in a word. */
function addBytes(hash: SeedHash, bytes: Uint8Array): void {
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    hash.word(low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24));
  }
  for (const byte of bytes.subarray(whole)) hash.word(byte);
}

/** Its bits, every NaN alike, the lower word first. */
function addDouble(hash: SeedHash, value: number): void {
  if (Number.isNaN(value)) {
    hash.word(0);
    hash.word(0x7ff80000);
    return;
  }
  scratch[0] = value;
  hash.word(scratchWords[littleEndian ? 0 : 1] ?? 0);
  hash.word(scratchWords[littleEndian ? 1 : 0] ?? 0);
}
