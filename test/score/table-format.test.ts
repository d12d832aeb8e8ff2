import Papa from "papaparse";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { jsonText, shortFloat } from "../../src/score/cell-text.js";
import { encodeParquet } from "../../src/score/encode-parquet.js";
import { indentJson } from "../../src/score/indent-json.js";
import { keyDifference, parseJournal, printJournal } from "../../src/score/run-journal.js";
import { separatedLine } from "../../src/score/table-format.js";

describe("a line of CSV", () => {
  test("is read back as the same cells", () => {
    const cells = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 6 });
    const special = fc.array(fc.constantFrom('"', ",", "\n", "\r", " ", "\t", ";", "a", "\u2028", "#"), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.oneof(cells, special), fc.constantFrom(",", "\t", ";"), (given, delimiter) => {
        const text = `${separatedLine(given, delimiter)}\n`;
        expect(Papa.parse(text, { delimiter, newline: "\n" }).data).toEqual([given, [""]]);
      }),
    );
  });
});

describe("JSON of a value", () => {
  test("is read back as the same", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(JSON.parse(indentJson(jsonText(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("is laid out over lines, with all digits", () => {
    expect(indentJson('{"a":[1,{}],"b":[],"c:":9007199254740993}')).toBe(
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": [],\n  "c:": 9007199254740993\n}',
    );
  });

  test("has single-precision numbers in the fewest digits that tell them", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(Math.fround(shortFloat(value))).toBe(value);
        expect(String(shortFloat(value)).length).toBeLessThanOrEqual(String(value).length);
      }),
    );
    expect(shortFloat(Math.fround(0.1))).toBe(0.1);
  });
});

describe("a Parquet file", () => {
  test("has the rows that waited, whatever piece they came in", async () => {
    const columns = [
      { name: "text", type: "text" },
      { name: "number", type: "number" },
      { name: "whole", type: "integer" },
      { name: "flag", type: "boolean" },
    ] as const;
    const rows = Array.from({ length: 120_000 }, (_, index) => {
      const text = index % 7 === 0 ? null : `row ${index} \u2028 "x"`;
      return [text, String(index / 8), String(9007199254740993n + BigInt(index)), String(index % 2 === 0)];
    });
    async function* lines(): AsyncGenerator<string> {
      for (const row of rows) yield JSON.stringify(row);
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of encodeParquet(columns, lines())) pieces.push(piece);
    expect(pieces.length).toBe(4);
    const bytes = Buffer.concat(pieces);
    const file = new Uint8Array(bytes).buffer;
    const read = await parquetReadObjects({ file });
    expect(read).toHaveLength(rows.length);
    for (const index of [0, 1, 49_999, 50_000, 119_999]) {
      expect(read[index]).toEqual({
        text: index % 7 === 0 ? null : `row ${index} \u2028 "x"`,
        number: index / 8,
        whole: 9007199254740993n + BigInt(index),
        flag: index % 2 === 0,
      });
    }
  });

  test("is made without rows too, and of no other lines", async () => {
    const columns = [{ name: "a", type: "text" }] as const;
    const all = async (given: readonly string[]): Promise<Buffer> => {
      async function* lines(): AsyncGenerator<string> {
        yield* given;
      }
      const pieces: Uint8Array[] = [];
      for await (const piece of encodeParquet(columns, lines())) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    const bytes = await all([]);
    const file = new Uint8Array(bytes).buffer;
    expect(await parquetReadObjects({ file })).toEqual([]);
    await expect(all(['["a","b"]'])).rejects.toThrow("not this run's");
  });
});

describe("a journal", () => {
  const key = { input: "i", model: "m", options: "o" };
  const state = { rows: 3, answered: 2, rejected: 1, bytes: 40, rejects: { path: "r.csv", bytes: 9 } };

  test("is read back, and nothing else is", () => {
    expect(parseJournal(printJournal({ key, state }))).toEqual({ key, state });
    const others = [
      "",
      "{}",
      "[1]",
      '{"gen-deploy-run":2}',
      printJournal({ key, state }).replace("40", "-1"),
    ];
    for (const text of others) expect(parseJournal(text)).toBeUndefined();
  });

  test("tells what is another run's", () => {
    expect(keyDifference(key, key)).toBeUndefined();
    expect(keyDifference(key, { ...key, input: "x" })).toContain("input");
    expect(keyDifference(key, { ...key, model: "x" })).toContain("description");
    expect(keyDifference(key, { ...key, options: "x" })).toBe("other options");
  });
});
