import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createAuthorizer } from "../../src/runtime/src/http/auth.js";
import type { CredentialSource } from "../../src/runtime/src/http/auth.js";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type { MemoryHandler, MemoryReply } from "../../src/runtime/src/http/memory-transport.js";
import type { ReceivedReply } from "../../src/runtime/src/protocol.js";
import { defaultRetry } from "../../src/runtime/src/http/retry.js";
import { createSecrets } from "../../src/runtime/src/http/secrets.js";
import { send } from "../../src/runtime/src/http/send.js";
import type { Call, SendContext } from "../../src/runtime/src/http/send.js";

const call: Call = {
  method: "GET",
  url: "https://host.test/p?q=1",
  headers: {},
  body: null,
  repeatable: true,
};

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.spyOn(Math, "random").mockReturnValue(1);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function contextOf(
  handler: MemoryHandler,
  more: Partial<SendContext> & { token?: CredentialSource } = {},
): SendContext {
  return {
    transport: memoryTransport(handler),
    authorizer: createAuthorizer(more.token, []),
    secrets: createSecrets(),
    signals: [],
    timeout: 60_000,
    retry: defaultRetry,
    ...more,
  };
}

/** What becomes of a call, the moments at which requests were made, and the moment of the end. */
async function run(
  handler: (index: number) => MemoryReply | Promise<MemoryReply>,
  more: Parameters<typeof contextOf>[1] = {},
  sent: Partial<Call> = {},
): Promise<{ reply?: ReceivedReply; error?: unknown; at: number[]; end: number }> {
  const at: number[] = [];
  const context = contextOf(() => handler(at.push(Date.now()) - 1), more);
  const outcome = send({ ...call, ...sent }, context).then(
    (reply) => ({ reply, at, end: Date.now() }),
    (error: unknown) => ({ error, at, end: Date.now() }),
  );
  await vi.runAllTimersAsync();
  return await outcome;
}

const refused = (): never => {
  throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
};

const reset = (): never => {
  throw Object.assign(new Error("read"), { code: "ECONNRESET" });
};

describe("retries", () => {
  const cases: { name: string; given: Parameters<typeof run>; want: { at: number[]; code?: string } }[] = [
    { name: "succeeds at once", given: [() => ({ json: 1 })], want: { at: [0] } },
    {
      name: "doubles the wait",
      given: [() => ({ status: 503 })],
      want: { at: [0, 500, 1500], code: "unavailable" },
    },
    {
      name: "succeeds later",
      given: [(index) => ({ status: index < 2 ? 500 : 200 })],
      want: { at: [0, 500, 1500] },
    },
    {
      name: "after a refused connection",
      given: [refused],
      want: { at: [0, 500, 1500], code: "connection" },
    },
    {
      name: "not after any other fault of the platform",
      given: [() => Promise.reject(new Error("boom"))],
      want: { at: [0], code: "connection" },
    },
    {
      name: "not what is not transient",
      given: [() => ({ status: 501 })],
      want: { at: [0], code: "server-error" },
    },
    {
      name: "not what may do harm",
      given: [reset, {}, { repeatable: false }],
      want: { at: [0], code: "connection" },
    },
    {
      name: "not what may do harm, as far as the reply tells",
      given: [() => ({ status: 503 }), {}, { repeatable: false }],
      want: { at: [0], code: "unavailable" },
    },
    {
      name: "what may do harm, where no connection was made",
      given: [refused, {}, { repeatable: false }],
      want: { at: [0, 500, 1500], code: "connection" },
    },
    {
      name: "what may do harm, where the deployment takes no more",
      given: [() => ({ status: 429 }), {}, { repeatable: false }],
      want: { at: [0, 500, 1500], code: "rate-limited" },
    },
    {
      name: "what may do harm, where the deployment will be back",
      given: [
        () => ({ status: 503, headers: { "retry-after": "1" } }),
        { retry: { ...defaultRetry, retries: 1 } },
        { repeatable: false },
      ],
      want: { at: [0, 1000], code: "unavailable" },
    },
    {
      name: "not at all when told so",
      given: [refused, { retry: { ...defaultRetry, retries: 0 } }],
      want: { at: [0], code: "connection" },
    },
    {
      name: "Retry-After in seconds",
      given: [() => ({ status: 429, headers: { "Retry-After": "3" } })],
      want: { at: [0, 3000, 6000], code: "rate-limited" },
    },
    {
      name: "Retry-After as a date",
      given: [() => ({ status: 503, headers: { "retry-after": new Date(4000).toUTCString() } })],
      want: { at: [0, 4000, 4000], code: "unavailable" },
    },
    {
      name: "Retry-After beyond the cap",
      given: [() => ({ status: 503, headers: { "retry-after": "61" } })],
      want: { at: [0], code: "unavailable" },
    },
    {
      name: "a deadline that leaves no time",
      given: [() => ({ status: 503 }), { retry: { ...defaultRetry, deadline: 1500 } }],
      want: { at: [0, 500], code: "unavailable" },
    },
    {
      name: "a longest wait",
      given: [() => ({ status: 504 }), { retry: { ...defaultRetry, retries: 6 } }],
      want: { at: [0, 500, 1500, 3500, 7500, 15500, 23500], code: "server-error" },
    },
  ];
  test.each(cases)("$name", async ({ given, want }) => {
    const { error, at } = await run(...given);
    expect(at).toEqual(want.at);
    if (want.code === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ name: "DeploymentError", code: want.code });
  });
});

describe("time", () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  test("each attempt has its own", async () => {
    const { error, at, end } = await run(never, { timeout: 1000 });
    expect(error).toMatchObject({ code: "timeout", message: "No complete reply came within 1000 ms." });
    expect([at, end]).toEqual([[0, 1500, 3500], 4500]);
  });

  test("the deadline is for all", async () => {
    const { error, at, end } = await run(never, {
      timeout: 1000,
      retry: { ...defaultRetry, deadline: 2000 },
    });
    expect(error).toMatchObject({ code: "timeout", message: expect.stringContaining("2000 ms") });
    expect([at, end]).toEqual([[0, 1500], 2000]);
  });

  test("a body that does not come to its end counts, whatever the transport does about it", async () => {
    const reply = { status: 200, header: () => undefined, bytes: never, chunks: never };
    const transport = Object.assign(async () => ({ ...reply, async *chunks() {} }));
    const { error } = await run(() => ({}), {
      transport,
      timeout: 10,
      retry: { ...defaultRetry, retries: 0 },
    });
    expect(error).toMatchObject({ code: "timeout" });
  });

  test("so does a token function that does not answer", async () => {
    const authorizer = createAuthorizer(never, []);
    const { error, at } = await run(() => ({}), { authorizer, timeout: 10 });
    expect(error).toMatchObject({ code: "timeout" });
    expect(at).toEqual([]);
  });
});

describe("abort", () => {
  test("before anything is sent", async () => {
    const reason = new Error("mine");
    const { error, at } = await run(() => ({}), { signals: [AbortSignal.abort(reason)] });
    expect(error).toMatchObject({ code: "aborted", cause: reason });
    expect(at).toEqual([]);
  });

  test.each([
    { name: "during a request", given: 100, handler: () => new Promise<never>(() => undefined) },
    { name: "during a wait", given: 100, handler: () => ({ status: 503 }) },
  ])("$name", async ({ given, handler }) => {
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, "addEventListener");
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    setTimeout(() => controller.abort("enough"), given);
    const { error, at, end } = await run(handler, {
      signals: [new AbortController().signal, controller.signal],
    });
    expect(error).toMatchObject({ code: "aborted", cause: "enough" });
    expect([at, end]).toEqual([[0], given]);
    expect(added.mock.calls.length - removed.mock.calls.length).toBeLessThanOrEqual(1);
  });

  test("a signal shared by many keeps one listener, and none afterwards", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const context = contextOf(() => ({}), { signals: [signal] });
    await Promise.all(Array.from({ length: 40 }, () => send(call, context)));
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
  });
});

describe("credentials", () => {
  test("are asked for each request, and renewed once after a 401", async () => {
    let count = 0;
    const seen: (string | undefined)[] = [];
    const context = contextOf(
      ({ headers }) => {
        seen.push(headers["authorization"]);
        return { status: 401 };
      },
      { token: () => `token-${++count}` },
    );
    await expect(send(call, context)).rejects.toMatchObject({ code: "unauthorized", status: 401 });
    expect(seen).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  test("given as a value are not renewed", async () => {
    expect((await run(() => ({ status: 401 }), { token: "tok-en" })).at).toEqual([0]);
  });

  test("a renewed one goes on", async () => {
    const { reply, at } = await run((index) => ({ status: index === 0 ? 401 : 200, body: "x" }), {
      token: () => "tok-en",
    });
    expect([reply?.status, at]).toEqual([200, [0, 0]]);
  });

  test("go to the query and beside the caller's cookies", async () => {
    const handler: MemoryHandler = ({ url, headers }) => ({ json: [url, headers["cookie"] ?? null] });
    const query = createAuthorizer("a b", [{ kind: "api-key", in: "query", name: "key" }]);
    const cookie = createAuthorizer("tok-en", [{ kind: "api-key", in: "cookie", name: "session" }]);
    const read = async (context: SendContext): Promise<unknown> =>
      JSON.parse(
        Buffer.from((await send({ ...call, headers: { cookie: "a=b" } }, context)).bytes).toString(),
      );
    expect(await read(contextOf(handler, { authorizer: query }))).toEqual([
      "https://host.test/p?q=1&key=a%20b",
      "a=b",
    ]);
    expect(await read(contextOf(handler, { authorizer: cookie }))).toEqual([call.url, "a=b; session=tok-en"]);
  });
});
