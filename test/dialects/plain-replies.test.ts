import { describe, expect, test } from "vitest";
import { content, interpret, mainOf, predict } from "./plain-descriptions.js";

const string = { type: "string" };
const text = { type: "text" } as const;
const any = { type: "any" } as const;
const nothing = { type: "null" } as const;
const number = { type: "number" } as const;

const replies = async (responses: object): Promise<readonly string[]> => {
  const { framing } = mainOf(await interpret(predict({ responses })));
  return framing.replies.map(({ status, form, mediaType }) => `${status} ${form} ${mediaType ?? "-"}`);
};
const outputs = async (responses: object): Promise<readonly object[]> => {
  const { model } = await interpret(predict({ responses }));
  return model.operations.map(({ id, output }) => {
    const [only] = output.features;
    return { id, stream: output.stream, shape: only?.codec.kind === "json" ? only.codec.shape : undefined };
  });
};

describe("the replies that are documented", () => {
  test.each([
    { name: "JSON", given: { "200": content(string) }, want: ["200 json application/json"] },
    { name: "text", given: { "200": content(string, "text/plain") }, want: ["200 text text/plain"] },
    { name: "bytes", given: { "200": content({}, "image/png") }, want: ["200 bytes image/png"] },
    { name: "nothing", given: { "204": {} }, want: ["204 none -"] },
    {
      name: "failures after successes",
      given: { "422": content(string), "2xx": content(string), default: content(string) },
      want: ["2XX json application/json", "422 json application/json", "default json application/json"],
    },
    {
      name: "JSON and a picture",
      given: { "200": { content: { ...Reflect.get(content(string), "content"), "image/png": {} } } },
      want: ["200 json application/json", "200 bytes image/png"],
    },
    {
      name: "a picture, and not FastAPI's JSON of any kind",
      given: { "200": { content: { "application/json": { schema: {} }, "image/png": {} } } },
      want: ["200 bytes image/png"],
    },
    {
      name: "JSON rather than the same as text",
      given: {
        "200": { content: { "application/xml": { schema: string }, "application/json": { schema: string } } },
      },
      want: ["200 json application/json"],
    },
    {
      name: "JSON where anything may come",
      given: { "200": content(string, "*/*") },
      want: ["200 json */*"],
    },
    {
      name: "items line by line",
      given: { "200": content(string, "application/x-ndjson") },
      want: ["200 lines application/x-ndjson"],
    },
  ])("$name", async ({ given, want }) => {
    expect(await replies(given)).toEqual(want);
  });

  test("are left out where they have no status, and that is said", async () => {
    const { model, diagnostics } = await interpret(
      predict({ responses: { ok: {}, "600": {}, "x-note": {}, "200": {} } }),
    );
    const [operation] = model.operations;
    expect(operation?.framing.protocol === "http" ? operation.framing.replies : []).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["openapi/odd-status", "openapi/odd-status"]);
  });

  test("stand behind references", async () => {
    const components = {
      responses: { R: content({ $ref: "#/components/schemas/S" }) },
      schemas: { S: { type: "object", properties: { a: {} } } },
    };
    const { framing } = mainOf(
      await interpret(
        predict({ responses: { "200": { $ref: "#/components/responses/R" } } }, { components }),
      ),
    );
    expect(framing.replies[0]?.shape).toEqual({ type: "named", name: "S" });
  });
});

describe("what a call gives", () => {
  test.each([
    {
      name: "the reply to 200",
      given: { "200": content(string), "422": content({ type: "number" }) },
      want: text,
    },
    {
      name: "any of several",
      given: { "200": content(string), "202": content({ type: "number" }), "201": content(string) },
      want: { type: "union", of: [text, number] },
    },
    {
      name: "nothing among others",
      given: { "200": content(string), "204": {} },
      want: { type: "union", of: [text, nothing] },
    },
    { name: "nothing", given: { "200": { description: "Healthy." } }, want: nothing },
    {
      name: "the default reply where none is of success",
      given: { default: content(string), "500": content({}) },
      want: text,
    },
    {
      name: "no default reply where one is",
      given: { "200": content(string), default: content({ type: "number" }) },
      want: text,
    },
    { name: "anything where nothing is documented", given: {}, want: any },
    {
      name: "a picture",
      given: { "200": content({}, "image/png") },
      want: { type: "file", form: "binary", mediaType: "image/png" },
    },
  ])("$name", async ({ given, want }) => {
    expect(await outputs(given)).toEqual([{ id: "predict", stream: false, shape: want }]);
  });
});

describe("a reply that comes piece by piece", () => {
  const events = (entry: object): object => ({ "200": { content: { "text/event-stream": entry } } });
  const list = { type: "array", items: { type: "number" } };
  test.each([
    { name: "items of the schema", given: events({ schema: { type: "number" } }), want: number },
    { name: "items of the list", given: events({ schema: list }), want: number },
    { name: "items as 3.2 has them", given: events({ itemSchema: { type: "number" } }), want: number },
    { name: "items that nobody describes", given: events({}), want: any },
    {
      name: "the data of events",
      given: events({
        itemSchema: {
          type: "object",
          properties: {
            event: string,
            data: { ...string, contentMediaType: "application/json", contentSchema: { type: "number" } },
          },
        },
      }),
      want: number,
    },
    {
      name: "data that is text",
      given: events({ itemSchema: { type: "object", properties: { data: string } } }),
      want: text,
    },
    { name: "lines of a list", given: { "200": content(list, "application/jsonl") }, want: number },
    {
      name: "and not FastAPI's JSON of any kind",
      given: {
        "200": { content: { "application/json": { schema: {} }, "text/event-stream": { schema: string } } },
      },
      want: text,
    },
  ])("gives $name", async ({ given, want }) => {
    expect(await outputs(given)).toEqual([{ id: "predict", stream: true, shape: want }]);
  });

  test("or whole makes two operations", async () => {
    const given = {
      "200": {
        content: {
          "application/json": { schema: { type: "number" } },
          "text/event-stream": { schema: string },
        },
      },
      "422": content(string),
    };
    expect(await outputs(given)).toEqual([
      { id: "predict", stream: false, shape: number },
      { id: "predict stream", stream: true, shape: text },
    ]);
    expect(await replies(given)).toEqual(["200 json application/json", "422 json application/json"]);
  });
});
