import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryTransport } from "../../src/runtime/src/index.js";
import type { MemoryHandler, MemoryTransport } from "../../src/runtime/src/index.js";
import { createModelbitClient } from "../../src/runtime/src/modelbit/index.js";
import type {
  ModelbitClient,
  ModelbitClientOptions,
  ModelbitDeployment,
} from "../../src/runtime/src/modelbit/index.js";

const doubler: ModelbitDeployment<{ value: number }, number> = {
  title: "t",
  url: "https://w.modelbit.com/v1/doubler/latest",
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["value"],
  inputs: { value: { shape: { type: "integer" } } },
  output: { type: "integer" },
};

interface Rig {
  readonly client: ModelbitClient<{ value: number }, number>;
  readonly transport: MemoryTransport;
}

function rig(handler: MemoryHandler, options: ModelbitClientOptions = {}): Rig {
  const transport = memoryTransport(handler);
  return { transport, client: createModelbitClient(doubler, { ...options, transport }) };
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "no failure",
    (error: unknown) => error,
  );

const traceback =
  "Traceback (most recent call last):\n  File \"source.py\", line 2, in f\nKeyError: 'kind'\n";

describe("the function's own error", () => {
  test.each([
    { status: 200, code: "deployment-error" },
    { status: 400, code: "deployment-error" },
    { status: 404, code: "not-found" },
    { status: 422, code: "deployment-error" },
    { status: 500, code: "deployment-error" },
    { status: 503, code: "unavailable" },
  ])("stands in a reply of status $status", async ({ status, code }) => {
    const { client, transport } = rig(() => ({ status, json: { error: traceback } }), { retry: false });
    const error = await failure(client.predict(1));
    expect(error).toMatchObject({ code, serverCode: "KeyError", status });
    expect(String(error)).toContain("KeyError: 'kind'");
    expect(String(error)).not.toContain("source.py");
    expect(transport.calls).toHaveLength(1);
  });

  test("stands behind a link", async () => {
    const link = "https://cdn.example.com/result?X-Signature=signed-and-secret";
    const reply: MemoryHandler = ({ method }) => ({
      json: method === "GET" ? { error: `${traceback}ValueError: see signed-and-secret` } : { data: link },
    });
    const { client, transport } = rig(reply, { token: "raw-secret-key", responseFormat: "links" });
    const error = await failure(client.predict(1));
    expect(error).toMatchObject({ code: "deployment-error", serverCode: "ValueError" });
    expect(String(error)).not.toMatch(/signed-and-secret/);
    expect(transport.calls.map(({ method, headers }) => [method, headers["authorization"]])).toEqual([
      ["POST", "raw-secret-key"],
      ["GET", undefined],
    ]);
  });

  test.each(["http://cdn.example.com/x", "ftp://cdn.example.com/x", "not a link"])(
    "is no link to %s, which nobody follows",
    async (link) => {
      const { client, transport } = rig(() => ({ json: { data: link } }), { responseFormat: "links" });
      expect(await failure(client.predict(1))).toMatchObject({ code: "bad-reply" });
      expect(transport.calls).toHaveLength(1);
    },
  );
});

describe("the key", () => {
  test("may come from a function, which is asked for each request", async () => {
    let count = 0;
    const token = async (): Promise<string> => `key-${(count += 1)}`;
    const { client, transport } = rig(() => ({ json: { data: 2 } }), { token });
    await client.predict(1);
    await client.predict(1);
    expect(transport.calls.map(({ headers }) => headers["authorization"])).toEqual(["key-1", "key-2"]);
  });

  test("is left out where there is none", async () => {
    const { client, transport } = rig(() => ({ json: { data: 2 } }));
    await client.predict(1);
    expect(transport.calls[0]?.headers).not.toHaveProperty("authorization");
  });
});

/** The ids of a batch, and its answers in reverse. */
function answers(body: unknown): { readonly data: readonly (readonly [number, number])[] } {
  const { data } = JSON.parse(JSON.stringify(body));
  return { data: data.map(([id, value]: [number, number]) => [id, value * 2]).toReversed() };
}

describe("the requests of a batch", () => {
  const rows = Array.from({ length: 20 }, (_, index) => index);

  test("go out three at a time, and are put together by id", async () => {
    let now = 0;
    let most = 0;
    const { client } = rig(async (request) => {
      most = Math.max(most, (now += 1));
      // Later ones come back earlier.
      await new Promise((resolve) => setTimeout(resolve, 20 - (now % 3) * 5));
      now -= 1;
      return { json: answers(request.json()) };
    });
    expect(await client.predictMany(rows, { batchSize: 2 })).toEqual(rows.map((row) => row * 2));
    expect(most).toBe(3);
  });

  test("stop at the first error, those under way included", async () => {
    const { client, transport } = rig(
      (request) => {
        const body = JSON.stringify(request.json());
        return body.includes("[1,3]") ? { json: { error: "no" } } : new Promise(() => undefined);
      },
      { retry: false },
    );
    const error = await failure(client.predictMany(rows, { batchSize: 2 }));
    expect(error).toMatchObject({ code: "deployment-error" });
    expect(transport.calls).toHaveLength(3);
  });
});

describe("the time that a call may take", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const silent: MemoryHandler = () => new Promise(() => undefined);
  test.each([
    { name: "is the service's own and five seconds", options: {}, call: {}, want: 305_000 },
    { name: "is what it was told and five seconds", options: { timeoutSeconds: 7 }, call: {}, want: 12_000 },
    {
      name: "is what the call was told",
      options: { timeoutSeconds: 7, timeout: 1 },
      call: { timeoutSeconds: 2 },
      want: 7_000,
    },
    { name: "is the client's", options: { timeoutSeconds: 7, timeout: 1_000 }, call: {}, want: 1_000 },
    { name: "is the call's", options: { timeoutSeconds: 7 }, call: { timeout: 50 }, want: 50 },
  ])("$name", async ({ options, call, want }) => {
    const { client } = rig(silent, { ...options, retry: false });
    let outcome: unknown = "waiting";
    void failure(client.predict(1, call)).then((error) => (outcome = error));
    await vi.advanceTimersByTimeAsync(want - 1);
    expect(outcome).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toMatchObject({ code: "timeout" });
  });
});

describe("arguments that may be left out", () => {
  const search: ModelbitDeployment<{ a: number; b?: number; c?: string }, number> = {
    ...doubler,
    order: ["a", "b", "c"],
    inputs: {
      a: { shape: { type: "integer" } },
      b: { shape: { type: "integer" }, optional: true },
      c: { shape: { type: "text" }, optional: true },
    },
  };
  const transport = memoryTransport(() => ({ json: { data: 1 } }));
  const client = createModelbitClient(search, { transport });

  test("are the last", async () => {
    await client.predict({ a: 1 });
    await client.predict({ a: 1, b: 2 });
    await client.predict({ a: 1, b: 2, c: "x" });
    const sent = transport.calls.map((request) => JSON.stringify(request.json()));
    expect(sent).toEqual(['{"data":1}', '{"data":[1,2]}', '{"data":[1,2,"x"]}']);
  });

  test("are not those before one that is there", async () => {
    const error = await failure(client.predict({ a: 1, c: "x" }));
    expect(error).toMatchObject({ code: "missing-feature", feature: "b" });
  });
});
