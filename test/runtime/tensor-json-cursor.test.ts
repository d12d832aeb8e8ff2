import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import {
  closeJson,
  nextKind,
  openJson,
  readItems,
  readMembers,
  readString,
} from "../../src/runtime/src/tensor-json/json-cursor.js";
import { readJson, skipValue } from "../../src/runtime/src/tensor-json/json-value.js";
import { thrownBy } from "./thrown-by.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(bytes: Uint8Array): unknown {
  const cursor = openJson(bytes);
  const value = readJson(cursor);
  closeJson(cursor);
  return value;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

/** The text once more with white space wherever it may be. */
function spaced(text: string): string {
  let inside = false;
  return text.replace(/\\.|./gsu, (piece) => {
    if (piece === '"') inside = !inside;
    return !inside && /[[\]{},:]/.test(piece) ? ` \n${piece}\t\r` : piece;
  });
}

describe("readJson", () => {
  test("gives what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(read(bytesOf(text))).toEqual(parsed(text));
        expect(read(bytesOf(`\ufeff${spaced(text)}`))).toEqual(parsed(text));
      }),
      { numRuns: 500 },
    );
  });

  const pieces = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "a",
    "0",
    "1",
    ".",
    "e",
    "-",
    " ",
    "true",
    "null",
    '"b"',
  ];
  test("refuses and accepts what JSON.parse does", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 9 }), (soup) => {
        const text = soup.join("");
        let want: unknown;
        const refused = thrownBy(() => (want = parsed(text))) !== undefined;
        let got: unknown;
        const error = thrownBy(() => (got = read(bytesOf(text))));
        expect(error === undefined || isDeploymentError(error, "bad-reply")).toBe(true);
        expect({ text, refused: error !== undefined, value: got }).toEqual({ text, refused, value: want });
        const skipped = thrownBy(() => {
          const cursor = openJson(bytesOf(text));
          skipValue(cursor);
          closeJson(cursor);
        });
        // What is only passed over is not decoded: escapes that JSON does not know may stand in it.
        if (!text.includes("\\")) expect(skipped !== undefined).toBe(refused);
      }),
      { numRuns: 5000 },
    );
  });

  test("reads the tokens that JSON.parse refuses", () => {
    expect(read(bytesOf("[NaN, Infinity, -Infinity, -0.0]"))).toEqual([NaN, Infinity, -Infinity, -0]);
  });

  test("takes __proto__ for a name like others", () => {
    const value = read(bytesOf('{"__proto__":{"a":1},"constructor":2,"constructor":3}'));
    expect(value).toEqual(parsed('{"__proto__":{"a":1},"constructor":2,"constructor":3}'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each([
    { name: "nothing", given: "", says: "has nothing at byte 0, expected a value" },
    { name: "white space", given: " \n", says: "has nothing at byte 2" },
    {
      name: "HTML",
      given: "<html><body>no such page here</body>",
      says: 'has "<html><body>no such …" at byte 0',
    },
    { name: "more behind the end", given: "{} x", says: 'has "x" at byte 3, expected its end' },
    { name: "a comma at the end", given: "[1,]", says: 'has "]" at byte 3, expected a value' },
    { name: "no colon", given: '{"a" 1}', says: 'has "1}" at byte 5, expected a colon' },
    { name: "no comma", given: "[1 2]", says: 'has "2]" at byte 3, expected a comma or ]' },
    { name: "a bare name", given: "{a:1}", says: "expected a member's name" },
    {
      name: "a string without end",
      given: '["ab',
      says: "has nothing at byte 4, expected the end of a string",
    },
    { name: "a backslash at the end", given: '"a\\', says: "expected the end of a string" },
    { name: "a bare control character", given: '"a\u0001b"', says: "expected the end of a string" },
    { name: "an escape of C", given: '"it\\\'s"', says: "expected a string without unknown escapes" },
    { name: "half a word", given: "tru", says: "expected a value" },
    { name: "Python's words", given: "[None]", says: "expected a value" },
    { name: "quotes of Python", given: "['a']", says: "expected a value" },
    { name: "no leading digit", given: "[.5]", says: "expected a value" },
    { name: "a hexadecimal number", given: "[0x10]", says: "expected a comma or ]" },
  ])("refuses $name", ({ given, says }) => {
    const error = thrownBy(() => read(bytesOf(given)));
    expect(isDeploymentError(error, "bad-reply")).toBe(true);
    expect(String(error)).toContain(says);
  });

  test("refuses bytes that are not UTF-8", () => {
    const error = thrownBy(() => read(Uint8Array.of(0x22, 0x61, 0xff, 0x22)));
    expect(String(error)).toContain("at byte 0, expected text in UTF-8");
  });

  test("refuses what is nested without end, and stands on its stack", () => {
    for (const bracket of ["[", '{"a":', '[{"a":']) {
      const text = bracket.repeat(200_000);
      for (const go of [readJson, skipValue]) {
        const error = thrownBy(() => go(openJson(bytesOf(text))));
        expect(isDeploymentError(error, "bad-reply")).toBe(true);
        expect(String(error)).toContain("no more than 512 values inside each other");
      }
    }
    const deep = `${"[".repeat(500)}${"]".repeat(500)}`;
    expect(read(bytesOf(deep))).toEqual(parsed(deep));
  });
});

describe("a cursor", () => {
  test("goes through members and items without building them", () => {
    const cursor = openJson(
      bytesOf('{"model":"m\\u00e9","skipped":{"x":[1,{"y":"]"}]},"list":[10,20],"":[]}'),
    );
    const seen: unknown[] = [];
    readMembers(cursor, (name) => {
      const kind = nextKind(cursor);
      seen.push(name, kind);
      if (name === "model") seen.push(readString(cursor));
      else if (name === "list") readItems(cursor, (index) => seen.push(index, readJson(cursor)));
      else skipValue(cursor);
    });
    closeJson(cursor);
    expect(seen).toEqual([
      "model",
      "string",
      "mé",
      "skipped",
      "object",
      "list",
      "array",
      0,
      10,
      1,
      20,
      "",
      "array",
    ]);
    expect(cursor.depth).toBe(0);
  });

  test.each([
    { given: "{}", want: "object" },
    { given: " [1]", want: "array" },
    { given: '"a"', want: "string" },
    { given: "-1", want: "number" },
    { given: "NaN", want: "number" },
    { given: "-Infinity", want: "number" },
    { given: "Infinity", want: "number" },
    { given: "false", want: "boolean" },
    { given: "null", want: "null" },
  ])("knows $given for $want", ({ given, want }) => {
    expect(nextKind(openJson(bytesOf(given)))).toBe(want);
  });

  test("reads a view in the middle of other bytes", () => {
    const bytes = bytesOf('xx{"a":[1.5,"é"]}yy');
    expect(read(bytes.subarray(2, bytes.length - 2))).toEqual({ a: [1.5, "é"] });
  });

  test("reads strings as JSON.parse does, whatever is in them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(read(bytesOf(JSON.stringify(text)))).toBe(text);
        expect(read(bytesOf(JSON.stringify(text).replace(/[^ -~]/g, escaped)))).toBe(text);
      }),
    );
    // Halves of surrogate pairs can only be escaped; JSON.parse lets them pass.
    expect(read(bytesOf('"\\ud800"'))).toBe("\ud800");
  });
});

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
