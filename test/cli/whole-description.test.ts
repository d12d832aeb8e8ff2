import { describe, expect, test } from "vitest";
import { isWhole } from "../../src/cli/whole-description.js";

describe("a text is whole", () => {
  test.each([
    { text: '{"$ref": "#/a", "b": {"$ref":"#anchor"}}', whole: true },
    { text: "a: 1", whole: true },
    { text: "$ref: '#/a'\nb: {$ref: \"#/c\"}", whole: true },
    { text: '{"$ref": "other.json#/a"}', whole: false },
    { text: "$ref: other.yaml", whole: false },
    { text: "$ref: # a comment\n  other.yaml#/a", whole: false },
    { text: '{"\\u0024ref": "other.json"}', whole: false },
    { text: '"\\x24ref": other.yaml', whole: false },
    { text: '"$r\\\n  ef": other.yaml', whole: false },
    { text: "? $ref\n: other.yaml", whole: false },
    { text: "$ref: *elsewhere", whole: false },
  ])("$text: $whole", ({ text, whole }) => {
    expect(isWhole({ name: "s", url: null, text })).toBe(whole);
  });
});
