import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HttpReply } from "../../src/runtime/src/deployment.js";
import { DeploymentError } from "../../src/runtime/src/errors.js";
import { isErrorReply } from "../../src/runtime/src/service/index.js";
import { reset } from "../samples/misbehaving-server.js";
import { content, json, startService } from "../servers/service-server.js";
import type { ServiceAnswer, ServiceServer } from "../servers/service-server.js";
import { anyJson, callAny, failureOf } from "./sample-service.js";

let server: ServiceServer;
beforeAll(async () => {
  server = await startService();
});
afterAll(() => server.close());
beforeEach(() => server.answer(json(200, null)));

const ask = async (replies: readonly HttpReply[], answer: ServiceAnswer): Promise<unknown> => {
  server.answer(answer);
  return await failureOf(callAny({ replies }, { url: server.origin }));
};

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
    const error = await ask(errors, json(422, reply));
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
    const error = await ask(errors, json(422, { detail: [] }));
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
    expect(await ask(errors, answer)).toMatchObject({ name: "ErrorReply", ...want });
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
    const error = await ask(errors, answer);
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
    const error = await ask([anyJson], json(400, given));
    expect(error).toMatchObject({ code: "rejected", message });
    expect(error).toHaveProperty("serverCode", serverCode);
    expect(error).toHaveProperty("feature", feature);
  });

  test("that nest without end say nothing of it", async () => {
    const deep = `${'{"error":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    expect(await ask([anyJson], content(400, "application/json", deep))).toMatchObject({
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
    await failureOf(callAny({ method }, { url: server.origin, retry }));
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
    void json(403, said)(request, response);
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
    const error = await failureOf(callAny({ replies: [faults] }, { url: server.origin, token, auth }));
    expect(isErrorReply(error, "run", 403)).toBe(true);
    const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${String(error)}`;
    for (const form of [token, encodeURIComponent(token)]) expect(shown).not.toContain(form);
    expect(shown).toContain("[redacted]");
  });

  test("that are parameters are kept as well", async () => {
    server.answer(echo);
    const place = { in: "header", name: "X-Api-Key", style: "simple", explode: false } as const;
    const parameters = { key: { shape: { type: "text" }, place } } as const;
    const error = await failureOf(
      callAny({ parameters, replies: [faults] }, { url: server.origin, given: { key: token } }),
    );
    expect(inspect(error, { depth: 9 })).not.toContain(token);
  });

  test("escaped by JSON are found, and the reply is left out where they cannot be", async () => {
    const hidden = [...token]
      .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("");
    server.answer(content(403, "application/json", `{"detail":"${hidden}"}`));
    const error = await failureOf(callAny({ replies: [faults] }, { url: server.origin, token }));
    expect(error).toMatchObject({ name: "DeploymentError", code: "forbidden" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token);
  });
});
