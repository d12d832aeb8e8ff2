import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { allocate, isNumeric, storageByDtype } from "../../src/runtime/src/arrays/dtype-storage.js";
import { narrowToHalf, roundToHalf, widenHalf } from "../../src/runtime/src/arrays/float16.js";
import { decodeNpy, encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { createNdArray } from "../../src/runtime/src/arrays/nd-array.js";
import type { NdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { corpus, corpusFile, slowHalf, slowNpy } from "./npy-reference.js";

const dtypes = [
  "bool",
  ...(["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const),
  ...(["float16", "float32", "float64", "complex64", "complex128"] as const),
] as const;

/** Arrays of every numeric dtype with any bits, but for float16, whose words need not be held as such. */
const arrays = fc
  .tuple(fc.constantFrom(...dtypes), fc.array(fc.nat(4), { maxLength: 5 }), fc.infiniteStream(fc.nat(255)))
  .map(([dtype, shape, bytes]): NdArray => {
    const count = shape.reduce((product, length) => product * length, 1);
    const data = allocate(dtype, count * storageByDtype[dtype].parts);
    const raw = new Uint8Array(data.buffer);
    for (let i = 0; i < raw.length; i += 1) raw[i] = (bytes.next().value ?? 0) & (dtype === "bool" ? 1 : 255);
    if (dtype === "float16") for (let i = 0; i < data.length; i += 1) data[i] = slowHalf((raw[i] ?? 0) * 257);
    return createNdArray(dtype, shape, data);
  });

function bytesOf({ data }: NdArray): Uint8Array {
  if (!("buffer" in data)) throw new Error("expected a typed array");
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** What `decodeNpy` says of bytes: an array, or that they are no file; anything else is a fault of its own. */
function attempt(bytes: Uint8Array): NdArray | undefined {
  try {
    return decodeNpy(bytes);
  } catch (error) {
    if (isDeploymentError(error, "bad-npy")) return undefined;
    throw error;
  }
}

describe("properties of .npy", () => {
  test("what was written is read again, bit for bit, and writing changes nothing", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const before = Uint8Array.from(bytesOf(array));
        const read = decodeNpy(encodeNpy(array));
        expect(bytesOf(array)).toEqual(before);
        expect([read.dtype, read.shape]).toEqual([array.dtype, array.shape]);
        if (array.dtype === "float16") expect(read.data).toEqual(array.data);
        else expect(bytesOf(read)).toEqual(before);
      }),
    );
  });

  test("the slow reader sees the same elements in what was written", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const { shape, bits } = slowNpy(encodeNpy(array));
        expect(shape).toEqual(array.shape);
        if (array.dtype === "float16") {
          expect(bits.map(([half]) => slowHalf(Number(half)))).toEqual([...array.data]);
          return;
        }
        const { itemSize } = storageByDtype[isNumeric(array.dtype) ? array.dtype : "bool"];
        const raw = bytesOf(array);
        const parts = bits.flat().map((word) => word.toString(16));
        const partSize = parts.length === 0 ? itemSize : raw.length / parts.length;
        const want = parts.map((_, index) => {
          const part = Array.from(raw.subarray(index * partSize, (index + 1) * partSize)).reverse();
          return part.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n).toString(16);
        });
        expect(parts).toEqual(want);
      }),
    );
  });

  const canonical = corpus.valid.filter(({ group }) => /endian|fortran|complex|ranks|formats/.test(group));
  test.each(canonical)("the slow reader agrees on $file", ({ file }) => {
    const bytes = corpusFile(file);
    const { shape, bits } = slowNpy(bytes);
    const again = slowNpy(encodeNpy(decodeNpy(bytes)));
    expect(again).toEqual({ shape, bits });
  });

  test("every prefix of a file is refused", () => {
    for (const name of [
      "valid/little-f4.npy",
      "valid/U.npy",
      "valid/structured.npy",
      "valid/fortran-i8.npy",
    ]) {
      const bytes = corpusFile(name);
      for (let length = 0; length < bytes.length; length += 1)
        expect(attempt(bytes.subarray(0, length))).toBeUndefined();
      expect(attempt(bytes)).toBeDefined();
    }
  });

  test("damaged files are read or refused, nothing else, and give no more than they hold", () => {
    const files = corpus.valid.map(({ file }) => corpusFile(file)).filter(({ length }) => length < 600);
    const damage = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...files), damage, (file, changes) => {
        const bytes = Uint8Array.from(file);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const before = Uint8Array.from(bytes);
        const array = attempt(bytes);
        expect(bytes).toEqual(before);
        // Half floats may take twice their room.
        if (array !== undefined && "buffer" in array.data)
          expect(bytesOf(array).length).toBeLessThanOrEqual(2 * bytes.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("any bytes behind a true beginning are read or refused, nothing else", () => {
    const rest = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: "binary", maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3), rest, (version, header) => {
        const start = version === 1 ? 10 : 12;
        const bytes = new Uint8Array(start + header.length);
        bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, header.length]);
        bytes.set(header, start);
        expect(attempt(bytes)).toBeUndefined();
      }),
    );
  });
});

describe("float16", () => {
  const words = Array.from({ length: 0x10000 }, (_, half) => half);
  const singles = new Float32Array(Uint32Array.from(words, widenHalf).buffer);

  test("all words widen to the value that they stand for, and come back", () => {
    expect(Array.from(singles)).toEqual(words.map(slowHalf));
    expect(words.map((half) => narrowToHalf(widenHalf(half)))).toEqual(words);
    expect(words.map(slowHalf).map(roundToHalf)).toEqual(words.map(slowHalf));
  });

  test("numbers go to the nearest half, ties to even", () => {
    const finite = words.filter((half) => half < 0x7c00).map(slowHalf);
    const nearest = (value: number): number => {
      const size = Math.abs(value);
      // Where the next half would be if there were no infinity, so that it rounds like the others.
      const candidates = [...finite, 65536].map((half) => Math.abs(half - size));
      const least = candidates.reduce((a, b) => Math.min(a, b));
      const best = candidates.flatMap((distance, half) => (distance === least ? [half] : []));
      const half = best.find((index) => index % 2 === 0) ?? best[0] ?? 0;
      return Math.sign(value) * (half === 0x7c00 ? Infinity : (finite[half] ?? 0));
    };
    const halves = fc
      .integer({ min: 0, max: 0x7bff })
      .map((half) => (slowHalf(half) + (half === 0x7bff ? 65536 : slowHalf(half + 1))) / 2);
    fc.assert(
      fc.property(
        fc.oneof(
          halves,
          fc.double({ noNaN: true, min: -7e4, max: 7e4 }),
          fc.float({ noNaN: true, min: 0, max: 2 ** -12 }),
        ),
        (value) => {
          expect(roundToHalf(value) + 0).toBe(nearest(value) + 0);
          const single = Math.fround(value);
          const bits = new Uint32Array(Float32Array.of(single).buffer)[0] ?? 0;
          expect(slowHalf(narrowToHalf(bits)) + 0).toBe(nearest(single) + 0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("special numbers keep their kind", () => {
    expect([0, -0, Infinity, -Infinity, NaN].map(roundToHalf)).toEqual([0, -0, Infinity, -Infinity, NaN]);
    expect(narrowToHalf(0x7f800001)).toBe(0x7c01);
    expect(narrowToHalf(0xffa00001)).toBe(0xfd00);
  });
});
