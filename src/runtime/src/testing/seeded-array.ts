import type { DataByDtype, Dtype } from "../arrays/dtype.js";
import { allocate } from "../arrays/dtype-storage.js";
import { createNdArray } from "../arrays/nd-array.js";
import type { NdArray } from "../arrays/nd-array.js";
import { elementCount } from "../arrays/nd-shape.js";
import { DeploymentError } from "../errors.js";
import type { Draw } from "./seed.js";
import { drawWords } from "./seeded-words.js";

/** More would not fit into a reply, nor into the memory of a test. */
const mostElements = 2 ** 26;

/** The longest that an open dimension becomes. */
const longestOpen = 4;

/**
 * An array of that dtype and shape, -1 made good by a small length. Floats lie between -1 and 1 and have four decimals,
 * whole numbers between 0 and 9. Throws `bad-options` where no mock can answer with so many elements.
 */
export function drawArray(draw: Draw, dtype: Dtype, wanted: readonly number[]): NdArray {
  const shape = wanted.map((length) => (length === -1 ? draw.integer(1, longestOpen) : length));
  const count = elementCount(shape);
  if (count > mostElements) {
    throw new DeploymentError(
      "bad-options",
      `An array of ${count} elements is due, but a mock answers with ${mostElements} at most.`,
    );
  }
  return createNdArray(dtype, shape, elementsOf[dtype](draw, count));
}

/** What draws the elements of each dtype; one that is missing does not compile. */
const elementsOf: { readonly [D in Dtype]: (draw: Draw, count: number) => DataByDtype[D] } = {
  bool: (draw, count) => filled(allocate("bool", count), () => draw.integer(0, 1)),
  int8: (draw, count) => filled(allocate("int8", count), () => draw.integer(0, 9)),
  int16: (draw, count) => filled(allocate("int16", count), () => draw.integer(0, 9)),
  int32: (draw, count) => filled(allocate("int32", count), () => draw.integer(0, 9)),
  int64: (draw, count) => filled(allocate("int64", count), () => BigInt(draw.integer(0, 9))),
  uint8: (draw, count) => filled(allocate("uint8", count), () => draw.integer(0, 9)),
  uint16: (draw, count) => filled(allocate("uint16", count), () => draw.integer(0, 9)),
  uint32: (draw, count) => filled(allocate("uint32", count), () => draw.integer(0, 9)),
  uint64: (draw, count) => filled(allocate("uint64", count), () => BigInt(draw.integer(0, 9))),
  // Eighths, which half floats hold exactly.
  float16: (draw, count) => filled(allocate("float16", count), () => draw.integer(-8, 8) / 8),
  float32: (draw, count) => filled(allocate("float32", count), () => drawFloat(draw)),
  float64: (draw, count) => filled(allocate("float64", count), () => drawFloat(draw)),
  complex64: (draw, count) => filled(allocate("complex64", 2 * count), () => drawFloat(draw)),
  complex128: (draw, count) => filled(allocate("complex128", 2 * count), () => drawFloat(draw)),
  string: (draw, count) => Array.from({ length: count }, () => drawWords(draw, 1)),
  bytes: (draw, count) => filled(new Uint8Array(count), () => draw.integer(0, 255)),
  binary: (draw, count) => Array.from({ length: count }, () => new TextEncoder().encode(drawWords(draw, 1))),
};

function drawFloat(draw: Draw): number {
  return draw.integer(-10_000, 10_000) / 10_000;
}

interface Elements<Value> {
  readonly length: number;
  [index: number]: Value;
}

function filled<Value, Data extends Elements<Value>>(data: Data, next: () => Value): Data {
  for (let at = 0; at < data.length; at += 1) data[at] = next();
  return data;
}
