import type { DataOf, Dtype, ElementOf, Shape } from "./dtype.js";

/** Lists in lists, as deep as the shape has dimensions; any depth where the shape is not known. */
export type Nested<Element, S extends Shape> = S extends readonly []
  ? Element
  : S extends readonly [number, ...infer Rest extends readonly number[]]
    ? readonly Nested<Element, Rest>[]
    : AnyNested<Element>;

/** Lists in lists of any depth, none included. */
export type AnyNested<Element> = Element | readonly AnyNested<Element>[];

/** An array of numbers or text with its shape, in C order. */
export interface NdArray<D extends Dtype = Dtype, S extends Shape = Shape> {
  readonly dtype: D;
  readonly shape: Readonly<S>;
  /** The elements in C order, as many as the shape says (twice as many parts for complex dtypes). */
  readonly data: DataOf<D>;
  /** The elements as lists in lists; booleans for `bool`, pairs for complex dtypes. */
  toNested(): Nested<ElementOf<D>, S>;
}

/** What a row takes for an array: one with its shape, lists in lists, or bare elements in C order. */
export type TensorInput<D extends Dtype, S extends Shape> = NdArray<D, S> | Nested<ElementOf<D>, S> | DataOf<D>;
