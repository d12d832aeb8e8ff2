import { createCogClient } from "@gen-deploy/runtime/cog";
import { mockHandler, mockTransport } from "@gen-deploy/runtime/testing/cog";
import type { MemoryHandler, MockOptions } from "@gen-deploy/runtime/testing/cog";
import { describe, expect, test } from "vitest";
import { numbers, single } from "../cog/cog-deployments.js";
import type { Input } from "../cog/cog-deployments.js";
import { rawCall } from "./raw-call.js";
import type { RawCall, RawReply } from "./raw-call.js";

const base = "http://localhost:5000";
const input = { prompt: "a" };

/** One request to a handler, the path below the server's address. */
function asking(handler: MemoryHandler): (path: string, call?: Omit<RawCall, "url">) => Promise<RawReply> {
  return async (path, call = {}) => await rawCall(handler, { ...call, url: `${base}${path}` });
}

/** A model whose answers wait until they are let go. */
function slowModel(options: MockOptions<Input, string> = {}): {
  readonly handler: MemoryHandler;
  readonly letGo: () => void;
} {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const answers = async ({ prompt }: Input): Promise<string> => {
    await held;
    return prompt.toUpperCase();
  };
  return { handler: mockHandler<Input, string>(single, { ...options, answers }), letGo: () => letGo() };
}

describe("a prediction", () => {
  test("is made by POST and by PUT, with the same output", async () => {
    const ask = asking(mockHandler(single));
    const posted = await ask("/predictions", { json: { id: "mine", input } });
    expect(posted.status).toBe(200);
    expect(posted.json).toEqual({
      ...{ id: "mine", status: "succeeded", output: expect.any(String), logs: "" },
      metrics: { predict_time: expect.any(Number) },
    });
    const put = await ask("/predictions/another", { method: "PUT", json: { input } });
    expect(put.json).toEqual({ ...Object(posted.json), id: "another" });
    expect((await ask("/predictions", { json: { input } })).json).toHaveProperty(
      "id",
      expect.stringMatching(/./),
    );
  });

  test("that fails is status 200", async () => {
    const handler = mockHandler<Input, string>(single, {
      answers: () => {
        throw new Error("out of paint");
      },
    });
    const { status, json } = await asking(handler)("/predictions", { json: { input } });
    expect([status, json]).toMatchObject([200, { status: "failed", error: "out of paint" }]);
    expect(json).not.toHaveProperty("output");
  });

  test("that is running is told of, and has an end", async () => {
    const { handler, letGo } = slowModel({ slots: 1 });
    const ask = asking(handler);
    const put = { method: "PUT", json: { input } };
    const first = ask("/predictions/one", put);
    expect((await ask("/health-check", { method: "GET" })).json).toHaveProperty("status", "BUSY");
    const again = await ask("/predictions/one", put);
    expect([again.status, again.json]).toMatchObject([202, { id: "one", status: "processing" }]);
    const other = await ask("/predictions/two", put);
    expect([other.status, other.json]).toEqual([
      409,
      { error: "At capacity - all prediction slots busy", status: "failed" },
    ]);
    letGo();
    expect((await first).json).toMatchObject({ status: "succeeded", output: "A" });
    expect((await ask("/predictions/two", put)).status).toBe(200);
    expect((await ask("/health-check", { method: "GET" })).json).toHaveProperty("status", "READY");
  });

  test("is begun at once where the caller prefers that, and cancelled by its id", async () => {
    const { handler, letGo } = slowModel();
    const ask = asking(handler);
    const headers = { prefer: "respond-async" };
    const begun = await ask("/predictions/one", { method: "PUT", headers, json: { input } });
    expect([begun.status, begun.json]).toEqual([202, { id: "one", status: "starting" }]);
    expect(await ask("/predictions/one/cancel")).toMatchObject({ status: 200, json: {} });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(await ask("/predictions/one/cancel")).toMatchObject({ status: 404, json: {} });
    const waiting = ask("/predictions", { json: { id: "two", input } });
    await ask("/predictions/two/cancel");
    expect((await waiting).json).toMatchObject({ id: "two", status: "canceled" });
    letGo();
  });

  test("is cancelled where its client gives up", async () => {
    const { handler } = slowModel({ slots: 1 });
    const seen: string[] = [];
    const transport = mockTransport(single);
    const client = createCogClient(single, {
      url: base,
      transport: async (request) => {
        seen.push(`${request.method} ${new URL(request.url).pathname.replace(/[0-9a-f]{32}/, "ID")}`);
        if (seen.length > 1) return await transport(request);
        setTimeout(() => controller.abort(), 5);
        const json = { input };
        void rawCall(handler, { method: "PUT", url: request.url, json });
        return await new Promise((_, reject) =>
          request.signal.addEventListener("abort", () => reject(new Error("aborted"))),
        );
      },
    });
    const controller = new AbortController();
    const work = client.predict(input, { signal: controller.signal });
    await expect(work).rejects.toMatchObject({ code: "aborted" });
    expect(seen).toEqual(["PUT /predictions/ID", "POST /predictions/ID/cancel"]);
  });

  test("comes event by event where the model streams", async () => {
    const handler = mockHandler<Input, number[]>(numbers, { answers: () => [1, 2] });
    const headers = { accept: "text/event-stream" };
    const reply = await asking(handler)("/predictions/one", { method: "PUT", headers, json: { input } });
    expect(reply.headers).toEqual({ "content-type": "text/event-stream" });
    const events = reply.text.split("\n\n").map((event) => event.split("\n"));
    expect(events).toEqual([
      ["event: start", 'data: {"id":"one","status":"processing"}'],
      ["event: output", 'data: {"chunk":1,"index":0}'],
      ["event: output", 'data: {"chunk":2,"index":1}'],
      [
        "event: completed",
        expect.stringMatching(/^data: {"id":"one","output":\[1,2\],.*"status":"succeeded"}$/),
      ],
      [""],
    ]);
    expect((await asking(mockHandler(single))("/predictions", { headers, json: { input } })).status).toBe(
      406,
    );
  });
});

describe("a request that is none", () => {
  const wrong: readonly { name: string; call: Omit<RawCall, "url">; status: number; says: RegExp }[] = [
    { name: "no JSON", call: typed("{"), status: 400, says: /Failed to parse/ },
    { name: "no object", call: typed("[1]"), status: 422, says: /Failed to deserialize/ },
    { name: "an id of another kind", call: typed('{"id":1}'), status: 422, says: /Failed to deserialize/ },
    {
      name: "text",
      call: { body: "{}", headers: { "content-type": "text/plain" } },
      status: 415,
      says: /application\/json/,
    },
    { name: "no body", call: {}, status: 422, says: /"prompt"\],"msg":"Field required"/ },
    { name: "no input", call: typed("{}"), status: 422, says: /Field required/ },
    { name: "null", call: typed('{"input":null}'), status: 422, says: /Field required/ },
    { name: "an input that is no object", call: typed('{"input":"a"}'), status: 422, says: /"__root__"/ },
  ];
  test.each(wrong)("$name", async ({ call, status, says }) => {
    const reply = await asking(mockHandler(single))("/predictions", call);
    expect(reply.status).toBe(status);
    expect(reply.text).toMatch(says);
  });

  test("has another id than the address", async () => {
    const put = { method: "PUT", json: { id: "other", input } };
    const { status, json } = await asking(mockHandler(single))("/predictions/one", put);
    expect(status).toBe(422);
    expect(json).toHaveProperty("detail.0.loc", ["body", "id"]);
  });

  test.each([
    ["GET", "/predictions", "POST"],
    ["POST", "/predictions/one", "PUT"],
    ["GET", "/predictions/one", "PUT"],
    ["PUT", "/predictions/one/cancel", "POST"],
    ["POST", "/health-check", "GET,HEAD"],
    ["DELETE", "/", "GET,HEAD"],
  ])("is %s %s", async (method, path, allow) => {
    const { status, headers } = await asking(mockHandler(single))(path, { method });
    expect([status, headers]).toEqual([405, { allow }]);
  });

  test("leads nowhere", async () => {
    expect((await asking(mockHandler(single))("/trainings", {})).status).toBe(404);
  });
});

describe("a server", () => {
  test("tells of itself, and below any path", async () => {
    const ask = asking(mockHandler(single));
    expect((await ask("/", { method: "GET" })).json).toMatchObject({ predictions_url: "/predictions" });
    expect((await ask("/models/a/predictions", { json: { input } })).status).toBe(200);
    expect((await ask("/models/a/health-check", { method: "GET" })).json).toMatchObject({
      ...{ status: "READY", setup: { status: "succeeded" } },
    });
  });

  test("starts, and is ready when its time has come", async () => {
    let clock = 0;
    const ask = asking(mockHandler(single, { coldStart: 5_000, now: () => clock }));
    const health = async (): Promise<unknown> => (await ask("/health-check", { method: "GET" })).json;
    expect(await health()).toMatchObject({ status: "STARTING", setup: { status: "starting" } });
    const early = await ask("/predictions", { json: { input } });
    expect([early.status, early.json]).toEqual([503, { error: "Predictor not ready", status: "failed" }]);
    clock = 5_000;
    expect(await health()).toMatchObject({ status: "READY" });
    expect((await ask("/predictions", { json: { input } })).status).toBe(200);
  });

  test("asks for what its description asks for", async () => {
    const guarded: typeof single = { ...single, auth: [{ kind: "bearer" }] };
    const transport = mockTransport(guarded, { token: "the-token" });
    const ask = async (token: string): Promise<string> =>
      await createCogClient(guarded, { url: base, transport, token }).predict(input);
    expect(await ask("the-token")).toEqual(expect.any(String));
    await expect(ask("another")).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("has a slot at least", () => {
    expect(() => mockHandler(single, { slots: 0 })).toThrow(/option slots/);
  });
});

function typed(body: string): Omit<RawCall, "url"> {
  return { body, headers: { "content-type": "application/json" } };
}
