import { describe, expect, test } from "vitest";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";
import { failure, main, resolved } from "./resolved.js";

describe("references to other files", () => {
  test("are brought in, nested ones and those back too, with names of their own", async () => {
    const spec = await resolved(
      {
        paths: { "/p": { $ref: "parts.json#/items/p" } },
        components: { schemas: { Cat: { type: "string" }, Own: { $ref: "parts.json#/Cat" } } },
      },
      {
        "parts.json": {
          items: { p: { post: { parameters: [{ $ref: "#/limit" }], responses: {} } } },
          limit: { name: "limit", schema: { $ref: "more.json" } },
          Cat: {
            properties: { again: { $ref: "#/Cat" }, home: { $ref: "spec.json#/components/schemas/Cat" } },
          },
        },
        "more.json": { type: "integer" },
      },
    );
    expect(spec.root).toEqual({
      paths: { "/p": { $ref: "#/components/pathItems/p" } },
      components: {
        schemas: {
          Cat: { type: "string" },
          Own: { $ref: "#/components/schemas/Cat_2" },
          Cat_2: {
            properties: {
              again: { $ref: "#/components/schemas/Cat_2" },
              home: { $ref: "#/components/schemas/Cat" },
            },
          },
          more: { type: "integer" },
        },
        pathItems: {
          p: { post: { parameters: [{ $ref: "#/components/parameters/limit" }], responses: {} } },
        },
        parameters: { limit: { name: "limit", schema: { $ref: "#/components/schemas/more" } } },
      },
    });
    expect(spec.operations.map(({ path, method }) => `${method} ${path}`)).toEqual(["post /p"]);
    expect(spec.document.position("/components/schemas/Cat_2/properties/home")).toMatchObject({
      file: "parts.json",
    });
  });

  test("a broken one names the file that holds it", async () => {
    const error = await failure({ a: { $ref: "b.json" } }, { "b.json": { c: { $ref: "#/nope" } } });
    expect(error).toMatchObject({
      code: "spec/broken-ref",
      pointer: "/c/$ref",
      position: { file: "b.json", line: 3 },
    });
  });

  test("are refused where nothing reads them", async () => {
    const given = parse(main('{"a": {"$ref": "b.json"}}'));
    await expect(resolve(given)).rejects.toMatchObject({ code: "spec/external-ref", pointer: "/a/$ref" });
  });

  test("the given tree is left alone where there are none", async () => {
    const document = parse(main('{"a": {"$ref": "#/b"}, "b": {"__proto__": 1}}'));
    expect((await resolve(document)).root).toBe(document.root);
  });
});
