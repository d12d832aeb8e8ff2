import fc from "fast-check";
import { format } from "prettier";
import { printer } from "prettier/doc";
import { describe, expect, test } from "vitest";
import { prettierOptions } from "../../src/emit/format.js";
import { isCertainKey, keyText } from "../../src/emit/layout-names.js";
import { bodyDoc, assignedType, membersDoc, newTypeDoc } from "../../src/emit/layout-types.js";
import { assignedValue, valueDoc } from "../../src/emit/layout-values.js";
import { assignment, layOut, textWidth, type Doc } from "../../src/emit/layout.js";
import type { Member, NewType, TypeTree, Value } from "../../src/plan/package-plan.js";

/*
 * prettier itself is the judge: what is laid out here, it would not change.
 */

const judged = async (text: string): Promise<string> =>
  await format(text, { ...prettierOptions, parser: "typescript" });

const name = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_]{1,30}$/),
  fc.constantFrom("a", "a b", "x-1", "Über", "日本語のラベル", "😀", "12", "12a", "1.5", "__proto__", "'\"", "constructor"),
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
        fc.array(fc.integer().map((number): Value => ({ kind: "literal", value: number })), { maxLength: 60 }),
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
    fc
      .array(
        tie("type").filter(({ kind }) => kind !== "union"),
        { maxLength: 5 },
      )
      .map((parts): TypeTree => ({ kind: "union", parts })),
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

describe("what is laid out, prettier would not change", () => {
  test("values", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const doc = [assignment("export const x", " =", { doc: valueDoc(given), as: assignedValue(given) }), ";\n"];
        const text = layOut(doc);
        expect(text).toBe(await judged(flat(doc)));
      }),
      { numRuns: 3000 },
    );
  });

  test("aliases", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(type, async (given) => {
        const doc = [assignment("export type X", " =", assignedType(given)), ";\n"];
        expect(layOut(doc)).toBe(await judged(flat(doc)));
      }),
      { numRuns: 3000 },
    );
  });

  test("interfaces", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(member, { maxLength: 4 }), async (members) => {
        const doc = ["export interface X ", bodyDoc(membersDoc(members)), "\n"];
        expect(layOut(doc)).toBe(await judged(flat(doc)));
      }),
      { numRuns: 3000 },
    );
  });
});

/** The same on one line, wherever that may be. */
function flat(doc: Doc): string {
  return printer.printDocToString(doc, { printWidth: Infinity, tabWidth: 2 }).formatted;
}

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
])("the width of $name", ({ given, want }) => {
  expect(textWidth(given)).toBe(want);
});

test("a type that a template lacks", () => {
  const alias: NewType = { kind: "alias", name: "X", doc: "", type: { kind: "union", parts: [] } };
  expect(layOut(newTypeDoc(alias))).toBe("export type X = never;");
});
