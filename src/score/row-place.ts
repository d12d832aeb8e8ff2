import { cellText } from "./cell-text.js";
import { fileColumn, type RowUnit, type SourceRow } from "./row-source.js";

/** Where a row stands, for messages: its line or number in the input, or the file that it is. */
export function rowPlace(name: string, unit: RowUnit, { line, columns }: SourceRow): string {
  return unit === "file" ? cellText(columns[fileColumn]) : `${name}, ${unit} ${line}`;
}
