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
