import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allRows, modelOf, modelWith, openText, outcomes, rowsOf } from "./rows-of.js";

const animals = modelOf("peltarion/animal-table");
const notes = modelWith({ id: { kind: "number" }, note: { kind: "text" } });

describe("a table", () => {
  const wanted = [
    { Type: "animal", Sound: "miaow", Size: 0.4 },
    { Type: "human", Sound: "woof", Size: 1200 },
  ];
  const given = [
    { name: "commas", text: "Type,Sound,Size\nanimal,miaow,0.4\nhuman,woof,1.2e3\n" },
    { name: "semicolons", text: "Type;Sound;Size\nanimal;miaow;0.4\nhuman;woof;1200\n" },
    { name: "tabs", text: "Type\tSound\tSize\nanimal\tmiaow\t0.4\nhuman\twoof\t1200" },
    { name: "bars", text: "Type|Sound|Size\nanimal|miaow|0.4\nhuman|woof|1200\n" },
    {
      name: "a byte order mark and CR LF",
      text: "\ufeffType,Sound,Size\r\nanimal,miaow,0.4\r\nhuman,woof,1200\r\n",
    },
    { name: "line ends of both kinds", text: "Type,Sound,Size\r\nanimal,miaow,0.4\nhuman,woof,1200\r\n" },
    { name: "quotes", text: '"Type","Sound","Size"\n"animal","miaow","0.4"\n"human",woof,"1200"\r\n' },
    { name: "blank lines", text: "\nType,Sound,Size\n\nanimal,miaow,0.4\n\r\nhuman,woof,1200\n\n" },
    {
      name: "a first line for spreadsheets",
      text: "sep=;\r\nType;Sound;Size\r\nanimal;miaow;0.4\r\nhuman;woof;1200",
    },
    {
      name: "columns in another order, and more of them",
      text: "id;Size;Sound;Type\n1;0.4;miaow;animal\n2; 1200 ;woof;human\n",
    },
  ];

  test.each(given)("with $name", async ({ text }) => {
    expect(outcomes(await rowsOf(text, { model: animals }))).toEqual(wanted);
    expect(outcomes(await rowsOf(text, { model: animals, pieces: 7 }))).toEqual(wanted);
  });

  test("in UTF-16, as spreadsheets save it", async () => {
    const text = "\ufeffType\tSound\tSize\r\nanimal\tmiaow\t0.4\r\nhuman\twoof\t1200\r\n";
    expect(outcomes(await rowsOf(Buffer.from(text, "utf16le"), { model: animals }))).toEqual(wanted);
  });

  test("without a header, in the order of the features or as mapped", async () => {
    const rows = await rowsOf("animal,miaow,0.4,x\nhuman,woof,1200,y\n", {
      model: animals,
      header: false,
    });
    expect(outcomes(rows)).toEqual(wanted);
    expect(rows[1]).toMatchObject({ line: 2, index: 1, columns: { 1: "human", 4: "y" } });
    const map = ["2=Size", "3=Sound"];
    expect(outcomes(await rowsOf("animal,0.4,miaow\n", { model: animals, header: false, map }))).toEqual([
      wanted[0],
    ]);
  });

  test("with another delimiter", async () => {
    const text = "id~note\n1~a,b;c\n";
    expect(outcomes(await rowsOf(text, { model: notes, delimiter: "~" }))).toEqual([
      { id: 1, note: "a,b;c" },
    ]);
  });

  test("with columns of other names", async () => {
    const text = "kind,Sound,weight=kg\nanimal,miaow,0.4\n";
    const source = await openText(text, { model: animals, map: ["kind=Type", "weight=kg=Size"] });
    expect(outcomes(await allRows(source))).toEqual([wanted[0]]);
    expect(source.columnNames).toEqual(["kind", "Sound", "weight=kg"]);
    expect(source.unused()).toEqual([]);
  });

  test("tells which columns nobody takes", async () => {
    const source = await openText("id,Type,Sound,Size,note\n", { model: animals });
    expect(source.unused()).toEqual(["id", "note"]);
    expect(await allRows(source)).toEqual([]);
  });

  test("skips rows, whose values are not looked at", async () => {
    const text = "id,note\nx,a\ny,b\n3,c\n";
    const source = await openText(text, { model: notes, pieces: 5 });
    expect(await allRows(source, 2)).toEqual([
      { line: 4, index: 2, columns: { id: "3", note: "c" }, row: { ok: true, value: { id: 3, note: "c" } } },
    ]);
  });
});

describe("lines", () => {
  test("are those of the file, whatever stands in quotes", async () => {
    const text = 'id,note\r\n1,"a\nb\r\nc"\n\n2,plain\n"3","x""y\n"\nfour,z\n5,\n';
    for (const pieces of [1, 3, 1000]) {
      const rows = await rowsOf(text, { model: notes, pieces });
      expect(rows.map(({ line }) => line)).toEqual([2, 6, 7, 9, 10]);
      expect(outcomes(rows)).toEqual([
        { id: 1, note: "a\nb\r\nc" },
        { id: 2, note: "plain" },
        { id: 3, note: 'x"y\n' },
        '9: id is "four", not a number',
        { id: 5, note: "" },
      ]);
    }
  });

  test("that hold nothing but an empty cell in quotes are rows", async () => {
    const text = 'note\r\n"a"\r\n""\r\n\r\n"b\n\nc"\n""\n\n""';
    const wanted = [
      [2, "a"],
      [3, ""],
      [5, "b\n\nc"],
      [8, ""],
      [10, ""],
    ];
    for (const pieces of [1, 3, 65_536]) {
      const rows = await rowsOf(text, { model: modelWith({ note: { kind: "text" } }), pieces });
      expect(rows.map(({ line, columns }) => [line, columns["note"]])).toEqual(wanted);
    }
  });

  test("with decimal commas are told of", async () => {
    const rows = await rowsOf("id;note\n0,3;a\n", { model: notes });
    expect(outcomes(rows)).toEqual(['2: id is "0,3", not a number: decimals are written with a point']);
  });

  test("with too few or too many cells are told of", async () => {
    const text = "id,note\n1\n2,a,b\n3,c\n";
    expect(outcomes(await rowsOf(text, { model: notes }))).toEqual([
      "2: has 1 cell, but the table has 2 columns",
      "3: has 3 cells, but the table has 2 columns",
      { id: 3, note: "c" },
    ]);
  });

  test.each([
    {
      text: 'id,note\n1,a\n2,"x" y\n3,"b"\n',
      lines: [2],
      want: "begins in line 3 has a quote within a quoted cell",
    },
    {
      text: 'id,note\n1,a\n2,b\n3,"open\n4,c\n',
      lines: [2, 3],
      want: "begins in line 4 has a quote that is not closed",
    },
    { text: 'id,"note\n1,a\n', lines: [], want: "begins in line 1 has a quote that is not closed" },
  ])(
    "with quotes at fault end the reading, after what is before them: $want",
    async ({ text, lines, want }) => {
      const seen: number[] = [];
      const reading = async (): Promise<void> => {
        for await (const block of (await openText(text, { model: notes })).rows({ skip: 0 }))
          seen.push(...block.map(({ line }) => line));
      };
      await expect(reading()).rejects.toThrow(want);
      expect(seen).toEqual(lines);
    },
  );
});

describe("before the first row", () => {
  const given = [
    { name: "no column", text: "Type,Sound\n", want: 'rows.csv has no column for the feature "Size".' },
    {
      name: "no columns",
      text: "a,b\n",
      want: 'rows.csv has no column for the features "Type", "Sound", "Size".',
    },
    { name: "an empty file", text: "", want: "rows.csv is empty." },
    { name: "a column twice", text: "Type,Sound,Size,Size\n", want: 'rows.csv has two columns "Size".' },
    { name: "a mapping without =", text: "a\n", map: ["a"], want: '--map takes COLUMN=FEATURE; got "a".' },
    {
      name: "a mapping to no feature",
      text: "a\n",
      map: ["a=Typ"],
      want: '--map "a=Typ": there is no feature "Typ".',
    },
    {
      name: "a mapping from no column",
      text: "a\n",
      map: ["b=Type"],
      want: '--map "b=Type": there is no column "b".',
    },
    {
      name: "a feature mapped twice",
      text: "a,b\n",
      map: ["a=Type", "b=Type"],
      want: '--map: "a" and "b" both go to the feature "Type".',
    },
    {
      name: "lines that end in CR alone",
      text: "Type,Sound,Size\ranimal,miaow,1\r",
      want: "The lines of rows.csv end in CR alone, as on old Macs.",
    },
    {
      name: "other encodings",
      text: Buffer.from("Type,Sound,Size\nb\xe9te\n", "latin1"),
      want: "rows.csv holds bytes after byte 0 that are no UTF-8 text.",
    },
  ];

  test.each(given)("refuses $name", async ({ text, want, map = [] }) => {
    await expect(rowsOf(text, { model: animals, map })).rejects.toThrow(want);
  });

  test("says what a name is probably meant to be", async () => {
    await expect(rowsOf("type,Sound,Size\n", { model: animals })).rejects.toMatchObject({
      hint: 'If it is the column "type", give --map type=Type.',
    });
    await expect(rowsOf("Weight\n", { model: animals })).rejects.toMatchObject({
      hint: 'Its columns are "Weight".',
    });
    await expect(rowsOf("kind,Sound,Size\n", { model: animals })).rejects.toMatchObject({
      hint: 'If it is the column "kind", give --map kind=Type.',
    });
    await expect(rowsOf("a\n", { model: animals, map: ["a=Typ"] })).rejects.toMatchObject({
      hint: 'Did you mean "Type"?',
    });
  });
});

test("names of Object's own are names like others", async () => {
  const model = modelWith(JSON.parse('{"__proto__":{"kind":"number"},"constructor":{"kind":"text"}}'));
  const [row] = await rowsOf("__proto__,constructor,toString\n5,x,y\n", { model });
  const value = row?.row.ok === true ? row.row.value : undefined;
  expect(Object.entries(Object(value))).toEqual([
    ["__proto__", 5],
    ["constructor", "x"],
  ]);
  expect(Object.keys(row?.columns ?? {})).toEqual(["__proto__", "constructor", "toString"]);
});

test("whatever csv-stringify writes is read as it was", async () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", "b", ",", ";", '"', "\n", "\r\n", " ", "é", "😀", "\t", "|"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer(), cell, cell)),
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 40 }),
      async (records, delimiter, ending, pieces) => {
        const model = modelWith({ id: { kind: "number" }, one: { kind: "text" }, other: { kind: "text" } });
        const text = stringify(records, {
          ...{ header: true, columns: ["id", "one", "other"], quoted_string: true },
          ...{ delimiter, record_delimiter: ending },
        });
        const rows = await rowsOf(text, { model, pieces });
        expect(outcomes(rows)).toEqual(records.map(([id, one, other]) => ({ id, one, other })));
      },
    ),
  );
});
