import { bytesPayload } from "./body-writer.js";
import type { Payload } from "./body.js";
import type { DataOf, Dtype } from "../arrays/dtype.js";
import { isNumeric } from "../arrays/dtype-storage.js";
import { DeploymentError, shown } from "../errors.js";
import { longestNumber, writeAscii, writeFloat32, writeInteger } from "./float32-text.js";

const pieceSize = 65_536;

/** Writes the element at `index` and gives the offset after it; -1 where JSON has no such number. */
export type ElementWriter = (index: number, target: Uint8Array, at: number) => number;

/** What `writeNumbers` must know beside the elements. */
export interface NumbersToWrite {
  readonly dtype: Dtype;
  /** For messages. */
  readonly feature: string;
}

/**
 * The elements as the inside of a JSON array, in the shortest text that reads back as they are: `true` and `false`
 * for `bool`, all digits for 64-bit integers. NaN, infinities and dtypes that are no numbers are `wrong-type`.
 */
export function writeNumbers(data: DataOf<Dtype>, { dtype, feature }: NumbersToWrite): Payload {
  const writer = elementWriter(data, dtype);
  if (writer === undefined) {
    throw new DeploymentError(
      "wrong-type",
      `${shown(feature)} is of dtype ${dtype}, which JSON has no numbers for.`,
      {
        feature,
      },
    );
  }
  const pieces: Uint8Array[] = [];
  let piece = new Uint8Array(Math.min(pieceSize, data.length * longestNumber));
  let at = 0;
  for (let index = 0; index < data.length; index += 1) {
    if (piece.length - at < longestNumber + 1 && data.length > 1) {
      pieces.push(piece.subarray(0, at));
      piece = new Uint8Array(pieceSize);
      at = 0;
    }
    if (index > 0) piece[at++] = 0x2c;
    at = writer(index, piece, at);
    if (at < 0) {
      const message = `${shown(feature)} has ${shown(data[index])} at index ${index}, which JSON cannot say.`;
      throw new DeploymentError("wrong-type", message, { feature });
    }
  }
  if (at > 0) pieces.push(piece.subarray(0, at));
  return bytesPayload(pieces);
}

/** What writes single elements of `data` as JSON; undefined where it has none for the dtype. */
export function elementWriter(data: DataOf<Dtype>, dtype: Dtype): ElementWriter | undefined {
  if (dtype === "int64" || dtype === "uint64") {
    return (index, target, at) => writeAscii(String(data[index]), target, at);
  }
  if (!isNumeric(dtype) || dtype === "complex64" || dtype === "complex128") return undefined;
  const values: ArrayLike<unknown> = data;
  if (dtype === "bool") {
    return (index, target, at) => writeAscii(values[index] === 0 ? "false" : "true", target, at);
  }
  if (dtype === "float64") return finite(values, writeFloat64);
  if (dtype === "float32" || dtype === "float16") return finite(values, writeFloat32);
  return finite(values, writeSigned);
}

type NumberWriter = (value: number, target: Uint8Array, at: number) => number;

function finite(values: ArrayLike<unknown>, write: NumberWriter): ElementWriter {
  return (index, target, at) => {
    const value = values[index];
    return typeof value === "number" && Number.isFinite(value) ? write(value, target, at) : -1;
  };
}

function writeFloat64(value: number, target: Uint8Array, at: number): number {
  return writeAscii(Object.is(value, -0) ? "-0.0" : String(value), target, at);
}

function writeSigned(value: number, target: Uint8Array, at: number): number {
  if (value >= 0) return writeInteger(value, target, at);
  target[at] = 0x2d;
  return writeInteger(-value, target, at + 1);
}
