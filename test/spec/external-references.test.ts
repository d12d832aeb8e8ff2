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
    expect(spec.whole).toEqual({ format: "json", text: `${JSON.stringify(spec.root, null, 2)}\n` });
    expect(spec.operations.map(({ path, method }) => `${method} ${path}`)).toEqual(["post /p"]);
    expect(spec.document.position("/components/schemas/Cat_2/properties/home")).toMatchObject({
      file: "parts.json",
    });
  });

  test("of Swagger 2.0 are brought in before it is converted, and whole again are read the same", async () => {
    const files = {
      "parts.json": { Row: { type: "object", properties: { __proto__: { type: "string" } } } },
    };
    const swagger = {
      swagger: "2.0",
      info: { title: "s", version: "1" },
      paths: {
        "/p": { post: { parameters: [{ in: "body", name: "b", schema: { $ref: "parts.json#/Row" } }] } },
      },
    };
    const spec = await resolved(swagger, files);
    expect(JSON.parse(spec.whole.text)).toMatchObject({
      swagger: "2.0",
      definitions: { Row: { type: "object" } },
    });
    const again = await resolve(parse(main(spec.whole.text)));
    expect(again.root).toEqual(spec.root);
    expect(again.whole).toEqual(spec.whole);
  });

  test("to the description by its own name are made local in what is packed", async () => {
    const spec = await resolved({ a: { $ref: "spec.json#/b" }, b: { type: "string" } }, {});
    expect(JSON.parse(spec.whole.text)).toEqual({ a: { $ref: "#/b" }, b: { type: "string" } });
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
    const text = '{"a": {"$ref": "#/b"}, "b": {"__proto__": 1}}';
    const document = parse(main(text));
    const spec = await resolve(document);
    expect(spec.root).toBe(document.root);
    expect(spec.whole).toEqual({ format: "json", text });
  });
});
