/*
 * Columns and inputs come in, which of them belong together goes out: by their names, or as `--map` says. What does not
 * fit is told before the first row is read.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { suggest } from "../spec/suggest.js";
import type { InputField, RowInputs } from "./map-inputs.js";
import { nearOnes, shownValue } from "./value-fault.js";
import type { ValueReader } from "./value-reader.js";

/** An input with the column that it comes from. */
export interface MappedField extends InputField {
  readonly column: string;
}

/** Which column goes where. */
export interface ColumnMap {
  readonly fields: readonly MappedField[];
  /** What reads the columns that no field has; absent where there may be none. */
  readonly others?: ValueReader;
  /** The columns that `--map` takes for an input of another name. */
  readonly taken: ReadonlySet<string>;
}

/** How columns are mapped. */
export interface MapOptions {
  /** `column=feature`, as the user writes them. */
  readonly map: readonly string[];
  /** The columns there are; null where each row has its own. */
  readonly columns: readonly string[] | null;
  /** Whether the columns have no names of their own, so that their order counts. */
  readonly byPosition: boolean;
  /** The file, for messages. */
  readonly name: string;
}

/** Maps columns to inputs; throws `rows/…` where a mapping leads nowhere or a required input has no column. */
export function mapColumns({ fields, others }: RowInputs, options: MapOptions): ColumnMap {
  const { columns, byPosition, name } = options;
  const names = fields.map((field) => field.name);
  const isOpen = others !== undefined;
  const mapped = new Map<string, string>();
  for (const text of options.map) {
    const [column, feature] = splitMapping(text, columns, isOpen ? null : names);
    const before = mapped.get(feature);
    if (before !== undefined) {
      const twice = `${shownValue(before)} and ${shownValue(column)} both go to the feature ${shownValue(feature)}.`;
      throw new GenDeployError("rows/mapped-twice", `--map: ${twice}`);
    }
    mapped.set(feature, column);
  }
  const taken = new Set(mapped.values());
  const known = columns === null ? null : new Set(columns);
  const found = fields.flatMap((field, index): readonly MappedField[] => {
    const column = mapped.get(field.name) ?? (byPosition ? String(index + 1) : field.name);
    if (!mapped.has(field.name) && taken.has(column)) return [];
    return known === null || known.has(column) ? [{ ...field, column }] : [];
  });
  checkAmbiguous(columns, found, name);
  if (known !== null) checkMissing(fields, found, { ...options, columns: [...known], taken });
  const strange = [...mapped].filter(([feature]) => !names.includes(feature));
  const opened =
    others === undefined
      ? []
      : strange.map(([feature, column]) => ({
          ...{ name: feature, column, required: false, reader: others, at: "row" as const },
        }));
  return { fields: [...found, ...opened], taken, ...(others === undefined ? {} : { others }) };
}

/** At the `=` that has a column before it and a feature behind; both may hold further ones. */
function splitMapping(
  text: string,
  columns: readonly string[] | null,
  features: readonly string[] | null,
): readonly [column: string, feature: string] {
  const pairs = [...text.matchAll(/=/g)].map(
    ({ index }) => [text.slice(0, index), text.slice(index + 1)] as const,
  );
  const isColumn = (name: string): boolean => columns?.includes(name) ?? name !== "";
  const isFeature = (name: string): boolean => features?.includes(name) ?? name !== "";
  const right = pairs.find(([column, feature]) => isColumn(column) && isFeature(feature));
  if (right !== undefined) return right;
  const [first] = pairs;
  if (first === undefined)
    throw new GenDeployError("rows/bad-map", `--map takes COLUMN=FEATURE; got ${shownValue(text)}.`);
  const [column, feature] = pairs.find(([, name]) => isFeature(name)) ?? first;
  const [kind, given, all] = isFeature(feature)
    ? (["column", column, columns ?? []] as const)
    : (["feature", feature, features ?? []] as const);
  throw new GenDeployError(
    "rows/bad-map",
    `--map ${shownValue(text)}: there is no ${kind} ${shownValue(given)}.`,
    {
      hint: knownOnes(kind, given, all),
    },
  );
}

function checkAmbiguous(
  columns: readonly string[] | null,
  fields: readonly MappedField[],
  name: string,
): void {
  if (columns === null || new Set(columns).size === columns.length) return;
  const twice = fields.find(({ column }) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice === undefined) return;
  throw new GenDeployError("rows/column-twice", `${name} has two columns ${shownValue(twice.column)}.`, {
    hint: "Rename one of them.",
  });
}

function checkMissing(
  fields: readonly InputField[],
  found: readonly MappedField[],
  { columns, taken, byPosition, name }: MapOptions & { readonly taken: ReadonlySet<string> },
): void {
  const there = new Set(found.map((field) => field.name));
  const missing = fields.filter((field) => field.required && !there.has(field.name));
  const [first] = missing;
  if (first === undefined) return;
  const all = missing.slice(0, 5).map((field) => shownValue(field.name));
  const more = missing.length > all.length ? `, and ${missing.length - all.length} more` : "";
  const what = `${missing.length === 1 ? "the feature" : "the features"} ${all.join(", ")}${more}`;
  const free = (columns ?? []).filter(
    (column) => !taken.has(column) && !found.some((one) => one.column === column),
  );
  const [near] = suggest(first.name, free);
  // Any other column would be a wild guess, unless both are the only ones left.
  const last = missing.length === 1 && free.length === 1 ? free[0] : undefined;
  const [like = near ?? last] = free.filter((column) => column.toLowerCase() === first.name.toLowerCase());
  throw new GenDeployError("rows/missing-column", `${name} has no column for ${what}.`, {
    hint: byPosition
      ? `Without a header, columns are taken in the order of the features: ${fields.map((field) => shownValue(field.name)).join(", ")}.`
      : like === undefined
        ? `Its columns are ${(columns ?? [])
            .slice(0, 8)
            .map((column) => shownValue(column))
            .join(", ")}.`
        : `If it is the column ${shownValue(like)}, give --map ${quotedMapping(`${like}=${first.name}`)}.`,
  });
}

/** As a shell takes it. */
function quotedMapping(text: string): string {
  return /^[\w.=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function knownOnes(kind: string, given: string, all: readonly string[]): string {
  const near = suggest(given, all);
  return near.length > 0
    ? nearOnes(all, near).replace(/^d/, "D")
    : `The ${kind}s are ${nearOnes(all, near)}.`;
}
