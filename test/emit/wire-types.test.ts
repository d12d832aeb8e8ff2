import { describe, expect, test } from "vitest";
import { wireTypes } from "../../src/emit/wire-types.js";
import type { JsonObject } from "../../src/spec/spec-types.js";
import { typeCheck } from "../type-check.js";

const answer: JsonObject = { "200": { description: "" } };

describe("the types of a description", () => {
  test.each<{ name: string; given: JsonObject; want: RegExp }>([
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
  ])("$name compile", async ({ given, want }) => {
    const before = structuredClone(given);
    const text = await wireTypes(given);
    expect(given).toEqual(before);
    expect(text).toMatch(want);
    expect(typeCheck(new Map([["wire.ts", text]]))).toEqual([]);
  });
});
