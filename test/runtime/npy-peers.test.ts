import { describe, expect, test } from "vitest";
import { dump, parse } from "npyjs";
import { decodeNpy, encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import { corpus, corpusFile } from "./npy-reference.js";

/** Where npyjs reads files right: C order, little-endian, numbers of 8 to 64 bits, aligned data. */
const shared = corpus.valid.filter(
  ({ group, dtype }) => /^(little-endian|ranks)$/.test(group) && dtype !== "float16",
);

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

describe("npyjs, where it is right", () => {
  test.each(shared)("reads the same in $file", ({ file }) => {
    const { data, shape } = parse(bufferOf(corpusFile(file)));
    const ours = decodeNpy(corpusFile(file));
    expect(ours.shape).toEqual(shape);
    expect(ours.data).toEqual(data);
  });

  test("reads what is written here", () => {
    const data = Float32Array.of(1.5, -0, NaN, Infinity, 0.1, 2 ** -149);
    const file = encodeNpy(ndarray([2, 3], data));
    const read = parse(bufferOf(file));
    expect([read.shape, read.data]).toEqual([[2, 3], data]);
  });

  test("writes what is read here", () => {
    const data = BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n);
    const read = decodeNpy(new Uint8Array(dump(data, [2, 1])));
    expect([read.dtype, read.shape, read.data]).toEqual(["int64", [2, 1], data]);
  });
});
