/*
 * Lines of cells come in, as they waited for the end of a run; the bytes of a Parquet file go out, piece by piece. The
 * same lines give the same bytes: where row groups end follows from the lines alone.
 */
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { GenDeployError } from "../gen-deploy-error.js";
import type { CellType } from "./shape-columns.js";

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: CellType;
}

/** What a row group holds at most, in rows and in characters: memory does not grow with the file. */
const group = { rows: 50_000, characters: 16 * 1024 * 1024 } as const;

type Cells = (string | null)[];

/** The pieces of a Parquet file with `lines` as rows, each a JSON list of texts and nulls. */
export async function* encodeParquet(
  columns: readonly ParquetColumn[],
  lines: AsyncIterable<string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new ByteWriter();
  const parquet = new ParquetWriter({
    writer: bytes,
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(schemaOf)],
    createdBy: "gen-deploy",
  });
  /** What was written since, copied: the writer goes on in the same memory. */
  const taken = (): Uint8Array => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  let cells: Cells[] = columns.map(() => []);
  let characters = 0;
  const writeGroup = async (): Promise<Uint8Array> => {
    const columnData = columns.map(({ name, type }, index) => {
      return { name, data: (cells[index] ?? []).map((text) => cellOf(text, type)) };
    });
    await parquet.write({ columnData, rowGroupSize: group.rows });
    cells = columns.map(() => []);
    characters = 0;
    return taken();
  };
  for await (const line of lines) {
    const row = parseLine(line, columns.length);
    for (const [index, column] of cells.entries()) column.push(row[index] ?? null);
    characters += line.length;
    const count = cells[0]?.length ?? 0;
    if (count >= group.rows || characters >= group.characters) yield await writeGroup();
  }
  if (characters > 0) yield await writeGroup();
  await parquet.finish();
  yield taken();
}

function schemaOf({ name, type }: ParquetColumn) {
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  switch (type) {
    case "number":
      return { ...optional, type: "DOUBLE" } as const;
    case "integer":
      return { ...optional, type: "INT64" } as const;
    case "boolean":
      return { ...optional, type: "BOOLEAN" } as const;
    case "text":
      return { ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
  }
}

function cellOf(text: string | null, type: CellType): unknown {
  if (text === null) return null;
  switch (type) {
    case "number":
      return Number(text);
    case "integer":
      return BigInt(text);
    case "boolean":
      return text === "true";
    case "text":
      return text;
  }
}

function parseLine(line: string, length: number): Cells {
  const cells: unknown = JSON.parse(line);
  if (isCells(cells) && cells.length === length) return cells;
  throw new GenDeployError("score/bad-stage", "The rows that wait for the Parquet file are not this run's.", {
    hint: "They were changed meanwhile: --force begins the run anew.",
  });
}

function isCells(value: unknown): value is Cells {
  return Array.isArray(value) && value.every((cell) => cell === null || typeof cell === "string");
}
