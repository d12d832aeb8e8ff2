import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprintAt, membersAt } from "../../src/runtime/src/verify/fingerprint.js";

const at = (value: unknown, pointer = "/a"): string | undefined =>
  fingerprintAt({ a: value, b: {} }, pointer);

test("a fingerprint is 16 hexadecimal digits that never change", () => {
  expect(at({ type: "number", minimum: 0 })).toMatch(/^[0-9a-f]{16}$/);
  // Packages that were generated before hold these.
  expect([at({ type: "number", minimum: 0 }), at({}), at([]), at(null)]).toMatchInlineSnapshot(`
    [
      "65c820e310582195",
      "5a56d1e762b9de1e",
      "79b28c9e6b8fff3d",
      "69fcb93abcdf4ce4",
    ]
  `);
});

describe("the same", () => {
  const shared = { type: "object", properties: { x: { type: "string" } } };
  const cases: { name: string; given: [unknown, unknown] }[] = [
    { name: "another order of members", given: [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }] },
    {
      name: "other words for people",
      given: [
        { a: { type: "string", title: "x", "x-order": 1 } },
        { a: { description: "y", type: "string" } },
      ],
    },
    { name: "a reference", given: [{ a: shared }, { a: { $ref: "#/s" }, s: shared }] },
    {
      name: "a reference inside",
      given: [{ a: { items: shared } }, { a: { items: { $ref: "#/d/%C3%A9~1" } }, d: { "é/": shared } }],
    },
    {
      name: "the same reference twice",
      given: [{ a: { x: shared, y: shared } }, { a: { x: { $ref: "#/s" }, y: { $ref: "#/s" } }, s: shared }],
    },
    {
      name: "another name in a circle",
      given: [
        { a: { $ref: "#/s" }, s: { items: { $ref: "#/s" } } },
        { a: { $ref: "#/t" }, t: { items: { $ref: "#/t" } } },
      ],
    },
    { name: "another order of labels", given: [{ a: { enum: ["x", "y"] } }, { a: { enum: ["y", "x"] } }] },
    {
      name: "another order of required names",
      given: [{ a: { required: ["x", "y"] } }, { a: { required: ["y", "x"] } }],
    },
  ];
  test.each(cases)("$name", ({ given: [one, other] }) => {
    expect(fingerprintAt(one, "/a")).toBeDefined();
    expect(fingerprintAt(one, "/a")).toBe(fingerprintAt(other, "/a"));
  });
});

describe("not the same", () => {
  const cases: { name: string; given: [unknown, unknown] }[] = [
    { name: "another value", given: [{ type: "string" }, { type: "number" }] },
    { name: "another type of value", given: [{ const: 1 }, { const: "1" }] },
    { name: "another order of a shape", given: [{ shape: [2, 3] }, { shape: [3, 2] }] },
    {
      name: "a property that is named like a word for people",
      given: [{ properties: { title: { type: "string" } } }, { properties: {} }],
    },
    {
      name: "its type",
      given: [{ properties: { title: { type: "string" } } }, { properties: { title: { type: "number" } } }],
    },
    { name: "a constant's member", given: [{ const: { title: "x" } }, { const: { title: "y" } }] },
    { name: "a member more", given: [{}, { __proto__x: 1 }] },
    { name: "a member named __proto__", given: [{}, JSON.parse('{"__proto__":1}')] },
    { name: "a reference to nowhere", given: [{ $ref: "#/x" }, { $ref: "#/y" }] },
    { name: "a reference to elsewhere", given: [{ $ref: "x.json" }, { $ref: "y.json" }] },
    {
      name: "what stands beside a reference",
      given: [
        { $ref: "#/b", "x-kind": 1 },
        { $ref: "#/b", "x-kind": 2 },
      ],
    },
    { name: "a list in a list", given: [[[1], [2]], [[1, 2]]] },
  ];
  test.each(cases)("$name", ({ given: [one, other] }) => {
    expect(at(one)).not.toBe(at(other));
  });
});

describe("what a pointer finds", () => {
  const document = {
    "": { deep: 1 },
    "a/b": { "m~n": [{ x: 1 }, { $ref: "#/c" }] },
    c: { y: { z: 2 } },
    loop: { $ref: "#/loop" },
    names: { $ref: "#/c" },
    properties: { $ref: { type: "string" } },
  };
  const cases: { name: string; given: string; want: string[] | undefined }[] = [
    { name: "the document", given: "", want: ["", "a/b", "c", "loop", "names", "properties"] },
    { name: "an empty name", given: "/", want: ["deep"] },
    { name: "escapes and an index", given: "/a~1b/m~0n/0", want: ["x"] },
    { name: "a reference in a list", given: "/a~1b/m~0n/1", want: ["y"] },
    { name: "through a reference", given: "/names/y", want: ["z"] },
    { name: "a member named $ref", given: "/properties", want: ["$ref"] },
    { name: "no object", given: "/c/y/z", want: undefined },
    { name: "a circle", given: "/loop", want: undefined },
    { name: "what is inherited", given: "/constructor", want: undefined },
    { name: "a list's length", given: "/a~1b/m~0n/length", want: undefined },
    { name: "no pointer", given: "c", want: undefined },
  ];
  test.each(cases)("$name", ({ given, want }) => {
    expect(membersAt(document, given)).toEqual(want);
  });
});

test("references that multiply end soon", () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `s${index}`,
      { x: { $ref: `#/s${index + 1}` }, y: { $ref: `#/s${index + 1}` } },
    ]),
  );
  expect(fingerprintAt(schemas, "/s0")).toMatch(/^[0-9a-f]{16}$/);
  const circles = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      `s${index}`,
      {
        properties: Object.fromEntries(
          Array.from({ length: 12 }, (__, other) => [`p${other}`, { $ref: `#/s${other}` }]),
        ),
      },
    ]),
  );
  expect(fingerprintAt(circles, "/s0")).toMatch(/^[0-9a-f]{16}$/);
});

test("any JSON has one, and its text decides", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      if (same) expect(at({ const: one })).toBe(at({ const: other }));
      expect(at({ const: one })).toBe(at({ const: JSON.parse(JSON.stringify(one)) }));
      expect(at({ const: [one, 1] })).not.toBe(at({ const: [one, 2] }));
    }),
  );
});
