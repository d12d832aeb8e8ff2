import type { DataOf, Dtype, ElementOf, Shape } from "./dtype.js";
import { elementCount } from "./nd-shape.js";
import type { Nested } from "./nd-array.js";

interface Elements<D extends Dtype, S extends Shape> {
  readonly dtype: D;
  readonly shape: Readonly<S>;
  readonly data: DataOf<D>;
}

/**
 * The elements as lists in lists, as deep as the shape is long; booleans for `bool`, pairs for complex dtypes, views
 * for raw bytes.
 */
export function nested<D extends Dtype, S extends Shape>(array: Elements<D, S>): Nested<ElementOf<D>, S>;
export function nested({ dtype, shape, data }: Elements<Dtype, Shape>): unknown {
  const width = data.length / Math.max(1, elementCount(shape));

  function element(index: number): unknown {
    if (dtype === "bool") return data[index] === 1;
    if (dtype === "complex64" || dtype === "complex128") return [data[2 * index], data[2 * index + 1]];
    if (dtype === "bytes" && typeof data !== "string" && "subarray" in data) {
      return data.subarray(index * width, (index + 1) * width);
    }
    return data[index];
  }

  function level(depth: number, first: number, count: number): unknown {
    const length = shape[depth];
    if (length === undefined) return element(first);
    const step = count / Math.max(1, length);
    return Array.from({ length }, (_, index) => level(depth + 1, first + index * step, step));
  }

  return level(0, 0, elementCount(shape));
}
