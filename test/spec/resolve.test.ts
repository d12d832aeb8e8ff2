import { describe, expect, test } from "vitest";
import { resolved } from "./resolved.js";

describe("local references", () => {
  const target = { type: "object", properties: { x: { type: "number" } } };
  const table: readonly {
    name: string;
    given: Record<string, unknown>;
    find: string;
    want: unknown;
    at?: string;
  }[] = [
    { name: "to a member", given: { a: { $ref: "#/b" }, b: target }, find: "/a", want: target, at: "/b" },
    { name: "to the root", given: { a: { $ref: "#" }, b: 1 }, find: "/a/b", want: 1, at: "/b" },
    {
      name: "of a reference",
      given: { a: { $ref: "#/b" }, b: { $ref: "#/c" }, c: target },
      find: "/a",
      want: target,
      at: "/c",
    },
    {
      name: "with ~0 and ~1",
      given: { a: { $ref: "#/b~1c/d~0e" }, "b/c": { "d~e": target } },
      find: "/a",
      want: target,
    },
    {
      name: "percent-encoded",
      given: { a: { $ref: "#/b%20c/%C3%A9" }, "b c": { é: target } },
      find: "/a",
      want: target,
    },
    {
      name: "to an item",
      given: { a: { $ref: "#/b/1" }, b: [0, target] },
      find: "/a",
      want: target,
      at: "/b/1",
    },
    {
      name: "on the way",
      given: { a: { $ref: "#/b" }, b: target },
      find: "/a/properties/x",
      want: { type: "number" },
      at: "/b/properties/x",
    },
    {
      name: "through another reference",
      given: { a: { $ref: "#/b/properties/x" }, b: { $ref: "#/c" }, c: target },
      find: "/a",
      want: { type: "number" },
      at: "/c/properties/x",
    },
    {
      name: "to an anchor",
      given: { a: { $ref: "#here" }, b: { $anchor: "here", type: "number" } },
      find: "/a",
      want: { $anchor: "here", type: "number" },
      at: "/b",
    },
    {
      name: "with siblings that annotate",
      given: { a: { $ref: "#/b", description: "mine", type: "string", "x-y": 1 }, b: target },
      find: "/a",
      want: { ...target, description: "mine", "x-y": 1 },
      at: "/b",
    },
    {
      name: "to a name of the prototype",
      given: { a: { $ref: "#/constructor" }, constructor: target },
      find: "/a",
      want: target,
    },
    {
      name: "a property that is called $ref",
      given: { properties: { $ref: { type: "string" } } },
      find: "/properties/$ref",
      want: { type: "string" },
    },
    {
      name: "an example that looks like one",
      given: { a: { example: { $ref: "#/nowhere" }, enum: [{ $ref: "#/no" }] } },
      find: "/a/enum",
      want: [{ $ref: "#/no" }],
    },
    {
      name: "a schema that is called default",
      given: { properties: { default: { $ref: "#/b" } }, b: target },
      find: "/properties/default",
      want: target,
    },
    {
      name: "recursion through properties",
      given: { a: { properties: { next: { $ref: "#/a" }, x: {} } } },
      find: "/a/properties/next/properties/next/properties/x",
      want: {},
      at: "/a/properties/x",
    },
    { name: "nothing there", given: { a: {} }, find: "/a/b", want: undefined },
    { name: "nothing of the prototype", given: { a: {} }, find: "/a/toString", want: undefined },
  ];
  for (const { name, given, find, want, at } of table) {
    test(name, async () => {
      const found = (await resolved(given)).find(find);
      expect(found?.value).toEqual(want);
      if (at !== undefined) expect(found?.pointer).toBe(at);
    });
  }

  test("a member's reference is followed", async () => {
    const spec = await resolved({ a: { b: { $ref: "#/c" } }, c: target });
    const a = spec.find("/a");
    expect(a === undefined ? undefined : spec.member(a, "b")).toEqual({ value: target, pointer: "/c" });
    expect(a === undefined ? undefined : spec.member(a, "constructor")).toBeUndefined();
  });
});

test("operations are listed in the order of the text, path items behind references too", async () => {
  const spec = await resolved({
    paths: {
      "/b": { summary: "x", post: { a: 1 }, get: {} },
      "x-more": { get: {} },
      "/a": { $ref: "#/components/pathItems/a" },
      "/__proto__": { trace: {}, nonsense: {} },
    },
    components: { pathItems: { a: { put: { $ref: "#/op" } } } },
    op: { operationId: "put" },
  });
  expect(
    spec.operations.map(({ path, method, operation }) => `${method} ${path} ${operation.pointer}`),
  ).toEqual([
    "post /b /paths/~1b/post",
    "get /b /paths/~1b/get",
    "put /a /op",
    "trace /__proto__ /paths/~1__proto__/trace",
  ]);
  expect((await resolved({})).operations).toEqual([]);
});
