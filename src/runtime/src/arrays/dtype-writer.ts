import type { DataOf } from "./dtype.js";
import { storageByDtype } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { roundToHalf } from "./float16.js";

/** Puts `value` at `index`, exactly or rounded as the dtype needs it; false where the dtype cannot hold it. */
export type PartWriter = (index: number, value: unknown) => boolean;

/** What writes single parts into `data` of `dtype`: booleans and bits, whole numbers and bigints in range, numbers. */
export function partWriter<D extends NumericDtype>(dtype: D, data: DataOf<D>): PartWriter;
export function partWriter(dtype: NumericDtype, data: DataOf<NumericDtype>): PartWriter {
  const { kind, itemSize, parts } = storageByDtype[dtype];
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return (index, value) => {
      if (typeof value === "number") {
        if (!Number.isSafeInteger(value)) return false;
        data[index] = BigInt(value);
        return kind === "i" || value >= 0;
      }
      if (typeof value !== "bigint") return false;
      data[index] = value;
      return data[index] === value;
    };
  }
  if (kind === "f" || kind === "c") {
    const partSize = itemSize / parts;
    const round = partSize === 2 ? roundToHalf : partSize === 4 ? Math.fround : Number;
    return (index, value) => {
      if (typeof value !== "number") return false;
      const rounded = round(value);
      data[index] = rounded;
      return Number.isFinite(rounded) || !Number.isFinite(value);
    };
  }
  if (kind === "b") {
    return (index, value) => {
      data[index] = value === true || value === 1 ? 1 : 0;
      return typeof value === "boolean" || value === 0 || value === 1;
    };
  }
  return (index, value) => {
    if (typeof value !== "number" && typeof value !== "bigint") return false;
    const number = Number(value);
    data[index] = number;
    // What does not fit has wrapped around or lost its fraction.
    return data[index] === number;
  };
}
