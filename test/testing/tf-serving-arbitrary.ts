import fc from "fast-check";
import type { Dtype } from "../../src/runtime/src/arrays/dtype.js";

/** Elements of every dtype that REST carries. */
export const dtypes: ReadonlyMap<Dtype, fc.Arbitrary<unknown>> = new Map<Dtype, fc.Arbitrary<unknown>>([
  ["bool", fc.boolean()],
  ["int8", fc.integer({ min: -128, max: 127 })],
  ["int16", fc.integer({ min: -32_768, max: 32_767 })],
  ["int32", fc.integer()],
  ["int64", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ["uint8", fc.integer({ min: 0, max: 255 })],
  ["uint32", fc.integer({ min: 0, max: 2 ** 32 - 1 })],
  ["uint64", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
  ["float32", fc.float()],
  ["float64", fc.double()],
  ["string", fc.string({ unit: "binary" })],
  ["binary", fc.uint8Array({ maxLength: 5 })],
]);
