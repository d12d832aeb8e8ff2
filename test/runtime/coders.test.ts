import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coders } from "../../src/runtime/src/coders/index.js";
import { createCoder } from "../../src/runtime/src/coders/table.js";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import type { DeploymentErrorCode } from "../../src/runtime/src/errors.js";
import { codeOf, coderOf, decoded, encoded } from "./coders-context.js";

const number: FieldCodec = { kind: "number" };
const unit: FieldCodec = { kind: "number", min: 0, max: 1 };
const text: FieldCodec = { kind: "text" };
const sound: FieldCodec = { kind: "label", labels: ["miaow", "woof", "__proto__"] };
const kinds: FieldCodec = { kind: "probabilities", labels: ["cat", "__proto__", "7"], size: 3 };
const some: FieldCodec = { kind: "probabilities", labels: null, size: 2 };

describe("what goes out", () => {
  const table: readonly { name: string; codec: FieldCodec; given: unknown; want: string }[] = [
    { name: "a number", codec: number, given: 0.1, want: "0.1" },
    { name: "negative zero", codec: number, given: -0, want: "-0.0" },
    { name: "a large number", codec: number, given: 1e300, want: "1e+300" },
    { name: "the ends of a range", codec: unit, given: 1, want: "1" },
    { name: "text", codec: text, given: 'a "b"\n\u2028€', want: '"a \\"b\\"\\n\u2028€"' },
    { name: "a label", codec: sound, given: "__proto__", want: '"__proto__"' },
  ];
  test.each(table)("$name", ({ codec, given, want }) => {
    expect(encoded(coderOf(codec), given)).toBe(want);
  });
});

describe("what is refused on the way out", () => {
  const table: readonly { name: string; codec: FieldCodec; given: unknown; want: DeploymentErrorCode }[] = [
    { name: "text for a number", codec: number, given: "1", want: "wrong-type" },
    { name: "NaN", codec: number, given: NaN, want: "wrong-type" },
    { name: "infinity", codec: number, given: -Infinity, want: "wrong-type" },
    { name: "a bigint", codec: number, given: 1n, want: "wrong-type" },
    { name: "null", codec: number, given: null, want: "wrong-type" },
    { name: "below the range", codec: unit, given: -0.01, want: "out-of-range" },
    { name: "above the range", codec: unit, given: 1.01, want: "out-of-range" },
    { name: "a number for text", codec: text, given: 1, want: "wrong-type" },
    { name: "half of a surrogate pair", codec: text, given: "a\ud800b", want: "wrong-type" },
    { name: "an unknown label", codec: sound, given: "moo", want: "unknown-label" },
    { name: "an inherited name for a label", codec: sound, given: "toString", want: "unknown-label" },
    { name: "a number for a label", codec: sound, given: 1, want: "wrong-type" },
    { name: "probabilities", codec: kinds, given: { cat: 1 }, want: "wrong-type" },
  ];
  test.each(table)("$name", ({ codec, given, want }) => {
    expect(codeOf(() => encoded(coderOf(codec), given))).toBe(want);
    expect(codeOf(() => coderOf(codec).field(given))).toBe(want);
  });

  test("an unknown label's error names the nearest ones, and few of many", () => {
    expect(() => encoded(coderOf(sound), "Wouf")).toThrow('"Wouf", not one of its 3 labels: "woof"');
    const labels = Array.from({ length: 5000 }, (_, index) => `${"label".repeat(100)} ${index}`);
    expect(() => encoded(coderOf({ kind: "label", labels }), "x".repeat(10_000))).toThrow(/^.{0,500}$/);
  });

  test("without checks only what cannot be said", () => {
    const unchecked = { validate: false };
    expect(encoded(coderOf(unit, unchecked), 7)).toBe("7");
    expect(encoded(coderOf(sound, unchecked), "moo")).toBe('"moo"');
    expect(encoded(coderOf(text, unchecked), "\ud800")).toBe('"\\ud800"');
    expect(codeOf(() => coderOf(text, unchecked).field("\ud800"))).toBe("wrong-type");
    expect(codeOf(() => encoded(coderOf(unit, unchecked), NaN))).toBe("wrong-type");
  });
});

test("form fields are the bare text", () => {
  expect(coderOf(number).field(-0.5)).toEqual({ kind: "text", text: "-0.5" });
  expect(coderOf(text).field('a "b"')).toEqual({ kind: "text", text: 'a "b"' });
  expect(coderOf(sound).field("woof")).toEqual({ kind: "text", text: "woof" });
});

describe("what comes in", () => {
  test("a number, text, a label", () => {
    expect(decoded(coderOf(number), "1.5e3")).toBe(1500);
    expect(decoded(coderOf(text), '"a\\n€"')).toBe("a\n€");
    expect(decoded(coderOf(text), JSON.stringify("long ".repeat(1000)))).toBe("long ".repeat(1000));
    expect(decoded(coderOf(sound), '"miaow"')).toBe("miaow");
  });

  test("probabilities in the description's order, every label an own member", () => {
    const value = decoded(coderOf(kinds), '{"7":0.5,"__proto__":0.25,"cat":0.25}');
    expect(Object.entries(value ?? {})).toEqual([
      ["7", 0.5],
      ["cat", 0.25],
      ["__proto__", 0.25],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test("probabilities of an unknown label set", () => {
    expect(decoded(coderOf(some), '{"b":0.5,"a":0.5}')).toEqual({ a: 0.5, b: 0.5 });
    expect(decoded(coderOf({ ...some, size: null }), "{}")).toEqual({});
  });

  const bad: readonly { name: string; codec: FieldCodec; given: string; strict?: true }[] = [
    { name: "text for a number", codec: number, given: '"1"' },
    { name: "null for a number", codec: number, given: "null" },
    { name: "a number beyond the doubles", codec: number, given: "1e999" },
    { name: "a list for a number", codec: number, given: "[1]" },
    { name: "a long list for a number", codec: number, given: JSON.stringify(new Array(2000).fill(1)) },
    { name: "a number out of range, on strict request", codec: unit, given: "2", strict: true },
    { name: "a number for text", codec: text, given: "1" },
    { name: "a long list for text", codec: text, given: JSON.stringify(new Array(2000).fill(1)) },
    { name: "an unknown label", codec: sound, given: '"moo"' },
    { name: "a list for probabilities", codec: kinds, given: "[]" },
    { name: "a string for probabilities", codec: kinds, given: '"cat"' },
    { name: "a label short", codec: kinds, given: '{"cat":1,"7":0}' },
    {
      name: "a label that only the prototype has",
      codec: { ...kinds, labels: ["toString"] },
      given: '{"a":1}',
    },
    { name: "a strange label", codec: kinds, given: '{"cat":1,"7":0,"__proto__":0,"dog":0}' },
    { name: "a null probability", codec: kinds, given: '{"cat":null,"7":0,"__proto__":0}' },
    { name: "fewer labels than the description counts", codec: some, given: '{"a":1}' },
    { name: "more labels than the description counts", codec: some, given: '{"a":1,"b":0,"c":0}' },
  ];
  test.each(bad)("$name is bad-reply", ({ codec, given, strict = false }) => {
    expect(codeOf(() => decoded(coderOf(codec, { strict }), given))).toBe("bad-reply");
  });

  test("a range is only held on strict request", () => {
    expect(decoded(coderOf(unit), "2")).toBe(2);
  });

  test("messages about long replies show no stand-in", () => {
    expect(() => decoded(coderOf(number), JSON.stringify("x".repeat(5000)))).toThrow(
      'The reply\'s "f" is a text of 5000 bytes, not a number.',
    );
  });
});

describe("decode(encode(x)) equals x", () => {
  test("numbers", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decoded(coderOf(number), encoded(coderOf(number), value))).toBe(value);
      }),
    );
  });
  test("text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 3000 }), (value) => {
        expect(decoded(coderOf(text), encoded(coderOf(text), value))).toBe(value);
      }),
    );
  });
});

test("a codec of a kind that this runtime does not know, inherited names included, is bad-options", () => {
  for (const kind of ["video", "toString", "__proto__", "constructor"]) {
    const codec: FieldCodec = JSON.parse(JSON.stringify({ kind }));
    expect(codeOf(() => createCoder(codec, { feature: "f", validate: true, strict: false }, coders))).toBe(
      "bad-options",
    );
  }
});
