import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import type { NdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { decodeNpy, encodeNpy, npyPayloadParts } from "../../src/runtime/src/arrays/npy.js";
import { corpusFile } from "./npy-reference.js";

function file(header: string, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = Buffer.from(header, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Uint8Array.from(Buffer.concat([Buffer.from("\x93NUMPY\x02\0", "latin1"), length, text, data]));
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("decodeNpy", () => {
  test("views bytes that are the whole of their buffer, and copies a part of one", () => {
    const bytes = corpusFile("valid/little-f4.npy");
    const whole = decodeNpy(bytes);
    expect("buffer" in whole.data && whole.data.buffer).toBe(bytes.buffer);
    const pooled = new Uint8Array(bytes.length + 64);
    pooled.set(bytes, 64);
    const part = decodeNpy(pooled.subarray(64));
    expect("buffer" in part.data && part.data.buffer.byteLength).toBe(48);
    expect(part.data).toEqual(whole.data);
  });

  test("copies out of shared memory", () => {
    const bytes = corpusFile("valid/little-f8.npy");
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const { data } = decodeNpy(shared);
    expect("buffer" in data && data.buffer).toBeInstanceOf(ArrayBuffer);
    expect(data).toEqual(decodeNpy(bytes).data);
  });

  test("takes a Buffer out of Node's pool, and gives plain typed arrays", () => {
    const { data } = decodeNpy(Buffer.from(corpusFile("valid/void.npy")));
    expect(Buffer.isBuffer(data)).toBe(false);
    expect(data).toEqual(Uint8Array.from(Buffer.from("abcdef")));
  });

  test("judges every file by itself, however like the one before", () => {
    const file = encodeNpy(ndarray([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)));
    const turned = encodeNpy(ndarray([3, 2], Float32Array.of(1, 2, 3, 4, 5, 6)));
    for (const [given, shape] of [
      [file, [2, 3]],
      [turned, [3, 2]],
      [file, [2, 3]],
    ] as const) {
      expect(decodeNpy(given)).toMatchObject({ shape, data: Float32Array.of(1, 2, 3, 4, 5, 6) });
      for (const length of [0, 6, 127, 128, given.length - 1]) {
        expect(thrownBy(() => decodeNpy(given.slice(0, length)))).toMatchObject({ code: "bad-npy" });
      }
      const bare = given.slice();
      bare[0] = 0;
      expect(thrownBy(() => decodeNpy(bare))).toMatchObject({ code: "bad-npy" });
    }
  });

  test("takes any byte but zero for true", () => {
    const bytes = file("{'descr':'|b1','fortran_order':False,'shape':(3,)}", Uint8Array.of(0, 2, 255));
    expect(decodeNpy(bytes).data).toEqual(Uint8Array.of(0, 1, 1));
    expect([...bytes.slice(-3)]).toEqual([0, 2, 255]);
  });

  test("gives lists", () => {
    expect(decodeNpy(corpusFile("valid/bool.npy")).toNested()).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(decodeNpy(corpusFile("valid/rank-0d-f8.npy")).toNested()).toBe(3.5);
    expect(decodeNpy(corpusFile("valid/rank-empty-2d.npy")).toNested()).toEqual([[], [], []]);
    expect(decodeNpy(corpusFile("valid/text-fortran.npy")).toNested()).toEqual([
      ["a", "bb", "c"],
      ["d", "e", "ff"],
    ]);
  });

  const head = (rest: string): string => `{'descr': '<f4', 'fortran_order': False, 'shape': ${rest}}`;
  test.each([
    { name: "no file", given: Uint8Array.of(), want: /magic bytes/ },
    {
      name: "a format to come",
      given: file(head("(2,)")).fill(9, 6, 7),
      want: /format 9\.0, expected 1\.0, 2\.0 or 3\.0/,
    },
    {
      name: "a huge header",
      given: file(head("(2,)")).fill(255, 8, 12),
      want: /header's bytes are cut short at \d+ bytes, expected 4294967295/,
    },
    {
      name: "a huge shape",
      given: file(head("(1099511627776,)")),
      want: /data are cut short at 0 bytes, expected 4398046511104/,
    },
    {
      name: "a shape beyond memory",
      given: file(head(`(${"9".repeat(400)},)`)),
      want: /expected an array that memory can hold/,
    },
    {
      name: "a negative shape",
      given: file(head("(2, -1)")),
      want: /shape is "\(2, -1\)", expected a tuple of at most 64 whole numbers/,
    },
    { name: "a boolean shape", given: file(head("(True,)")), want: /shape is "\(True,\)"/ },
    {
      name: "a cut header",
      given: file("{'descr': "),
      want: /its end at character 10, expected text, a whole number/,
    },
    {
      name: "an unknown key",
      given: file("{'__proto__': 1}"),
      want: /expected a dictionary of descr, fortran_order and shape/,
    },
    { name: "a call", given: file("exec('1')"), want: /"exec\('1'\)" at character 0, expected text/ },
    {
      name: "text that is no Unicode",
      given: file(head("(1,)").replace("<f4", "<U1"), Uint8Array.of(0, 0, 17, 0)),
      want: /text that is no Unicode/,
    },
    {
      name: "text out of nothing",
      given: file(head("(1073741824,)").replace("<f4", "<U0")),
      want: /1073741824 empty texts/,
    },
    { name: "pickled objects", given: corpusFile("malformed/objects.npy"), want: /pickled Python objects/ },
  ])("refuses $name by name", ({ given, want }) => {
    expect(thrownBy(() => decodeNpy(given))).toMatchObject({
      code: "bad-npy",
      message: expect.stringMatching(want),
    });
  });
});

describe("encodeNpy", () => {
  test.each([
    "little-f4-ramp",
    "little-i8",
    "bool",
    "c16",
    "rank-0d-i8",
    "rank-1d",
    "rank-5d",
    "rank-empty-2d",
  ])("writes %s byte for byte as NumPy does", (name) => {
    const bytes = corpusFile(`valid/${name}.npy`);
    expect(encodeNpy(decodeNpy(bytes))).toEqual(bytes);
  });

  test("brings Fortran order and big-endian bytes to C order and little-endian", () => {
    const header = Buffer.from(encodeNpy(decodeNpy(corpusFile("valid/fortran-big-i2-3d.npy")))).toString(
      "latin1",
    );
    expect(header).toContain("{'descr': '<i2', 'fortran_order': False, 'shape': (4, 3, 2), }");
  });

  test("does not copy the data for a payload, whatever part of its buffer they are", () => {
    const data = new Float32Array(new ArrayBuffer(64), 20, 6);
    const [header, bytes] = npyPayloadParts(ndarray([2, 3], data));
    expect(header.length % 64).toBe(0);
    expect({ buffer: bytes.buffer === data.buffer, at: bytes.byteOffset, size: bytes.byteLength }).toEqual({
      buffer: true,
      at: 20,
      size: 24,
    });
  });

  const hostile = (parts: object): NdArray => Object.assign(Object.create(ndarray([1], [1])), parts);
  test.each([
    { name: "text", given: ndarray([1], ["a"], "string"), want: "wrong-type" },
    { name: "raw bytes", given: ndarray([1], new Uint8Array(3), "bytes"), want: "wrong-type" },
    { name: "a dtype that is no dtype", given: hostile({ dtype: "__proto__" }), want: "wrong-type" },
    { name: "data of another dtype", given: hostile({ dtype: "int8" }), want: "wrong-type" },
    { name: "too few data", given: hostile({ shape: [2] }), want: "wrong-shape" },
    { name: "a shape that is none", given: hostile({ shape: [-1, -1] }), want: "wrong-shape" },
  ])("refuses $name", ({ given, want }) => {
    expect(thrownBy(() => encodeNpy(given))).toMatchObject({ code: want });
  });
});
