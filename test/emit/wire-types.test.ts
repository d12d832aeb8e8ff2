import { describe, expect, test } from "vitest";
import { wireTypes } from "../../src/emit/wire-types.js";
import type { JsonObject } from "../../src/spec/spec-types.js";
import { typeCheck } from "../type-check.js";

const answer: JsonObject = { "200": { description: "" } };

const cases: readonly { readonly name: string; readonly given: JsonObject; readonly want: RegExp }[] = [
  {
    name: "with nothing but components",
    given: { components: { schemas: { A: { type: "string" } } } },
    want: /A: string/,
  },
  {
    name: "whose operations share an id",
    given: {
      paths: {
        "/a": {
          get: { operationId: "same", responses: answer },
          post: { operationId: "same", responses: answer },
        },
        "/b": { get: { operationId: "other", responses: answer } },
      },
    },
    want: /get: operations\["same"\];[^]*post: \{[^]*get: operations\["other"\]/,
  },
  {
    name: "whose schemas are lists, tuples and unions of themselves",
    given: {
      openapi: "3.1.0",
      components: {
        schemas: {
          List: { type: "array", items: { $ref: "#/components/schemas/List" } },
          "a/b": { type: "array", prefixItems: [{ $ref: "#/components/schemas/a~1b" }] },
          Value: {
            anyOf: [{ type: "string" }, { type: "array", items: { $ref: "#/components/schemas/Value" } }],
          },
          Node: {
            type: "object",
            properties: {
              next: { $ref: "#/components/schemas/Node" },
              values: { type: "array", items: { $ref: "#/components/schemas/Value" } },
            },
          },
        },
      },
    },
    want: /Value: unknown;[^]*next\?: components\["schemas"\]\["Node"\]/,
  },
  {
    name: "whose members are no schemas, and others are called as keywords are",
    given: {
      components: {
        schemas: {
          A: { type: "object", properties: { a: null, b: "string", c: { type: "string" } } },
          B: { type: "object", properties: ["a"], required: ["a"] },
          properties: {
            type: "object",
            properties: { properties: { type: "number" }, default: { properties: { d: 3 } } },
            default: { properties: { e: 4 } },
          },
        },
      },
    },
    want: /a\?: unknown;\s+b\?: unknown;\s+c\?: string;[^]*properties\?: number;[^]*d\?: unknown/,
  },
];

describe("the types of a description", () => {
  test.each(cases)("$name", async ({ given, want }) => {
    const before = structuredClone(given);
    expect(await wireTypes(given)).toMatch(want);
    expect(given).toEqual(before);
  });

  test("compile", async () => {
    const texts = await Promise.all(cases.map(({ given }) => wireTypes(given)));
    expect(typeCheck(new Map(texts.map((text, index) => [`wire-${index}.ts`, text])))).toEqual([]);
  }, 60_000);
});
