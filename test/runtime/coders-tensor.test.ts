import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import { encodeBase64 } from "../../src/runtime/src/files/base64.js";
import { createBodyWriter } from "../../src/runtime/src/json/body-writer.js";
import type { DeploymentErrorCode } from "../../src/runtime/src/errors.js";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import type { NdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { codeOf, coderOf, decoded, encoded } from "./coders-context.js";

const flat: FieldCodec = { kind: "tensor", dtype: "float32", shape: [2, 3], form: "flat" };
const npy: FieldCodec = { ...flat, form: "npy" };
const open: FieldCodec = { ...flat, shape: [-1, 3] };
const long: FieldCodec = { ...flat, shape: [1000] };

const values = Float32Array.of(0.1, -0, 1 / 3, 255, 1e-7, -2.5);
const npyUrl = (array: NdArray, mediaType = "application/x.peltarion.npy"): string =>
  JSON.stringify(`data:${mediaType};base64,${encodeBase64(encodeNpy(array))}`);

describe("what goes out", () => {
  const table: readonly { name: string; codec: FieldCodec; given: unknown; want: string }[] = [
    {
      name: "an array, flat",
      codec: flat,
      given: ndarray([2, 3], values),
      want: '{"shape":[2,3],"data":[0.1,-0.0,0.33333334,255,1e-7,-2.5]}',
    },
    {
      name: "nested lists",
      codec: flat,
      given: [
        [1, 2, 3],
        [4, 5, 6.5],
      ],
      want: '{"shape":[2,3],"data":[1,2,3,4,5,6.5]}',
    },
    {
      name: "bare elements",
      codec: flat,
      given: values.map(() => 1),
      want: '{"shape":[2,3],"data":[1,1,1,1,1,1]}',
    },
    { name: "an open dimension", codec: open, given: [[1, 2, 3]], want: '{"shape":[1,3],"data":[1,2,3]}' },
    {
      name: "a .npy file",
      codec: npy,
      given: ndarray([2, 3], values),
      want: npyUrl(ndarray([2, 3], values)),
    },
  ];
  test.each(table)("$name", ({ codec, given, want }) => {
    expect(encoded(coderOf(codec), given)).toBe(want);
  });

  test("of integers and texts", () => {
    const int64: FieldCodec = { kind: "tensor", dtype: "int64", shape: [2], form: "flat" };
    expect(encoded(coderOf(int64), BigInt64Array.of(2n ** 60n, -1n))).toBe(
      '{"shape":[2],"data":[1152921504606846976,-1]}',
    );
    const texts: FieldCodec = { kind: "tensor", dtype: "string", shape: [2], form: "flat" };
    expect(encoded(coderOf(texts), ['"', "b"])).toBe('{"shape":[2],"data":["\\"","b"]}');
    expect(decoded(coderOf(texts), '{"shape":[2],"data":["a","b"]}')).toMatchObject({ data: ["a", "b"] });
  });

  test("in a form, flat as text and .npy as a file", () => {
    expect(coderOf(open).field([[1, 2, 3]])).toEqual({
      kind: "text",
      text: '{"shape":[1,3],"data":[1,2,3]}',
    });
    expect(coderOf(npy).field(values)).toEqual({
      kind: "file",
      bytes: encodeNpy(ndarray([2, 3], values)),
      mediaType: "application/x.peltarion.npy",
      fileName: "array.npy",
    });
  });

  test("a body's chunks and bytes agree, and the caller's array, a view of larger memory, is as before", () => {
    const memory = Float32Array.from({ length: 200_000 }, (_, index) => index / 3);
    const before = memory.slice();
    const view = memory.subarray(7, 7 + 150_528);
    for (const form of ["flat", "npy"] as const) {
      const body = createBodyWriter();
      coderOf({ kind: "tensor", dtype: "float32", shape: [224, 224, 3], form }).encode(view, body);
      const whole = body.finish("application/json");
      const bytes = whole.toBytes();
      expect(bytes.byteLength).toBe(whole.byteLength);
      expect(Buffer.compare(Buffer.concat([...whole.chunks()]), bytes)).toBe(0);
      const back = decoded(
        coderOf({ kind: "tensor", dtype: "float32", shape: [224, 224, 3], form }),
        Buffer.from(bytes).toString(),
      );
      expect(back).toMatchObject({ dtype: "float32", shape: [224, 224, 3] });
      expect(typeof back === "object" && back !== null && "data" in back && back.data).toEqual(view);
    }
    expect(memory).toEqual(before);
  });
});

describe("what is refused on the way out", () => {
  const table: readonly { name: string; codec: FieldCodec; given: unknown; want: DeploymentErrorCode }[] = [
    { name: "another shape", codec: flat, given: ndarray([3, 2], values), want: "wrong-shape" },
    { name: "too few elements", codec: npy, given: values.subarray(1), want: "wrong-shape" },
    {
      name: "ragged lists",
      codec: flat,
      given: [
        [1, 2, 3],
        [4, 5],
      ],
      want: "wrong-shape",
    },
    { name: "text", codec: flat, given: "1,2,3", want: "wrong-type" },
    { name: "text in a list", codec: flat, given: [["a", 2, 3]], want: "wrong-shape" },
    { name: "text in a list of the right shape", codec: open, given: [["a", 2, 3]], want: "wrong-type" },
    {
      name: "NaN where JSON carries the numbers",
      codec: flat,
      given: values.map(() => NaN),
      want: "wrong-type",
    },
  ];
  test.each(table)("$name", ({ codec, given, want }) => {
    expect(codeOf(() => encoded(coderOf(codec), given))).toBe(want);
    expect(codeOf(() => coderOf(codec).field(given))).toBe(want);
  });

  test("a .npy file carries NaN and infinities", () => {
    const given = Float32Array.of(NaN, Infinity, -Infinity, 0, 1, 2);
    expect(decoded(coderOf(npy), encoded(coderOf(npy), given))).toMatchObject({ data: given });
  });

  test("without checks an array's own shape goes out", () => {
    const given = ndarray([3, 2], values);
    expect(encoded(coderOf(flat, { validate: false }), given)).toContain('"shape":[3,2]');
  });
});

describe("what comes in", () => {
  const json = '{"data":[1,2,3,4,5,0.1],"shape":[2,3]}';
  const doubles = ndarray([2, 3], Float64Array.from(values));

  test("either form, whatever the description says", () => {
    for (const codec of [flat, npy]) {
      expect(decoded(coderOf(codec), json)).toMatchObject({
        data: Float32Array.of(1, 2, 3, 4, 5, 0.1),
        shape: [2, 3],
      });
      expect(decoded(coderOf(codec), npyUrl(ndarray([2, 3], values)))).toMatchObject({
        dtype: "float32",
        data: values,
      });
    }
  });

  test("doubles where float32 is due", () => {
    expect(decoded(coderOf(npy), npyUrl(doubles))).toMatchObject({ dtype: "float32", data: values });
  });

  const bad: readonly { name: string; codec: FieldCodec; given: string; strict?: true }[] = [
    { name: "the other form, on strict request", codec: npy, given: json, strict: true },
    {
      name: "the other form the other way round",
      codec: flat,
      given: npyUrl(ndarray([2, 3], values)),
      strict: true,
    },
    { name: "doubles, on strict request", codec: npy, given: npyUrl(doubles), strict: true },
    { name: "another dtype", codec: npy, given: npyUrl(ndarray([2, 3], new Int32Array(6))) },
    { name: "another shape", codec: flat, given: '{"shape":[3,2],"data":[1,2,3,4,5,6]}' },
    { name: "another rank", codec: flat, given: '{"shape":[6],"data":[1,2,3,4,5,6]}' },
    { name: "another shape in .npy", codec: npy, given: npyUrl(ndarray([3, 2], values)) },
    { name: "fewer elements than the shape says", codec: flat, given: '{"shape":[2,3],"data":[1,2,3,4,5]}' },
    {
      name: "more elements than the shape says",
      codec: flat,
      given: '{"shape":[2,3],"data":[1,2,3,4,5,6,7]}',
    },
    { name: "an absurd shape", codec: open, given: '{"shape":[3000000000000000,3],"data":[1]}' },
    { name: "a negative length", codec: open, given: '{"shape":[-1,3],"data":[]}' },
    { name: "no shape", codec: flat, given: '{"data":[1,2,3,4,5,6]}' },
    { name: "no data", codec: flat, given: '{"shape":[2,3]}' },
    { name: "text among the data", codec: flat, given: '{"shape":[2,3],"data":[1,2,3,4,5,"6"]}' },
    { name: "null among the data", codec: flat, given: '{"shape":[2,3],"data":[1,2,3,4,5,null]}' },
    { name: "text for data", codec: flat, given: JSON.stringify({ shape: [2, 3], data: "x".repeat(2000) }) },
    {
      name: "a shape that is inherited",
      codec: flat,
      given: '{"__proto__":{"shape":[2,3]},"data":[1,2,3,4,5,6]}',
    },
    {
      name: "more than shape and data, on strict request",
      codec: flat,
      given: json.replace("{", '{"a":1,'),
      strict: true,
    },
    { name: "a bare list", codec: flat, given: "[1,2,3,4,5,6]" },
    { name: "a long bare list", codec: long, given: JSON.stringify(new Array(1000).fill(1)) },
    { name: "text that is no data URL", codec: npy, given: '"abc"' },
    { name: "another media type", codec: npy, given: npyUrl(ndarray([2, 3], values), "image/png") },
    { name: "broken base64", codec: npy, given: '"data:application/x.peltarion.npy;base64,AAAA*AAA"' },
    {
      name: "bytes that are no .npy file",
      codec: npy,
      given: '"data:application/x.peltarion.npy;base64,AAAA"',
    },
    { name: "null", codec: flat, given: "null" },
  ];
  test.each(bad)("$name is bad-reply", ({ codec, given, strict = false }) => {
    expect(codeOf(() => decoded(coderOf(codec, { strict }), given))).toBe("bad-reply");
  });
});

test("decode(encode(x)) equals x, to the bit of every float32", () => {
  const arrays = fc.tuple(fc.nat(40), fc.nat(40)).chain(([rows, columns]) =>
    fc
      .float32Array({
        noNaN: true,
        noDefaultInfinity: true,
        minLength: rows * columns,
        maxLength: rows * columns,
      })
      .map((data) => ndarray([rows, columns], data)),
  );
  fc.assert(
    fc.property(arrays, fc.constantFrom("flat" as const, "npy" as const), (array, form) => {
      const coder = coderOf({ kind: "tensor", dtype: "float32", shape: [-1, -1], form }, { strict: true });
      const back = decoded(coder, encoded(coder, array));
      expect(back).toEqual(array);
    }),
    { numRuns: 60 },
  );
});
