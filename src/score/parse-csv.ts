/*
 * Text of a table comes in, records of cells go out (RFC 4180): any delimiter, quotes, line ends of both kinds, even in
 * one file. Lines are those of the file, whatever line ends stand in quotes.
 */
import Papa from "papaparse";
import { GenDeployError } from "../gen-deploy-error.js";
import { countLines, type Taken } from "./read-lines.js";

/** One record. */
export interface CsvRecord {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with its quotes. */
  readonly fault?: string;
}

/** Takes records off the beginning of a text; the last may be incomplete unless it is the last text. */
export type CsvParser = (text: string, isLast: boolean) => Taken<readonly CsvRecord[]>;

/** Characters of one record: beyond that, a quote was never closed. */
const longestRecord = 2 ** 27;

/** A parser that counts lines from the first text on. Blank lines are passed over. */
export function createCsvParser(delimiter: string, name: string): CsvParser {
  const parser = new Papa.Parser({ delimiter, newline: "\n", quoteChar: '"' });
  let line = 1;
  return (given, isLast) => {
    if (given === "") return { block: [], length: 0 };
    const text = isLast && !given.endsWith("\n") ? `${given}\n` : given;
    const { rows, faults, end } = parsed(parser.parse(text, 0, true));
    if (isLast && end < text.length) {
      const record = { line, cells: [text.slice(end)], fault: "has a quote that is not closed" };
      return { block: [...records(rows, faults, text.slice(0, end)), record], length: given.length };
    }
    if (end === 0 && text.length > longestRecord) throw endless(name, line);
    return { block: records(rows, faults, text.slice(0, end)), length: Math.min(end, given.length) };
  };

  function records(
    rows: readonly string[][],
    faults: ReadonlySet<number>,
    text: string,
  ): readonly CsvRecord[] {
    const first = line;
    const lines = countLines(text);
    line += lines;
    // Where no line ends within quotes, each record is a line.
    const isPlain = lines === rows.length;
    let at = first;
    let all: readonly string[] | undefined;
    const lineAt = (index: number): string => (all ??= text.split("\n"))[index] ?? "";
    const found: CsvRecord[] = [];
    for (let index = 0; index < rows.length; index += 1) {
      const cells = withoutReturn(rows[index] ?? []);
      const begin = isPlain ? first + index : at;
      if (!isPlain) at += 1 + cells.reduce((count, cell) => count + countLines(cell), 0);
      // A cell that is quoted is one, however empty: it may be the only one of its row.
      if (cells.length === 1 && cells[0] === "" && isBlank(lineAt(begin - first))) continue;
      if (faults.has(index))
        found.push({ line: begin, cells, fault: "has a quote within a quoted cell that is not doubled" });
      else found.push({ line: begin, cells });
    }
    return found;
  }
}

function isBlank(line: string): boolean {
  return line === "" || line === "\r";
}

/** Lines that end in CR LF have the CR at the end of their last cell. */
function withoutReturn(cells: string[]): readonly string[] {
  const last = cells.length - 1;
  const cell = cells[last];
  if (cell?.endsWith("\r") === true) cells[last] = cell.slice(0, -1);
  return cells;
}

interface Parsed {
  readonly rows: readonly string[][];
  /** The rows with quotes that are at fault. */
  readonly faults: ReadonlySet<number>;
  /** Where the last row ends. */
  readonly end: number;
}

/** What Papa Parse's parser gives, whose type says nothing of it. */
function parsed(result: unknown): Parsed {
  if (!isResult(result)) throw new TypeError("Papa Parse gave no rows.");
  const faults = new Set(
    result.errors.flatMap(({ row }) => (row === undefined || row >= result.data.length ? [] : [row])),
  );
  return { rows: result.data, faults, end: result.meta.cursor };
}

function isResult(value: unknown): value is Papa.ParseResult<string[]> {
  return (
    typeof value === "object" && value !== null && "data" in value && "errors" in value && "meta" in value
  );
}

function endless(name: string, line: number): GenDeployError {
  return new GenDeployError("rows/endless", `${name}: the record that begins in line ${line} does not end.`, {
    hint: "Look for a quote that is not closed.",
  });
}

const delimiters = [",", ";", "\t", "|"] as const;

/**
 * The delimiter of a table that begins with `sample`: the one that finds most of the `known` names in its first record,
 * or else most columns in records that have equally many. A comma where nothing tells.
 */
export function guessDelimiter(sample: string, known: ReadonlySet<string>): string {
  const scores = delimiters.map((delimiter) => {
    const end = sample.lastIndexOf("\n");
    const text = end === -1 ? `${sample}\n` : sample.slice(0, end + 1);
    const parser = createCsvParser(delimiter, "");
    const [header, ...records] = parser(text, false).block.slice(0, 20);
    const columns = header?.cells.length ?? 0;
    const found = header?.cells.filter((cell) => known.has(cell)).length ?? 0;
    const isEven = records.every(({ cells }) => cells.length === columns);
    return { delimiter, score: found * 10_000 + (isEven && columns > 1 ? columns : 0) };
  });
  const best = Math.max(...scores.map(({ score }) => score));
  return scores.find(({ score }) => score === best)?.delimiter ?? ",";
}
