import { describe, expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { NdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { decodeNpy, npyPayloadParts } from "../../src/runtime/src/arrays/npy.js";
import { corpus, corpusFile, slowHalf } from "./npy-reference.js";

function hexOf(array: NdArray): string {
  const { data } = array;
  // Where float16 elements are held as float32, writing them gives their words back; their values are tested below.
  const bytes = "buffer" in data && array.dtype !== "float16" ? data : npyPayloadParts(array)[1];
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

function withOffset(file: Uint8Array, offset: number): Uint8Array {
  const room = new Uint8Array(file.length + offset + 3).fill(0x5a);
  room.set(file, offset);
  return room.subarray(offset, offset + file.length);
}

describe("files that NumPy wrote or reads", () => {
  test("the corpus has every file of the table", () => {
    expect(corpus.valid.filter(({ group }) => group !== "more")).toHaveLength(66);
    expect(corpus.malformed.length).toBeGreaterThanOrEqual(24);
  });

  for (const want of corpus.valid) {
    test.each([0, 1, 4])(`${want.group}: ${want.file} at offset %i`, (offset) => {
      const file = withOffset(corpusFile(want.file), offset);
      const before = Uint8Array.from(file);
      const array = decodeNpy(file);
      expect({ dtype: array.dtype, shape: array.shape }).toEqual({ dtype: want.dtype, shape: want.shape });
      if (want.texts === undefined) expect(hexOf(array)).toBe(want.hex);
      else expect(array.data).toEqual(want.texts);
      expect(array.descr).toBe(want.descr);
      expect(file).toEqual(before);
    });
  }

  test("float16 values", () => {
    for (const name of ["little-f2", "big-f2", "fortran-f2"]) {
      const want = corpus.valid.find(({ file }) => file === `valid/${name}.npy`);
      const words = new Uint16Array(Uint8Array.from(Buffer.from(want?.hex ?? "", "hex")).buffer);
      const { data } = decodeNpy(corpusFile(`valid/${name}.npy`));
      expect(Array.from<unknown>(data)).toEqual(Array.from(words, slowHalf));
    }
  });
});

describe("files that NumPy refuses", () => {
  test.each(corpus.malformed)("$file", ({ file }) => {
    const bytes = corpusFile(file);
    let error: unknown;
    try {
      decodeNpy(bytes);
    } catch (thrown) {
      error = thrown;
    }
    expect(isDeploymentError(error, "bad-npy"), String(error)).toBe(true);
    expect(error).toHaveProperty("message", expect.stringMatching(/^The \.npy .*[.]$/s));
  });
});
