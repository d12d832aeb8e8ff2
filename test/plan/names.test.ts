import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNames, isPackageName, toIdentifier, toPackageName } from "../../src/plan/names.js";

const hostile = [
  "Response",
  "Promise",
  "Array",
  "Record",
  "Error",
  "constructor",
  "__proto__",
  "*/",
  "`",
  '"',
  "'",
];
const anyName = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(...hostile, "", "\n", "\u2028", "1st", "a b", "a-b"),
);

describe("toIdentifier", () => {
  test.each([
    { given: "Type", want: "Type" },
    { given: "Image Feature", want: "ImageFeature" },
    { given: "features.npy_0", want: "featuresNpy0" },
    { given: "3P%", want: "_3P" },
    { given: "Größe", want: "GroE" },
    { given: "__proto__", want: "proto" },
    { given: "constructor", want: "constructor_" },
    { given: "delete", want: "delete_" },
    { given: "", want: "unnamed" },
    { given: "*/", want: "unnamed" },
    { given: "日本", want: "unnamed" },
  ])("$given", ({ given, want }) => {
    expect(toIdentifier(given)).toBe(want);
  });

  test("gives an identifier whatever the text", () => {
    fc.assert(fc.property(anyName, (name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(toIdentifier(name))));
  });
});

describe("createNames", () => {
  test("gives different identifiers to different names, and the same to the same", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyName, { maxLength: 40 }), (names) => {
        const toName = createNames(["taken"]);
        const identifiers = names.map(toName);
        expect(new Set(identifiers).size).toBe(names.length);
        expect(names.map(toName)).toEqual(identifiers);
        expect(identifiers).not.toContain("taken");
      }),
    );
  });

  test("keeps apart names that clash after casing", () => {
    const toName = createNames();
    expect(["a b", "a.b", "aB", "a_b"].map(toName)).toEqual(["aB", "aB_2", "aB_3", "aB_4"]);
  });
});

describe("toPackageName", () => {
  test.each([
    { given: "Animal weight", want: "animal-weight" },
    { given: "  My Größe / v2! ", want: "my-gro-e-v2" },
    { given: "../../etc/passwd", want: "etc-passwd" },
    { given: "node_modules", want: "node-modules-client" },
    { given: "日本", want: "" },
    { given: "camelCaseTitle", want: "camel-case-title" },
  ])("$given", ({ given, want }) => {
    expect(toPackageName(given)).toBe(want);
  });

  test("gives a name that npm takes, or none", () => {
    fc.assert(
      fc.property(anyName, (title) => toPackageName(title) === "" || isPackageName(toPackageName(title))),
    );
  });
});

describe("isPackageName", () => {
  test.each([
    { given: "animal-weight", want: true },
    { given: "@team/animal.weight", want: true },
    { given: "Animal", want: false },
    { given: "../up", want: false },
    { given: ".hidden", want: false },
    { given: "_private", want: false },
    { given: "@team", want: false },
    { given: "a/b", want: false },
    { given: "node_modules", want: false },
    { given: "x".repeat(215), want: false },
  ])("$given", ({ given, want }) => {
    expect(isPackageName(given)).toBe(want);
  });
});
