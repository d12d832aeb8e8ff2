import { createClient, deployment } from "leaf-doctor";
import type { Input, Operations } from "leaf-doctor";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { mockHandler } from "../../src/runtime/src/testing/service.js";
import { sendRaw, serveMock } from "./serve-mock.js";
import type { RawReply, ServedMock } from "./serve-mock.js";

const token = "hunter2-leaf-token";
const authorization = `Bearer ${token}`;
const row = { plant: "tomato", temperature: 21.5, spots: [1.25, 3] };

let mock: ServedMock;
beforeAll(async () => {
  mock = await serveMock(mockHandler<Operations>(deployment, { token }));
});
afterAll(async () => await mock.close());

/** What the client takes is typed; what came over a wire is not. */
const untyped = (row: unknown): Input => JSON.parse(JSON.stringify(row));
const client = (): ReturnType<typeof createClient> =>
  createClient({ url: `${mock.origin}/v2`, token, retry: false });

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<RawReply> {
  return await sendRaw(`${mock.origin}/v2${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization, ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
}

/** Refused by both sides: the client, before anything is sent, and the mock, as FastAPI refuses it. */
const rows: readonly { name: string; given: unknown; code: string; fault: object }[] = [
  {
    name: "a label of no set",
    given: { ...row, plant: "oak" },
    code: "unknown-label",
    fault: { type: "enum", loc: ["body", "plant"], input: "oak" },
  },
  {
    name: "a number that is too large",
    given: { ...row, temperature: 61 },
    code: "out-of-range",
    fault: { type: "less_than_equal", loc: ["body", "temperature"], input: 61, ctx: { le: 60 } },
  },
  {
    name: "a number that is too small",
    given: { ...row, temperature: -51 },
    code: "out-of-range",
    fault: { type: "greater_than_equal", loc: ["body", "temperature"], ctx: { ge: -50 } },
  },
  {
    name: "part of a whole number",
    given: { ...row, humidity: 1.5 },
    code: "wrong-type",
    fault: { type: "int_from_float", loc: ["body", "humidity"], input: 1.5 },
  },
  {
    name: "text in place of a list",
    given: { ...row, spots: "many" },
    code: "wrong-type",
    fault: { type: "list_type", loc: ["body", "spots"], input: "many" },
  },
  {
    name: "text in place of a number",
    given: { ...row, spots: [1, "2"] },
    code: "wrong-type",
    fault: { type: "float_parsing", loc: ["body", "spots", 1], input: "2" },
  },
  {
    name: "too many items",
    given: { ...row, spots: Array.from({ length: 17 }, () => 1) },
    code: "wrong-shape",
    fault: {
      type: "too_long",
      loc: ["body", "spots"],
      ctx: { field_type: "List", max_length: 16, actual_length: 17 },
    },
  },
  {
    name: "a member that nobody knows",
    given: { ...row, colour: "red" },
    code: "unknown-feature",
    fault: { type: "extra_forbidden", loc: ["body", "colour"], msg: "Extra inputs are not permitted" },
  },
  {
    name: "a member that is missing",
    given: { plant: "vine", temperature: 3 },
    code: "missing-feature",
    fault: { type: "missing", loc: ["body", "spots"], msg: "Field required" },
  },
  {
    name: "null where there is none",
    given: { ...row, plant: null },
    code: "wrong-type",
    fault: { type: "enum", loc: ["body", "plant"], input: null },
  },
  {
    name: "a list in place of an object",
    given: [row],
    code: "wrong-type",
    fault: { type: "model_attributes_type", loc: ["body"] },
  },
];

describe("a row is refused by the client and by the mock", () => {
  test.each(rows)("$name", async ({ given, code, fault }) => {
    const error = await client()
      .predict(untyped(given))
      .catch((caught: unknown) => caught);
    expect(isDeploymentError(error) && [error.code, error.status]).toEqual([code, undefined]);
    const reply = await post("/predict", given);
    expect([reply.status, reply.headers["content-type"]]).toEqual([422, "application/json"]);
    expect(reply.json).toEqual({ detail: [expect.objectContaining(fault)] });
  });

  test("and what the mock says of it is what the client reports of a service", async () => {
    const lenient = createClient({ url: `${mock.origin}/v2`, token, retry: false, validate: false });
    const error = await lenient
      .predict(untyped({ ...row, temperature: 61 }))
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: "ErrorReply",
      code: "rejected",
      status: 422,
      feature: "temperature",
    });
  });
});

const boundary = "leaf";
const part = (name: string, value: string, more = ""): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const picture = part("picture", "\x89PNG", '; filename="leaf.png"\r\nContent-Type: image/png');
const form = (...parts: readonly string[]): string => `${parts.join("")}--${boundary}--\r\n`;
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };

describe("a form, and parameters, sent raw", () => {
  const cases: readonly { name: string; query?: string; body: string; want: readonly object[] }[] = [
    {
      name: "without its file",
      body: form(part("plant", "vine")),
      want: [{ type: "missing", loc: ["body", "picture"] }],
    },
    {
      name: "with text for a file",
      body: form(part("picture", "text"), part("plant", "vine")),
      want: [{ type: "value_error", loc: ["body", "picture"] }],
    },
    {
      name: "with text for a number, and a number out of range",
      body: form(picture, part("plant", "vine"), part("top_k", "many")),
      want: [{ type: "int_parsing", loc: ["body", "top_k"], input: "many" }],
    },
    {
      name: "with a number that is too large",
      body: form(picture, part("plant", "vine"), part("top_k", "6")),
      want: [{ type: "less_than_equal", loc: ["body", "top_k"], input: "6", ctx: { le: 5 } }],
    },
    {
      name: "with a parameter and a field that are wrong",
      query: "?threshold=high",
      body: form(picture, part("plant", "oak")),
      want: [
        { type: "float_parsing", loc: ["query", "threshold"], input: "high" },
        { type: "enum", loc: ["body", "plant"], input: "oak" },
      ],
    },
  ];
  test.each(cases)("$name", async ({ query = "", body, want }) => {
    const reply = await post(`/predict/picture${query}`, body, multipart);
    expect(reply.status).toBe(422);
    expect(reply.json).toEqual({ detail: want.map((fault) => expect.objectContaining(fault)) });
  });

  test("are taken where they are right, with what FastAPI passes over", async () => {
    const body = form(picture, part("plant", "vine"), part("top_k", "2"));
    const reply = await post("/predict/picture?threshold=0.5&utm_source=mail", body, multipart);
    expect(reply.status).toBe(200);
    expect((await post("/predict/picture?threshold=0.5", body, multipart)).json).toEqual(reply.json);
    const listed = await sendRaw(`${mock.origin}/v2/plants/wheat/diseases?severity=mild&severity=severe`, {
      headers: { authorization },
    });
    expect(listed.status).toBe(200);
  });

  test.each([
    { path: "/plants/oak/diseases", fault: { type: "enum", loc: ["path", "plant"], input: "oak" } },
    {
      path: "/plants/wheat/diseases?severity=mild&severity=bad",
      fault: { type: "literal_error", loc: ["query", "severity", 1], input: "bad" },
    },
  ])("is refused: GET $path", async ({ path, fault }) => {
    const reply = await sendRaw(`${mock.origin}/v2${path}`, { headers: { authorization } });
    expect([reply.status, reply.json]).toEqual([422, { detail: [expect.objectContaining(fault)] }]);
  });
});

describe("what is not even read", () => {
  const url = (path: string): string => `${mock.origin}/v2${path}`;
  const ask = async (method: string, path: string, headers = {}, body?: string): Promise<RawReply> =>
    await sendRaw(url(path), {
      method,
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const jsonType = { "content-type": "application/json" };

  test.each([
    { name: "no such path", reply: () => ask("GET", "/nothing"), want: [404, { detail: "Not Found" }] },
    {
      name: "another method",
      reply: () => ask("GET", "/predict"),
      want: [405, { detail: "Method Not Allowed" }],
    },
    {
      name: "another media type",
      reply: () => ask("POST", "/predict", { "content-type": "text/csv" }, "a,b"),
      want: [
        422,
        {
          detail: [
            {
              type: "model_attributes_type",
              loc: ["body"],
              msg: "Input should be a valid dictionary or object to extract fields from",
              input: "a,b",
            },
          ],
        },
      ],
    },
    {
      name: "a form that is none",
      reply: () => ask("POST", "/predict/picture", multipart, "--other"),
      want: [400, { detail: "Invalid multipart data." }],
    },
    {
      name: "no credential",
      reply: () => ask("POST", "/predict", { ...jsonType, authorization: "" }, "{}"),
      want: [401, { detail: "Not authenticated" }],
    },
    {
      name: "another credential",
      reply: () => ask("POST", "/predict", { ...jsonType, authorization: "Bearer other" }, "{}"),
      want: [401, { detail: "Not authenticated" }],
    },
    {
      name: "no body",
      reply: () => ask("POST", "/predict", jsonType),
      want: [422, { detail: [{ type: "missing", loc: ["body"], msg: "Field required", input: null }] }],
    },
    {
      name: "JSON that is none",
      reply: () => ask("POST", "/predict", jsonType, '{"plant": oak}'),
      want: [
        422,
        {
          detail: [
            {
              type: "json_invalid",
              loc: ["body", 10],
              msg: "JSON decode error",
              input: {},
              ctx: { error: "Expecting value" },
            },
          ],
        },
      ],
    },
  ])("$name", async ({ reply, want }) => {
    const { status, json, text } = await reply();
    expect([status, json]).toEqual(want);
    expect(text).not.toContain(token);
  });

  test("says which methods there are, and how to authenticate", async () => {
    expect((await ask("GET", "/predict")).headers["allow"]).toBe("POST");
    expect((await ask("GET", "/health", { authorization: "" })).headers["www-authenticate"]).toBe("Bearer");
  });
});
