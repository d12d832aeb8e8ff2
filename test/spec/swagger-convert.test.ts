import { describe, expect, test } from "vitest";
import { valueAt } from "../../src/spec/pointer.js";
import { resolved } from "./resolved.js";

const document = (more: object): object => ({ swagger: "2.0", info: { title: "T", version: "1" }, ...more });
const text = { type: "string" };
const json = (schema: object): object => ({ content: { "application/json": { schema } } });
const ok = { responses: { 200: { description: "fine" } } };

describe("what Swagger 2.0 becomes", () => {
  const table: readonly { name: string; given: object; at: string; want: unknown }[] = [
    {
      name: "schemas: x-nullable, discriminator, names that look like keywords",
      given: {
        paths: {},
        definitions: {
          Pet: { type: "object", discriminator: "kind", properties: { kind: text, discriminator: text } },
          Owner: {
            properties: {
              pet: { $ref: "#/definitions/Pet", "x-nullable": true, description: "Maybe." },
              name: { type: "string", "x-nullable": true },
              "x-nullable": { type: "boolean" },
              list: { type: "array", items: { type: "file" } },
            },
            additionalProperties: { type: "integer", "x-nullable": true },
          },
          Dog: { allOf: [{ $ref: "#/definitions/Pet" }, { properties: { type: text } }] },
        },
      },
      at: "/components/schemas",
      want: {
        Pet: {
          type: "object",
          discriminator: { propertyName: "kind" },
          properties: { kind: text, discriminator: text },
        },
        Owner: {
          properties: {
            pet: { allOf: [{ $ref: "#/components/schemas/Pet" }], description: "Maybe.", nullable: true },
            name: { type: "string", nullable: true },
            "x-nullable": { type: "boolean" },
            list: { type: "array", items: { type: "string", format: "binary" } },
          },
          additionalProperties: { type: "integer", nullable: true },
        },
        Dog: { allOf: [{ $ref: "#/components/schemas/Pet" }, { properties: { type: text } }] },
      },
    },
    {
      name: "references to places that OpenAPI does not have",
      given: {
        paths: {
          "/a": {
            post: {
              parameters: [{ in: "body", name: "b", schema: { $ref: "#/responses/R/schema" } }],
              responses: { 200: { description: "", schema: { $ref: "#/responses/R/schema/properties/n" } } },
            },
          },
        },
        responses: {
          R: {
            description: "",
            schema: { properties: { n: text, again: { $ref: "#/responses/R/schema" } } },
          },
        },
      },
      at: "",
      want: {
        openapi: "3.0.4",
        info: { title: "T", version: "1" },
        paths: {
          "/a": {
            post: {
              requestBody: json({ $ref: "#/components/schemas/R" }),
              responses: { 200: { description: "", ...json({ $ref: "#/components/schemas/n" }) } },
            },
          },
        },
        components: {
          securitySchemes: {},
          schemas: { R: { properties: { n: text, again: { $ref: "#/components/schemas/R" } } }, n: text },
        },
      },
    },
    {
      name: "a path elsewhere, and what is no operation",
      given: {
        "x-paths": {
          a: { get: ok, "x-mine": null, parameters: [{ in: "header", name: "H", type: "string" }] },
        },
        paths: { "/a": { $ref: "#/x-paths/a" }, "x-b": 1, "/c": null, "/d": { get: null, "x-e": "f" } },
      },
      at: "/paths",
      want: {
        "/a": { "x-mine": null, get: { ...ok, parameters: [{ in: "header", name: "H", schema: text }] } },
        "/d": { "x-e": "f" },
      },
    },
    {
      name: "security, with the words by which bearer tokens are told",
      given: {
        paths: {},
        securityDefinitions: {
          key: { type: "apiKey", name: "Authorization", in: "header", description: "Bearer abc" },
          bare: { type: "apiKey", name: "X-Key" },
          basic: { type: "basic", description: "words" },
          oauth: { type: "oauth2", flow: "application", tokenUrl: "https://a/t", scopes: { r: "Read." } },
          broken: null,
        },
      },
      at: "/components/securitySchemes",
      want: {
        key: { type: "apiKey", name: "Authorization", in: "header", description: "Bearer abc" },
        bare: { type: "apiKey", name: "X-Key", in: "header" },
        basic: { type: "http", scheme: "basic", description: "words" },
        oauth: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "https://a/t", scopes: { r: "Read." } } },
        },
      },
    },
    {
      name: "names that objects have by themselves",
      given:
        JSON.parse(`{ "paths": {"/__proto__": {"get": {"responses": {"200": {"schema": {"$ref": "#/definitions/__proto__"}}}}}},
        "definitions": {"__proto__": {"properties": {"__proto__": {"type": "string"}, "constructor": {"type": "file"}}}, "toString": {"type": "string"}} }`),
      at: "/components/schemas",
      want: JSON.parse(
        `{"__proto__": {"properties": {"__proto__": {"type": "string"}, "constructor": {"type": "string", "format": "binary"}}}, "toString": {"type": "string"}}`,
      ),
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

describe("the address of a Swagger 2.0 description", () => {
  const table: readonly { name: string; given: object; want: readonly string[] | undefined }[] = [
    {
      name: "all is stated; https comes first, sockets are nothing to call",
      given: { host: "h.example", basePath: "/v1", schemes: ["ws", "http", "https"] },
      want: ["https://h.example/v1", "http://h.example/v1"],
    },
    { name: "no scheme", given: { host: "h.example" }, want: ["https://h.example"] },
    {
      name: "no scheme, on this machine",
      given: { host: "localhost:8080" },
      want: ["http://localhost:8080"],
    },
    { name: "a scheme in the host", given: { host: "http://h.example/" }, want: ["http://h.example"] },
    { name: "a path that ends in /", given: { host: "h", basePath: "v1/" }, want: ["https://h/v1"] },
    { name: "a path alone", given: { basePath: "/v1", schemes: ["https"] }, want: ["/v1"] },
    { name: "nothing", given: {}, want: undefined },
  ];
  for (const { name, given, want } of table) {
    test(name, async () => {
      const { root } = await resolved(document({ paths: {}, ...given }));
      expect(root["servers"]).toEqual(want?.map((url) => ({ url })));
      expect(Object.keys(root)).not.toContain("schemes");
    });
  }
});
