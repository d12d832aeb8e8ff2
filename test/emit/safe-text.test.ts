import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import {
  docComment,
  markdownCode,
  markdownText,
  memberName,
  ownMemberName,
  stringLiteral,
} from "../../src/emit/safe-text.js";

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "*/ alert(1) /*",
    "`${process.exit()}`",
    '"; throw 1; "',
    "\u2028",
    "</script>",
    "__proto__",
    "a\r\nb",
    "\\",
  ),
  fc.string({ unit: fc.constantFrom("*", "/", "`", '"', "'", "\\", "\n", "\u2028", "${", "x", "-->", "@") }),
);

function statements(source: string): readonly ts.Statement[] {
  const file = ts.createSourceFile("x.ts", source, ts.ScriptTarget.ES2022, true);
  return [...file.statements];
}

describe("stringLiteral", () => {
  test("is one literal with the text as its value", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [only, ...more] = statements(`(${stringLiteral(text)})`);
        expect(more).toEqual([]);
        expect(only !== undefined && ts.isExpressionStatement(only)).toBe(true);
        // oxlint-disable-next-line no-eval -- what JavaScript itself makes of it is the judge
        expect((0, eval)(`(${stringLiteral(text)})`)).toBe(text);
      }),
    );
  });
});

describe("ownMemberName", () => {
  test("makes an own member with exactly that name", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        // oxlint-disable-next-line no-eval -- what JavaScript itself makes of it is the judge
        const made: unknown = (0, eval)(`({ ${ownMemberName(name)}: 1 })`);
        expect(Object.entries(Object(made))).toEqual([[name, 1]]);
      }),
    );
  });
});

describe("memberName", () => {
  test("is one member of an interface", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const [only, ...more] = statements(`interface X { ${memberName(name)}: 1 }`);
        expect(more).toEqual([]);
        expect(only !== undefined && ts.isInterfaceDeclaration(only) ? only.members.length : 0).toBe(1);
      }),
    );
  });
});

describe("docComment", () => {
  test("never ends early and never leaves its comment", () => {
    fc.assert(
      fc.property(hostile, (doc) => {
        const [only, ...more] = statements(`${docComment(doc)}const x = 1;`);
        expect(more).toEqual([]);
        expect(only !== undefined && ts.isVariableStatement(only) && only.getText() === "const x = 1;").toBe(
          true,
        );
      }),
    );
  });

  test.each([
    { name: "one line", given: "Weight in kg.", want: "/** Weight in kg. */\n" },
    { name: "two lines", given: "\nWeight\n\nin kg.\n", want: "/**\n * Weight\n *\n * in kg.\n */\n" },
    { name: "nothing", given: " \n ", want: "" },
    { name: "an end of comment", given: "a */ b", want: "/** a *\\/ b */\n" },
    { name: "what is no character", given: "a\ud800b\ufffdc", want: "/** a b c */\n" },
  ])("$name", ({ given, want }) => {
    expect(docComment(given)).toBe(want);
  });
});

describe("markdownCode", () => {
  test("is closed by its own fence only", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const code = markdownCode(text);
        const [fence = ""] = /^`+/.exec(code) ?? [];
        expect(code.endsWith(fence)).toBe(true);
        const inside = code.slice(fence.length, -fence.length);
        expect([...inside.matchAll(/`+/g)].every(([run]) => run.length !== fence.length)).toBe(true);
        expect(code).not.toMatch(/[\n\r]/);
      }),
    );
  });
});

describe("markdownText", () => {
  test.each([
    { given: "image (png, jpeg)", want: "image (png, jpeg)" },
    { given: "a | b", want: "a \\| b" },
    { given: "[x](javascript:1) <script>", want: "\\[x\\](javascript:1) \\<script\\>" },
    { given: "# no heading", want: "\\# no heading" },
    { given: "- no list\n- at all", want: "\\- no list - at all" },
    { given: "1. no list", want: "1\\. no list" },
    { given: "&lt;b&gt;", want: "\\&lt;b\\&gt;" },
    { given: "a_b __c d_", want: "a_b \\_\\_c d\\_" },
    { given: "*b* _c_ ~d~", want: "\\*b\\* \\_c\\_ \\~d\\~" },
    { given: "_`a_*b`_", want: "\\_`a_*b`\\_" },
    { given: "``a`` `b", want: "\\`\\`a\\`\\` \\`b" },
    { given: "`a` `b", want: "`a` \\`b" },
    { given: "`<b>` `a|b` `a\\` b`", want: "\\`\\<b\\>\\` \\`a\\|b\\` \\`a\\\\\\` b\\`" },
  ])("$given", ({ given, want }) => {
    expect(markdownText(given)).toBe(want);
  });
});
