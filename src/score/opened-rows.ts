import type { ColumnMap } from "./map-columns.js";
import type { RowSource } from "./row-source.js";

/** A file of rows that is open: what a run asks of it, and what to warn of. */
export interface OpenedRows extends RowSource {
  /** The columns that no input takes: those with a header at once, others as far as rows were read. */
  unused(): readonly string[];
}

/** What readers must know of the operation that rows are for. */
export interface ReadContext {
  /** The names that columns may have: those of inputs, and those that `--map` takes. */
  readonly names: ReadonlySet<string>;
  /** Holds columns against the inputs; null where each row has its own. Throws where they do not fit. */
  mapped(columns: readonly string[] | null, options?: { readonly byPosition: boolean }): MappedColumns;
}

/** Columns that were held against the inputs. */
export interface MappedColumns {
  readonly columns: ColumnMap;
  /** Those that no input takes. */
  readonly unused: readonly string[];
}
