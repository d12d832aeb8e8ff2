/*
 * What readers of all formats have in common: rows made of what they find, block by block.
 */
import type { Converting } from "./map-row.js";
import { setMember } from "./own-members.js";
import type { ConvertedRow, SourceRow } from "./row-source.js";

/** What makes rows of what a reader finds. */
export interface FoundRows<Found> {
  readonly line: (found: Found) => number;
  readonly columns: (found: Found) => Readonly<Record<string, unknown>>;
  readonly convert: (found: Found) => Converting;
  /** The text of a row that has no columns. */
  readonly text?: (found: Found) => string | undefined;
  /** Whether rows may need files. */
  readonly waits: boolean;
}

/** Rows that need files are made a few at a time: each holds what it has read. */
const fewRows = 32;

/** The rows of one block, the first of which is number `first`. */
export async function* convertBlock<Found>(
  found: readonly Found[],
  first: number,
  { line, columns, convert, text, waits }: FoundRows<Found>,
): AsyncGenerator<readonly SourceRow[]> {
  const size = waits ? fewRows : found.length;
  for (let at = 0; at < found.length; at += size) {
    const few = size === found.length ? found : found.slice(at, at + size);
    const made = few.map(convert);
    const rows: SourceRow[] = [];
    for (const [index, one] of few.entries()) {
      const row = made[index] ?? nothing;
      const ready = row instanceof Promise ? await row : row;
      const source = { line: line(one), index: first + at + index, columns: columns(one), row: ready };
      const own = text?.(one);
      rows.push(own === undefined ? source : { ...source, text: own });
    }
    yield rows;
  }
}

const nothing: ConvertedRow = { ok: false, reason: "is missing" };

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
