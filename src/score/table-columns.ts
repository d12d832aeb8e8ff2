import { GenDeployError } from "../gen-deploy-error.js";
import { suggest } from "../spec/suggest.js";
import type { OutputColumn } from "./output-columns.js";
import type { SourceRow } from "./row-source.js";
import type { CellType } from "./shape-columns.js";

/** One column of the table that a run writes: one of the input that is carried along, or one of the answers. */
export interface TableColumn {
  readonly name: string;
  readonly type: CellType;
  readonly valueOf: (row: SourceRow, answer: unknown) => unknown;
  /** Its value is an object whose members are written in its place. */
  readonly spread?: true;
}

/** Which of the input's columns are carried along; `*` among them stands for all. */
export interface CarriedColumns {
  readonly wanted: readonly string[];
  /** Those that the input has, or null where each row has its own. */
  readonly known: readonly string[] | null;
  /** What they hold, where that is known: those that are left out hold text. */
  readonly types?: ReadonlyMap<string, CellType> | undefined;
  /** Whether the format has no objects, so that columns must be known before the first row. */
  readonly flat: boolean;
}

/** The whole table: carried columns first. An output that has the name of one of them is called `name.output`. */
export function tableColumns(
  carried: CarriedColumns,
  outputs: readonly OutputColumn[],
): readonly TableColumn[] {
  const first = carriedColumns(carried);
  const names = new Set(first.map(({ name }) => name));
  const own = outputs.map(({ name, type, valueOf, spread }): TableColumn => {
    const free = freeName(name, names);
    names.add(free);
    const column = { name: free, type, valueOf: (_: SourceRow, answer: unknown) => valueOf(answer) };
    return spread === true ? { ...column, spread } : column;
  });
  return [...first, ...own];
}

/** A name that none of `names` is. */
export function freeName(name: string, names: ReadonlySet<string>): string {
  let free = name;
  for (let count = 1; names.has(free); count += 1) free = `${name}.output${count === 1 ? "" : count}`;
  return free;
}

function carriedColumns({ wanted, known, types, flat }: CarriedColumns): readonly TableColumn[] {
  if (wanted.length === 0) return [];
  if (wanted.includes("*") && known === null) {
    if (flat) {
      throw new GenDeployError("score/unknown-columns", "The input's rows have columns of their own each.", {
        hint: "Name those to carry along: --columns a,b; or write JSON Lines.",
      });
    }
    return [{ name: "*", type: "text", valueOf: ({ columns }) => columns, spread: true }];
  }
  const names = wanted.includes("*") ? (known ?? []) : [...new Set(wanted)];
  const unknown = known === null ? undefined : names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = suggest(unknown, known ?? [])[0];
    throw new GenDeployError("score/no-column", `The input has no column ${JSON.stringify(unknown)}.`, {
      hint: near === undefined ? "--columns names columns of the input." : `Did you mean ${near}?`,
    });
  }
  return names.map((name) => ({
    name,
    type: types?.get(name) ?? "text",
    valueOf: ({ columns }) => (Object.hasOwn(columns, name) ? columns[name] : undefined),
  }));
}
