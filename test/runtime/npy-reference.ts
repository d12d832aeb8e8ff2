/*
 * The slow and obvious reader that the real one is held against: one DataView call an element, one index at a time.
 * It reads only headers as NumPy itself writes them.
 */
import { readFileSync } from "node:fs";

/** One element: its bits as a whole number, or the bits of both parts of a complex one. */
export type Bits = readonly bigint[];

/** The shape of a file that NumPy wrote, and the bits of its elements in C order. */
export function slowNpy(file: Uint8Array): {
  readonly shape: readonly number[];
  readonly bits: readonly Bits[];
} {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const long = file[6] !== 1;
  const start = (long ? 12 : 10) + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("latin1").decode(file.subarray(long ? 12 : 10, start));
  const [, order, kind, size] = /'descr': '([<>|])([biufc])(\d+)'/.exec(header) ?? [];
  const shape = [...(/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? "").matchAll(/\d+/g)].map(([digits]) =>
    Number(digits),
  );
  const fortran = header.includes("'fortran_order': True");
  const itemSize = Number(size);
  const parts = kind === "c" ? 2 : 1;
  const part = itemSize / parts;
  const count = shape.reduce((product, length) => product * length, 1);
  const bits = Array.from({ length: count }, (_, flat) => {
    const at = start + (fortran ? fortranIndex(flat, shape) : flat) * itemSize;
    return Array.from({ length: parts }, (_, index) =>
      word(file.subarray(at + index * part, at + (index + 1) * part), order === ">"),
    );
  });
  return { shape, bits };
}

function fortranIndex(flat: number, shape: readonly number[]): number {
  const indices: number[] = [];
  for (const length of shape.toReversed()) {
    indices.unshift(flat % length);
    flat = Math.floor(flat / length);
  }
  let index = 0;
  let stride = 1;
  for (const [axis, length] of shape.entries()) {
    index += (indices[axis] ?? 0) * stride;
    stride *= length;
  }
  return index;
}

function word(bytes: Uint8Array, big: boolean): bigint {
  return (big ? Array.from(bytes) : Array.from(bytes).reverse()).reduce(
    (sum, byte) => sum * 256n + BigInt(byte),
    0n,
  );
}

/** The value of a float16, by its definition (IEEE 754 binary16). */
export function slowHalf(half: number): number {
  const sign = half >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(half / 1024) % 32;
  const fraction = half % 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** One file of the corpus that NumPy wrote, and what it holds. */
export interface CorpusFile {
  readonly file: string;
  readonly group: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly hex?: string;
  readonly texts?: readonly string[];
  readonly descr?: string;
}

const folder = new URL("../fixtures/npy/", import.meta.url);

function readIndex(): {
  valid: readonly CorpusFile[];
  malformed: readonly { file: string; numpy: string }[];
} {
  return JSON.parse(readFileSync(new URL("index.json", folder), "utf8"));
}

/** Files that NumPy wrote or reads, and files that it refuses. */
export const corpus: ReturnType<typeof readIndex> = readIndex();

/** The bytes of a file of the corpus, in an ArrayBuffer of their own. */
export function corpusFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}
