import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createOutputFollower, readOutput } from "../../src/runtime/src/cog/read-output.js";
import type { ModelOutput } from "../../src/runtime/src/cog/read-output.js";

const context = { shapes: { page: { type: "list", items: { type: "integer" } } } } as const;
const text: ModelOutput = { form: "text", shape: { type: "text" }, context };
const list: ModelOutput = { form: "list", shape: { type: "integer" }, context };

describe("an output that comes item by item", () => {
  test("is the same whole, whatever of it came by events and whatever by asking", () => {
    const tokens = fc.array(fc.string(), { maxLength: 8 });
    fc.assert(
      fc.property(tokens, fc.array(fc.nat({ max: 8 })), fc.nat({ max: 8 }), (all, asked, events) => {
        const follow = createOutputFollower(text);
        const seen = all.slice(0, events).flatMap((token) => follow({ text: token }));
        for (const count of asked.toSorted((a, b) => a - b)) {
          seen.push(...follow({ output: all.slice(0, count), final: false }));
        }
        seen.push(...follow({ output: all, final: true }));
        expect(seen.join("")).toBe(readOutput(all, text));
      }),
    );
  });

  test("is told by number where its items are no text", () => {
    const follow = createOutputFollower(list);
    expect(follow({ item: 1 })).toEqual([1]);
    expect(follow({ text: "2" })).toEqual([2]);
    expect(follow({ output: [1, 2, 3], final: false })).toEqual([3]);
    expect(follow({ output: null, final: false })).toEqual([]);
    expect(follow({ output: [1, 2, 3, 4], final: true })).toEqual([4]);
  });

  test("is refused where an item is not what the description promises", () => {
    expect(() => createOutputFollower(list)({ text: "two" })).toThrow(/two/);
    expect(() => readOutput(["a"], list)).toThrow(expect.objectContaining({ code: "bad-reply" }));
  });
});

describe("a whole output", () => {
  test.each<{ name: string; output: unknown; model: ModelOutput; want: unknown }>([
    { name: "is joined", output: ["a", "b"], model: text, want: "ab" },
    { name: "may be joined already", output: "ab", model: text, want: "ab" },
    { name: "may be nothing", output: null, model: text, want: "" },
    { name: "may be no items", output: null, model: list, want: [] },
    {
      name: "is a list though its only item came by itself",
      output: 7,
      model: { form: "value", shape: { type: "named", name: "page" }, context },
      want: [7],
    },
    {
      name: "is what it is",
      output: { a: 1 },
      model: { form: "value", shape: { type: "any" }, context },
      want: { a: 1 },
    },
  ])("$name", ({ output, model, want }) => {
    expect(readOutput(output, model)).toEqual(want);
  });
});
