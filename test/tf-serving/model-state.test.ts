import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { MemoryHandler, MemoryReply } from "../../src/runtime/src/http/memory-transport.js";
import { base, clientOf } from "./client-deployment.js";

interface State {
  readonly version?: string;
  readonly state: string;
  readonly code?: string;
}

function statusOf(...states: readonly State[]): MemoryReply {
  return {
    json: {
      model_version_status: states.map(({ version = "1", state, code = "OK" }) => ({
        version,
        state,
        status: { error_code: code, error_message: code === "OK" ? "" : "could not load" },
      })),
    },
  };
}

const loading = statusOf({ state: "LOADING" });
const available = statusOf({ state: "AVAILABLE" });
const notFound: MemoryReply = { status: 404, json: { error: "Servable not found for request: Latest(m)" } };

/** Answers predictions and questions for the status from a list each, the last of it for ever. */
function server(status: readonly MemoryReply[], predict: readonly MemoryReply[] = []): MemoryHandler {
  const left = { GET: [...status], POST: [...predict] };
  return ({ method }) => {
    const replies = method === "GET" ? left.GET : left.POST;
    const [first] = replies.length > 1 ? replies.splice(0, 1) : replies;
    return first ?? { status: 500 };
  };
}

describe("a prediction that finds no model", () => {
  const good = { body: '{"outputs":[[1.5]]}' };
  const failed = statusOf({ state: "END", code: "NOT_FOUND" });
  test.each([
    {
      name: "is unavailable while it is loaded",
      status: loading,
      call: {},
      want: { code: "unavailable" },
      says: /LOADING/,
    },
    {
      name: "is not found where it is not there",
      status: notFound,
      call: {},
      want: { code: "not-found" },
      says: /Servable/,
    },
    {
      name: "is not found where another version is",
      status: available,
      call: { version: 2 },
      want: { code: "not-found" },
      says: /only 1 \(AVAILABLE\)/,
    },
    {
      name: "is not found where it could not be loaded",
      status: failed,
      call: {},
      want: { code: "not-found", serverCode: "NOT_FOUND" },
      says: /could not load/,
    },
    {
      name: "is not found where nobody knows",
      status: { body: "?" },
      call: {},
      want: { code: "not-found" },
      says: /Servable/,
    },
  ])("$name", async ({ status, call, want, says }) => {
    const { client, calls } = clientOf(server([status], [notFound]));
    const error: unknown = await client.predict([1], call).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ ...want, status: 404 });
    expect(String(error)).toMatch(says);
    expect(calls.map(({ method }) => method)).toEqual(["POST", "GET"]);
    expect(calls[1]?.url).toBe(base);
  });

  test("is tried again while it is loaded, as often as retries say", async () => {
    const retry = { retries: 2, minDelay: 0, maxDelay: 0 };
    const soon = clientOf(server([loading], [notFound, notFound, good]), { retry });
    expect((await soon.client.predict([1])).y.data).toEqual(Float32Array.of(1.5));
    const never = clientOf(server([loading], [notFound]), { retry });
    await expect(never.client.predict([1])).rejects.toMatchObject({ code: "unavailable" });
    expect(never.calls.filter(({ method }) => method === "POST")).toHaveLength(3);
  });

  test.each([
    { status: 400, code: "rejected" },
    { status: 409, code: "rejected" },
    { status: 499, code: "rejected" },
    { status: 401, code: "unauthorized" },
    { status: 429, code: "rate-limited" },
    { status: 500, code: "server-error" },
    { status: 501, code: "server-error" },
    { status: 503, code: "unavailable" },
    { status: 504, code: "server-error" },
  ])("status $status is $code, in the server's words", async ({ status, code }) => {
    const { client } = clientOf(() => ({ status, json: { error: `"why" ${status}` } }));
    await expect(client.predict([1])).rejects.toMatchObject({ code, status });
    await expect(client.predict([1])).rejects.toThrow(`said "\\"why\\" ${status}"`);
  });

  test.each([
    { name: "nothing", body: "", says: /said nothing/ },
    { name: "a page", body: "<html><h1>Bad gateway</h1></html>", says: /"Bad gateway"/ },
    {
      name: "the quotes of old servers",
      body: String.raw`{ "error": "of \'instances\' list" }`,
      says: /'instances' list/,
    },
    { name: "no JSON", body: `{"error": ${"x".repeat(5000)}`, says: /xxx…"\.$/ },
  ])("a failure that says $name is shown as it is", async ({ body, says }) => {
    const { client } = clientOf(() => ({ status: 400, body }));
    const error: unknown = await client.predict([1]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "rejected", status: 400 });
    expect(String(error)).toMatch(says);
    expect(String(error).length).toBeLessThan(700);
  });
});

describe("waitUntilReady", () => {
  // What is loaded late is there before the clock stands still.
  beforeAll(async () => void (await import("../../src/runtime/src/tf-serving/about-model.js")));
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What `work` comes to, with all timers run that it waits for. */
  async function settled<Result>(work: Promise<Result>): Promise<Result> {
    work.catch(() => undefined);
    await vi.runAllTimersAsync();
    return work;
  }

  test("looks again, ever more seldom, until the model is available", async () => {
    const start = Date.now();
    const times: number[] = [];
    const answers = server([{ status: 503 }, loading, statusOf({ state: "START" }), available]);
    const { client, calls } = clientOf((request) => {
      times.push(Date.now() - start);
      return answers(request);
    });
    const status = await settled(client.waitUntilReady({ interval: 100 }));
    expect(status.versions).toEqual([
      { version: "1", state: "AVAILABLE", errorCode: "OK", errorMessage: "" },
    ]);
    expect(times).toEqual([0, 100, 250, 475]);
    expect(new Set(calls.map(({ url }) => url))).toEqual(new Set([base]));
  });

  test("waits for the version that is asked for, and for a connection", async () => {
    const [old, both] = [
      { version: "1", state: "AVAILABLE" },
      { version: "2", state: "AVAILABLE" },
    ];
    const answers = server([
      statusOf(old),
      statusOf({ ...both, state: "LOADING" }, old),
      statusOf(both, old),
    ]);
    let first = true;
    const { client, calls } = clientOf((request) => {
      if (!first) return answers(request);
      first = false;
      throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    });
    const { versions } = await settled(client.waitUntilReady({ version: 2 }));
    expect(versions.map(({ version }) => version)).toEqual(["2", "1"]);
    // The server answers 404 to a question for a version that it has not found yet.
    expect(calls.map(({ url }) => url)).toEqual([base, base, base, base]);
  });

  test("asks the metadata for a label, which the status does not know", async () => {
    const metadata = [notFound, { json: { metadata: { signature_def: { signature_def: {} } } } }];
    const { client, calls } = clientOf(({ url }) =>
      url.endsWith("/metadata") ? (metadata.shift() ?? { status: 500 }) : available,
    );
    await settled(client.waitUntilReady({ label: "new" }));
    expect(calls.filter(({ url }) => url === `${base}/labels/new/metadata`)).toHaveLength(2);
    const unknown = clientOf(({ url }) => (url.endsWith("/metadata") ? { status: 400 } : available));
    await expect(settled(unknown.client.waitUntilReady({ label: "no" }))).rejects.toMatchObject({
      code: "rejected",
    });
  });

  test.each([
    {
      name: "a version that failed to load",
      replies: [loading, statusOf({ state: "END", code: "INTERNAL" })],
      want: { code: "deployment-error", serverCode: "INTERNAL" },
    },
    { name: "a model that is not there", replies: [notFound], want: { code: "not-found" } },
    { name: "a caller who may not ask", replies: [{ status: 403 }], want: { code: "forbidden" } },
    { name: "a reply that is no status", replies: [{ json: {} }], want: { code: "bad-reply" } },
    {
      name: "a model that takes too long",
      replies: [loading],
      want: {
        code: "timeout",
        message: "The model (any version) was not ready within 60000 ms: version 1 is LOADING.",
      },
    },
    {
      name: "a server that never answers",
      replies: [{ status: 503 }],
      want: { code: "timeout", cause: { code: "unavailable" } },
    },
    { name: "a version that was unloaded", replies: [statusOf({ state: "END" })], want: { code: "timeout" } },
  ])("gives up on $name", async ({ replies, want }) => {
    const { client } = clientOf(server(replies));
    await expect(settled(client.waitUntilReady())).rejects.toMatchObject(want);
  });

  test("ends with the caller's signal, and at its time", async () => {
    const { client, calls } = clientOf(() => loading);
    const work = client.waitUntilReady({ signal: AbortSignal.timeout(1e9), timeout: 0 });
    work.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(calls.length).toBeGreaterThan(20);
    const controller = new AbortController();
    const aborted = client.waitUntilReady({ signal: controller.signal, timeout: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    controller.abort("enough");
    await expect(aborted).rejects.toMatchObject({ code: "aborted", cause: "enough" });
    await expect(client.waitUntilReady({ interval: -1 })).rejects.toMatchObject({ code: "bad-options" });
  });
});
