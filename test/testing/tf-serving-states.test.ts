import { createClient as createHalf, deployment as half } from "half-plus-two";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { mockTransport } from "../../src/runtime/src/testing/tf-serving.js";

/*
 * A model that is still being loaded, one behind a credential, and one that fails now and then.
 */

const url = "http://mock.invalid/v1/models/half_plus_two";

describe("a cold start", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is waited for until the model is loaded, by a clock of the test's own", async () => {
    const transport = mockTransport(half, { coldStart: 5000, now: () => Date.now() });
    const client = createHalf({ url, transport });
    expect(await client.status()).toEqual({
      versions: [{ version: "1", state: "LOADING", errorCode: "OK", errorMessage: "" }],
    });
    const early = await Promise.allSettled([
      client.predict([1], { retry: { retries: 0 } }),
      client.metadata({ retry: { retries: 0 } }),
    ]);
    for (const outcome of early) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "unavailable", status: 404 } });
    }
    const started = Date.now();
    const waiting = client.waitUntilReady();
    await vi.runAllTimersAsync();
    expect(await waiting).toMatchObject({ versions: [{ state: "AVAILABLE" }] });
    expect(Date.now() - started).toBeGreaterThanOrEqual(5000);
    expect(await client.predict([1])).toHaveProperty("y.shape", [1]);
  });

  test("is retried through by a prediction", async () => {
    const transport = mockTransport(half, { coldStart: 300, now: () => Date.now() });
    const predicting = createHalf({ url, transport }).predict([1]);
    await vi.runAllTimersAsync();
    expect(await predicting).toHaveProperty("y.dtype", "float32");
    expect(transport.calls.length).toBeGreaterThan(2);
  });
});

test("a token that is wrong or missing is refused, and is not in the refusal", async () => {
  const transport = mockTransport({ ...half, auth: [{ kind: "basic" }] }, { token: "user:right" });
  const call = (token?: string) =>
    createHalf({ url, transport, ...(token === undefined ? {} : { token }) }).predict([1]);
  for (const token of [undefined, "user:wrong"]) {
    const [outcome] = await Promise.allSettled([call(token)]);
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "unauthorized", status: 401 } });
    expect(JSON.stringify(outcome)).not.toContain("right");
  }
});

test("failures come as the server prints them, and are retried where that is safe", async () => {
  const transport = mockTransport(half, {
    failures: [{ status: 503, times: 2, retryAfter: 0 }, { status: 501 }],
  });
  const [outcome] = await Promise.allSettled([createHalf({ url, transport }).predict([1])]);
  expect(outcome).toMatchObject({ status: "rejected", reason: { code: "server-error", status: 501 } });
  expect(outcome).toHaveProperty("reason.message", expect.stringContaining("and said"));
  expect(transport.calls).toHaveLength(3);
});
