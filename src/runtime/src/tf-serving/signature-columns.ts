/*
 * Between what callers give and get, rows or columns, and what goes out and comes in: one tensor of each input, one of
 * each output. A batched signature's rows are stacked to tensors and its outputs taken apart again.
 */
import { DeploymentError, shown } from "../errors.js";
import type { NdArray } from "../arrays/nd-array.js";
import { createNdArray, toTensor } from "../arrays/nd-array.js";
import { rowOf, stackTensors } from "../arrays/nd-rows.js";
import { elementCount, fitsShape, shownShape } from "../arrays/nd-shape.js";
import { setOwnMember } from "../own-member.js";
import type { Column, TensorFeature, TensorsOperation } from "../protocols/tensors.js";
import { atRow } from "../client/row-error.js";
import { missingFeature, rowMembers } from "../client/row-members.js";
import { stackTexts, toTextTensor } from "../tensor-json/text-tensor.js";
import type { TextTensor } from "../tensor-json/text-tensor.js";
import { rowOfBare } from "./bare-value.js";
import { prepareBytes } from "./prepare-bytes.js";

/** What callers get for a row, or for all columns: one member for each output. */
export type OutputMembers = Readonly<Record<string, unknown>>;

/** One tensor of each input, out of whole tensors by name or the bare one. Throws as `toTensor` does. */
export async function toColumns(
  given: unknown,
  operation: TensorsOperation,
): Promise<ReadonlyMap<string, Column>> {
  return toTensors(await preparedMembers(given, operation), operation, (declared) => declared);
}

/** One tensor of each input, out of rows of a batched signature. Errors name the row. */
export async function stackRows(
  rows: readonly unknown[],
  operation: TensorsOperation,
): Promise<ReadonlyMap<string, Column>> {
  const settled = await Promise.allSettled(rows.map((row) => preparedMembers(row, operation)));
  const prepared = settled.map((outcome, index) => {
    if (outcome.status === "rejected") throw atRow(outcome.reason, index);
    return outcome.value;
  });
  const tensors = prepared.map((row, index) => {
    try {
      return toTensors(row, operation, (shape) => shape?.slice(1) ?? null);
    } catch (error) {
      throw atRow(error, index);
    }
  });
  return new Map<string, Column>(
    operation.inputs.map(({ name, dtype }) => {
      const each = tensors.flatMap((row) => row.get(name) ?? []);
      if (dtype === "string") return [name, stackTexts(each.filter(isTexts), name)] as const;
      return [name, stackTensors(each.filter(isNumbers), name)] as const;
    }),
  );
}

type Prepared = ReadonlyMap<string, unknown>;

/** The tensor of each input; `toShape` gives the shape due out of the declared one. */
function toTensors(
  row: Prepared,
  { inputs, validate }: TensorsOperation,
  toShape: (declared: readonly number[] | null) => readonly number[] | null,
): ReadonlyMap<string, Column> {
  return new Map(
    inputs.map(({ name: feature, dtype, shape: declared }) => {
      const shape = validate ? toShape(declared) : null;
      const value = row.get(feature);
      const tensor =
        dtype === "string"
          ? toTextTensor(value, { feature, shape })
          : toTensor(value, { feature, dtype, shape });
      return [feature, tensor] as const;
    }),
  );
}

function isTexts(column: Column): column is TextTensor {
  return column.dtype === "string";
}

function isNumbers(column: Column): column is NdArray {
  return "toNested" in column;
}

/** The value of every input, with bytes read; `missing-feature` where there is none, `unknown-feature` beside them. */
async function preparedMembers(given: unknown, { inputs, validate }: TensorsOperation): Promise<Prepared> {
  const [only] = inputs;
  const row = only !== undefined && inputs.length === 1 ? rowOfBare(given, only.name) : given;
  const members = rowMembers(row, validate ? new Set(inputs.map(({ name }) => name)) : undefined);
  const prepared = new Map<string, unknown>();
  for (const { name, dtype } of inputs) {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    // Every input must be sent, also those that have a default in the signature.
    if (value === undefined) throw missingFeature(name);
    if (dtype !== "string" && dtype !== "binary") prepared.set(name, value);
    else {
      const strings = dtype === "string" ? "text" : "data-url";
      prepared.set(name, await prepareBytes(value, { feature: name, strings }));
    }
  }
  return prepared;
}

/** What callers get for whole tensors: arrays, and a bare element where no dimension is declared. */
export function fromColumns(
  columns: ReadonlyMap<string, NdArray>,
  { outputs }: TensorsOperation,
): OutputMembers {
  return membersOf(outputs, (output) => {
    const column = columns.get(output.name);
    if (column === undefined) throw lacking(output);
    return output.shape?.length === 0 ? bareElement(column, output.name) : column;
  });
}

/**
 * What callers get for each of `count` rows. Outputs without a batch dimension are handed to each row whole, and so
 * are those of unknown rank that have none. Throws `bad-reply` for an output that should have as many rows and has not.
 */
export function toRows(
  columns: ReadonlyMap<string, NdArray>,
  count: number,
  { outputs }: TensorsOperation,
): OutputMembers[] {
  const readers = outputs.map((output) => {
    const column = columns.get(output.name);
    if (column === undefined) throw lacking(output);
    const { name, shape } = output;
    const whole = shape?.[0] === -1 ? [count, ...shape.slice(1)] : shape;
    const declared = whole === null ? undefined : inDeclaredShape(column, whole);
    return { name, read: rowReader(declared ?? column, count, output) };
  });
  return Array.from({ length: count }, (_, index) => membersOf(readers, ({ read }) => read(index)));
}

function rowReader(
  column: NdArray,
  count: number,
  { name, shape }: TensorFeature,
): (index: number) => unknown {
  const whole = shape?.length === 0 ? bareElement(column, name) : column;
  if (shape !== null && shape[0] !== -1) return () => whole;
  if (column.shape[0] !== count) {
    if (shape === null) return () => whole;
    const message = `The reply's ${shown(name)} has ${column.shape[0] ?? "no"} rows, but ${count} were sent; predictColumns() takes outputs of any length.`;
    throw new DeploymentError("bad-reply", message, { feature: name });
  }
  const isBare = shape?.length === 1;
  return (index) => (isBare ? bareElement(rowOf(column, index), name) : rowOf(column, index));
}

/**
 * The same elements in the declared shape, which servers do not hold themselves to; undefined where they are too few,
 * too many, or the shape leaves a choice.
 */
function inDeclaredShape(array: NdArray, declared: readonly number[]): NdArray | undefined {
  if (fitsShape(array.shape, declared)) return array;
  const known = declared.filter((length) => length >= 0).reduce((product, length) => product * length, 1);
  const open = declared.filter((length) => length < 0).length;
  const count = elementCount(array.shape);
  if (known === 0 || open > 1 || count % known !== 0 || (open === 0 && count !== known)) return undefined;
  const shape = declared.map((length) => (length < 0 ? count / known : length));
  return createNdArray(array.dtype, shape, array.data);
}

/** The only element of an array without dimensions; `bad-reply` where the server gave it some all the same. */
function bareElement(array: NdArray, name: string): unknown {
  if (array.shape.length === 0) return array.toNested();
  const message = `The reply's ${shown(name)} has an array of shape ${shownShape(array.shape)} where one element is declared.`;
  throw new DeploymentError("bad-reply", message, { feature: name });
}

function membersOf<Named extends { readonly name: string }>(
  named: readonly Named[],
  valueOf: (one: Named) => unknown,
): OutputMembers {
  const members: Record<string, unknown> = {};
  for (const one of named) setOwnMember(members, one.name, valueOf(one));
  return members;
}

function lacking({ name }: TensorFeature): DeploymentError {
  return new DeploymentError("bad-reply", `The reply has no output ${shown(name)}.`, { feature: name });
}
