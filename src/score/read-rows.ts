/*
 * A file of rows and an operation come in; the rows as the client takes them go out, block by block. What the file is
 * goes by its name, or by its first bytes.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import type { InputBytes } from "./input-bytes.js";
import { mapColumns } from "./map-columns.js";
import { mapInputs } from "./map-inputs.js";
import { createRowReader } from "./map-row.js";
import type { OpenedRows, ReadContext } from "./opened-rows.js";
import { isMembers } from "./own-members.js";
import { parseJson, whyNoJson } from "./parse-json.js";
import { readCsv } from "./read-csv.js";
import { readFiles } from "./read-files.js";
import { readJson, readJsonLines } from "./read-json.js";
import { readParquet } from "./read-parquet.js";
import type { ConvertedRow } from "./row-source.js";
import type { InputFormat } from "./run-choices.js";
import { shownValue } from "./value-fault.js";
import type { RowFiles } from "./value-reader.js";

/** What rows are for, and how their files are reached. */
export interface RowsTarget {
  readonly model: DeploymentModel;
  readonly operation: OperationModel;
  readonly files: RowFiles;
}

/** How a file of rows is read. */
export interface ReadRowsOptions {
  /** Known by the file's name, or by its first bytes, where it is left out. */
  readonly format?: InputFormat | undefined;
  /** Of a table; guessed where it is left out. */
  readonly delimiter?: string | undefined;
  /** False where a table's first record is a row: its columns are then called 1, 2, 3, … */
  readonly header?: boolean | undefined;
  /** `column=feature`, as the user writes them. */
  readonly map?: readonly string[] | undefined;
}

/** Opens a file of rows. Throws a `GenDeployError` (`rows/…`) where its columns do not fit the inputs. */
export async function readRows(
  input: InputBytes,
  { model, operation, files }: RowsTarget,
  { format, delimiter, header = true, map = [] }: ReadRowsOptions = {},
): Promise<OpenedRows> {
  const inputs = mapInputs(operation, { shapes: model.shapes, files });
  const context: ReadContext = {
    names: new Set([
      ...inputs.fields.map(({ name }) => name),
      ...map.map((text) => text.split("=", 1).join("")),
    ]),
    mapped(columns, { byPosition } = { byPosition: false }) {
      const mapped = mapColumns(inputs, { map, columns, byPosition, name: input.name });
      const used = new Set(mapped.fields.map(({ column }) => column));
      const isOpen = mapped.others !== undefined;
      return { columns: mapped, unused: isOpen ? [] : (columns ?? []).filter((column) => !used.has(column)) };
    },
  };
  const stated = format ?? formatOf(input.name);
  const [source, used] = stated === undefined ? await guessed(input) : [input, stated];
  switch (used) {
    case "csv":
      return await readCsv(source, context, { delimiter, header });
    case "tsv":
      return await readCsv(source, context, { delimiter: delimiter ?? "\t", header });
    case "jsonl":
      return readJsonLines(source, context);
    case "json":
      return readJson(source, context);
    case "parquet":
      return await readParquet(source, context);
  }
}

/** Opens files of which each is a row by itself, for an operation with one input that takes files. */
export function readFileRows(paths: readonly string[], { model, operation, files }: RowsTarget): OpenedRows {
  return readFiles(paths, mapInputs(operation, { shapes: model.shapes, files }));
}

/** One row that is given as JSON. */
export async function readRow(text: string, { model, operation, files }: RowsTarget): Promise<ConvertedRow> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw new GenDeployError("rows/bad-json", `--row is no JSON: ${shownValue(text)}${whyNoJson(cause)}.`, {
      cause,
    });
  }
  const inputs = mapInputs(operation, { shapes: model.shapes, files });
  const columns = mapColumns(inputs, { map: [], columns: null, byPosition: false, name: "--row" });
  const known = new Set(columns.fields.map(({ column }) => column));
  const strange =
    isMembers(value) && columns.others === undefined
      ? Object.keys(value).find((name) => !known.has(name))
      : undefined;
  if (strange !== undefined && known.size > 1)
    return {
      ok: false,
      feature: strange,
      reason: `is no feature; those are ${[...known].map((name) => shownValue(name)).join(", ")}`,
    };
  return await createRowReader(columns, null).fromValue(value);
}

const endings: Readonly<Record<string, InputFormat>> = {
  csv: "csv",
  txt: "csv",
  ...{ tsv: "tsv", tab: "tsv" },
  ...{ jsonl: "jsonl", ndjson: "jsonl", jsonlines: "jsonl" },
  json: "json",
  ...{ parquet: "parquet", parq: "parquet", pq: "parquet" },
};

function formatOf(name: string): InputFormat | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  // A file of this name is a list as often as it is one object a line: its first bytes know.
  return ending !== "json" && Object.hasOwn(endings, ending) ? endings[ending] : undefined;
}

/** Bytes that a format is known by. */
const headBytes = 65_536;

/** What the file is by its first bytes; they are given again to whoever reads it. */
async function guessed(input: InputBytes): Promise<readonly [InputBytes, InputFormat]> {
  const pieces = input.stream()[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  while (length < headBytes && !isWhole) {
    const next = await pieces.next();
    if (next.done === true) isWhole = true;
    else {
      head.push(next.value);
      length += next.value.byteLength;
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* head;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  }
  const format = formatOfText(Buffer.concat(head), isWhole);
  if (format !== "parquet" || input.slice === null) return [{ ...input, stream: all }, format];
  await pieces.return?.();
  return [input, format];
}

function formatOfText(head: Uint8Array, isWhole: boolean): InputFormat {
  if (Buffer.from(head.subarray(0, 4)).toString("latin1") === "PAR1") return "parquet";
  const text = Buffer.from(head)
    .toString("utf8")
    .replace(/^\ufeff?\s*/, "");
  if (!/^[[{]/.test(text)) return "csv";
  const [line = "", ...others] = text.split("\n");
  if (others.length === 0 && !isWhole)
    return /^(?:\[|\{\s*"(?:rows|instances)")/.test(text) ? "json" : "jsonl";
  // A whole value in the first line, and another in the next, is one value a line.
  const value = jsonOf(line);
  if (value === undefined) return "json";
  const next = others.find((one) => one.trim() !== "");
  const isList =
    Array.isArray(value) || (isMembers(value) && Array.isArray(value["rows"] ?? value["instances"]));
  return next !== undefined || !isList ? "jsonl" : "json";
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
