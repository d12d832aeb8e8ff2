import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NumericDtype } from "../../src/runtime/src/arrays/dtype-storage.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { readNumbers } from "../../src/runtime/src/json/json-numbers-reader.js";
import type { PayloadSlice } from "../../src/runtime/src/json/reply-document.js";

/** The text as a slice in the middle of other bytes. */
function sliceOf(text: string): PayloadSlice {
  const bytes = new TextEncoder().encode(`[9${text}9]`);
  return { kind: "numbers", bytes, start: 2, end: bytes.length - 2 };
}

const read = (text: string, dtype: NumericDtype, count: number): readonly (number | bigint)[] =>
  Array.from<number | bigint>(readNumbers(sliceOf(text), { dtype, count, feature: "f" }));

describe("numbers as JSON.parse reads them", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String),
    fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc
      .tuple(fc.bigInt(), fc.nat(99999), fc.integer({ min: -30, max: 15 }))
      .map(([a, b, e]) => `${a}.${b}e${e}`),
    fc.tuple(fc.integer(), fc.stringMatching(/^[0-9]{1,30}$/)).map(([whole, rest]) => `${whole}.${rest}`),
    fc.constantFrom("0", "-0", "-0.0", "1E+2", "0.0000000000000000000000000000001", "1e-400", "0.5e0"),
  );
  const texts = fc.array(number, { maxLength: 60 });

  test("float64, to the bit", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(",", " ,\n", ",\t "), (list, comma) => {
        const want: unknown = JSON.parse(`[${list.join(comma)}]`);
        if (!Array.isArray(want) || !want.every(Number.isFinite)) return;
        expect(read(list.join(comma), "float64", list.length)).toEqual(want);
      }),
      { numRuns: 500 },
    );
  });

  test("float32, rounded as from doubles", () => {
    fc.assert(
      fc.property(texts, (list) => {
        const want = list.map((text) => Math.fround(Number(text)));
        if (!want.every(Number.isFinite)) return;
        expect(read(list.join(","), "float32", list.length)).toEqual(want);
      }),
      { numRuns: 500 },
    );
  });

  test("float32 right beside the middle between two neighbours", () => {
    fc.assert(
      fc.property(
        fc.float({ min: 1, max: 1e6, noNaN: true }),
        fc.stringMatching(/^[0-9]{0,6}$/),
        (value, tail) => {
          const bits = new Uint32Array(Float32Array.of(value).buffer).map((word) => word + 1);
          const middle = (value + (new Float32Array(bits.buffer)[0] ?? 0)) / 2;
          const text = `${middle.toFixed(30)}${tail}`;
          expect(read(text, "float32", 1)).toEqual([Math.fround(Number(text))]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("64-bit integers, all digits", () => {
    fc.assert(
      fc.property(fc.bigInt64Array(), (given) => {
        expect(read(given.join(","), "int64", given.length)).toEqual(Array.from(given));
      }),
    );
    expect(read("18446744073709551615,1.0,2e3", "uint64", 3)).toEqual([2n ** 64n - 1n, 1n, 2000n]);
  });

  test("small integers and booleans", () => {
    expect(read("-128, 127,1.0,1e1", "int8", 4)).toEqual([-128, 127, 1, 10]);
    expect(read("0,1", "bool", 2)).toEqual([0, 1]);
    const list = readNumbers([true, false, 1], { dtype: "bool", count: 3, feature: "f" });
    expect(Array.from(list)).toEqual([1, 0, 1]);
  });
});

describe("what is no list of that many numbers of the dtype is bad-reply", () => {
  const table: readonly { name: string; given: string; dtype?: NumericDtype; count: number }[] = [
    { name: "too few", given: "1,2", count: 3 },
    { name: "too many", given: "1,2,3", count: 2 },
    { name: "none where one is due", given: " ", count: 1 },
    { name: "one where none is due", given: "1", count: 0 },
    { name: "a comma at the end", given: "1,2,", count: 2 },
    { name: "a comma at the start", given: ",1,2", count: 2 },
    { name: "two commas", given: "1,,2", count: 2 },
    { name: "no comma", given: "1 22", count: 2 },
    { name: "a leading zero", given: "01,2", count: 2 },
    { name: "a plus sign", given: "+1,2", count: 2 },
    { name: "a bare sign", given: "-,2", count: 2 },
    { name: "two signs", given: "--1,2", count: 2 },
    { name: "a bare point", given: ".5,2", count: 2 },
    { name: "nothing behind the point", given: "1.,2", count: 2 },
    { name: "nothing behind the exponent", given: "1e,2", count: 2 },
    { name: "two exponents", given: "1e1e1,2", count: 2 },
    { name: "two points", given: "1.1.1,2", count: 2 },
    { name: "beyond the doubles", given: "1e999,2", dtype: "float64", count: 2 },
    { name: "beyond float32", given: "1e39,2", count: 2 },
    { name: "beyond int8", given: "128,2", dtype: "int8", count: 2 },
    { name: "a fraction in an integer", given: "1.5,2", dtype: "int32", count: 2 },
    { name: "below zero in an unsigned integer", given: "-1,2", dtype: "uint64", count: 2 },
    { name: "beyond int64", given: "9223372036854775808,2", dtype: "int64", count: 2 },
    { name: "digits without end in int64", given: "9".repeat(100_000), dtype: "int64", count: 1 },
    { name: "two in a bool", given: "2,1", dtype: "bool", count: 2 },
    { name: "a complex dtype", given: "1,2", dtype: "complex64", count: 1 },
    { name: "a count that no memory holds", given: "1,2", count: 2 ** 52 },
  ];
  test.each(table)("$name", ({ given, dtype = "float32", count }) => {
    try {
      read(given, dtype, count);
      expect.unreachable();
    } catch (error) {
      expect(isDeploymentError(error, "bad-reply") && error.feature).toBe("f");
      expect(String(error).length).toBeLessThan(200);
    }
  });

  test("what JSON.parse refuses or accepts is refused or accepted alike", () => {
    const soup = fc.stringMatching(/^[0-9+.eE, -]{1,12}$/);
    fc.assert(
      fc.property(soup, (text) => {
        let want: unknown;
        try {
          want = JSON.parse(`[${text}]`);
        } catch {
          want = undefined;
        }
        const count = Array.isArray(want) ? want.length : text.split(",").length;
        const finite = Array.isArray(want) && want.every(Number.isFinite);
        let got: unknown;
        try {
          got = read(text, "float64", count);
        } catch (error) {
          expect(isDeploymentError(error, "bad-reply")).toBe(true);
        }
        expect(got).toEqual(finite ? want : undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

test("a list that JSON.parse has read: numbers beyond 2^53 have lost digits and are refused for int64", () => {
  const exact = readNumbers([1, -2], { dtype: "int64", count: 2, feature: "f" });
  expect(Array.from(exact)).toEqual([1n, -2n]);
  expect(() => readNumbers([2 ** 53], { dtype: "int64", count: 1, feature: "f" })).toThrow(/no int64/);
  expect(() => readNumbers(["1"], { dtype: "float32", count: 1, feature: "f" })).toThrow(/no float32/);
  expect(() => readNumbers([1], { dtype: "float32", count: 2, feature: "f" })).toThrow(/no more than 1 /);
});
