import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DataOf, Dtype } from "../../src/runtime/src/arrays/dtype.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { writeNumbers } from "../../src/runtime/src/json/json-numbers-writer.js";

function written(data: DataOf<Dtype>, dtype: Dtype): string {
  const payload = writeNumbers(data, { dtype, feature: "f" });
  const bytes = new Uint8Array(payload.byteLength);
  payload.writeTo(bytes, 0);
  return new TextDecoder().decode(bytes);
}

/** The obvious way: more digits until the number comes back. */
function slowText(value: number): string {
  for (let precision = 1; ; precision += 1) {
    const short = Number(value.toPrecision(precision));
    if (Math.fround(short) === value) return String(short);
  }
}

describe("float32 as JSON text", () => {
  const table: readonly { name: string; given: number; want: string }[] = [
    { name: "zero", given: 0, want: "0" },
    { name: "negative zero", given: -0, want: "-0.0" },
    { name: "one", given: 1, want: "1" },
    { name: "a tenth", given: 0.1, want: "0.1" },
    { name: "a third", given: -1 / 3, want: "-0.33333334" },
    { name: "a pixel", given: 128 / 255, want: "0.5019608" },
    { name: "a byte", given: 255, want: "255" },
    { name: "more than its digits can say", given: 16_777_216, want: "16777216" },
    { name: "a large round number", given: 1e10, want: "10000000000" },
    { name: "a small number", given: 0.000012345, want: "0.000012345" },
    { name: "just below a power of ten", given: 0.00001, want: "0.00001" },
    { name: "the largest", given: 3.4028234663852886e38, want: "3.4028235e+38" },
    { name: "the smallest", given: 1.401298464324817e-45, want: "1e-45" },
  ];
  test.each(table)("$name", ({ given, want }) => {
    expect(written(Float32Array.of(given), "float32")).toBe(want);
  });

  test("every number comes back, in no more text than the obvious way takes", () => {
    const bits = fc
      .uint32Array({ minLength: 100, maxLength: 300 })
      .map((words) => new Float32Array(words.buffer));
    const ordinary = fc
      .array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 100, maxLength: 300 })
      .map((list) => Float32Array.from(list));
    const rounded = fc
      .array(fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(9)), {
        minLength: 100,
        maxLength: 300,
      })
      .map((list) => Float32Array.from(list, ([digits, places]) => digits / 10 ** places));
    fc.assert(
      fc.property(fc.oneof(bits, ordinary, rounded), (given) => {
        const values = given.filter((value) => Number.isFinite(value));
        const before = values.slice();
        const texts = written(values, "float32").split(",");
        for (const [index, text] of values.length === 0 ? [] : texts.entries()) {
          const value = values[index] ?? NaN;
          expect(Object.is(Math.fround(Number(JSON.parse(text))), value)).toBe(true);
          if (value !== 0) expect(text.length).toBeLessThanOrEqual(slowText(value).length);
        }
        expect(values).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});

describe("other dtypes", () => {
  const table: readonly { name: string; dtype: Dtype; given: DataOf<Dtype>; want: string }[] = [
    {
      name: "float64",
      dtype: "float64",
      given: Float64Array.of(0.1, -0, 1e21, -2.5),
      want: "0.1,-0.0,1e+21,-2.5",
    },
    { name: "float16", dtype: "float16", given: Float32Array.of(0.5, 65504), want: "0.5,65504" },
    { name: "int8", dtype: "int8", given: Int8Array.of(-128, 0, 127), want: "-128,0,127" },
    {
      name: "uint32",
      dtype: "uint32",
      given: Uint32Array.of(4_294_967_295, 10, 100),
      want: "4294967295,10,100",
    },
    {
      name: "int64",
      dtype: "int64",
      given: BigInt64Array.of(-(2n ** 63n), 9_007_199_254_740_993n),
      want: "-9223372036854775808,9007199254740993",
    },
    {
      name: "uint64",
      dtype: "uint64",
      given: BigUint64Array.of(2n ** 64n - 1n),
      want: "18446744073709551615",
    },
    { name: "bool", dtype: "bool", given: Uint8Array.of(0, 1), want: "false,true" },
    { name: "no elements", dtype: "float32", given: new Float32Array(0), want: "" },
  ];
  test.each(table)("$name", ({ dtype, given, want }) => {
    expect(written(given, dtype)).toBe(want);
  });

  test("all integers of 32 bits", () => {
    fc.assert(
      fc.property(fc.int32Array(), (given) => {
        expect(JSON.parse(`[${written(given, "int32")}]`)).toEqual(Array.from(given));
      }),
    );
  });

  test("many elements come in several pieces and are all there", () => {
    const given = Float32Array.from({ length: 40_000 }, (_, index) => (index - 20_000) / 3);
    const payload = writeNumbers(given, { dtype: "float32", feature: "f" });
    const chunks = [...payload.chunks()];
    expect(chunks.length).toBeGreaterThan(4);
    expect(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)).toBe(payload.byteLength);
    const list: unknown = JSON.parse(`[${Buffer.concat(chunks).toString()}]`);
    expect(Array.isArray(list) && Float32Array.from(list)).toEqual(given);
  });
});

describe("what JSON cannot say is wrong-type and names the feature", () => {
  const table: readonly { name: string; dtype: Dtype; given: DataOf<Dtype> }[] = [
    { name: "NaN", dtype: "float32", given: Float32Array.of(1, NaN) },
    { name: "infinity", dtype: "float64", given: Float64Array.of(1, -Infinity) },
    { name: "complex numbers", dtype: "complex64", given: Float32Array.of(1, 2) },
    { name: "bytes", dtype: "bytes", given: Uint8Array.of(1, 2) },
  ];
  test.each(table)("$name", ({ dtype, given }) => {
    try {
      written(given, dtype);
      expect.unreachable();
    } catch (error) {
      expect(isDeploymentError(error, "wrong-type") && error.feature).toBe("f");
    }
  });
});
