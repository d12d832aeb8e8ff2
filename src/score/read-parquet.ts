/*
 * Apache Parquet: row groups are read one by one, and of each the rows block by block, so that no more is held than a
 * row group and one block of rows.
 */
import type { AsyncBuffer, FileMetaData, parquetRead, SchemaElement } from "hyparquet";
import { GenDeployError } from "../gen-deploy-error.js";
import type { InputBytes } from "./input-bytes.js";
import { createRowReader } from "./map-row.js";
import type { OpenedRows, ReadContext } from "./opened-rows.js";
import { byName, convertBlock, type FoundRows } from "./read-blocks.js";
import type { CellType } from "./shape-columns.js";

/** Rows of a row group that are made at a time. */
const blockRows = 4096;

/** Opens a Parquet file; of standard input all of it is held, for its index stands at its end. */
export async function readParquet(input: InputBytes, context: ReadContext): Promise<OpenedRows> {
  const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
  let count = 0;
  const file = countReads(await toBuffer(input), (bytes) => (count += bytes));
  const metadata = await refusing(input, () => parquetMetadataAsync(file));
  const { children } = parquetSchema(metadata);
  const columnNames = children.map(({ element }) => element.name);
  const map = context.mapped(columnNames);
  const reader = createRowReader(map.columns, columnNames);
  const found: FoundRows<Members> = {
    line: ({ line }) => line,
    columns: ({ members }) => members,
    convert: ({ members }) => reader.fromValue(members),
    waits: reader.waits,
  };
  return {
    columnNames,
    columnTypes: new Map(children.map(({ element }) => [element.name, columnType(element)])),
    unit: "row",
    unused: () => map.unused,
    total: Number(metadata.num_rows),
    bytes: { size: file.byteLength, read: () => Math.min(count, file.byteLength) },
    async *rows({ skip }) {
      let start = 0;
      for (const group of metadata.row_groups) {
        const end = start + Number(group.num_rows);
        if (end > skip) {
          const from = Math.max(start, skip);
          const columns = await refusing(input, () =>
            readColumns(file, metadata, { start, end, columnNames }),
          );
          for (let at = from; at < end; at += blockRows) {
            const length = Math.min(end, at + blockRows) - at;
            const rows = Array.from({ length }, (_, index) => {
              const values = columns.map((column) => column(at + index - start) ?? null);
              return { line: at + index + 1, members: byName(columnNames, values) };
            });
            yield* convertBlock(rows, at, found);
          }
        }
        start = end;
      }
    },
  };
}

/** What the values of a column are written as again; numbers that stand for something else are text. */
function columnType({ type, repetition_type, converted_type, logical_type }: SchemaElement): CellType {
  const isPlain =
    logical_type === undefined
      ? converted_type === undefined || /^U?INT_/.test(converted_type)
      : logical_type.type === "INTEGER" && (logical_type.isSigned || logical_type.bitWidth < 64);
  // A column of 64-bit integers has a sign.
  if (repetition_type === "REPEATED" || !isPlain || converted_type === "UINT_64") return "text";
  if (type === "BOOLEAN") return "boolean";
  if (type === "FLOAT" || type === "DOUBLE") return "number";
  return type === "INT32" || type === "INT64" ? "integer" : "text";
}

/** Values by the names of their columns. */
interface Members {
  readonly line: number;
  readonly members: Readonly<Record<string, unknown>>;
}

/** The value of a column at a place in its row group. */
type ColumnValues = (place: number) => unknown;

async function readColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  {
    start,
    end,
    columnNames,
  }: { readonly start: number; readonly end: number; readonly columnNames: readonly string[] },
): Promise<readonly ColumnValues[]> {
  const [{ parquetRead }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const pieces = new Map<string, { readonly from: number; readonly values: ArrayLike<unknown> }[]>();
  await parquetRead({
    ...{ file, metadata, compressors, rowStart: start, rowEnd: end },
    // Bytes without a stated meaning may be a picture: what is text is said by the input that they are for.
    utf8: false,
    parsers: dateTexts,
    onChunk({ columnName, columnData, rowStart }) {
      const all = pieces.get(columnName) ?? [];
      all.push({ from: rowStart - start, values: columnData });
      pieces.set(columnName, all);
    },
  });
  return columnNames.map((name) => {
    const all = (pieces.get(name) ?? []).toSorted((one, other) => one.from - other.from);
    // What the index promises need not be there.
    const count = all.reduce((sum, { values }) => sum + values.length, 0);
    if (count !== end - start)
      throw new RangeError(`the column ${JSON.stringify(name)} has ${count} values for ${end - start} rows`);
    let current = 0;
    return (place) => {
      let piece = all[current];
      // Places are asked for in order; a piece that is left behind is not needed again.
      while (piece !== undefined && place >= piece.from + piece.values.length) {
        current += 1;
        piece = all[current];
      }
      return piece === undefined ? undefined : piece.values[place - piece.from];
    };
  });
}

/** Dates and times as ISO 8601 has them, with all digits that they are stored with. */
const dateTexts: NonNullable<Parameters<typeof parquetRead>[0]["parsers"]> = {
  dateFromDays: (days) => timeText(BigInt(days) * 86_400n, 1n).slice(0, "2020-01-01".length),
  timestampFromMilliseconds: (millis) => timeText(millis, 1000n),
  timestampFromMicroseconds: (micros) => timeText(micros, 1_000_000n),
  timestampFromNanoseconds: (nanos) => timeText(nanos, 1_000_000_000n),
};

function timeText(units: bigint, perSecond: bigint): string {
  const rest = ((units % perSecond) + perSecond) % perSecond;
  const time = new Date(Number((units - rest) / perSecond) * 1000);
  // What no calendar has stays the number that it is.
  if (Number.isNaN(time.getTime())) return String(units);
  const digits = String(rest)
    .padStart(String(perSecond).length - 1, "0")
    .replace(/0+$/, "")
    .padEnd(3, "0");
  return time.toISOString().replace(".000Z", `.${digits}Z`);
}

async function toBuffer(input: InputBytes): Promise<AsyncBuffer> {
  const { slice, size } = input;
  if (slice !== null && size !== null) {
    return {
      byteLength: size,
      slice: async (start, end = size) => toArrayBuffer(await slice(start < 0 ? size + start : start, end)),
    };
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of input.stream()) pieces.push(piece);
  const whole = toArrayBuffer(Buffer.concat(pieces));
  return { byteLength: whole.byteLength, slice: (start, end) => whole.slice(start, end) };
}

function countReads(file: AsyncBuffer, note: (bytes: number) => void): AsyncBuffer {
  return {
    byteLength: file.byteLength,
    async slice(start, end) {
      const bytes = await file.slice(start, end);
      note(bytes.byteLength);
      return bytes;
    },
  };
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) return buffer;
  const copy = new ArrayBuffer(byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy;
}

async function refusing<Result>({ name }: InputBytes, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof GenDeployError) throw cause;
    const why = cause instanceof Error ? `: ${cause.message}` : "";
    throw new GenDeployError("rows/bad-parquet", `${name} cannot be read as Parquet${why}.`, { cause });
  }
}
