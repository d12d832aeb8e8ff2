import type { DataOf, Dtype, Shape } from "./dtype.js";
import { allocate, holds, holdsNumbers, isNumeric, storageByDtype } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { partWriter } from "./dtype-writer.js";
import { DeploymentError, shown } from "../errors.js";
import { createNdArray } from "./nd-array.js";
import type { NdArray } from "./nd-array.js";
import { elementCount, fitsShape, shownShape } from "./nd-shape.js";

/**
 * One array of all `rows` in their order, with a dimension more in front; nothing of the rows is kept. Throws
 * `wrong-shape` or `wrong-type` as `stackedShape` does.
 */
export function stackTensors<D extends Dtype>(rows: readonly NdArray<D>[], feature?: string): NdArray<D>;
export function stackTensors(rows: readonly NdArray[], feature?: string): NdArray {
  const shape = stackedShape(rows, feature);
  const dtype = rows[0]?.dtype ?? "bytes";
  if (isNumeric(dtype)) return createNdArray(dtype, shape, joined(rows, dtype, elementCount(shape)));
  if (dtype === "string") return createNdArray(dtype, shape, listed(rows, dtype).flat());
  if (dtype === "binary") return createNdArray(dtype, shape, listed(rows, dtype).flat());
  throw new DeploymentError("wrong-type", `Arrays of ${dtype} cannot be stacked.`, { feature });
}

/** What of an array decides whether it can be stacked upon others. */
export type Stackable = Pick<NdArray, "dtype" | "shape">;

/**
 * The shape of all `rows` in one array. Throws `wrong-shape` where there are none, or where a row's shape is not that
 * of the first, and `wrong-type` where its dtype is not: the error names `feature` and the row.
 */
export function stackedShape(rows: readonly Stackable[], feature?: string): Shape {
  const [first] = rows;
  if (first === undefined)
    throw new DeploymentError("wrong-shape", "There are no rows to stack, expected one or more.", {
      feature,
    });
  for (const [row, { dtype, shape }] of rows.entries()) {
    if (dtype === first.dtype && fitsShape(shape, first.shape)) continue;
    const subject = feature === undefined ? "the array" : `feature ${shown(feature)}`;
    const [code, seen, due] =
      dtype === first.dtype
        ? (["wrong-shape", `shape ${shownShape(shape)}`, shownShape(first.shape)] as const)
        : (["wrong-type", `dtype ${dtype}`, first.dtype] as const);
    const message = `In row ${row} ${subject} has ${seen}, expected ${due} as in the first row.`;
    throw new DeploymentError(code, message, { feature, row });
  }
  return [rows.length, ...first.shape];
}

/** The row at `index` of an array with at least one dimension, as a view: numbers are not copied. */
export function rowOf<D extends Dtype>(column: NdArray<D>, index: number): NdArray<D>;
export function rowOf({ dtype, shape, data, descr }: NdArray, index: number): NdArray {
  const [rows = 0, ...rest] = shape;
  if (!Number.isInteger(index) || index < 0 || index >= rows) {
    const seen = `The array of shape ${shownShape(shape)} has no row ${shown(index)}`;
    throw new DeploymentError("wrong-shape", `${seen}, expected one of ${rows}.`);
  }
  // Raw bytes are as wide as they are, complex elements have two parts.
  const width = data.length / rows;
  const [from, to] = [index * width, (index + 1) * width];
  return createNdArray(
    dtype,
    rest,
    "subarray" in data ? data.subarray(from, to) : data.slice(from, to),
    descr,
  );
}

function listed<D extends "string" | "binary">(rows: readonly NdArray[], dtype: D): readonly DataOf<D>[] {
  return rows.map(({ data }) => data).filter((data) => holds(dtype, data));
}

function joined<D extends NumericDtype>(rows: readonly NdArray[], dtype: D, count: number): DataOf<D> {
  const data = allocate(dtype, count * storageByDtype[dtype].parts);
  const bytes = new Uint8Array(data.buffer);
  const write = partWriter(dtype, data);
  let at = 0;
  for (const { data: row } of rows) {
    if (!holdsNumbers(dtype, row)) continue;
    if (row.BYTES_PER_ELEMENT === data.BYTES_PER_ELEMENT) {
      bytes.set(new Uint8Array(row.buffer, row.byteOffset, row.byteLength), at * row.BYTES_PER_ELEMENT);
    } else {
      // Float16 may be held as float32.
      for (let index = 0; index < row.length; index += 1) write(at + index, row[index]);
    }
    at += row.length;
  }
  return data;
}
