import { describe, expect, test } from "vitest";
import { shapeLabels, shapeRows, shapeWords } from "../../src/cli/shape-text.js";

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

  test("tells its labels, also where it may be null or there are many", () => {
    expect(shapeLabels({ type: "union", of: [kinds, nothing] })).toEqual(["cat", "dog"]);
    expect(shapeLabels({ type: "list", items: kinds })).toEqual(["cat", "dog"]);
    expect(shapeLabels({ type: "record", values: text, keys: ["a"] })).toEqual(["a"]);
    expect(shapeLabels(text)).toEqual([]);
  });
});

describe("a value and what it holds", () => {
  const to = (name: string): { readonly type: "named"; readonly name: string } => ({ type: "named", name });
  const pet = {
    type: "object",
    members: { kind: { shape: to("Kind") }, owner: { shape: to("Pet"), optional: true } },
  } as const;
  const shapes = [
    { name: "Kind", shape: kinds },
    { name: "Pet", shape: pet },
  ];

  test.each([
    { name: "a leaf", given: text, want: ["v text"] },
    { name: "labels that have a name", given: to("Kind"), want: ["v label"] },
    { name: "an object", given: to("Pet"), want: ["v Pet", "v.kind label", "v.owner? Pet"] },
    {
      name: "a list of objects",
      given: { type: "list", items: to("Pet") },
      want: ["v list of Pet", "v[].kind label", "v[].owner? Pet"],
    },
    {
      name: "an object without a name",
      given: pet,
      want: ["v object", "v.kind label", "v.owner? Pet"],
    },
    { name: "a name that leads nowhere", given: to("Nobody"), want: ["v Nobody"] },
    {
      name: "an argument that is an object",
      called: "",
      given: to("Pet"),
      want: ["kind label", "owner? Pet"],
    },
    { name: "an argument that is none", called: "", given: text, want: [" text"] },
  ] as const)("$name", ({ given, want, ...rest }) => {
    const called = "called" in rest ? rest.called : "v";
    const rows = shapeRows({ name: called, shape: given, optional: false }, shapes);
    expect(
      rows.map(({ name, shape, optional }) => `${name}${optional ? "?" : ""} ${shapeWords(shape)}`),
    ).toEqual(want);
  });
});
