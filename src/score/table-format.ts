/*
 * The columns of a table come in; out goes what writes its rows as text, one line for each. A row's line depends on the
 * row and its answer alone.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { cellText, jsonText } from "./cell-text.js";
import type { OutputFormat } from "./run-choices.js";
import type { SourceRow } from "./row-source.js";
import { freeName, type TableColumn } from "./table-columns.js";

/** What writes a table as lines. */
export interface TableWriter {
  /** What stands before the first row: a line, or nothing. */
  readonly head: string;
  /** A row with its answer, line end included. */
  readonly line: (row: SourceRow, answer: unknown) => string;
}

/** What writes lines of `format`; for Parquet, those of which the file is made in the end. */
export function createTableWriter(columns: readonly TableColumn[], format: OutputFormat): TableWriter {
  switch (format) {
    case "csv":
      return separated(columns, ",");
    case "tsv":
      return separated(columns, "\t");
    case "jsonl":
      return jsonLines(columns);
    case "parquet":
      return stagedCells(columns);
  }
}

/** Texts as a line of CSV (RFC 4180, lines end with LF), without its end. */
export function separatedLine(cells: readonly string[], delimiter: string): string {
  // An empty line would be no row.
  if (cells.length === 1 && cells[0] === "") return '""';
  return cells.map((cell) => (needsQuotes(cell, delimiter) ? quoted(cell) : cell)).join(delimiter);
}

function needsQuotes(cell: string, delimiter: string): boolean {
  return /["\r\n]|^\s|\s$/.test(cell) || cell.includes(delimiter);
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function separated(columns: readonly TableColumn[], delimiter: string): TableWriter {
  return {
    head: `${separatedLine(
      columns.map(({ name }) => name),
      delimiter,
    )}\n`,
    line: (row, answer) =>
      `${separatedLine(
        columns.map(({ valueOf }) => cellText(valueOf(row, answer))),
        delimiter,
      )}\n`,
  };
}

function jsonLines(columns: readonly TableColumn[]): TableWriter {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const spreads = columns.some(({ spread }) => spread === true);
  return {
    head: "",
    line: (row, answer) => {
      if (spreads) return spreadLine(columns, row, answer);
      let line = "{";
      for (const [index, { valueOf }] of columns.entries())
        line += `${index === 0 ? "" : ","}${keys[index]}${jsonText(valueOf(row, answer))}`;
      return `${line}}\n`;
    },
  };
}

/** Members that stand in the place of their object; a name that is taken gets another. */
function spreadLine(columns: readonly TableColumn[], row: SourceRow, answer: unknown): string {
  const parts: string[] = [];
  const names = new Set<string>();
  const add = (name: string, value: unknown): void => {
    const free = freeName(name, names);
    names.add(free);
    parts.push(`${JSON.stringify(free)}:${jsonText(value)}`);
  };
  for (const { name, valueOf, spread } of columns) {
    const value = valueOf(row, answer);
    if (spread !== true || typeof value !== "object" || value === null || Array.isArray(value))
      add(name, value);
    else for (const [member, inner] of Object.entries(value)) add(member, inner);
  }
  return `{${parts.join(",")}}\n`;
}

/** A row as it waits for its place in a Parquet file: the texts of its cells as a JSON list, null for nothing. */
function stagedCells(columns: readonly TableColumn[]): TableWriter {
  return {
    head: "",
    line: (row, answer) => {
      const cells = columns.map((column) => {
        const value = column.valueOf(row, answer);
        if (value === undefined || value === null) return null;
        const text = cellText(value);
        if (column.type === "integer" && !/^-?\d+$/.test(text)) throw notWhole(row, column.name, text);
        return text;
      });
      return `${JSON.stringify(cells)}\n`;
    },
  };
}

function notWhole({ line }: SourceRow, name: string, text: string): GenDeployError {
  return new GenDeployError(
    "score/not-whole",
    `The answer to line ${line} has ${JSON.stringify(text.slice(0, 60))} as ${JSON.stringify(name)}, described as a whole number.`,
    { hint: "Write CSV or JSON Lines, whose columns have no types." },
  );
}
