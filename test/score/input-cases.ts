import type { CodecSpec, JsonShape } from "@gen-deploy/runtime";

/** What a cell, or a value of JSON, becomes for an input; what is refused is its reason. */
export interface InputCase {
  readonly cell?: string;
  readonly json?: unknown;
  readonly want?: unknown;
  readonly refused?: string | RegExp;
}

/** By codec. */
export const byCodec: readonly (readonly [name: string, codec: CodecSpec, cases: readonly InputCase[]])[] = [
  [
    "numbers",
    { kind: "number", min: -5, max: 2000 },
    [
      { cell: "4", want: 4 },
      { cell: " -0.5 ", want: -0.5 },
      { cell: "1e3", want: 1000 },
      { cell: ".5", want: 0.5 },
      { cell: "5.", want: 5 },
      { cell: "+7", want: 7 },
      { cell: "", refused: "is empty" },
      { cell: " ", refused: 'is " ", not a number' },
      { cell: "0x10", refused: 'is "0x10", not a number' },
      { cell: "1,5", refused: 'is "1,5", not a number: decimals are written with a point' },
      { cell: "NaN", refused: 'is "NaN", not a number' },
      { cell: "1e999", refused: 'is "1e999", not a number' },
      { cell: "2001", refused: "is 2001, expected at least -5 and at most 2000" },
      { json: 4, want: 4 },
      { json: "4", refused: 'is "4", not a number' },
      { json: null, refused: "is null" },
      { json: true, refused: "is true, not a number" },
    ],
  ],
  [
    "text",
    { kind: "text" },
    [
      { cell: "", want: "" },
      { cell: " 4 ", want: " 4 " },
      { cell: "null", want: "null" },
      { json: "", want: "" },
      { json: 4, refused: "is 4, not text" },
    ],
  ],
  [
    "labels",
    { kind: "label", labels: ["miaow", "woof"] },
    [
      { cell: "woof", want: "woof" },
      { cell: "Woof", refused: 'is "Woof", not one of its 2 labels: did you mean "woof"?' },
      { cell: "quack", refused: 'is "quack", not one of its 2 labels: "miaow", "woof"' },
      { cell: "", refused: "is empty" },
      { json: "miaow", want: "miaow" },
      { json: 1, refused: 'is 1, not one of its 2 labels: "miaow", "woof"' },
    ],
  ],
  [
    "arrays",
    { kind: "tensor", dtype: "float32", shape: [2, 2], form: "flat" },
    [
      {
        cell: "[[1, 2.5], [-3e2, 0]]",
        want: [
          [1, 2.5],
          [-300, 0],
        ],
      },
      {
        cell: "[[1, NaN], [3, Infinity]]",
        want: [
          [1, NaN],
          [3, Infinity],
        ],
      },
      { cell: "[1, 2, 3, 4]", refused: "is a list of 4, expected a list of 2" },
      { cell: "[1, 2]", refused: "has at [0] 1, expected a list" },
      { cell: "[[1, 2]]", refused: "is a list of 1, expected a list of 2" },
      { cell: "[[1, 2], [3]]", refused: "has at [1] a list of 1, expected a list of 2" },
      { cell: "[[1, 2], [3, [4]]]", refused: "has at [1][1] a list of 1, expected one element" },
      { cell: '[[1, 2], [3, "4"]]', refused: 'has at [1][1] "4", not a number' },
      { cell: "[[1, 2], [3, 4e39]]", refused: "has at [1][1] 4e+39, which float32 cannot hold" },
      { cell: "[[1, 2], [3,", refused: /^is "\[\[1, 2\], \[3,", which is no JSON/ },
      { cell: "5", refused: 'is "5", not a JSON list, a .npy file or a data URL of one' },
      {
        json: [
          [1, 2],
          [3, 4],
        ],
        want: [
          [1, 2],
          [3, 4],
        ],
      },
      { json: 5, refused: "is 5, expected a list" },
    ],
  ],
  [
    "whole numbers of an array",
    { kind: "tensor", dtype: "int64", shape: [-1], form: "flat" },
    [
      { cell: "[1, -9223372036854775808, 9007199254740993]", want: [1, -(2n ** 63n), 2n ** 53n + 1n] },
      { cell: "[]", want: [] },
      { cell: "[1.5]", refused: "has at [0] 1.5, not a whole number" },
      { cell: "[9223372036854775808]", refused: "has at [0] 9223372036854775808, which int64 cannot hold" },
    ],
  ],
  [
    "truth values of an array",
    { kind: "tensor", dtype: "bool", shape: [2], form: "flat" },
    [
      { cell: "[true, false]", want: [true, false] },
      { cell: "[1, 0]", refused: "has at [0] 1, neither true nor false" },
    ],
  ],
];

/** By the shape of a value of JSON. */
export const byShape: readonly (readonly [name: string, shape: JsonShape, cases: readonly InputCase[]])[] = [
  [
    "whole numbers",
    { type: "integer", min: 0 },
    [
      { cell: "9007199254740993", want: 2n ** 53n + 1n },
      { cell: "4.0", want: 4 },
      { cell: "1e3", want: 1000 },
      { cell: "4.5", refused: 'is "4.5", not a whole number' },
      { cell: "-1", refused: "is -1, expected at least 0" },
      { cell: "1e30", refused: 'is "1e30", whose digits are not all known' },
      { json: 4, want: 4 },
      { json: 4.5, refused: "is 4.5, not a whole number" },
    ],
  ],
  [
    "truth values",
    { type: "boolean" },
    [
      { cell: "True", want: true },
      { cell: "0", want: false },
      { cell: "yes", refused: 'is "yes", neither true nor false' },
      { json: false, want: false },
      { json: 0, refused: "is 0, neither true nor false" },
    ],
  ],
  [
    "stated values",
    { type: "enum", values: ["a", 2, true, null] },
    [
      { cell: "a", want: "a" },
      { cell: "2", want: 2 },
      { cell: "2.0", want: 2 },
      { cell: "true", want: true },
      { cell: "b", refused: /^is "b", not one of its 4 labels/ },
      { json: 2, want: 2 },
      { json: "2", refused: /^is "2", not one of its 4 labels/ },
    ],
  ],
  [
    "a union of scalars",
    { type: "union", of: [{ type: "text" }, { type: "number" }, { type: "boolean" }, { type: "null" }] },
    [
      { cell: "5", want: 5 },
      { cell: "true", want: true },
      { cell: "five", want: "five" },
      { cell: "", want: null },
      { json: "5", want: "5" },
      { json: null, want: null },
    ],
  ],
  [
    "a union without text",
    { type: "union", of: [{ type: "number" }, { type: "list", items: { type: "number" } }] },
    [
      { cell: "[1,2]", want: [1, 2] },
      { cell: "x", refused: 'is "x", which fits none of 2 alternatives' },
    ],
  ],
  [
    "lists",
    { type: "list", items: { type: "integer" } },
    [
      { cell: "[1, 9007199254740993]", want: [1, 2n ** 53n + 1n] },
      { cell: "{}", refused: "is an object, expected a list" },
      { cell: "1, 2", refused: /^is "1, 2", expected a list as JSON/ },
      { cell: "", refused: "is empty" },
      { json: "[1]", refused: 'is "[1]", expected a list' },
    ],
  ],
  [
    "objects",
    { type: "object", members: { a: { shape: { type: "number" } } } },
    [
      { cell: '{"a": 1, "__proto__": 2}', want: JSON.parse('{"a": 1, "__proto__": 2}') },
      { cell: "[]", refused: "is a list of 0, expected an object" },
    ],
  ],
  [
    "anything",
    { type: "any" },
    [
      { cell: "5", want: 5 },
      { cell: "007", want: "007" },
      { cell: '"5"', want: "5" },
      { cell: "a b", want: "a b" },
      { cell: '{"a": [1]}', want: { a: [1] } },
      { cell: "", want: null },
    ],
  ],
];
