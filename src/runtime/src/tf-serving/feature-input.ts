import type { ExampleValue } from "./signature-types.js";
import type { BytesInput } from "./tensor-types.js";

/** What an example takes for a feature of a stated kind: a single value or a list; for null, the caller says the kind. */
export type FeatureInput<
  Type extends "float" | "int64" | "bytes" | null,
  List extends boolean,
> = Type extends "float"
  ? List extends true
    ? readonly number[] | Float32Array | Float64Array
    : number
  : Type extends "int64"
    ? List extends true
      ? readonly (number | bigint)[] | BigInt64Array
      : number | bigint
    : Type extends "bytes"
      ? List extends true
        ? readonly BytesInput[]
        : BytesInput
      : ExampleValue;
