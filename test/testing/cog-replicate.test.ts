import { createCogClient } from "@gen-deploy/runtime/cog";
import { mockHandler, mockTransport } from "@gen-deploy/runtime/testing/cog";
import type { MemoryHandler } from "@gen-deploy/runtime/testing/cog";
import { describe, expect, test } from "vitest";
import { numbers, single, tokens } from "../cog/cog-deployments.js";
import type { Input } from "../cog/cog-deployments.js";
import { rawCall } from "./raw-call.js";
import type { RawCall, RawReply } from "./raw-call.js";

const base = "https://api.replicate.com";
const input = { prompt: "a" };
const made = { version: "v1", input };

/** One request to a handler, the path below the API's address. */
function asking(handler: MemoryHandler): (path: string, call?: Omit<RawCall, "url">) => Promise<RawReply> {
  return async (path, call = {}) => await rawCall(handler, { ...call, url: `${base}${path}` });
}

/** A member of a reply, by its path. */
function member({ json }: RawReply, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => Reflect.get(Object(value), name), json);
}

/** The path of an address of the API. */
function pathOf(url: unknown): string {
  return new URL(String(url)).pathname;
}

describe("a prediction", () => {
  test("is told of as it begins, and when it is asked for", async () => {
    const ask = asking(mockHandler(single));
    const first = await ask("/v1/predictions", { json: made });
    expect([first.status, first.json]).toMatchObject([
      201,
      {
        status: "starting",
        output: null,
        error: null,
        version: "v1",
        input,
        id: expect.stringMatching(/^\w+$/),
      },
    ]);
    expect(member(first, "urls")).toEqual({
      get: `${base}/v1/predictions/${String(member(first, "id"))}`,
      cancel: `${base}/v1/predictions/${String(member(first, "id"))}/cancel`,
    });
    const later = await ask(pathOf(member(first, "urls", "get")), { method: "GET" });
    expect([later.status, later.json]).toMatchObject([
      200,
      { status: "succeeded", output: expect.any(String) },
    ]);
    expect(member(later, "id")).toBe(member(first, "id"));
  });

  test("is waited for where the caller prefers that", async () => {
    const ask = asking(mockHandler(single));
    const headers = { prefer: "wait=5" };
    for (const path of ["/v1/models/me/painter/predictions", "/v1/deployments/me/painter/predictions"]) {
      const { status, json } = await ask(path, { headers, json: { input } });
      expect([status, json]).toMatchObject([201, { status: "succeeded", output: expect.any(String) }]);
    }
  });

  test("streams from an address of its own, which takes no credentials", async () => {
    const ask = asking(mockHandler<Input, string>(tokens, { token: "t", answers: () => "a\nb c" }));
    const headers = { authorization: "Bearer t" };
    const first = await ask("/v1/predictions", { headers, json: made });
    const { text } = await ask(pathOf(member(first, "urls", "stream")), { method: "GET" });
    const output = "event: output\ndata: a\n\nevent: output\ndata: \ndata: b\n\nevent: output\ndata:  c\n\n";
    expect(text).toBe(`${output}event: done\ndata: {}\n\n`);
    expect((await ask("/v1/streams/other", { method: "GET" })).status).toBe(401);
  });

  test("is cancelled", async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const handler = mockHandler<Input, string>(single, { answers: async () => (await held, "late") });
    const ask = asking(handler);
    const first = await ask("/v1/predictions", { json: made });
    const cancelled = await ask(pathOf(member(first, "urls", "cancel")));
    expect([cancelled.status, member(cancelled, "status")]).toEqual([200, "canceled"]);
    letGo();
    const later = await ask(pathOf(member(first, "urls", "get")), { method: "GET" });
    expect(later.json).toMatchObject({ status: "canceled", output: null });
  });

  test("waits for a model that is starting", async () => {
    let clock = 0;
    const transport = mockTransport(numbers, { coldStart: 1_000, now: () => clock });
    const client = createCogClient(numbers, { version: "v1", transport });
    const work = client.predict(input);
    setTimeout(() => (clock = 1_000), 100);
    expect((await work).length).toBeGreaterThan(0);
    const [first, ...asked] = transport.calls;
    expect(first?.method).toBe("POST");
    expect(asked.length).toBeGreaterThan(0);
    const stream = client.stream(input);
    expect((await stream.next()).value).toEqual(expect.any(Number));
    await stream.return?.();
  });

  test("that is starting can be cancelled", async () => {
    let clock = 0;
    const ask = asking(mockHandler(single, { coldStart: 1_000, now: () => clock }));
    const first = await ask("/v1/predictions", { headers: { prefer: "wait" }, json: made });
    expect(first.json).toMatchObject({ status: "starting" });
    const get = pathOf(member(first, "urls", "get"));
    expect((await ask(get, { method: "GET" })).json).toMatchObject({ status: "starting" });
    expect((await ask(`${get}/cancel`)).json).toMatchObject({ status: "canceled" });
    clock = 1_000;
    expect((await ask(get, { method: "GET" })).json).toMatchObject({ status: "canceled", output: null });
  });
});

describe("a request that is none", () => {
  const described = { ...single, framing: { ...single.framing, model: "me/painter", version: "0a1b" } };
  const wrong: readonly {
    name: string;
    path: string;
    call: Omit<RawCall, "url">;
    status: number;
    says: RegExp;
  }[] = [
    { name: "no JSON", path: "/v1/predictions", call: { body: "{" }, status: 400, says: /JSON parse error/ },
    {
      name: "no version",
      path: "/v1/predictions",
      call: { json: { input } },
      status: 422,
      says: /version is required/,
    },
    {
      name: "another version",
      path: "/v1/predictions",
      call: { json: made },
      status: 422,
      says: /does not exist/,
    },
    {
      name: "another model",
      path: "/v1/models/me/else/predictions",
      call: { json: { input } },
      status: 404,
      says: /not be found/,
    },
    {
      name: "no input",
      path: "/v1/models/me/painter/predictions",
      call: { json: {} },
      status: 422,
      says: /input is required/,
    },
    {
      name: "no text",
      path: "/v1/models/me/painter/predictions",
      call: { json: { input: { prompt: 1 } } },
      status: 422,
      says: /- input\.prompt: /,
    },
    {
      name: "another prediction",
      path: "/v1/predictions/none",
      call: { method: "GET" },
      status: 404,
      says: /not be found/,
    },
    {
      name: "another way",
      path: "/v1/predictions",
      call: { method: "PUT", json: made },
      status: 405,
      says: /\\"PUT\\" not allowed/,
    },
    {
      name: "another place",
      path: "/v1/predictions/a/b/c",
      call: { method: "GET" },
      status: 404,
      says: /not be found/,
    },
  ];
  test.each(wrong)("$name", async ({ path, call, status, says }) => {
    const reply = await asking(mockHandler(described))(path, call);
    expect([reply.status, member(reply, "status")]).toEqual([status, status]);
    expect(reply.text).toMatch(says);
  });

  test("names the version that is described, whole or not", async () => {
    const ask = asking(mockHandler(described));
    for (const version of ["0a1b", "me/painter:0a1b"])
      expect((await ask("/v1/predictions", { json: { version, input } })).status).toBe(201);
    const transport = mockTransport(described);
    expect(await createCogClient(described, { transport }).predict(input)).toEqual(expect.any(String));
  });

  test("carries no token, or another's", async () => {
    const ask = asking(mockHandler(single, { token: "r8-right" }));
    for (const headers of [{}, { authorization: "Bearer r8-wrong" }]) {
      const { status, json, text } = await ask("/v1/predictions", { headers, json: made });
      expect([status, json]).toMatchObject([401, { title: "Unauthenticated", status: 401 }]);
      expect(text).not.toContain("r8-");
    }
  });

  test("comes too often", async () => {
    const failures = [{ status: 429, times: 1, retryAfter: 0 }] as const;
    const { status, headers, json } = await asking(mockHandler(single, { failures }))("/v1/predictions", {
      json: made,
    });
    expect([status, headers["retry-after"], json]).toMatchObject([
      429,
      "0",
      { detail: "Request was throttled." },
    ]);
    const transport = mockTransport(single, { failures });
    expect(await createCogClient(single, { version: "v", transport }).predict(input)).toEqual(
      expect.any(String),
    );
  });
});

test("the oldest predictions are forgotten", async () => {
  const ask = asking(mockHandler(single));
  const first = await ask("/v1/predictions", { json: made });
  for (let count = 0; count < 1_000; count += 1) await ask("/v1/predictions", { json: made });
  expect((await ask(pathOf(member(first, "urls", "get")), { method: "GET" })).status).toBe(404);
});
