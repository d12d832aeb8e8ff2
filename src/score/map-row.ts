/*
 * What a file has for a row comes in, the row as the client takes it goes out, or why there is none. The work that is
 * the same for all rows is done before.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import type { ColumnMap, MappedField } from "./map-columns.js";
import { isMembers, setMember } from "./own-members.js";
import type { ConvertedRow } from "./row-source.js";
import { shownValue, ValueFault } from "./value-fault.js";
import type { ValueReader } from "./value-reader.js";

/** A row, or a promise of it where files are needed. */
export type Converting = ConvertedRow | Promise<ConvertedRow>;

/** Makes rows. */
export interface RowReader {
  /** Of cells in the order of the columns. */
  readonly fromCells: (cells: readonly string[]) => Converting;
  /** Of a JSON value, or of Parquet's values by column. */
  readonly fromValue: (value: unknown) => Converting;
  /** Whether rows are promises. */
  readonly waits: boolean;
}

/** What makes rows of the mapped `columns`; null where each row has its own. */
export function createRowReader(map: ColumnMap, columns: readonly string[] | null): RowReader {
  const { others } = map;
  const names = columns ?? [];
  const known = new Set([...map.taken, ...map.fields.map(({ column }) => column)]);
  const opened = (column: string, reader: ValueReader): MappedField => ({
    ...{ name: column, column, required: false, reader, at: "row" },
  });
  const free = others === undefined ? [] : names.filter((name) => !known.has(name));
  const fields = [...map.fields, ...free.map((name) => opened(name, others ?? noReader))];
  const places = fields.map(({ column }) => names.indexOf(column));
  const waits = [...fields.map(({ reader }) => reader), ...(others === undefined ? [] : [others])].some(
    (reader) => reader.waits,
  );
  const required = fields.filter((field) => field.required);
  const only = fields.length === 1 ? fields[0] : required.length === 1 ? required[0] : undefined;

  return {
    waits,
    fromCells: (cells) =>
      cells.length === names.length
        ? build(fields, (field, index) => readCell(cells[places[index] ?? -1] ?? "", field))
        : refused(`has ${cellCount(cells.length)}, but the table has ${columnCount(names.length)}`),
    fromValue(value) {
      if (isMembers(value) && only?.at !== "whole") {
        const strange = others === undefined ? [] : Object.keys(value).filter((name) => !known.has(name));
        const all =
          columns === null && others !== undefined && strange.length > 0
            ? [...fields, ...strange.map((name) => opened(name, others))]
            : fields;
        return build(all, (field) => readMember(ownMember(value, field.column), field));
      }
      if (only === undefined)
        return refused(`is ${shownValue(value)}, not an object with the features as members`);
      const members =
        isMembers(value) && Object.hasOwn(value, only.column) && Object.keys(value).length === 1;
      return build([only], (field) => readMember(members ? value[only.column] : value, field));
    },
  };
}

const noReader: ValueReader = { fromText: (text) => text, fromValue: (value) => value, waits: false };

function cellCount(count: number): string {
  return `${count} ${count === 1 ? "cell" : "cells"}`;
}

function columnCount(count: number): string {
  return `${count} ${count === 1 ? "column" : "columns"}`;
}

function refused(reason: string): ConvertedRow {
  return { ok: false, reason };
}

function ownMember(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The value of a cell, or undefined for an optional input that has none. */
function readCell(text: string, { reader, required }: MappedField): unknown {
  if (text !== "") return reader.fromText(text);
  if (!required) return undefined;
  if (reader.empty !== undefined) return reader.empty;
  throw new ValueFault("is empty");
}

function readMember(value: unknown, { reader, required }: MappedField): unknown {
  if (value !== null && value !== undefined) return reader.fromValue(value);
  if (value === null && reader.empty === null) return null;
  if (!required) return undefined;
  throw new ValueFault(value === null ? "is null" : "is missing");
}

/** A row of what `read` finds for each field. */
function build(
  fields: readonly MappedField[],
  read: (field: MappedField, index: number) => unknown,
): Converting {
  const row: Record<string, unknown> = {};
  const waiting: Promise<ConvertedRow | undefined>[] = [];
  let body: Record<string, unknown> | undefined;
  let whole: unknown;
  let isWhole = false;

  const put = ({ at, name }: MappedField, value: unknown): void => {
    if (at === "row") setMember(row, name, value);
    else if (at === "body") setMember((body ??= {}), name, value);
    else [whole, isWhole] = [value, true];
  };

  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index];
    if (field === undefined) continue;
    try {
      const value = read(field, index);
      if (value === undefined) continue;
      put(field, value);
      if (!(value instanceof Promise)) continue;
      const settled = value.then((ready: unknown) => {
        put(field, ready);
        return undefined;
      });
      waiting.push(settled.catch((error: unknown) => fault(error, field.name)));
    } catch (error) {
      return fault(error, field.name);
    }
  }

  const finished = (): ConvertedRow => {
    if (body !== undefined) setMember(row, "body", body);
    return { ok: true, value: isWhole ? whole : row };
  };
  if (waiting.length === 0) return finished();
  return Promise.all(waiting).then((all) => all.find((one) => one !== undefined) ?? finished());
}

function fault(error: unknown, feature: string): ConvertedRow {
  if (error instanceof ValueFault) return { ok: false, feature, reason: error.message };
  if (error instanceof GenDeployError)
    return { ok: false, feature, reason: `cannot be read: ${error.message.replace(/\.$/, "")}` };
  throw error;
}
