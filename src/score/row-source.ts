/*
 * What a run asks of the file that it scores: its rows one by one, each already a value for the client or the reason why
 * it is none. Readers of all formats make these; the run knows no format.
 */

import type { CellType } from "./shape-columns.js";

/** One row of the input file. */
export interface SourceRow {
  /** Where it begins, counted from 1; where the format has no lines, its number. */
  readonly line: number;
  /** 0, 1, 2, … in the order of the file. */
  readonly index: number;
  /** As the file has them, for what is carried along to the output. */
  readonly columns: Readonly<Record<string, unknown>>;
  /** The row as the client takes it; else what is wrong, and with which feature. */
  readonly row: ConvertedRow;
  /** The file's own text of a row that has no columns. */
  readonly text?: string;
}

/** A row as the client takes it, or why there is none. */
export type ConvertedRow =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly feature?: string; readonly reason: string };

/** The one column of rows that are files. */
export const fileColumn = "file";

/** What rows are called by. */
export type RowUnit = "line" | "row" | "file";

/** Rows one by one; memory does not grow with the file. */
export interface RowSource {
  /** The names of the columns in their order, or null where each row has its own. */
  readonly columnNames: readonly string[] | null;
  /** What the columns hold, where the format knows: those that are left out hold text. */
  readonly columnTypes?: ReadonlyMap<string, CellType>;
  /** What rows are called by in messages: their lines, their numbers, or the files that they are. */
  readonly unit: RowUnit;
  /** How many rows there are, or null where that is not known before the end. */
  readonly total: number | null;
  /** How far reading is, for the time left. */
  readonly bytes: SourceBytes;
  /** The rows in blocks, without the first `skip`, whose values are not even looked at. */
  rows(options: { readonly skip: number }): AsyncIterable<readonly SourceRow[]>;
}

/** How many bytes there are, or null where nobody knows, and how many of them were read. */
export interface SourceBytes {
  readonly size: number | null;
  read(): number;
}
