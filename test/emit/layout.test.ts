import fc from "fast-check";
import { format } from "prettier";
import { builders, printer } from "prettier/doc";
import { describe, expect, test } from "vitest";
import { isCertainKey, keyText } from "../../src/emit/layout-names.js";
import { assignedType, newTypeDoc } from "../../src/emit/layout-types.js";
import { assignedValue, valueDoc } from "../../src/emit/layout-values.js";
import { assignment, layOut, textWidth } from "../../src/emit/layout.js";
import { sourceLayout } from "../../src/emit/source-layout.js";
import { list, literal, named, object } from "../../src/plan/package-plan.js";
import type { Member, NewType, TypeTree, Value } from "../../src/plan/package-plan.js";
import { flat, printType, printValue } from "../printed.js";

/*
 * prettier itself is the judge: what is laid out here, it would not change.
 */

const judged = async (text: string): Promise<string> =>
  await format(text, { ...sourceLayout, parser: "typescript" });

const name = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_]{1,30}$/),
  fc.constantFrom(
    "a",
    "a b",
    "x-1",
    "Über",
    "日本語のラベル",
    "😀",
    "12",
    "12a",
    "1.5",
    "__proto__",
    "'\"",
    "constructor",
  ),
  fc.string({ maxLength: 20 }),
);
const identifier = fc.stringMatching(/^[A-Z][a-zA-Z]{0,30}$/);
const scalar = fc.oneof(
  name,
  fc.stringMatching(/^[a-z ]{60,110}$/),
  fc.string({ unit: "grapheme", maxLength: 130 }).filter((text) => text.isWellFormed()),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

const literalValue = scalar.map((value): Value => ({ kind: "literal", value }));
const { value } = fc.letrec<{ readonly value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    literalValue,
    fc
      .constantFrom(["labels", "Type"], ["labels", "someVeryLongNameThatTakesALotOfRoomOnTheLine"])
      .map((path): Value => ({ kind: "reference", path })),
    fc
      .oneof(
        fc.array(tie("value"), { maxLength: 6 }),
        fc.array(
          fc.integer().map((number): Value => ({ kind: "literal", value: number })),
          { maxLength: 60 },
        ),
        fc.array(literalValue, { maxLength: 20 }),
      )
      .map((items): Value => ({ kind: "list", items })),
    fc
      .uniqueArray(fc.tuple(name, tie("value")), { selector: ([key]) => key, maxLength: 6 })
      .map((members): Value => ({ kind: "object", members })),
  ),
}));

const { type } = fc.letrec<{ readonly type: TypeTree }>((tie) => ({
  type: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    scalar.map((literal): TypeTree => ({ kind: "literal", value: literal })),
    identifier.map((of): TypeTree => ({ kind: "name", name: of, arguments: [] })),
    fc
      .tuple(identifier, fc.array(tie("type"), { minLength: 1, maxLength: 4 }))
      .map(([of, given]): TypeTree => ({ kind: "name", name: of, arguments: given })),
    fc
      .tuple(fc.array(tie("type"), { maxLength: 5 }), fc.boolean(), fc.boolean())
      .map(([items, rest, frozen]): TypeTree => ({
        kind: "tuple",
        items,
        ...(rest ? { rest: { kind: "name", name: "Rest", arguments: [] } } : {}),
        ...(frozen ? { readonly: true } : {}),
      })),
    fc
      .tuple(tie("type"), fc.boolean())
      .map(([item, frozen]): TypeTree => ({ kind: "array", item, ...(frozen ? { readonly: true } : {}) })),
    fc.array(tie("type"), { maxLength: 5 }).map((parts): TypeTree => ({ kind: "union", parts })),
    fc
      .array(
        fc
          .tuple(identifier, fc.array(tie("type"), { maxLength: 3 }))
          .map(([of, given]): TypeTree => ({ kind: "name", name: of, arguments: given })),
        { minLength: 2, maxLength: 4 },
      )
      .map((parts): TypeTree => ({ kind: "intersection", parts })),
    fc
      .tuple(fc.array(fc.tuple(name, tie("type"), fc.boolean()), { maxLength: 4 }), fc.boolean())
      .map(([members, rest]): TypeTree => ({
        kind: "object",
        members: members.map(([of, inner, optional]) => ({ name: of, type: inner, optional, doc: "" })),
        ...(rest ? { rest: { kind: "name", name: "unknown", arguments: [] } } : {}),
      })),
    identifier.map((of): TypeTree => ({ kind: "keyof", name: of })),
    name.map((key): TypeTree => ({ kind: "indexed", object: "Labels", key })),
  ),
}));

const member = fc
  .tuple(name, type, fc.boolean(), fc.constantFrom("", "One line.", "Two\n\nlines, */ and more."))
  .map(([of, inner, optional, doc]): Member => ({ name: of, type: inner, optional, doc }));

const base = fc
  .tuple(identifier, fc.array(type, { maxLength: 3 }))
  .map(([of, given]): TypeTree => ({ kind: "name", name: of, arguments: given }));

describe("what is laid out, prettier would not change", () => {
  test("values", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const doc = [
          assignment("export const x", " =", { doc: valueDoc(given), as: assignedValue(given) }),
          ";\n",
        ];
        expect(layOut(doc)).toBe(await judged(flat(doc)));
      }),
      { numRuns: 500 },
    );
  });

  test("aliases", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(type, async (given) => {
        const doc = [assignment("export type X", " =", assignedType(given)), ";\n"];
        expect(layOut(doc)).toBe(await judged(flat(doc)));
      }),
      { numRuns: 500 },
    );
  });

  test("interfaces", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { maxLength: 4 }),
        fc.array(base, { maxLength: 3 }),
        async (members, bases) => {
          const given: NewType = { kind: "interface", name: "X", doc: "", members, extends: bases };
          const doc = [newTypeDoc(given), "\n"];
          expect(layOut(doc)).toBe(await judged(flat(doc)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("a key is bare where prettier has it bare", { timeout: 120_000 }, async () => {
  const letters = Array.from({ length: 0xd7ff - 0x21 }, (_, index) => String.fromCharCode(0x21 + index));
  const keys = letters.flatMap((letter) => [letter, `a${letter}`]).filter(isCertainKey);
  const text = `export const x = [\n${keys.map((key) => `  { ${keyText(key)}: 1 },`).join("\n")}\n];\n`;
  expect(await judged(text.replaceAll(/\{ ([^"'].*?): 1 \}/g, '{ "$1": 1 }'))).toBe(text);
});

test.each([
  { name: "ASCII", given: "abc", want: 3 },
  { name: "wide characters", given: "日本", want: 4 },
  { name: "an emoji", given: "👩‍👩‍👧", want: 2 },
  { name: "nothing", given: "", want: 0 },
  { name: "the end of a line", given: ";\n", want: 1 },
])("the width of $name", ({ given, want }) => {
  expect(textWidth(given)).toBe(want);
});

test("the width of letters is prettier's own", () => {
  const width = (text: string): number => {
    const broken = printer.printDocToString([text, builders.fill(dots)], { printWidth: 2_000, tabWidth: 2 });
    return 2_000 - (broken.formatted.split("\n")[0] ?? "").length + text.length;
  };
  const dots = Array.from({ length: 4_001 }, (_, index) => (index % 2 === 0 ? "." : builders.softline));
  // Every letter, but for the halves of pairs, some hundreds at a time.
  for (let start = 0x20; start < 0xd800; start += 256) {
    const letters = Array.from({ length: 256 }, (_, index) => String.fromCharCode(start + index)).join("");
    for (const text of [letters, ...(letters.match(/\p{L}+/gu) ?? [])])
      expect(textWidth(text)).toBe(width(text));
  }
});

test("a type that a template lacks", () => {
  const alias: NewType = { kind: "alias", name: "X", doc: "", type: { kind: "union", parts: [] } };
  expect(layOut(newTypeDoc(alias))).toBe("export type X = never;");
});

const samplesOfValues: readonly { readonly given: Value; readonly want: string }[] = [
  { given: literal('a"\n'), want: "'a\"\\n'" },
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

const samplesOfTypes: readonly { readonly given: TypeTree; readonly want: string }[] = [
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
    want: '{ "a b"?: A; [name: string]: unknown }',
  },
];

describe("values", () => {
  test.each(samplesOfValues)("$want", ({ given, want }) => {
    expect(printValue(given)).toBe(want);
  });
});

describe("types", () => {
  test.each(samplesOfTypes)("$want", ({ given, want }) => {
    expect(printType(given)).toBe(want);
  });
});
