import { mkdtemp, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CodecSpec, JsonShape } from "@gen-deploy/runtime";
import { encodeNpy, ndarray } from "@gen-deploy/runtime";
import { stringify } from "csv-stringify/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { byCodec, byShape, type InputCase } from "./input-cases.js";
import { modelOf, modelOfShapes, modelWith, operationOf, outcomes, rowsOf } from "./rows-of.js";

async function outcomeOf(codec: CodecSpec, { cell, json }: InputCase): Promise<unknown> {
  const model = modelWith({ value: codec, ["other?"]: { kind: "text" } });
  const rows =
    cell === undefined
      ? await rowsOf(JSON.stringify({ value: json }), { model, name: "rows.jsonl" })
      : await rowsOf(
          stringify([
            ["value", "other"],
            [cell, ""],
          ]),
          { model },
        );
  const [row] = rows;
  if (row?.row.ok === true) return Object.entries(Object(row.row.value));
  return row?.row.reason;
}

const all = [
  ...byCodec,
  ...byShape.map(([name, shape, cases]) => [name, { kind: "json", shape } as const, cases] as const),
];

describe.each(all)("%s", (_name, codec, cases) => {
  test.each(cases)("$cell$json", async (given) => {
    const outcome = await outcomeOf(codec, given);
    if (given.refused === undefined) expect(outcome).toEqual([["value", given.want]]);
    else if (typeof given.refused === "string") expect(outcome).toBe(given.refused);
    else expect(outcome).toMatch(given.refused);
  });
});

test("an input that need not be there is left out where its cell is empty", async () => {
  const model = modelWith({ a: { kind: "number" }, "b?": { kind: "number" }, "c?": { kind: "text" } });
  expect(outcomes(await rowsOf("a,b,c\n1,,\n2,3,x\n", { model }))).toEqual([
    { a: 1 },
    { a: 2, b: 3, c: "x" },
  ]);
  expect(outcomes(await rowsOf("a\n1\n", { model }))).toEqual([{ a: 1 }]);
  const json = '{"a":1,"b":null}\n{"a":2}\n{"b":3}\n';
  expect(outcomes(await rowsOf(json, { model, name: "x.jsonl" }))).toEqual([
    { a: 1 },
    { a: 2 },
    "3: a is missing",
  ]);
});

describe("files", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gen-deploy-rows-"));
    await mkdir(join(folder, "sub"));
    await writeFile(join(folder, "sub/a.png"), Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    await writeFile(join(folder, "sub/a.npy"), encodeNpy(ndarray([2], Float32Array.of(1, 2))));
    await writeFile(join(folder, "sub/b.npy"), encodeNpy(ndarray([3], Float32Array.of(1, 2, 3))));
  });

  const image: CodecSpec = { kind: "image", mediaTypes: ["image/png"], alpha: true };
  const vector: CodecSpec = { kind: "tensor", dtype: "float32", shape: [2], form: "npy" };

  test("are found beside the file of rows, and read when they are sent", async () => {
    const model = modelWith({ picture: image });
    const text =
      'picture\nsub/a.png\nsub/none.png\n"data:image/png;base64,AAAA"\nhttps://example.com/a.png\nsub\n""\n';
    const rows = await rowsOf(text, { model, folder });
    expect(outcomes(rows).slice(1)).toEqual([
      "3: picture cannot be read: sub/none.png does not exist",
      { picture: "data:image/png;base64,AAAA" },
      '5: picture is "https://example.com/a.png", expected a path or a data URL',
      "6: picture cannot be read: sub is a folder, not a file",
      "7: picture is empty",
    ]);
    const [first] = rows;
    const value = first?.row.ok === true ? Object(first.row.value).picture : undefined;
    expect(value).toMatchObject({ name: "a.png" });
    expect(await value.read()).toEqual(Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
  });

  test("with arrays are held to their shape", async () => {
    const model = modelWith({ vector });
    const url = `data:;base64,${Buffer.from(encodeNpy(ndarray([2], Float32Array.of(3, 4)))).toString("base64")}`;
    const text = `vector\nsub/a.npy\nsub/b.npy\n${stringify([[url]])}sub/c.npy\n"data:;base64,AAAA"\n`;
    const [first, second, third, ...others] = outcomes(await rowsOf(text, { model, folder }));
    expect(first).toEqual({ vector: ndarray([2], Float32Array.of(1, 2)) });
    expect(second).toBe("3: vector has shape [3], expected [2]");
    expect(third).toEqual({ vector: ndarray([2], Float32Array.of(3, 4)) });
    expect(others).toEqual([
      "5: vector cannot be read: sub/c.npy does not exist",
      expect.stringMatching(/^6: vector cannot be read: /),
    ]);
  });

  test("stand in lists and objects of JSON too", async () => {
    const file: JsonShape = { type: "file", form: "uri" };
    const model = modelOfShapes({ files: { type: "list", items: file } });
    const text = stringify([["files"], ['["sub/a.png", "https://example.com/b.png"]'], ['["none.png"]']]);
    const [first, second] = outcomes(await rowsOf(text, { model, folder }));
    expect(first).toMatchObject({ files: [{ name: "a.png" }, "https://example.com/b.png"] });
    expect(second).toBe("3: files cannot be read: none.png does not exist");
  });
});

describe("systems", () => {
  const given: readonly (readonly [fixture: string, index: number, text: string, want: unknown])[] = [
    ["tf-serving/half-plus-two", 0, "x\n[1]\n", { x: [1] }],
    [
      "tf-serving/features",
      0,
      "CRIM,ZN,INDUS,CHAS,NOX,RM,AGE,DIS,RAD,TAX,PTRATIO,TOWN,LSTAT\n1,2,3,True,NaN,-inf,7,8,9,9007199254740993,11,Lynn,13\n",
      {
        ...{ CRIM: 1, ZN: 2, INDUS: 3, CHAS: true, NOX: NaN, RM: -Infinity, AGE: 7, DIS: 8, RAD: 9 },
        ...{ TAX: 2n ** 53n + 1n, PTRATIO: 11, TOWN: "Lynn", LSTAT: 13 },
      },
    ],
    [
      "tf-serving/features",
      1,
      '"table"\n"[1,2,3,4,5,6,7,8,9,10,11,12,13]"\n',
      { table: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] },
    ],
    [
      "tf-serving/features",
      2,
      'CRIM;RM;TAX;tags\n1;2;3;["a","b"]\n',
      { CRIM: 1, RM: 2, TAX: 3, tags: ["a", "b"] },
    ],
    [
      "tf-serving/half-plus-two",
      2,
      'x,y,z\n1,a,"{""int64"": [5]}"\n',
      { x: { float: 1 }, y: { bytes: "a" }, z: { int64: [5] } },
    ],
    [
      "tf-serving/camel-case",
      0,
      "threshold;image_tensor\n0.5;[[[[1,2,3],[4,5,6]],[[7,8,9],[1,2,255]]]]\n",
      {
        threshold: 0.5,
        image_tensor: [
          [
            [
              [1, 2, 3],
              [4, 5, 6],
            ],
            [
              [7, 8, 9],
              [1, 2, 255],
            ],
          ],
        ],
      },
    ],
    ["modelbit/adder", 0, "c,b,a\n3,2,1\n", { a: 1, b: 2, c: 3 }],
    [
      "modelbit/data-frame",
      0,
      "Monthly charges,months,plan,active,since\n1.5,2,basic,1,2020\n",
      { "Monthly charges": 1.5, months: 2, plan: "basic", active: true, since: "2020" },
    ],
    [
      "modelbit/positions",
      0,
      'embedding;kind;filter;limit\n[1,2];;{"a":1};\n',
      { embedding: [1, 2], kind: null, filter: { a: 1 } },
    ],
    ["cog/story-writer", 0, "prompt,max_tokens\nOnce,5\n", { prompt: "Once", max_tokens: 5 }],
    ["openapi/leaf-doctor", 4, 'plant;severity\ntomato;["mild"]\n', { plant: "tomato", severity: ["mild"] }],
  ];

  test.each(given)("%s, operation %i", async (fixture, index, text, want) => {
    const model = modelOf(fixture);
    const rows = await rowsOf(text, { model, operation: operationOf(model, index) });
    expect(outcomes(rows)).toEqual([want]);
  });
});
