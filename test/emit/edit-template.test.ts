import { describe, expect, test } from "vitest";
import { checkEdits, editTemplate } from "../../src/emit/edit-template.js";
import { literal, named, object, type Edit } from "../../src/plan/package-plan.js";
import { findPlaces } from "../../src/prepare/find-places.js";

const template = `/** The file. */
import { a } from "runtime";
import type { B, C } from "runtime/types";
import type { D } from "./wire.js";

/** A value. */
export const value = { old: 1 } as const;

export interface Row {
  old: B;
}

type Alias = C<D>;

export { a };
export { b } from "runtime";
`;

const placed = findPlaces("template.ts", template);
const apply = (edits: readonly Edit[]): string => editTemplate(placed, edits);

interface Case {
  readonly name: string;
  readonly given: readonly Edit[];
  readonly gone: string;
  readonly want: string;
}

const cases: readonly Case[] = [
  {
    name: "set-value keeps what stands behind the value",
    given: [{ kind: "set-value", target: "value", value: object([["new", literal(2)]]) }],
    gone: "{ old: 1 } as const",
    want: "export const value = { new: 2 } as const;",
  },
  {
    name: "set-members replaces all members",
    given: [
      {
        kind: "set-members",
        target: "Row",
        members: [{ name: "a b", type: named("number"), optional: true, doc: "Doc." }],
      },
    ],
    gone: "old: B;",
    want: 'export interface Row {\n  /** Doc. */\n  "a b"?: number;\n}',
  },
  {
    name: "set-type",
    given: [{ kind: "set-type", target: "Alias", type: { kind: "keyof", name: "Row" } }],
    gone: "C<D>;",
    want: "type Alias = keyof Row;",
  },
  {
    name: "set-doc of a declaration",
    given: [{ kind: "set-doc", target: "value", doc: "Else." }],
    gone: "/** A value. */",
    want: "/** Else. */\nexport const value",
  },
  {
    name: "set-doc of a declaration that has none",
    given: [{ kind: "set-doc", target: "Row", doc: "A row." }],
    gone: "\n\nexport interface Row",
    want: "/** A row. */\nexport interface Row",
  },
  {
    name: "set-doc of the file",
    given: [{ kind: "set-doc", target: null, doc: "One.\nTwo." }],
    gone: "/** The file. */",
    want: "/**\n * One.\n * Two.\n */\nimport { a }",
  },
  {
    name: "remove one of several names",
    given: [{ kind: "remove", target: "B" }],
    gone: "{ B, C }",
    want: 'import type { C } from "runtime/types";',
  },
  {
    name: "remove the last name of an import",
    given: [{ kind: "remove", target: "D" }],
    gone: '"./wire.js"',
    want: '"runtime/types";\n',
  },
  {
    name: "set-module of a package and of what is below it",
    given: [{ kind: "set-module", from: "runtime", to: "../copy" }],
    gone: '"runtime"',
    want: 'from "../copy/types.js"',
  },
];

describe("editTemplate", () => {
  test.each(cases)("$name", ({ given, gone, want }) => {
    expect(template).toContain(gone);
    const text = apply(given);
    expect(text).not.toContain(gone);
    expect(text).toContain(want);
  });

  test("set-module of a folder leads to its index", () => {
    const edit: Edit = { kind: "set-module", from: "runtime", to: "../copy", folders: ["types"] };
    expect(apply([edit])).toContain('from "../copy/types/index.js"');
  });

  test("applies all of them at once, whatever their order", () => {
    const edits = cases.flatMap(({ given }) => given).filter(({ kind }) => kind !== "remove");
    expect(apply(edits.toReversed())).toBe(apply(edits));
  });

  test("refuses a target that the template lacks", () => {
    const edit: Edit = { kind: "set-type", target: "Nobody", type: named("string") };
    expect(() => checkEdits(placed, [edit])).toThrow(/Nobody/);
    expect(apply([edit])).toBe(template);
  });
});

describe("declarations", () => {
  test.each<{ name: string; given: readonly Edit[]; want: string }>([
    {
      name: "are added before one and its comment",
      given: [
        {
          kind: "add-types",
          target: "value",
          types: [
            {
              kind: "interface",
              name: "New",
              doc: "Doc */ throw 1",
              members: [{ name: "a-b", type: named("B"), optional: false, doc: "" }],
            },
            { kind: "interface", name: "Empty", doc: "", members: [] },
            { kind: "interface", name: "Open", doc: "", members: [], rest: named("unknown") },
            { kind: "alias", name: "Else", doc: "Or not.", type: named("B") },
          ],
        },
      ],
      want: `/** Doc *\\/ throw 1 */
export interface New {
  "a-b": B;
}

export interface Empty {}

export interface Open {
  [name: string]: unknown;
}

/** Or not. */
export type Else = B;

/** A value. */
export const value`,
    },
    {
      name: "are removed with their comments",
      given: [{ kind: "remove", target: "Row" }],
      want: "as const;\n\ntype Alias = C<D>;",
    },
    {
      name: "are removed with what is edited in them",
      given: [
        { kind: "remove", target: "Alias" },
        { kind: "set-type", target: "Alias", type: named("B") },
      ],
      want: "}\n\nexport { a };",
    },
  ])("$name", ({ given, want }) => {
    expect(apply(given)).toContain(want);
  });
});
