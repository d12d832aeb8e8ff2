import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, storageByDtype } from "../../src/runtime/src/arrays/dtype-storage.js";
import { createNdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { decodeNpy, encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { findPython, runPython } from "../numpy.js";

const python = findPython("numpy");
if (python === undefined)
  console.log("Skipped: files exchanged with real NumPy, as no Python with NumPy was found.");

const dtypes = [
  ...(["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const),
  ...(["float32", "float64", "complex64", "complex128"] as const),
] as const;

/** Any bits at all, so that every NaN has a payload of its own. */
const given = fc.sample(
  fc.tuple(fc.constantFrom(...dtypes), fc.array(fc.nat(4), { maxLength: 4 }), fc.infiniteStream(fc.nat(255))),
  { numRuns: 120, seed: 20 },
);
const arrays = given.map(([dtype, shape, bytes]) => {
  const count = shape.reduce((product, length) => product * length, 1);
  const data = allocate(dtype, count * storageByDtype[dtype].parts);
  const raw = new Uint8Array(data.buffer);
  for (let i = 0; i < raw.length; i += 1) raw[i] = (bytes.next().value ?? 0) & (dtype === "bool" ? 1 : 255);
  return { array: createNdArray(dtype, shape, data), hex: Buffer.from(raw).toString("hex") };
});
const halves = Uint16Array.from({ length: 0x10000 }, (_, half) => half);

function parse(output: Buffer): unknown {
  return JSON.parse(output.toString());
}

describe.skipIf(python === undefined)("files exchanged with real NumPy", () => {
  test("NumPy reads what was written, bit for bit", () => {
    const script = `
import base64, io, json, sys, numpy
found = []
for text in json.load(sys.stdin):
    array = numpy.load(io.BytesIO(base64.b64decode(text)))
    found.append([array.dtype.name, list(array.shape), bool(array.flags.c_contiguous), array.tobytes().hex()])
json.dump(found, sys.stdout)`;
    const files = arrays.map(({ array }) => Buffer.from(encodeNpy(array)).toString("base64"));
    const want = arrays.map(({ array, hex }) => [array.dtype, array.shape, true, hex]);
    expect(parse(runPython(python ?? "", script, JSON.stringify(files)))).toEqual(want);
  });

  test("what NumPy writes in either order is read, bit for bit", () => {
    const script = `
import base64, io, json, sys, numpy
written = []
for name, shape, data in json.load(sys.stdin):
    array = numpy.frombuffer(bytes.fromhex(data), name).reshape(shape)
    other = array.astype(array.dtype.newbyteorder(">"))
    for variant in [array, numpy.asfortranarray(array), other, numpy.asfortranarray(other)]:
        out = io.BytesIO()
        numpy.save(out, variant)
        written.append(base64.b64encode(out.getvalue()).decode())
json.dump(written, sys.stdout)`;
    const asked = arrays.map(({ array, hex }) => [array.dtype, array.shape, hex]);
    const written = parse(runPython(python ?? "", script, JSON.stringify(asked)));
    if (!Array.isArray(written)) throw new Error("expected a list of files");
    expect(written).toHaveLength(4 * arrays.length);
    for (const [index, text] of written.entries()) {
      const want = arrays[Math.floor(index / 4)];
      const read = decodeNpy(Buffer.from(String(text), "base64"));
      // NumPy makes a 0-d array 1-d when it is asked for Fortran order.
      const shape = want?.array.shape.length === 0 && index % 2 === 1 ? read.shape : want?.array.shape;
      expect([read.dtype, read.shape]).toEqual([want?.array.dtype, shape]);
      const { data } = read;
      if (!("buffer" in data)) throw new Error("expected a typed array");
      expect(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex")).toBe(want?.hex);
    }
  });

  test("every float16 is the same number on both sides", () => {
    const script = `
import io, sys, numpy
halves = numpy.frombuffer(sys.stdin.buffer.read(), "<f2")
numpy.save(sys.stdout.buffer, halves.astype("<f4"))`;
    const singles = decodeNpy(runPython(python ?? "", script, new Uint8Array(halves.buffer)));
    const header = encodeNpy(createNdArray("float16", [0x10000], allocate("float16", 0x10000))).subarray(
      0,
      128,
    );
    const file = Uint8Array.from(Buffer.concat([header, new Uint8Array(halves.buffer)]));
    const read = decodeNpy(file);
    expect(Array.from<unknown>(read.data)).toEqual(Array.from<unknown>(singles.data));
    expect(encodeNpy(read)).toEqual(file);
  });
});
