/*
 * The tensors of a call come in, the rows that the model sees go out. The real server compares no shape, but graphs do:
 * what they cannot take they refuse in TensorFlow's words. A declared dimension of 1 may be left out, as with the
 * models of TensorFlow Serving's own pages, whose operations broadcast.
 */
import { createNdArray } from "../arrays/nd-array.js";
import { elementCount } from "../arrays/nd-shape.js";
import { rowOf } from "../arrays/nd-rows.js";
import type { Column } from "../protocols/tensors.js";
import { invalid } from "./tf-serving-failure.js";
import type { ServedSignature, ServedTensor } from "./tf-serving-signature.js";

/** One row of a batched signature, or all tensors of another; in the order of the signature's inputs. */
export type GivenRow = readonly Column[];

/** What a call asks the model. */
export interface GivenRows {
  /** Whole tensors of their declared shapes, in the order of the signature's inputs. */
  readonly columns: readonly Column[];
  /** How many rows they hold; one where the signature is not batched. */
  readonly count: number;
  /** The lengths of open dimensions, that of the batch left out. */
  readonly openLengths: ReadonlySet<number>;
  /** By declared shape, the dimensions of 1 that a call leaves out: graphs leave them out of outputs of that shape too. */
  readonly leftOut: ReadonlyMap<string, readonly number[]>;
}

/** The rows that the inputs hold; throws the failure that a graph would end with. */
export function toRows(inputs: ReadonlyMap<string, Column>, signature: ServedSignature): GivenRows {
  const openLengths = new Set<number>();
  const leftOut = new Map<string, readonly number[]>();
  const columns = signature.inputs.map((input) => {
    const column = inputs.get(input.name);
    if (column === undefined) throw new Error(`The input ${input.name} was read, but is not there.`);
    const shown = withHiddenAxes(column, input);
    const axes = axesLeftOut(shown, input);
    if (axes.length > 0) leftOut.set(String(input.shape), axes);
    const whole = withAxes(shown, axes);
    for (const [axis, length] of (input.shape ?? []).entries()) {
      if (length === -1 && !(axis === 0 && signature.batched)) openLengths.add(whole.shape[axis] ?? 0);
    }
    return whole;
  });
  return { columns, count: signature.batched ? rowCount(columns) : 1, openLengths, leftOut };
}

/** One of one row goes with each of the others, as dimensions of 1 are broadcast. */
function rowCount(columns: readonly Column[]): number {
  const lengths = columns.flatMap(({ shape }) => shape.slice(0, 1));
  const count = lengths.find((length) => length !== 1) ?? 1;
  const other = lengths.find((length) => length !== count && length !== 1);
  if (other === undefined) return count;
  throw invalid(`Incompatible shapes: [${count}] vs. [${other}]`);
}

/** One row of the columns of a batched signature. */
export function cutRow(columns: readonly Column[], row: number): GivenRow {
  return columns.map((column) => cut(column, row));
}

function cut(column: Column, row: number): Column {
  const [rows, ...shape] = column.shape;
  if (rows === undefined) return column;
  const at = rows === 1 ? 0 : row;
  if ("toNested" in column) return rowOf(column, at);
  const size = elementCount(shape);
  return { dtype: "string", shape, data: column.data.slice(at * size, (at + 1) * size) };
}

/** Throws the failure that a graph would end with where the shape is another even so. */
function axesLeftOut({ shape: given }: Column, { name, shape }: ServedTensor): readonly number[] {
  const axes = shape === null ? [] : missingAxes(given, shape);
  if (axes !== undefined) return axes;
  const declared = shape?.map((length) => (length === -1 ? "?" : length)) ?? [];
  throw invalid(`Incompatible shapes: [${given.join()}] vs. [${declared.join()}]\n\t [[{{node ${name}}}]]`);
}

/** Where dimensions of 1 make the declared shape of `given`; undefined where none do. */
function missingAxes(given: readonly number[], declared: readonly number[]): readonly number[] | undefined {
  const [due, ...others] = declared;
  const [length, ...rest] = given;
  if (due === undefined) return length === undefined ? [] : undefined;
  if (length !== undefined && (due === -1 || due === length)) {
    const behind = missingAxes(rest, others);
    if (behind !== undefined) return behind.map((axis) => axis + 1);
  }
  const behind = due === 1 ? missingAxes(given, others) : undefined;
  return behind === undefined ? undefined : [0, ...behind.map((axis) => axis + 1)];
}

function withAxes(column: Column, axes: readonly number[]): Column {
  const shape = [...column.shape];
  for (const axis of axes) shape.splice(axis, 0, 1);
  return axes.length === 0 ? column : withShape(column, shape);
}

/** An empty list shows no dimensions behind it: they are the declared ones. */
function withHiddenAxes(column: Column, { shape: declared }: ServedTensor): Column {
  const { shape } = column;
  if (declared === null || shape.at(-1) !== 0 || shape.length >= declared.length) return column;
  return withShape(column, [...shape, ...declared.slice(shape.length).map((length) => Math.max(0, length))]);
}

function withShape(column: Column, shape: readonly number[]): Column {
  return "toNested" in column ? createNdArray(column.dtype, shape, column.data) : { ...column, shape };
}
