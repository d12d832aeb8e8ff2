import { describe, expect, test } from "vitest";
import { printMembers, printType, printValue } from "../../src/emit/print.js";
import { list, literal, named, object, type TypeTree, type Value } from "../../src/plan/package-plan.js";

const values: readonly { readonly given: Value; readonly want: string }[] = [
  { given: literal('a"\n'), want: '"a\\"\\n"' },
  { given: literal(-0), want: "-0" },
  { given: literal(null), want: "null" },
  { given: list([literal(1), literal(true)]), want: "[1, true]" },
  { given: object([]), want: "{}" },
  {
    given: object([
      ["__proto__", literal(1)],
      ["a b", literal(2)],
      ["c", undefined],
    ]),
    want: '{ ["__proto__"]: 1, "a b": 2 }',
  },
  { given: { kind: "reference", path: ["labels", "Type"] }, want: "labels.Type" },
  { given: { kind: "call", callee: "fromFile", arguments: [literal("a.png")] }, want: 'fromFile("a.png")' },
  { given: { kind: "typed-array", name: "Float32Array", length: 48 }, want: "new Float32Array(48)" },
  { given: { kind: "repeated", length: 1, item: literal("a") }, want: '["a"]' },
  {
    given: { kind: "repeated", length: 3, item: { kind: "repeated", length: 2, item: literal(1) } },
    want: "Array.from({ length: 3 }, () => Array.from({ length: 2 }, () => 1))",
  },
  { given: { kind: "repeated", length: 2, item: object([]) }, want: "Array.from({ length: 2 }, () => ({}))" },
];

const either: TypeTree = { kind: "union", parts: [named("A"), { kind: "literal", value: null }] };

const types: readonly { readonly given: TypeTree; readonly want: string }[] = [
  {
    given: named("Probabilities", { kind: "indexed", object: "Labels", key: "Type" }),
    want: 'Probabilities<Labels["Type"]>',
  },
  { given: { kind: "tuple", items: [named("number"), { kind: "literal", value: 3 }] }, want: "[number, 3]" },
  { given: { kind: "keyof", name: "Input" }, want: "keyof Input" },
  { given: { kind: "array", item: named("number") }, want: "number[]" },
  { given: { kind: "intersection", parts: [named("A"), named("B")] }, want: "A & B" },
  { given: { kind: "literal", value: null }, want: "null" },
  { given: either, want: "A | null" },
  { given: { kind: "union", parts: [] }, want: "never" },
  { given: { kind: "array", item: either }, want: "(A | null)[]" },
  { given: { kind: "array", item: either, readonly: true }, want: "readonly (A | null)[]" },
  {
    given: { kind: "array", item: { kind: "array", item: named("A"), readonly: true }, readonly: true },
    want: "readonly (readonly A[])[]",
  },
  { given: { kind: "array", item: { kind: "keyof", name: "A" } }, want: "(keyof A)[]" },
  { given: { kind: "intersection", parts: [either, named("B")] }, want: "(A | null) & B" },
  {
    given: { kind: "tuple", items: [named("A")], rest: either, readonly: true },
    want: "readonly [A, ...(A | null)[]]",
  },
  {
    given: {
      kind: "object",
      members: [{ name: "a b", type: named("A"), optional: true, doc: "" }],
      rest: named("unknown"),
    },
    want: '{ "a b"?: A; [name: string]: unknown; }',
  },
];

describe("printValue", () => {
  test.each(values)("$want", ({ given, want }) => {
    expect(printValue(given)).toBe(want);
  });
});

describe("printType", () => {
  test.each(types)("$want", ({ given, want }) => {
    expect(printType(given)).toBe(want);
  });
});

describe("printMembers", () => {
  test("quotes what is no identifier and keeps comments", () => {
    const members = [
      { name: "Image Feature", type: named("ImageInput"), optional: false, doc: "A picture." },
      { name: "Size", type: named("number"), optional: true, doc: "" },
    ];
    expect(printMembers(members)).toBe(
      '  /** A picture. */\n  "Image Feature": ImageInput;\n  Size?: number;\n',
    );
  });
});
