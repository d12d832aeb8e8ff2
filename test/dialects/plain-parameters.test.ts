import { describe, expect, test } from "vitest";
import { content, inputsOf, interpret, mainOf, service } from "./plain-descriptions.js";

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
    { name: "for which the path has no place", given: parameter("id", "path") },
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
    expect(input.features[0]?.doc).toBe("Deprecated.\n\nHow many.\n\nDefault: 3.");
  });
});
