import { spawnSync } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import {
  allRows,
  bytesAsInput,
  modelOf,
  modelOfShapes,
  modelWith,
  openText,
  outcomes,
  rowsOf,
} from "./rows-of.js";
import { filesOfRows } from "../../src/disk/files-of-rows.js";
import { readRows } from "../../src/score/read-rows.js";
import { operationOf } from "./rows-of.js";

const animals = modelOf("peltarion/animal-table");

/** A file of `count` rows in row groups of 1000. */
function animalsFile(count: number): Uint8Array {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "id", data: numbers.map((index) => BigInt(index)), type: "INT64" },
        {
          name: "Type",
          data: numbers.map((index) => (index % 2 === 0 ? "animal" : "human")),
          type: "STRING",
        },
        { name: "Sound", data: numbers.map(() => "miaow"), type: "STRING" },
        { name: "Size", data: numbers.map((index) => index / 2), type: "DOUBLE" },
      ],
      rowGroupSize: 1000,
    }),
  );
}

function rowAt(index: number): object {
  return { Type: index % 2 === 0 ? "animal" : "human", Sound: "miaow", Size: index / 2 };
}

describe("Parquet", () => {
  test("gives its rows in order, with what they carry along", async () => {
    const source = await openText(animalsFile(10_500), { model: animals, name: "rows.parquet" });
    expect(source.total).toBe(10_500);
    expect(source.columnNames).toEqual(["id", "Type", "Sound", "Size"]);
    expect([...(source.columnTypes ?? [])]).toEqual([
      ["id", "integer"],
      ["Type", "text"],
      ["Sound", "text"],
      ["Size", "number"],
    ]);
    expect(source.unused()).toEqual(["id"]);
    const rows = await allRows(source);
    expect(outcomes(rows)).toEqual(Array.from({ length: 10_500 }, (_, index) => rowAt(index)));
    expect(rows[9999]).toMatchObject({ line: 10_000, index: 9999, columns: { id: 9999n, Type: "human" } });
    expect(source.bytes.read()).toBeGreaterThan(0);
  });

  test("is read from where a run goes on", async () => {
    const source = await openText(animalsFile(3500), { model: animals, name: "rows.parquet" });
    const rows = await allRows(source, 2345);
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 1155 }, (_, index) => 2345 + index));
    expect(outcomes(rows)[0]).toEqual(rowAt(2345));
  });

  test("is known by its first bytes, and comes on standard input too", async () => {
    const input = { ...bytesAsInput(animalsFile(3), "<stdin>", 100), size: null, slice: null };
    const target = { model: animals, operation: operationOf(animals), files: filesOfRows(".") };
    expect(outcomes(await allRows(await readRows(input, target)))).toEqual([rowAt(0), rowAt(1), rowAt(2)]);
    expect(outcomes(await rowsOf(animalsFile(1), { model: animals, name: "rows" }))).toEqual([rowAt(0)]);
  });

  test("gives values of every type as the client takes them", async () => {
    const model = modelWith({
      whole: { kind: "json", shape: { type: "integer" } },
      number: { kind: "number" },
      truth: { kind: "json", shape: { type: "boolean" } },
      text: { kind: "text" },
      when: { kind: "text" },
      picture: { kind: "image", mediaTypes: ["image/png"], alpha: true },
      list: { kind: "tensor", dtype: "float32", shape: [2], form: "flat" },
      "optional?": { kind: "number" },
    });
    const file = parquetWriteBuffer({
      columnData: [
        { name: "whole", data: [1n, 2n ** 53n + 1n], type: "INT64" },
        { name: "number", data: [1, 2], type: "INT32" },
        { name: "truth", data: [true, false], type: "BOOLEAN" },
        { name: "text", data: ["é", ""], type: "STRING" },
        { name: "when", data: [new Date(0), new Date(1000)], type: "TIMESTAMP" },
        { name: "picture", data: [Uint8Array.of(1, 2, 255), Uint8Array.of(3)], type: "BYTE_ARRAY" },
        { name: "list", data: [[1, 2], [3]] },
        { name: "optional", data: [undefined, 5], type: "DOUBLE", nullable: true },
      ],
    });
    const [first, second] = outcomes(await rowsOf(new Uint8Array(file), { model, name: "x.parquet" }));
    expect(first).toEqual({
      ...{ whole: 1, number: 1, truth: true, text: "é", when: "1970-01-01T00:00:00.000Z" },
      ...{ picture: Uint8Array.of(1, 2, 255), list: [1, 2] },
    });
    expect(second).toBe("2: list is a list of 1, expected a list of 2");
  });

  test("that is none, or cut off, is refused", async () => {
    const file = animalsFile(10);
    for (const bytes of [new Uint8Array(100), file.subarray(0, -20)])
      await expect(rowsOf(bytes, { model: animals, name: "x.parquet" })).rejects.toThrow(
        /^x\.parquet cannot be read as Parquet: /,
      );
    await expect(
      rowsOf(file, { model: modelOfShapes({ x: { type: "text" } }), name: "x.parquet" }),
    ).rejects.toThrow('x.parquet has no column for the feature "x".');
  });
});

const pyarrow = spawnSync("python3", ["-c", "import pyarrow"]).status === 0;

test.skipIf(!pyarrow)("what pyarrow writes is read (skipped without pyarrow)", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gen-deploy-pyarrow-"));
  for (const compression of ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]) {
    const path = join(folder, `${compression}.parquet`);
    const script = `
import pyarrow as pa, pyarrow.parquet as pq
table = pa.table({"Type": ["animal", "human"] * 500, "Sound": ["miaow"] * 1000, "Size": pa.array([i / 2 for i in range(1000)], pa.float32())})
pq.write_table(table, ${JSON.stringify(path)}, compression=${JSON.stringify(compression)}, row_group_size=300)`;
    expect(spawnSync("python3", ["-c", script]).stderr.toString()).toBe("");
    const rows = await rowsOf(new Uint8Array(await readFile(path)), { model: animals, name: path });
    expect(outcomes(rows)).toEqual(Array.from({ length: 1000 }, (_, index) => rowAt(index)));
  }
});
