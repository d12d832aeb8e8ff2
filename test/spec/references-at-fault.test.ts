import { describe, expect, test } from "vitest";
import { failure } from "./resolved.js";

describe("references that are at fault", () => {
  const table: readonly {
    name: string;
    given: unknown;
    code: string;
    message: RegExp;
    hint?: RegExp;
    pointer: string;
    line: number;
  }[] = [
    {
      name: "a broken one",
      given: { a: { $ref: "#/b/Catt" }, b: { Cat: 1, Dog: 2 } },
      code: "spec/broken-ref",
      message: /"#\/b\/Catt".*"\/b" has no member "Catt"/,
      hint: /Did you mean "\/b\/Cat"/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "a broken one with no near name",
      given: { a: { $ref: "#/b/zzzzzz" }, b: { Cat: 1, Dog: 2 } },
      code: "spec/broken-ref",
      message: /no member "zzzzzz"/,
      hint: /It has "Cat", "Dog"/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "one into a number",
      given: { a: { $ref: "#/b/c" }, b: 1 },
      code: "spec/broken-ref",
      message: /"\/b" is no object/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "one past a list",
      given: { a: { $ref: "#/b/2" }, b: [1, 2] },
      code: "spec/broken-ref",
      message: /"\/b" has no member "2"/,
      hint: /2 items/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "one to the prototype",
      given: { a: { $ref: "#/constructor" } },
      code: "spec/broken-ref",
      message: /root has no member/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "a malformed escape",
      given: { a: { $ref: "#/%zz" } },
      code: "spec/broken-ref",
      message: /no JSON pointer/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "an anchor that is not there",
      given: { a: { $ref: "#here" } },
      code: "spec/external-ref",
      message: /nor an anchor/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "one to itself",
      given: { x: 1, a: { $ref: "#/a" } },
      code: "spec/circular-ref",
      message: /never to a value/,
      pointer: "/a/$ref",
      line: 4,
    },
    {
      name: "a circle of two",
      given: { a: { $ref: "#/b" }, b: { $ref: "#/a" } },
      code: "spec/circular-ref",
      message: /never to a value/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "one into itself",
      given: { a: { $ref: "#/a/b" } },
      code: "spec/circular-ref",
      message: /never to a value/,
      pointer: "/a/$ref",
      line: 3,
    },
    {
      name: "a file that is not there",
      given: { a: { $ref: "x.json#/b" } },
      code: "spec/external-ref",
      message: /x\.json does not exist/,
      pointer: "/a/$ref",
      line: 3,
    },
  ];
  for (const { name, given, code, message, hint, pointer, line } of table) {
    test(name, async () => {
      const error = await failure(given);
      expect(error).toMatchObject({ code, pointer });
      expect(error.message).toMatch(message);
      if (hint !== undefined) expect(error.hint).toMatch(hint);
      expect(error.position?.line).toBe(line);
    });
  }

  test("a chain of 20,000 references ends", async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`a${i}`, { $ref: `#/a${i + 1}` }]),
    );
    expect((await failure({ ...chain, a20000: {} })).code).toBe("spec/circular-ref");
  });
});
