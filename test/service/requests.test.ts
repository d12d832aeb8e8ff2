import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ServiceClient } from "../../src/runtime/src/service/index.js";
import { json, startService } from "../servers/service-server.js";
import type { ServiceRequest, ServiceServer } from "../servers/service-server.js";
import { callAny, failureOf, sampleClient, wholeBody } from "./sample-service.js";
import type { SampleOperations } from "./sample-service.js";

let server: ServiceServer;
let client: ServiceClient<SampleOperations>;
beforeAll(async () => {
  server = await startService();
  client = sampleClient({ url: `${server.origin}/api`, token: "tok-en-secret" });
});
afterAll(() => server.close());
beforeEach(() => server.answer(json(200, { ok: true })));

function sent(): ServiceRequest {
  const [request] = server.requests;
  if (request === undefined) throw new Error("nothing was sent");
  return request;
}

describe("parameters", () => {
  test("none at all", async () => {
    expect(await client.health()).toEqual({ ok: true });
    expect(sent()).toMatchObject({ method: "GET", url: "/api/health", text: "" });
    expect(sent().headers).toMatchObject({
      accept: "application/json",
      authorization: "Bearer tok-en-secret",
    });
    expect(sent().headers).not.toHaveProperty("content-type");
  });

  test("in path, query, header and cookie", async () => {
    const found = client.find({
      id: 7,
      tags: ["a b", "c&d=e"],
      trace: "t-1",
      session: "x;y",
      filter: { a: 1 },
    });
    expect(await found).toEqual({ ok: true });
    expect(sent().path).toBe("/api/items/7");
    expect(sent().query).toEqual([
      ["tag", "a b"],
      ["tag", "c&d=e"],
      ["filter[a]", "1"],
    ]);
    expect(sent().headers).toMatchObject({ "x-trace": "t-1", cookie: "session=x%3By" });
  });

  test("left out, undefined or null", async () => {
    const given = { id: 7, tags: [], session: null, trace: undefined };
    await Reflect.apply(client.find, undefined, [given]);
    expect(sent().url).toBe("/api/items/7");
    expect(sent().headers).not.toHaveProperty("cookie");
    expect(sent().headers).not.toHaveProperty("x-trace");
  });

  test("beside the client's own headers and cookies, over which they go", async () => {
    const headers = { "X-Trace": "client", "X-Other": "1", Cookie: "a=b" };
    await client.find({ id: 7, trace: "call", session: "s" }, { headers });
    expect(sent().headers).toMatchObject({ "x-trace": "call", "x-other": "1", cookie: "a=b; session=s" });
  });

  test.each([
    { name: "no object", given: [1], want: { code: "bad-row" } },
    { name: "nothing", given: undefined, want: { code: "missing-feature", feature: "id" } },
    { name: "a missing one", given: {}, want: { code: "missing-feature", feature: "id" } },
    {
      name: "one of another name",
      given: { id: 1, tag: "x" },
      want: { code: "unknown-feature", feature: "tag" },
    },
    { name: "an inherited one", given: Object.create({ id: 1 }), want: { code: "missing-feature" } },
    { name: "another type", given: { id: "1" }, want: { code: "wrong-type", feature: "id" } },
    { name: "a fraction", given: { id: 1.5 }, want: { code: "wrong-type", feature: "id" } },
    {
      name: "a line end in a header",
      given: { id: 1, trace: "a\r\nb: c" },
      want: { code: "wrong-type", feature: "trace" },
    },
  ])("refused: $name", async ({ given, want }) => {
    expect(await failureOf(Reflect.apply(client.find, undefined, [given]))).toMatchObject(want);
    expect(server.requests).toEqual([]);
  });

  test.each(["Host", "content-length", "Transfer-Encoding", "a b"])(
    "refused: the header %s",
    async (name) => {
      const place = { in: "header", name, style: "simple", explode: false } as const;
      const error = await failureOf(
        callAny(
          { parameters: { h: { shape: { type: "text" }, place } } },
          { url: server.origin, given: { h: "1" } },
        ),
      );
      expect(error).toMatchObject({ code: "wrong-type", feature: "h" });
    },
  );

  test("not checked where the caller says so, but for what the path needs", async () => {
    const loose = sampleClient({ url: server.origin, validate: false });
    await loose.find(Object.assign({ id: 1 }, { other: 1 }));
    expect(sent().url).toBe("/items/1");
    expect(await failureOf(loose.find(JSON.parse("{}")))).toMatchObject({ code: "missing-feature" });
  });
});

describe("bodies of JSON", () => {
  test("are what the parameters leave", async () => {
    await client.predict({ model: "m/1", size: 1.5, kind: "cat" });
    expect(sent()).toMatchObject({
      method: "POST",
      url: "/api/models/m%2F1/predict",
      text: '{"size":1.5,"kind":"cat"}',
    });
    expect(sent().headers).toMatchObject({ "content-type": "application/json" });
  });

  test("take members that the description does not state", async () => {
    await client.predict(JSON.parse('{"model":"m","size":1,"__proto__":[1],"extra":{"a":null}}'));
    expect(sent().text).toBe('{"size":1,"__proto__":[1],"extra":{"a":null}}');
  });

  test.each([
    { name: "a missing member", given: { model: "m" }, want: { code: "missing-feature", feature: "size" } },
    {
      name: "a label of no set",
      given: { model: "m", size: 1, kind: "cow" },
      want: { code: "unknown-label", feature: "kind" },
    },
    {
      name: "a number out of bounds",
      given: { model: "m", size: -1 },
      want: { code: "out-of-range", feature: "size" },
    },
    { name: "NaN", given: { model: "m", size: NaN }, want: { code: "wrong-type", feature: "size" } },
  ])("refused: $name", async ({ given, want }) => {
    expect(await failureOf(Reflect.apply(client.predict, undefined, [given]))).toMatchObject(want);
    expect(server.requests).toEqual([]);
  });

  const list = { type: "list", items: { type: "integer" } } as const;
  test.each([
    {
      name: "the whole argument",
      body: wholeBody("json", "application/json", list),
      given: [1, 2],
      want: "[1,2]",
    },
    {
      name: "a member",
      body: { ...wholeBody("json", "application/json", list), at: "member" as const },
      given: { body: [1] },
      want: "[1]",
    },
    {
      name: "one that may be left out, there",
      body: { ...wholeBody("json", "application/json", list), optional: true as const },
      given: [1],
      want: "[1]",
    },
    {
      name: "one that may be left out, left out",
      body: { ...wholeBody("json", "application/json", list), optional: true as const },
      given: undefined,
      want: "",
    },
    {
      name: "null",
      body: wholeBody("json", "application/json", { type: "union", of: [{ type: "null" }, list] }),
      given: null,
      want: "null",
    },
  ])("$name", async ({ body, given, want }) => {
    await callAny({ method: "POST", body }, { url: server.origin, given });
    expect(sent().text).toBe(want);
    expect(sent().headers["content-type"]).toBe(want === "" ? undefined : "application/json");
  });

  test.each([
    { name: "a whole one", at: "whole" as const, given: undefined },
    { name: "a member", at: "member" as const, given: {} },
  ])("refused where it is missing: $name", async ({ at, given }) => {
    const body = { ...wholeBody("json", "application/json", list), at };
    const error = await failureOf(callAny({ method: "POST", body }, { url: server.origin, given }));
    expect(error).toMatchObject({ code: "missing-feature", feature: "body" });
  });

  test("refused where they take no other members", async () => {
    const closed = { type: "object", members: { a: { shape: { type: "integer" } } }, rest: false } as const;
    const body = wholeBody("json", "application/json", closed);
    const call = (validate: boolean): Promise<unknown> =>
      callAny({ method: "POST", body }, { url: server.origin, given: { a: 1, b: 2 }, validate });
    expect(await failureOf(call(true))).toMatchObject({ code: "unknown-feature", feature: "b" });
    await call(false);
    expect(sent().text).toBe('{"a":1,"b":2}');
  });

  test("files inside of them are base64", async () => {
    const shape = {
      type: "object",
      members: {
        f: { shape: { type: "file", form: "base64" } },
        u: { shape: { type: "file", form: "data-url" } },
      },
    } as const;
    const given = { f: new Blob(["abc"]), u: new Blob(["abc"], { type: "text/plain" }) };
    await callAny(
      { method: "POST", body: wholeBody("json", "application/json", shape) },
      { url: server.origin, given },
    );
    expect(JSON.parse(sent().text)).toEqual({ f: "YWJj", u: "data:text/plain;base64,YWJj" });
  });

  test("go under the type that the description states, if it is one", async () => {
    const types = {
      "application/vnd.x+json; v=1": "application/vnd.x+json; v=1",
      "*/*": "application/json",
      "a/b\r\nx-evil: 1": "application/json",
    };
    for (const [stated, want] of Object.entries(types)) {
      server.answer(json(200, 1));
      await callAny(
        { method: "POST", body: wholeBody("json", stated, list) },
        { url: server.origin, given: [] },
      );
      expect(sent().headers["content-type"]).toBe(want);
      expect(sent().headers).not.toHaveProperty("x-evil");
    }
  });
});

describe("the client", () => {
  test("is frozen, with its description", () => {
    expect(Object.isFrozen(client)).toBe(true);
    expect(Object.isFrozen(client.deployment.operations.find.parameters)).toBe(true);
    expect(client.deployment.title).toBe("Sample");
  });

  test("needs an address", () => {
    expect(() => sampleClient({})).toThrow(/states no address/);
  });

  test("asks for what successes are made of", async () => {
    const reply = { status: "200", form: "bytes", shape: { type: "file", form: "binary" } } as const;
    const replies = [
      { ...reply, mediaType: "image/png" },
      { ...reply, status: "2XX", mediaType: "image/*" },
      { ...reply, status: "404", mediaType: "text/html" },
      { ...reply, status: "default", mediaType: "text/x" },
    ];
    const ask = async (known: typeof replies): Promise<unknown> =>
      await failureOf(callAny({ replies: known }, { url: server.origin }));
    await ask(replies);
    expect(sent().headers.accept).toBe("image/png, image/*");
    await ask(replies.slice(3));
    expect(server.requests[1]?.headers.accept).toBe("text/x");
    expect(await ask([])).toBe("no failure");
    expect(server.requests[2]?.headers.accept).toBe("*/*");
  });
});
