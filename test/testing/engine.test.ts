import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type { MemoryReply, MemoryRequest } from "../../src/runtime/src/http/memory-transport.js";
import type { AuthScheme } from "../../src/runtime/src/deployment.js";
import { DeploymentError } from "../../src/runtime/src/errors.js";
import { isTransientError, isUnsentError } from "../../src/runtime/src/http/retry.js";
import { createMock } from "../../src/runtime/src/testing/create-mock.js";
import type { MockedSystem, MockSettings } from "../../src/runtime/src/testing/mock-types.js";
import { createDeploymentClient } from "../../src/runtime/src/client/client.js";
import type { ClientOptions } from "../../src/runtime/src/client/client-types.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";
import { deployment } from "../runtime/client-deployment.js";
import type { Output } from "../runtime/client-deployment.js";
import { rejectionOf } from "./rejection-of.js";

const token = "s3cr3t-t0ken/with+signs==";

/** A system that answers every call with one row. */
function systemWith(auth: readonly AuthScheme[], more: Partial<MockedSystem> = {}): MockedSystem {
  return {
    auth,
    answer: () => ({ json: { rows: [{ Weight: 7 }] } }),
    refusal: (status, why) => ({ status, json: { errorCode: `E${status}`, errorMessage: why } }),
    ...more,
  };
}

function requestWith(headers: Readonly<Record<string, string>> = {}, query = ""): MemoryRequest {
  const url = `https://host.test/forward${query}`;
  return { method: "POST", url, headers, json: () => null, bytes: () => new Uint8Array() };
}

/** What the mock answers to a bare request, as plain data. */
async function replyOf(
  system: MockedSystem,
  settings: MockSettings,
  request: MemoryRequest = requestWith(),
): Promise<MemoryReply> {
  const reply = await createMock(system, settings)(request);
  if ("arrayBuffer" in reply) throw new Error("a mock gives no Response");
  return reply;
}

/** What one call of a client gets that knows the deployment as `auth` describes it. */
async function called(
  system: MockedSystem,
  { settings = {}, client = {} }: { settings?: MockSettings; client?: ClientOptions },
): Promise<Output> {
  const transport = memoryTransport(createMock(system, settings));
  const described = { ...deployment, auth: system.auth };
  const options = { token, retry: false, transport, ...client } as const;
  return await createDeploymentClient(described, { protocol: rows, coders }, options).predict({
    Size: 1,
    Name: "",
  });
}

const schemes: readonly AuthScheme[] = [
  { kind: "bearer" },
  { kind: "basic" },
  { kind: "raw" },
  { kind: "api-key", in: "header", name: "X-API-Key" },
  { kind: "api-key", in: "query", name: "api key" },
  { kind: "api-key", in: "cookie", name: "session" },
];

describe("a credential", () => {
  test.each(schemes)("goes by $kind $in", async (scheme) => {
    const system = systemWith([scheme]);
    expect(await called(system, { settings: { token } })).toEqual({ Weight: 7 });
    const wrong = await rejectionOf(
      called(system, { settings: { token }, client: { token: "an0ther-t0ken" } }),
    );
    expect(wrong).toMatchObject({ code: "unauthorized", status: 401 });
    const none = await rejectionOf(called(system, { settings: { token }, client: { token: undefined } }));
    expect(none).toMatchObject({ code: "unauthorized", status: 401 });
    expect(JSON.stringify([wrong, none])).not.toContain(token);
  });

  test("is taken under any of several schemes, and without any as clients send it then", async () => {
    for (const auth of schemes) {
      const system = systemWith(schemes);
      expect(await called(system, { settings: { token }, client: { auth } })).toEqual({ Weight: 7 });
    }
    expect(await called(systemWith([]), { settings: { token } })).toEqual({ Weight: 7 });
    expect(await rejectionOf(called(systemWith([]), { settings: { token: "x" } }))).toMatchObject({
      status: 401,
    });
  });

  test("may be a user and a password", async () => {
    const system = systemWith([{ kind: "basic" }]);
    const client = { token: { username: "ada", password: "pass:word" } };
    expect(await called(system, { settings: { token: "ada:pass:word" }, client })).toEqual({ Weight: 7 });
    expect(await rejectionOf(called(system, { settings: { token: "ada:no" }, client }))).toMatchObject({
      status: 401,
    });
  });

  test("is asked for only where that is wanted, and then any will do", async () => {
    const system = systemWith([{ kind: "bearer" }]);
    const without = { client: { token: undefined } };
    expect(await called(system, without)).toEqual({ Weight: 7 });
    const settings = { askCredentials: true };
    expect(await rejectionOf(called(system, { settings, ...without }))).toMatchObject({ status: 401 });
    expect(await called(system, { settings, client: { token: "any" } })).toEqual({ Weight: 7 });
    expect(await called(systemWith([]), { settings, ...without })).toEqual({ Weight: 7 });
  });

  test.each([
    { name: "another scheme", headers: { authorization: `Basic ${token}` } },
    { name: "no token", headers: { authorization: "Bearer" } },
    { name: "a longer one", headers: { authorization: `Bearer ${token}x` } },
    { name: "another case", headers: { authorization: `Bearer ${token.toUpperCase()}` } },
    { name: "another header", headers: { "x-authorization": `Bearer ${token}` } },
  ])("is refused where there is $name, and never shown", async ({ headers }) => {
    const reply = await replyOf(systemWith([{ kind: "bearer" }]), { token }, requestWith(headers));
    expect(reply.status).toBe(401);
    expect(JSON.stringify(reply)).not.toContain(token);
  });
});

describe("failures", () => {
  const system = systemWith([]);

  async function statuses(settings: MockSettings, calls: number): Promise<readonly unknown[]> {
    const handler = createMock(system, settings);
    const seen: unknown[] = [];
    for (let call = 0; call < calls; call += 1) {
      const status = await Promise.resolve(handler(requestWith())).then(
        (reply) => reply.status ?? 200,
        (error: unknown) => (isTransientError(error) && isUnsentError(error) ? "unreachable" : error),
      );
      seen.push(status);
    }
    return seen;
  }

  test("come at every call, or so many times, one after the other", async () => {
    expect(await statuses({ failures: [{ status: 503 }] }, 3)).toEqual([503, 503, 503]);
    const failures = [
      { status: "unreachable", times: 1 },
      { status: 429, times: 2 },
      { status: 500, times: 0 },
    ] as const;
    expect(await statuses({ failures }, 5)).toEqual(["unreachable", 429, 429, 200, 200]);
  });

  test("come at their rate, in every run at the same calls", async () => {
    const settings = { seed: 3, failures: [{ status: 503, rate: 0.1 }] };
    const seen = await statuses(settings, 2000);
    const failed = seen.filter((status) => status === 503).length;
    expect(failed).toBeGreaterThan(150);
    expect(failed).toBeLessThan(250);
    expect(await statuses(settings, 2000)).toEqual(seen);
    expect(await statuses({ ...settings, seed: 4 }, 2000)).not.toEqual(seen);
    expect(await statuses({ failures: [{ status: 503, rate: 0 }] }, 100)).toEqual(
      Array.from({ length: 100 }, () => 200),
    );
  });

  test("state when to come again", async () => {
    const reply = await replyOf(system, { failures: [{ status: 503, retryAfter: 7 }] });
    expect(reply).toMatchObject({ status: 503, headers: { "retry-after": "7" } });
    expect(await replyOf(system, { failures: [{ status: 503 }] })).not.toHaveProperty("headers");
  });

  test("reach clients as the codes that they have for them", async () => {
    const failing = async (failure: NonNullable<MockSettings["failures"]>[number]): Promise<unknown> =>
      await rejectionOf(called(system, { settings: { failures: [failure] } }));
    expect(await failing({ status: 429 })).toMatchObject({ code: "rate-limited" });
    expect(await failing({ status: 500 })).toMatchObject({ code: "deployment-error", serverCode: "E500" });
    expect(await failing({ status: "unreachable" })).toMatchObject({
      code: "connection",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("are got over by a client that tries again", async () => {
    const failures = [
      { status: "unreachable", times: 1 },
      { status: 503, retryAfter: 0, times: 1 },
    ] as const;
    const client = { retry: { minDelay: 1, maxDelay: 1 } };
    expect(await called(system, { settings: { failures }, client })).toEqual({ Weight: 7 });
  });
});

describe("a cold start", () => {
  test("is over when its time is", async () => {
    let time = 100;
    const handler = createMock(systemWith([{ kind: "bearer" }]), { coldStart: 2500, now: () => time, token });
    expect(await handler(requestWith())).toMatchObject({ status: 503, headers: { "retry-after": "3" } });
    time = 2599;
    expect(await handler(requestWith())).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    time = 2600;
    expect(await handler(requestWith())).toMatchObject({ status: 401 });
  });

  test("is answered as the system has it", async () => {
    const system = systemWith([], { starting: () => ({ status: 202 }) });
    expect(await replyOf(system, { coldStart: 1000 })).toEqual({ status: 202 });
  });
});

describe("an error that answering throws", () => {
  test("reaches the caller at once, with its words and as the cause", async () => {
    let calls = 0;
    const cause = new TypeError("no such thing");
    const system = systemWith([], {
      answer() {
        calls += 1;
        throw cause;
      },
    });
    const client = { retry: { minDelay: 1, maxDelay: 1 } };
    const error = await rejectionOf(called(system, { client }));
    expect(error).toMatchObject({
      code: "bad-options",
      cause,
      message: expect.stringContaining("no such thing"),
    });
    expect(calls).toBe(1);
  });

  test("is left as it is where clients know it", async () => {
    const thrown = new DeploymentError("out-of-range", "Too much.", { row: 0 });
    const system = systemWith([], { answer: () => Promise.reject(thrown) });
    expect(await rejectionOf(called(system, {}))).toMatchObject({
      code: "out-of-range",
      message: "Too much.",
    });
  });
});

describe("settings that cannot be", () => {
  const failing = (failure: object): object => ({ failures: [{ status: 500, ...failure }] });
  test.each([
    { name: "no object", given: 7 },
    { name: "no seed", given: { seed: NaN } },
    { name: "an empty token", given: { token: "" } },
    { name: "a token that is no text", given: { token: { s3cr3t: 1 } } },
    { name: "a word for yes", given: { askCredentials: "yes" } },
    { name: "a cold start that has been", given: { coldStart: -1 } },
    { name: "a clock that is none", given: { now: 7 } },
    { name: "no list of failures", given: { failures: { status: 500 } } },
    { name: "no failure", given: { failures: [500] } },
    { name: "a rate above 1", given: failing({ rate: 2 }) },
    { name: "a rate that is none", given: failing({ rate: NaN }) },
    { name: "a status that is no failure", given: failing({ status: 200 }) },
    { name: "a status between two", given: failing({ status: 500.5 }) },
    { name: "a status in words", given: failing({ status: "503" }) },
    { name: "half a time", given: failing({ times: 0.5 }) },
    { name: "fewer times than none", given: failing({ times: -1 }) },
    { name: "a time to come that has been", given: failing({ retryAfter: -1 }) },
  ])("are refused: $name", ({ given }) => {
    const make = (): unknown => Reflect.apply(createMock, undefined, [systemWith([]), given]);
    expect(make).toThrow(expect.objectContaining({ code: "bad-options" }));
    expect(make).not.toThrow(/s3cr3t/);
  });
});
