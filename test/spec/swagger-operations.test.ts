import { describe, expect, test } from "vitest";
import { valueAt } from "../../src/spec/pointer.js";
import { resolved } from "./resolved.js";

const document = (more: object): object => ({ swagger: "2.0", info: { title: "T", version: "1" }, ...more });
const text = { type: "string" };
const json = (schema: object): object => ({ content: { "application/json": { schema } } });
const ok = { responses: { 200: { description: "fine" } } };

describe("what operations of Swagger 2.0 become", () => {
  const table: readonly { name: string; given: object; at: string; want: unknown }[] = [
    {
      name: "a body",
      given: {
        paths: {
          "/a": { post: { ...ok, parameters: [{ in: "body", name: "b", required: true, schema: text }] } },
        },
      },
      at: "/paths/~1a/post",
      want: { ...ok, requestBody: { ...json(text), required: true } },
    },
    {
      name: "a body that is referred to, and one that stands in for that of the path",
      given: {
        parameters: { B: { in: "body", name: "b", schema: { $ref: "#/definitions/X" } } },
        definitions: { X: text },
        paths: {
          "/a": {
            post: { ...ok, parameters: [{ $ref: "#/parameters/B" }] },
            put: { ...ok, parameters: [{ in: "body", name: "other", schema: { type: "integer" } }] },
            patch: ok,
            parameters: [{ $ref: "#/parameters/B" }],
          },
        },
      },
      at: "/paths/~1a",
      want: {
        post: { ...ok, requestBody: json({ $ref: "#/components/schemas/X" }) },
        put: { ...ok, requestBody: json({ type: "integer" }) },
        patch: { ...ok, requestBody: json({ $ref: "#/components/schemas/X" }) },
      },
    },
    {
      name: "a parameter of the path, and an operation's own of the same name and place",
      given: {
        paths: {
          "/a/{id}": {
            parameters: [
              { in: "path", name: "id", required: true, type: "string" },
              { in: "query", name: "n", type: "integer" },
            ],
            get: { ...ok, parameters: [{ in: "query", name: "n", type: "number", maximum: 3, default: 1 }] },
          },
        },
      },
      at: "/paths/~1a~1{id}/get/parameters",
      want: [
        { in: "path", name: "id", required: true, schema: text },
        { in: "query", name: "n", schema: { type: "number", maximum: 3, default: 1 } },
      ],
    },
    {
      name: "lists in the query, as they are separated",
      given: {
        paths: {
          "/a": {
            get: {
              ...ok,
              parameters: [
                { in: "query", name: "csv", type: "array", items: text },
                { in: "query", name: "multi", type: "array", items: text, collectionFormat: "multi" },
                { in: "query", name: "pipes", type: "array", items: text, collectionFormat: "pipes" },
                { in: "header", name: "X-L", type: "array", items: text },
              ],
            },
          },
        },
      },
      at: "/paths/~1a/get/parameters",
      want: [
        { in: "query", name: "csv", style: "form", explode: false, schema: { type: "array", items: text } },
        { in: "query", name: "multi", style: "form", explode: true, schema: { type: "array", items: text } },
        {
          in: "query",
          name: "pipes",
          style: "pipeDelimited",
          explode: false,
          schema: { type: "array", items: text },
        },
        {
          in: "header",
          name: "X-L",
          style: "simple",
          explode: false,
          schema: { type: "array", items: text },
        },
      ],
    },
    {
      name: "a form with a file, a list, an enum and bounds",
      given: {
        consumes: ["application/json"],
        paths: {
          "/a": {
            post: {
              ...ok,
              consumes: ["multipart/form-data", "application/x-www-form-urlencoded"],
              parameters: [
                { in: "formData", name: "image", type: "file", required: true, description: "A picture." },
                { in: "formData", name: "tags", type: "array", items: { type: "string", enum: ["a"] } },
                { in: "formData", name: "size", type: "integer", minimum: 1, default: 3, format: "int32" },
                { in: "formData", name: "mode", type: "string", enum: ["x", "y"], "x-nullable": true },
              ],
            },
          },
        },
      },
      at: "/paths/~1a/post/requestBody",
      want: {
        required: true,
        content: {
          "multipart/form-data": {
            schema: {
              type: "object",
              required: ["image"],
              properties: {
                image: { type: "string", format: "binary", description: "A picture." },
                tags: { type: "array", items: { type: "string", enum: ["a"] } },
                size: { type: "integer", minimum: 1, default: 3, format: "int32" },
                mode: { type: "string", enum: ["x", "y"], nullable: true },
              },
            },
            encoding: { tags: { style: "form", explode: false } },
          },
        },
      },
    },
    {
      name: "a form without a file and without media type",
      given: {
        paths: { "/a": { post: { ...ok, parameters: [{ in: "formData", name: "q", type: "string" }] } } },
      },
      at: "/paths/~1a/post/requestBody",
      want: {
        content: {
          "application/x-www-form-urlencoded": { schema: { type: "object", properties: { q: text } } },
        },
      },
    },
    {
      name: "media types: an operation's own come before the document's",
      given: {
        consumes: ["application/xml"],
        produces: ["application/xml"],
        paths: {
          "/a": {
            post: {
              consumes: ["application/json"],
              produces: ["text/plain"],
              parameters: [{ in: "body", name: "b", schema: text }],
              responses: { 200: { description: "", schema: text } },
            },
          },
        },
      },
      at: "/paths/~1a/post",
      want: {
        requestBody: json(text),
        responses: { 200: { description: "", content: { "text/plain": { schema: text } } } },
      },
    },
    {
      name: "media types: the document's, where an operation has none",
      given: {
        consumes: ["application/xml"],
        produces: ["application/json", "text/csv"],
        responses: { R: { description: "r", schema: { $ref: "#/definitions/X" } } },
        definitions: { X: text },
        paths: {
          "/a": {
            post: {
              parameters: [{ in: "body", name: "b", schema: text }],
              responses: { default: { $ref: "#/responses/R" } },
            },
          },
        },
      },
      at: "/paths/~1a/post",
      want: {
        requestBody: { content: { "application/xml": { schema: text } } },
        responses: {
          default: {
            description: "r",
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/X" } },
              "text/csv": { schema: { $ref: "#/components/schemas/X" } },
            },
          },
        },
      },
    },
    {
      name: "a file as reply, with headers; an example of another media type is no reply",
      given: {
        paths: {
          "/a": {
            get: {
              responses: {
                200: { description: "", schema: { type: "file" }, headers: { "X-N": { type: "integer" } } },
                400: { description: "", schema: text, examples: { "application/xml": "<a/>" } },
              },
            },
          },
        },
      },
      at: "/paths/~1a/get/responses",
      want: {
        200: {
          description: "",
          headers: { "X-N": { schema: { type: "integer" } } },
          content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
        },
        400: { description: "", ...json(text) },
      },
    },
  ];
  for (const { name, given, at, want } of table) {
    test(name, async () => {
      const spec = await resolved(document(given));
      expect(valueAt(spec.root, at)).toEqual(want);
      expect(JSON.stringify(valueAt(spec.root, at))).toHaveLength(JSON.stringify(want).length);
      expect(spec.document.kind).toBe("swagger");
    });
  }
});
