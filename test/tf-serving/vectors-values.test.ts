import { expect, test } from "vitest";
import type { Vector } from "./vectors-file.js";
import { tokensOf } from "./vectors-values.js";

/*
 * The comparison itself: what the contract calls equal is equal, and nothing else is.
 */

const inputs = [{ name: "x", dtype: "DT_FLOAT", shape: null }];

test.each<{ format: NonNullable<Vector["format"]>; one: string; other: string; equal: boolean }>([
  { format: "examples", one: '{"examples":[{"x":1}]}', other: '{"examples":[{"x":1.0}]}', equal: false },
  { format: "examples", one: '{"examples":[{"x":1.0}]}', other: '{"examples": [{"x": [1e0]}]}', equal: true },
  { format: "examples", one: '{"examples":[{"x":1.0}]}', other: '{"examples":{"x":1.0}}', equal: false },
  { format: "examples", one: '{"context":{"x":1}}', other: '{"context":{"x":1.0}}', equal: false },
  { format: "row", one: '{"instances":[1]}', other: '{"instances":[1.0]}', equal: true },
  { format: "row", one: '{"instances":[1]}', other: '{"instances":1}', equal: false },
  { format: "row", one: '{"instances":[{"x":[1]}]}', other: '{"instances":[[1]]}', equal: true },
  { format: "row", one: '{"instances":[{"b64":"AA=="}]}', other: '{"instances":["AA=="]}', equal: false },
  { format: "columnar", one: '{"inputs":{"x":2}}', other: '{"inputs":2}', equal: true },
  { format: "columnar", one: '{"inputs":{"y":2}}', other: '{"inputs":2}', equal: false },
  { format: "columnar", one: '{"inputs":{"a":1,"b":2}}', other: '{"inputs": {"b":2, "a":1}}', equal: true },
  { format: "columnar", one: '{"inputs":-0.0}', other: '{"inputs":0.0}', equal: false },
  {
    format: "columnar",
    one: '{"inputs":9007199254740993}',
    other: '{"inputs":9007199254740992}',
    equal: false,
  },
])("in $format $one and $other: $equal", ({ format, one, other, equal }) => {
  const vector: Vector = {
    name: "x",
    kind: "request",
    method: "predict",
    format,
    signature: { inputs, outputs: [] },
    values: null,
    wire: null,
  };
  expect(tokensOf(one, vector) === tokensOf(other, vector)).toBe(equal);
});
