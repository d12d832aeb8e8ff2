import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openJson } from "../../src/runtime/src/tensor-json/json-cursor.js";
import { readInteger, readNumber } from "../../src/runtime/src/tensor-json/json-number.js";

/** What `read` makes of the text, and how much of it it takes. */
function taken<T>(
  text: string,
  read: (cursor: ReturnType<typeof openJson>) => T,
): { value: T; length: number } {
  const cursor = openJson(new TextEncoder().encode(text));
  const value = read(cursor);
  return { value, length: cursor.at };
}

const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));

describe("readNumber", () => {
  const texts = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential(16)),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((value) => value.toPrecision(17)),
    fc
      .tuple(fc.integer({ min: 1, max: 9 }), digits(0, 22), digits(1, 22), fc.integer({ min: -40, max: 40 }))
      .map(([first, whole, rest, exponent]) => `${first}${whole}.${rest}e${exponent}`),
    fc.tuple(fc.constantFrom("0", "-0"), digits(1, 40)).map(([whole, rest]) => `${whole}.${rest}`),
    fc.constantFrom(
      "0",
      "-0",
      "-0.0",
      "0e5",
      "1E+2",
      "1e400",
      "-1e400",
      "1e-400",
      "5e-324",
      "2.5e-324",
      "1e22",
      "1e23",
    ),
  );

  test("gives the double that Number gives, to the bit", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(taken(text, (cursor) => readNumber(cursor, false))).toEqual({
          value: Number(text),
          length: text.length,
        });
      }),
      { numRuns: 5000 },
    );
  });

  test("gives the nearest float32 of that double", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { value = 0, length } = taken(text, (cursor) => readNumber(cursor, true));
        expect([Math.fround(value), length]).toEqual([Math.fround(Number(text)), text.length]);
      }),
      { numRuns: 5000 },
    );
  });

  test("rounds to even in the very middle of two doubles, and up or down right beside it", () => {
    const middle = fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }).map((half) => half * 2n + 1n);
    fc.assert(
      fc.property(middle, fc.nat(6), (value, halvings) => {
        // Half of a middle is a middle again.
        const near = [value, value - 1n, value + 1n].map(
          (whole) => `${whole * 5n ** BigInt(halvings)}e-${halvings}`,
        );
        for (const text of [...near, `${value}.0`, `${value}.0000001`, `${value - 1n}.9999999`]) {
          expect(taken(text, (cursor) => readNumber(cursor, false)).value).toBe(Number(text));
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    "",
    "-",
    "+1",
    ".5",
    "1.",
    "1.e5",
    "1e",
    "1e+",
    "-.5",
    "01",
    "-01",
    "00.5",
    "NaN",
    "Infinity",
    "x",
  ])("finds none in %j and stays where it is", (text) => {
    expect(taken(text, (cursor) => readNumber(cursor, false))).toEqual({ value: undefined, length: 0 });
  });

  test.each([
    { given: "1]", length: 1 },
    { given: "1.5.2", length: 3 },
    { given: "1e5e5", length: 3 },
    { given: "0x10", length: 1 },
    { given: "-0.0,", length: 4 },
  ])("takes no more of $given than the number", ({ given, length }) => {
    expect(taken(given, (cursor) => readNumber(cursor, false)).length).toBe(length);
  });
});

describe("readInteger", () => {
  test("keeps every digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }), (value) => {
        const { value: got, length } = taken(String(value), readInteger);
        expect([BigInt(got ?? "no integer"), length]).toEqual([value, String(value).length]);
      }),
    );
    expect(taken("-0", readInteger).value).toBe(0);
  });

  test.each([
    "",
    "-",
    "1.0",
    "1e3",
    "1E3",
    "01",
    "-01",
    "+1",
    "NaN",
    "true",
    "9".repeat(21),
    "9".repeat(100_000),
  ])("finds none in %j", (text) => {
    expect(taken(text, readInteger)).toEqual({ value: undefined, length: 0 });
  });
});
