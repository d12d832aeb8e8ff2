import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HttpReply } from "../../src/runtime/src/deployment.js";
import { DeploymentError } from "../../src/runtime/src/errors.js";
import { isErrorReply } from "../../src/runtime/src/service/index.js";
import { reset } from "../samples/misbehaving-server.js";
import { content, json, startService } from "../servers/service-server.js";
import type { ServiceAnswer, ServiceServer } from "../servers/service-server.js";
import { anyJson, callAny } from "./sample-service.js";

let server: ServiceServer;
beforeAll(async () => {
  server = await startService();
});
afterAll(() => server.close());
beforeEach(() => server.answer(json(200, null)));

const object = { type: "object", members: { a: { shape: { type: "integer" } } } } as const;
const objectReply: HttpReply = { ...anyJson, shape: object };
const textReply: HttpReply = {
  status: "200",
  form: "text",
  mediaType: "text/plain",
  shape: { type: "text" },
};
const bytesReply: HttpReply = {
  status: "200",
  form: "bytes",
  mediaType: "image/*",
  shape: { type: "file", form: "binary" },
};
const none: HttpReply = { status: "204", form: "none", mediaType: null, shape: { type: "null" } };

const ask = async (
  replies: readonly HttpReply[],
  answer: ServiceAnswer,
  more: object = {},
): Promise<unknown> => {
  server.answer(answer);
  return await callAny({ replies, ...more }, { url: server.origin });
};
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "no failure",
    (error: unknown) => error,
  );

describe("replies that the description knows", () => {
  const latin1 = Uint8Array.of(0x68, 0xe4);
  const cases: readonly {
    name: string;
    replies: readonly HttpReply[];
    answer: ServiceAnswer;
    want: unknown;
  }[] = [
    { name: "JSON", replies: [objectReply], answer: json(200, { a: 1, b: 2 }), want: { a: 1, b: 2 } },
    {
      name: "JSON with parameters",
      replies: [objectReply],
      answer: content(200, "Application/JSON; charset=utf-8", '{"a":1}'),
      want: { a: 1 },
    },
    {
      name: "JSON of a kind of its own",
      replies: [objectReply],
      answer: content(200, "application/vnd.x+json", '{"a":1}'),
      want: { a: 1 },
    },
    {
      name: "JSON as Python writes it",
      replies: [anyJson],
      answer: content(200, "application/json", "[NaN,-Infinity]"),
      want: [NaN, -Infinity],
    },
    { name: "text", replies: [textReply], answer: content(200, "text/plain", "ü\n"), want: "ü\n" },
    {
      name: "text of another charset",
      replies: [textReply],
      answer: content(200, "text/plain; charset=iso-8859-1", latin1),
      want: "hä",
    },
    {
      name: "text that is a number",
      replies: [{ ...textReply, shape: { type: "number" } }],
      answer: content(200, "text/plain", "1.5"),
      want: 1.5,
    },
    {
      name: "nothing",
      replies: [none],
      answer: (_request, response) => void response.writeHead(204).end(),
      want: null,
    },
    {
      name: "by its range",
      replies: [none, { ...textReply, status: "2XX" }],
      answer: content(201, "text/plain", "x"),
      want: "x",
    },
    {
      name: "by its own status before its range",
      replies: [{ ...textReply, status: "2XX" }, objectReply],
      answer: json(200, { a: 1 }),
      want: { a: 1 },
    },
    {
      name: "as any other",
      replies: [none, { ...textReply, status: "default" }],
      answer: content(200, "text/plain", "x"),
      want: "x",
    },
    {
      name: "by its media type",
      replies: [textReply, objectReply],
      answer: json(200, { a: 1 }),
      want: { a: 1 },
    },
    {
      name: "the first, where the reply says no media type",
      replies: [objectReply, textReply],
      answer: (_request, response) => void response.writeHead(200).end('{"a":1}'),
      want: { a: 1 },
    },
  ];
  test.each(cases)("$name", async ({ replies, answer, want }) => {
    expect(await ask(replies, answer)).toEqual(want);
  });

  test("bytes, as a picture", async () => {
    const image = await ask([bytesReply], content(200, "image/webp", Uint8Array.of(1, 2)));
    expect(image).toMatchObject({ mediaType: "image/webp", bytes: Uint8Array.of(1, 2) });
    expect(inspect(image)).not.toContain("toBlob");
  });
});

describe("replies that the description does not know", () => {
  test.each([
    { name: "JSON under another status", answer: json(201, { a: 1 }), want: { a: 1 } },
    { name: "JSON under another media type", answer: content(200, "text/html", '{"a":1}'), want: { a: 1 } },
  ])("are delivered where they fit: $name", async ({ answer, want }) => {
    expect(await ask([objectReply], answer)).toEqual(want);
  });

  test("are delivered where it knows none at all", async () => {
    expect(await ask([], json(200, { b: 1 }))).toEqual({ b: 1 });
    expect(await ask([], (_request, response) => void response.writeHead(200).end())).toBe(null);
  });

  test.each([
    {
      name: "JSON of another shape",
      answer: json(201, { a: "x" }),
      want: /status 201 and the media type "application\/json".* begins "{\\"a\\":\\"x\\"}"/,
    },
    {
      name: "a page",
      answer: content(200, "text/html", "<html>\n  hello"),
      want: /media type "text\/html".* begins "<html> hello"/,
    },
    { name: "nothing", answer: content(200, "text/plain", ""), want: /begins ""/ },
  ])("are refused: $name", async ({ answer, want }) => {
    const error = await failure(ask([objectReply], answer));
    expect(error).toMatchObject({ code: "bad-reply", message: expect.stringMatching(want) });
  });

  test.each([
    { name: "another shape", answer: json(200, { a: "x" }) },
    { name: "no JSON", answer: content(200, "application/json", "{a}") },
    { name: "no UTF-8", answer: content(200, "application/json", Uint8Array.of(0x22, 0xff, 0x22)) },
    { name: "nothing", answer: content(200, "application/json", "") },
  ])("are refused where they only claim to be known: $name", async ({ answer }) => {
    expect(await failure(ask([objectReply], answer))).toMatchObject({ code: "bad-reply", status: 200 });
  });

  test("strict clients are held to the letter", async () => {
    const closed = { ...objectReply, shape: { ...object, rest: false } } as const;
    server.answer(json(200, { a: 1, b: 1 }));
    const options = { url: server.origin };
    expect(await callAny({ replies: [closed] }, options)).toEqual({ a: 1, b: 1 });
    const strict = callAny({ replies: [closed] }, { ...options, validate: "strict" });
    expect(await failure(strict)).toMatchObject({ code: "bad-reply" });
  });
});

describe("replies to a failure", () => {
  const faults = {
    type: "object",
    members: { detail: { shape: { type: "list", items: { type: "any" } } } },
  } as const;
  const errors: readonly HttpReply[] = [
    anyJson,
    { ...anyJson, status: "422", shape: faults },
    { ...anyJson, status: "4XX", shape: { type: "object", members: { error: { shape: { type: "text" } } } } },
    { ...anyJson, status: "default" },
  ];

  test("are typed where the description knows them", async () => {
    const reply = { detail: [{ loc: ["body", "size", 0], msg: "too small", type: "x" }] };
    const error = await failure(ask(errors, json(422, reply)));
    expect(error).toBeInstanceOf(DeploymentError);
    expect(error).toMatchObject({
      ...{ name: "ErrorReply", code: "rejected", status: 422, operation: "run", documented: "422", reply },
      ...{
        feature: "size",
        message: 'The service answered with status 422 and said "body.size.0: too small".',
      },
    });
    expect(isErrorReply(error, "run", 422)).toBe(true);
    expect(isErrorReply(error, "run", "4XX")).toBe(false);
    expect(isErrorReply(error, "other", 422)).toBe(false);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ operation: "run", reply });
  });

  test("are known over two copies of the runtime", async () => {
    const error = await failure(ask(errors, json(422, { detail: [] })));
    const foreign: object = Object.create(null);
    for (const key of Reflect.ownKeys(Object(error))) {
      Object.defineProperty(foreign, key, Object.getOwnPropertyDescriptor(error, key) ?? {});
    }
    expect(isErrorReply(foreign, "run", 422)).toBe(true);
    expect(isErrorReply(new DeploymentError("rejected", "x", { status: 422 }), "run", 422)).toBe(false);
    expect(isErrorReply(undefined, "run", 422)).toBe(false);
  });

  test.each([
    {
      name: "by their range",
      answer: json(409, { error: "busy" }),
      want: { documented: "4XX", code: "rejected", reply: { error: "busy" } },
    },
    {
      name: "as any other",
      answer: json(500, { x: 1 }),
      want: { documented: "default", code: "server-error" },
    },
    {
      name: "with a code of its own",
      answer: json(404, { error: "gone" }),
      want: { documented: "4XX", code: "not-found" },
    },
  ])("$name", async ({ answer, want }) => {
    expect(await failure(ask(errors, answer))).toMatchObject({ name: "ErrorReply", ...want });
  });

  test.each([
    {
      name: "another shape",
      answer: json(422, { detail: "x" }),
      want: { code: "rejected", status: 422, message: /said "x"/ },
    },
    {
      name: "a page",
      answer: content(502, "text/html", "<html>bad <b>gateway</b></html>"),
      want: { code: "server-error", message: /bad gateway/ },
    },
    {
      name: "nothing",
      answer: content(422, "application/json", ""),
      want: { code: "rejected", message: /said nothing/ },
    },
  ])("are plain where they are not what it says: $name", async ({ answer, want }) => {
    const error = await failure(ask(errors, answer));
    const message = expect.stringMatching(want.message);
    expect(error).toMatchObject({ name: "DeploymentError", ...want, message });
    expect(error).not.toHaveProperty("reply");
  });

  const words: readonly {
    name: string;
    given: unknown;
    want: string;
    serverCode?: string;
    feature?: string;
  }[] = [
    { name: "FastAPI's text", given: { detail: "no model" }, want: "no model" },
    {
      name: "FastAPI's faults",
      given: { detail: [{ loc: ["query", "q"], msg: "missing" }] },
      want: "query.q: missing",
      feature: "q",
    },
    { name: "a fault without a place", given: { detail: [{ msg: "bad" }] }, want: "bad" },
    {
      name: "a problem (RFC 9457)",
      given: { type: "about:blank", title: "Bad", detail: "worse" },
      want: "worse",
    },
    { name: "a title alone", given: { title: "Bad" }, want: "Bad" },
    {
      name: "OpenAI's error",
      given: { error: { message: "no", type: "invalid_request_error", code: "bad_model" } },
      want: "no",
      serverCode: "bad_model",
    },
    {
      name: "OAuth's",
      given: { error: "invalid_token", error_description: "expired" },
      want: "expired",
      serverCode: "invalid_token",
    },
    { name: "text", given: "plainly", want: "plainly" },
    { name: "a list", given: { errors: [{ reason: "one" }, { reason: "two" }] }, want: "one" },
  ];
  test.each(words)("say it in the service's words: $name", async ({ given, want, serverCode, feature }) => {
    const message = `The service answered with status 400 and said ${JSON.stringify(want)}.`;
    const error = await failure(ask([anyJson], json(400, given)));
    expect(error).toMatchObject({ code: "rejected", message });
    expect(error).toHaveProperty("serverCode", serverCode);
    expect(error).toHaveProperty("feature", feature);
  });

  test("that nest without end say nothing of it", async () => {
    const deep = `${'{"error":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    expect(await failure(ask([anyJson], content(400, "application/json", deep)))).toMatchObject({
      code: "rejected",
    });
  });
});

describe("what is sent again", () => {
  const retry = { retries: 1, minDelay: 1 };
  const later = json(503, {});
  const cases: readonly { name: string; method: string; answer: ServiceAnswer; want: number }[] = [
    { name: "GET after a failure that may pass", method: "GET", answer: later, want: 2 },
    {
      name: "PUT after a broken connection",
      method: "PUT",
      answer: (request, response) => reset(Object(request), response),
      want: 2,
    },
    { name: "DELETE after a failure that may pass", method: "DELETE", answer: later, want: 2 },
    { name: "not POST, which may have been carried out", method: "POST", answer: later, want: 1 },
    { name: "not PATCH", method: "PATCH", answer: later, want: 1 },
    {
      name: "not POST after a broken connection",
      method: "POST",
      answer: (request, response) => reset(Object(request), response),
      want: 1,
    },
    { name: "POST where the service takes no more", method: "POST", answer: json(429, {}), want: 2 },
    {
      name: "POST where the service will be back",
      method: "POST",
      answer: json(503, {}, { "retry-after-ms": "1" }),
      want: 2,
    },
    { name: "nothing after a refusal", method: "GET", answer: json(400, {}), want: 1 },
  ];
  test.each(cases)("$name", async ({ method, answer, want }) => {
    server.answer(answer);
    await failure(callAny({ method }, { url: server.origin, retry }));
    expect(server.requests).toHaveLength(want);
  });
});

describe("secrets", () => {
  const token = "s3cret/tok+en=value";
  const echo: ServiceAnswer = (request, response) => {
    const said = {
      detail: `no: ${request.headers.authorization ?? ""} ${request.headers["x-api-key"] ?? ""}`,
      url: request.url,
    };
    json(403, said)(request, response);
  };
  const faults: HttpReply = {
    ...anyJson,
    status: "403",
    shape: { type: "object", members: { detail: { shape: { type: "text" } } } },
  };

  test.each([
    { name: "a bearer token", auth: { kind: "bearer" } as const },
    { name: "a key in the query", auth: { kind: "api-key", in: "query", name: "key" } as const },
    { name: "a key in a header", auth: { kind: "api-key", in: "header", name: "X-Api-Key" } as const },
  ])("stand in nothing that is thrown, the reply included: $name", async ({ auth }) => {
    server.answer(echo);
    const error = await failure(callAny({ replies: [faults] }, { url: server.origin, token, auth }));
    expect(isErrorReply(error, "run", 403)).toBe(true);
    const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${String(error)}`;
    for (const form of [token, encodeURIComponent(token)]) expect(shown).not.toContain(form);
    expect(shown).toContain("[redacted]");
  });

  test("that are parameters are kept as well", async () => {
    server.answer(echo);
    const place = { in: "header", name: "X-Api-Key", style: "simple", explode: false } as const;
    const parameters = { key: { shape: { type: "text" }, place } } as const;
    const error = await failure(
      callAny({ parameters, replies: [faults] }, { url: server.origin, given: { key: token } }),
    );
    expect(inspect(error, { depth: 9 })).not.toContain(token);
  });

  test("escaped by JSON are found, and the reply is left out where they cannot be", async () => {
    const hidden = [...token]
      .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("");
    server.answer(content(403, "application/json", `{"detail":"${hidden}"}`));
    const error = await failure(callAny({ replies: [faults] }, { url: server.origin, token }));
    expect(error).toMatchObject({ name: "DeploymentError", code: "forbidden" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token);
  });
});
