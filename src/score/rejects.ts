import { cellText, jsonText } from "./cell-text.js";
import type { SourceRow } from "./row-source.js";
import { separatedLine } from "./table-format.js";

/** What writes the rows that have no answer, as CSV: where they stand, why, and what the input has of them. */
export interface RejectsWriter {
  readonly head: string;
  readonly line: (
    row: SourceRow,
    why: { readonly feature: string | undefined; readonly reason: string },
  ) => string;
}

/** A writer of rejected rows, with the input's own columns, or the whole row as JSON where each has its own. */
export function createRejectsWriter(columnNames: readonly string[] | null): RejectsWriter {
  const names = ["line", "feature", "reason", ...(columnNames ?? ["row"])];
  return {
    head: `${separatedLine(names, ",")}\n`,
    line: ({ line, columns, text }, { feature, reason }) => {
      const own = columnNames?.map((name) => (Object.hasOwn(columns, name) ? cellText(columns[name]) : ""));
      const cells = [String(line), feature ?? "", reason, ...(own ?? [text ?? jsonText(columns)])];
      return `${separatedLine(cells, ",")}\n`;
    },
  };
}
