import { describe, expect, test } from "vitest";
import { shapeLabels, shapeWords } from "../../src/cli/shape-text.js";

const text = { type: "text" } as const;
const kinds = { type: "enum", values: ["cat", "dog"] } as const;
const nothing = { type: "null" } as const;

describe("a shape in words", () => {
  test.each([
    { name: "a leaf", given: text, want: "text" },
    { name: "bounds", given: { type: "integer", min: 1 }, want: "integer 1 to …" },
    { name: "labels", given: kinds, want: "label" },
    { name: "other values", given: { type: "enum", values: [1, 2] }, want: "choice" },
    { name: "a file", given: { type: "file", form: "base64" }, want: "file (base64)" },
    {
      name: "a picture",
      given: { type: "file", form: "uri", mediaType: "image/png" },
      want: "file (image/png)",
    },
    { name: "what may be null", given: { type: "union", of: [kinds, nothing] }, want: "label or null" },
    { name: "many kinds", given: { type: "union", of: Array(5).fill(text) }, want: "any of 5 kinds" },
    { name: "a tuple", given: { type: "tuple", items: [text, text], rest: text }, want: "list of 2 or more" },
    { name: "a record", given: { type: "record", values: text }, want: "text by name" },
    { name: "a name", given: { type: "list", items: { type: "named", name: "Pet" } }, want: "list of Pet" },
    {
      name: "lists in lists, cut",
      given: { type: "list", items: { type: "list", items: { type: "list", items: text } } },
      want: "list of list of list of …",
    },
  ] as const)("$name", ({ given, want }) => {
    expect(shapeWords(given)).toBe(want);
  });

  test("tells its labels, also where it may be null", () => {
    expect(shapeLabels({ type: "union", of: [kinds, nothing] })).toEqual(["cat", "dog"]);
    expect(shapeLabels(text)).toEqual([]);
  });
});
