import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { createRejectsWriter } from "../../src/score/rejects.js";
import { allRows, modelOf, modelWith, openText, outcomes, rowsOf } from "./rows-of.js";

const animals = modelOf("peltarion/animal-table");
const first = { Type: "animal", Sound: "miaow", Size: 0.4 };
const second = { Type: "human", Sound: "woof", Size: 1200 };
const [a, b] = [JSON.stringify(first), JSON.stringify(second)];

describe("rows of JSON", () => {
  const given = [
    { name: "rows.jsonl", text: `${a}\n${b}\n` },
    { name: "rows.ndjson", text: `\ufeff${a}\r\n\r\n${b}` },
    { name: "rows.json", text: `${a}\n${b}\n` },
    { name: "rows.json", text: `[${a},${b}]` },
    { name: "rows.json", text: JSON.stringify([first, second], null, 2) },
    {
      name: "rows.json",
      text: JSON.stringify({ note: { rows: [1, "]"] }, rows: [first, second], more: [3] }, null, 2),
    },
    { name: "rows.json", text: `{"instances":[${a},${b}]}` },
    { name: "<stdin>", text: ` [${a} , ${b} ] ` },
    { name: "<stdin>", text: `${a}\n${b}\n` },
    { name: "<stdin>", text: `{"rows":[${a},${b}]}\n` },
    { name: "<stdin>", text: "Type,Sound,Size\nanimal,miaow,0.4\nhuman,woof,1200\n" },
  ];

  test.each(given)("$name: $text", async ({ name, text }) => {
    for (const pieces of [1, 5, 64, 65_536])
      expect(outcomes(await rowsOf(text, { model: animals, name, pieces }))).toEqual([first, second]);
  });

  test("are known by the format that is stated", async () => {
    expect(outcomes(await rowsOf(`${a}\n`, { model: animals, name: "rows.csv", format: "jsonl" }))).toEqual([
      first,
    ]);
  });

  test("that are at fault are told of by their line", async () => {
    const text = `${a}\n\n{"Type":"animal"\n[1]\n5\n{"Type":"animal","Sound":"quack","Size":1}\n${b}\n`;
    const rows = await rowsOf(text, { model: animals, name: "rows.jsonl" });
    expect(rows.map(({ line, index }) => [line, index])).toEqual([
      [1, 0],
      [3, 1],
      [4, 2],
      [5, 3],
      [6, 4],
      [7, 5],
    ]);
    expect(outcomes(rows)).toEqual([
      first,
      expect.stringMatching(/^3: is no JSON/),
      "4: is a list of 1, not an object with the features as members",
      "5: is 5, not an object with the features as members",
      '6: Sound is "quack", not one of its 4 labels: "miaow", "woof", "moo", "tweet"',
      second,
    ]);
  });

  test("may be the bare value of the only input", async () => {
    const model = modelWith({ vector: { kind: "tensor", dtype: "float32", shape: [2], form: "flat" } });
    const text = '[1,2]\n{"vector":[3,4]}\n';
    expect(outcomes(await rowsOf(text, { model, name: "x.jsonl" }))).toEqual([
      { vector: [1, 2] },
      { vector: [3, 4] },
    ]);
    expect(outcomes(await rowsOf("[[1,2],[3,4]]", { model, name: "x.json", format: "json" }))).toEqual([
      { vector: [1, 2] },
      { vector: [3, 4] },
    ]);
  });

  test("tell which members nobody takes, carry them along, and take what is mapped", async () => {
    const text = '{"id":7,"kind":"animal","Sound":"miaow","Size":1}\n';
    const source = await openText(text, { model: animals, name: "x.jsonl", map: ["kind=Type"] });
    const [row] = await allRows(source);
    expect(row?.row).toEqual({ ok: true, value: { Type: "animal", Sound: "miaow", Size: 1 } });
    expect(row?.columns).toEqual({ id: 7, kind: "animal", Sound: "miaow", Size: 1 });
    expect(source.unused()).toEqual(["id"]);
  });

  test("that are no objects are rejected as they stand", async () => {
    const source = await openText('no JSON\n[1]\n{"Type":1}\n', { model: animals, name: "x.jsonl" });
    const rejects = createRejectsWriter(source.columnNames);
    const lines = (await allRows(source)).map((row) =>
      rejects.line(row, { feature: undefined, reason: "-" }),
    );
    expect(lines).toEqual(["1,,-,no JSON\n", "2,,-,[1]\n", '3,,-,"{""Type"":1}"\n']);
  });

  test("are skipped without being parsed", async () => {
    const source = await openText(`no JSON\n${a}\n${b}\n`, { model: animals, name: "x.jsonl" });
    expect((await allRows(source, 1)).map(({ line, index, row }) => [line, index, row.ok])).toEqual([
      [2, 1, true],
      [3, 2, true],
    ]);
    const list = await openText(`[${a},${b},${a}]`, { model: animals, name: "x.json", pieces: 9 });
    expect((await allRows(list, 2)).map(({ line, index }) => [line, index])).toEqual([[3, 2]]);
  });

  test.each([
    { text: "", want: "x.json is empty" },
    { text: "{}", want: "x.json has no list of rows" },
    { text: '{"rows": 5}', want: "x.json has no list of rows" },
    { text: `[${a}`, want: "x.json ends within its list of rows" },
    { text: `[${a} ${b}]`, want: "x.json has rows without a comma between" },
    { text: "5", want: "x.json is neither a list nor an object" },
  ])("are refused in a document such as $text", async ({ text, want }) => {
    await expect(rowsOf(text, { model: animals, name: "x.json", format: "json" })).rejects.toThrow(want);
  });

  test("are whatever JSON.stringify writes, in pieces of any size", async () => {
    const model = modelWith({ value: { kind: "json", shape: { type: "any" } } });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (values, pieces, isWide) => {
          const given = values.map((value) => ({ value: value ?? null }));
          const text = JSON.stringify(given, null, isWide ? 2 : 0);
          const rows = await rowsOf(text, { model, name: "x.json", format: "json", pieces });
          // Whole numbers that JavaScript would round are read in all their digits.
          const want: unknown = JSON.parse(JSON.stringify(given), (_key, one: unknown) =>
            Number.isInteger(one) && !Number.isSafeInteger(one) && /^-?\d+$/.test(String(one))
              ? BigInt(String(one))
              : one,
          );
          expect(outcomes(rows)).toEqual(want);
          const lines = given.map((one) => `${JSON.stringify(one)}\n`).join("");
          expect(outcomes(await rowsOf(lines, { model, name: "x.jsonl", pieces }))).toEqual(want);
        },
      ),
      { numRuns: 50 },
    );
  });
});
