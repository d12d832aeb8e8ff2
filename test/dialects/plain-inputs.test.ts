import { describe, expect, test } from "vitest";
import { content, inputsOf, interpret, mainOf, predict, service } from "./plain-descriptions.js";

const text = { type: "text" } as const;
const string = { type: "string" } as const;
const parameter = (name: string, place: string, more: object = {}): object => ({
  name,
  in: place,
  schema: string,
  ...more,
});

describe("a parameter", () => {
  test.each([
    {
      name: "of the query",
      given: parameter("q", "query"),
      want: { in: "query", style: "form", explode: true },
    },
    {
      name: "of a header",
      given: parameter("q", "header"),
      want: { in: "header", style: "simple", explode: false },
    },
    {
      name: "of a cookie",
      given: parameter("q", "cookie"),
      want: { in: "cookie", style: "form", explode: true },
    },
    {
      name: "of the path",
      given: parameter("q", "path"),
      path: "/p/{q}",
      want: { in: "path", style: "simple", explode: false },
    },
    {
      name: "in a style",
      given: parameter("q", "query", { style: "deepObject" }),
      want: { in: "query", style: "deepObject", explode: false },
    },
    {
      name: "in a style, one by one",
      given: parameter("q", "query", { style: "pipeDelimited", explode: true }),
      want: { in: "query", style: "pipeDelimited", explode: true },
    },
    {
      name: "in a form, not one by one",
      given: parameter("q", "query", { explode: false }),
      want: { in: "query", style: "form", explode: false },
    },
    {
      name: "in a style that its place does not have",
      given: parameter("q", "query", { style: "matrix" }),
      want: { in: "query", style: "form", explode: true },
    },
    {
      name: "in matrix style",
      given: parameter("q", "path", { style: "matrix" }),
      path: "/p{q}",
      want: { in: "path", style: "matrix", explode: false },
    },
    {
      name: "as JSON",
      given: { name: "q", in: "query", ...content(string) },
      want: { in: "query", style: "form", explode: true, json: true },
    },
  ])("$name", async ({ given, path = "/p", want }) => {
    const { framing } = mainOf(await interpret(service({ [path]: { get: { parameters: [given] } } })));
    expect(framing.places).toEqual({ q: { name: "q", ...want } });
  });

  test.each([
    {
      name: "optional unless it is required",
      given: [parameter("a", "query"), parameter("b", "query", { required: true })],
      want: { "a?": text, b: text },
    },
    {
      name: "optional where it has a default",
      given: [parameter("a", "query", { required: true, schema: { ...string, default: "x" } })],
      want: { "a?": text },
    },
    { name: "of any kind without a schema: text", given: [{ name: "a", in: "query" }], want: { "a?": text } },
    {
      name: "not what OpenAPI ignores",
      given: ["Accept", "content-type", "AUTHORIZATION"].map((name) => parameter(name, "header")),
      want: {},
    },
    { name: "not one that the path does not have", given: [parameter("a", "path")], want: {} },
    {
      name: "under its place's name where another has its own",
      given: [parameter("a", "query"), parameter("a", "header"), parameter("query_a", "cookie")],
      want: { "a?": text, "header_a?": text, "query_a?": text },
    },
    {
      name: "behind a reference",
      given: [{ $ref: "#/components/parameters/Limit" }],
      want: { "limit?": { type: "integer", max: 9 } },
    },
    {
      name: "called __proto__",
      given: [parameter("__proto__", "query")],
      want: Object.fromEntries([["__proto__?", text]]),
    },
  ])("is $name", async ({ given, want }) => {
    const limit = { name: "limit", in: "query", schema: { type: "integer", maximum: 9 } };
    const paths = { "/p": { get: { parameters: given } } };
    expect(
      inputsOf(mainOf(await interpret(service(paths, { components: { parameters: { Limit: limit } } })))),
    ).toEqual(want);
  });

  test("of the path item counts too, unless the operation states it itself", async () => {
    const item = { parameters: [parameter("a", "query"), parameter("b", "query")] };
    const get = { parameters: [parameter("b", "query", { schema: { type: "integer" } })] };
    expect(inputsOf(mainOf(await interpret(service({ "/p": { ...item, get } }))))).toEqual({
      "a?": text,
      "b?": { type: "integer" },
    });
  });

  test("that the path leaves open is text, though nobody says so", async () => {
    expect(
      inputsOf(
        mainOf(
          await interpret(
            service({
              "/p/{a}/{b}/{a}": {
                get: { parameters: [parameter("b", "path", { schema: { type: "integer" } })] },
              },
            }),
          ),
        ),
      ),
    ).toEqual({
      b: { type: "integer" },
      a: text,
    });
  });

  test("that is the key of the service is left to the client", async () => {
    const scheme = { type: "apiKey", in: "header", name: "X-Key" };
    const more = { security: [{ key: [] }], components: { securitySchemes: { key: scheme } } };
    const given = service(
      { "/p": { get: { parameters: [parameter("x-key", "header"), parameter("q", "query")] } } },
      more,
    );
    expect(Object.keys(inputsOf(mainOf(await interpret(given))))).toEqual(["q?"]);
  });

  test.each([
    { name: "without a name", given: { in: "query" } },
    { name: "in no place", given: { name: "a", in: "querystring" } },
    { name: "that is no object", given: 7 },
  ])("$name is left out, and that is said once", async ({ given }) => {
    const { model, diagnostics } = await interpret(service({ "/p": { get: { parameters: [given] } } }));
    expect(model.operations[0]?.input.features).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["openapi/odd-parameter"]);
  });

  test("says what it is, and what it is without", async () => {
    const given = parameter("a", "query", {
      description: "How many.",
      deprecated: true,
      schema: { type: "integer", default: 3 },
    });
    const { input } = mainOf(await interpret(service({ "/p": { get: { parameters: [given] } } })));
    expect(input.features[0]?.doc).toBe("Deprecated.\n\nHow many.\n\nDefault: `3`.");
  });
});

describe("a body", () => {
  const thing = { type: "object", properties: { a: string } };
  const offered = (...types: readonly string[]): object => ({
    content: Object.fromEntries(types.map((type) => [type, { schema: thing }])),
  });
  test.each([
    { name: "JSON", given: offered("application/json"), want: ["json", "application/json"] },
    {
      name: "JSON of a kind",
      given: offered("application/vnd.a+json"),
      want: ["json", "application/vnd.a+json"],
    },
    {
      name: "JSON rather than forms",
      given: offered("multipart/form-data", "application/json; charset=utf-8"),
      want: ["json", "application/json; charset=utf-8"],
    },
    {
      name: "a form with parts rather than one without",
      given: offered("application/x-www-form-urlencoded", "multipart/form-data"),
      want: ["multipart", "multipart/form-data"],
    },
    {
      name: "a form",
      given: offered("text/plain", "application/x-www-form-urlencoded"),
      want: ["form", "application/x-www-form-urlencoded"],
    },
    { name: "text", given: offered("image/png", "text/csv"), want: ["text", "text/csv"] },
    { name: "bytes", given: offered("image/png"), want: ["bytes", "image/png"] },
    { name: "JSON where anything goes and an object is meant", given: offered("*/*"), want: ["json", "*/*"] },
    { name: "bytes where anything goes", given: { content: { "*/*": {} } }, want: ["bytes", "*/*"] },
    {
      name: "a form where there are files",
      given: {
        content: {
          "application/json": { schema: thing },
          "multipart/form-data": {
            schema: { type: "object", properties: { f: { type: "string", format: "binary" } } },
          },
        },
      },
      want: ["multipart", "multipart/form-data"],
    },
  ])("is $name", async ({ given, want }) => {
    const { framing } = mainOf(await interpret(predict({ requestBody: given })));
    expect([framing.body?.form, framing.body?.mediaType]).toEqual(want);
  });

  test.each([
    {
      name: "an image",
      given: content({}, "image/png"),
      want: { type: "file", form: "binary", mediaType: "image/png" },
    },
    { name: "any image", given: content({}, "image/*"), want: { type: "file", form: "binary" } },
    { name: "text of any kind", given: content(thing, "application/xml"), want: text },
    {
      name: "a number in text",
      given: content({ type: "integer" }, "text/plain"),
      want: { type: "integer" },
    },
    { name: "JSON of any kind", given: { content: { "application/json": {} } }, want: { type: "any" } },
  ])("has the shape of what it holds: $name", async ({ given, want }) => {
    expect(inputsOf(mainOf(await interpret(predict({ requestBody: { required: true, ...given } }))))).toEqual(
      { body: want },
    );
  });

  const query = [parameter("q", "query")];
  test.each([
    { name: "the argument itself without parameters", given: {}, want: "whole" },
    { name: "the rest of the argument", given: { parameters: query }, want: "rest" },
    { name: "a member where names clash", given: { parameters: [parameter("a", "query")] }, want: "member" },
    {
      name: "a member where it is a list",
      given: { parameters: query, requestBody: content({ type: "array" }) },
      want: "member",
    },
    {
      name: "a member where it is one of several",
      given: { parameters: query, requestBody: content({ anyOf: [thing, { type: "null" }] }) },
      want: "member",
    },
    {
      name: "a member where it is bytes",
      given: { parameters: query, requestBody: content({}, "image/png") },
      want: "member",
    },
  ])("is $name", async ({ given, want }) => {
    const { framing } = mainOf(await interpret(predict({ requestBody: content(thing), ...given })));
    expect(framing.body?.at).toBe(want);
  });

  test("keeps its name from parameters", async () => {
    const { input } = mainOf(
      await interpret(predict({ parameters: [parameter("body", "query")], requestBody: content(thing) })),
    );
    expect(input.features.map(({ wireName }) => wireName)).toEqual(["query_body", "body"]);
  });

  test.each([
    { name: "not where nothing is said", given: content(thing), want: undefined },
    {
      name: "not where it is required",
      given: { ...content({ anyOf: [thing, { type: "null" }] }), required: true },
      want: undefined,
    },
    { name: "where it is not required", given: { ...content(thing), required: false }, want: true },
    {
      name: "where nothing is said and it may be null",
      given: content({ anyOf: [thing, { type: "null" }] }),
      want: true,
    },
  ])("is optional $name", async ({ given, want }) => {
    const { framing } = mainOf(await interpret(predict({ requestBody: given })));
    expect(framing.body?.optional).toBe(want);
  });

  test.each([
    { name: "it is not there", given: {} },
    { name: "it holds nothing", given: { requestBody: { content: {} } } },
    { name: "it is no object", given: { requestBody: 7 } },
  ])("is none where $name", async ({ given }) => {
    expect(mainOf(await interpret(predict(given))).framing.body).toBeNull();
  });

  test("stands behind a reference", async () => {
    const components = {
      requestBodies: { B: content({ $ref: "#/components/schemas/S" }) },
      schemas: { S: thing },
    };
    const given = predict({ requestBody: { $ref: "#/components/requestBodies/B" } }, { components });
    expect(inputsOf(mainOf(await interpret(given)))).toEqual({ body: { type: "named", name: "S" } });
  });

  test("without a name is called after its operation, as FastAPI means it", async () => {
    const post = { operationId: "embed_text_embed_post", requestBody: content(thing) };
    const { model } = await interpret(service({ "/embed": { post } }));
    expect(model.shapes?.map(({ name }) => name)).toEqual(["EmbedTextInput"]);
  });
});
