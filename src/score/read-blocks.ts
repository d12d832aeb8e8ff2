/*
 * What readers of all formats have in common: rows made of what they find, block by block.
 */
import type { Converting } from "./map-row.js";
import { setMember } from "./own-members.js";
import type { ConvertedRow, SourceRow } from "./row-source.js";

/** What a reader found for one row. */
export interface FoundRow {
  readonly line: number;
  readonly columns: Readonly<Record<string, unknown>>;
  /** Makes the row; a fault that is known already needs no making. */
  readonly convert: () => Converting;
}

/** Rows that need files are made a few at a time: each holds what it has read. */
const fewRows = 32;

/** The rows of one block, the first of which is number `first`; `waits` where they may need files. */
export async function* convertBlock(
  found: readonly FoundRow[],
  first: number,
  waits: boolean,
): AsyncGenerator<readonly SourceRow[]> {
  if (found.length === 0) return;
  if (!waits) {
    const rows: SourceRow[] = [];
    for (let at = 0; at < found.length; at += 1) {
      const one = found[at];
      if (one === undefined) continue;
      const row = one.convert();
      rows.push(sourceRow(one, first + at, row instanceof Promise ? await row : row));
    }
    yield rows;
    return;
  }
  for (let at = 0; at < found.length; at += fewRows) {
    const few = found.slice(at, at + fewRows);
    const rows = await Promise.all(few.map(async (one) => await one.convert()));
    yield few.map((one, index) => sourceRow(one, first + at + index, rows[index] ?? nothing));
  }
}

const nothing: ConvertedRow = { ok: false, reason: "is missing" };

function sourceRow({ line, columns }: FoundRow, index: number, row: ConvertedRow): SourceRow {
  return { line, index, columns, row };
}

/** Cells by the names of their columns; of columns of the same name the last counts. */
export function byName(
  names: readonly string[],
  cells: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const columns: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index += 1) {
    const [name, cell] = [names[index], cells[index]];
    if (name !== undefined && cell !== undefined) setMember(columns, name, cell);
  }
  return columns;
}

/** A row that is at fault before any of its values is looked at. */
export function refusedRow(reason: string): ConvertedRow {
  return { ok: false, reason };
}
