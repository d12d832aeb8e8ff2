import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { RetryOptions } from "../../src/runtime/src/http/retry.js";
import {
  backoff,
  defaultRetry,
  isTransientError,
  retryAfter,
  withRetry,
} from "../../src/runtime/src/http/retry.js";

const now = Date.UTC(2024, 4, 1, 12, 0, 0);

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("retryAfter", () => {
  const cases: { name: string; given: Record<string, string>; want: number | undefined }[] = [
    { name: "nothing", given: {}, want: undefined },
    { name: "seconds", given: { "retry-after": "7" }, want: 7_000 },
    { name: "zero seconds", given: { "retry-after": "0" }, want: 0 },
    { name: "seconds with a fraction", given: { "retry-after": " 1.5 " }, want: 1_500 },
    { name: "milliseconds", given: { "retry-after-ms": "250" }, want: 250 },
    {
      name: "milliseconds before seconds",
      given: { "retry-after-ms": "250", "retry-after": "9" },
      want: 250,
    },
    { name: "broken milliseconds", given: { "retry-after-ms": "soon", "retry-after": "9" }, want: 9_000 },
    { name: "IMF-fixdate", given: { "retry-after": "Wed, 01 May 2024 12:00:10 GMT" }, want: 10_000 },
    { name: "RFC 850 date", given: { "retry-after": "Wednesday, 01-May-24 12:00:10 GMT" }, want: 10_000 },
    { name: "asctime date", given: { "retry-after": "Wed May  1 12:00:10 2024" }, want: 10_000 },
    { name: "a date that has passed", given: { "retry-after": "Wed, 01 May 2024 11:00:00 GMT" }, want: 0 },
    { name: "a negative number", given: { "retry-after": "-3" }, want: undefined },
    { name: "words", given: { "retry-after": "after lunch" }, want: undefined },
    { name: "empty", given: { "retry-after": "" }, want: undefined },
  ];
  test.each(cases)("$name", ({ given, want }) => {
    expect(retryAfter((name) => given[name])).toBe(want);
  });
});

test("the wait doubles up to its cap and varies by half", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(10_000), fc.nat(10_000), (retry, minDelay, maxDelay) => {
      const whole = Math.min(maxDelay, minDelay * 2 ** retry);
      const delay = backoff({ ...defaultRetry, minDelay, maxDelay }, retry);
      expect(delay).toBeGreaterThanOrEqual(Math.floor(whole / 2));
      expect(delay).toBeLessThanOrEqual(whole);
    }),
  );
});

describe("withRetry", () => {
  test("fills in what is left out", () => {
    expect(withRetry(defaultRetry, undefined)).toEqual(defaultRetry);
    expect(withRetry(defaultRetry, false)).toEqual({ ...defaultRetry, retries: 0 });
    expect(withRetry(defaultRetry, { deadline: 5, minDelay: undefined })).toEqual({
      ...defaultRetry,
      deadline: 5,
    });
  });

  const refused: { name: string; given: RetryOptions }[] = [
    { name: "a negative count", given: { retries: -1 } },
    { name: "half a retry", given: { retries: 0.5 } },
    { name: "NaN", given: { deadline: Number.NaN } },
    { name: "text", given: JSON.parse('{"minDelay":"1"}') },
    { name: "null", given: JSON.parse("null") },
  ];
  test.each(refused)("refuses $name", ({ given }) => {
    expect(() => withRetry(defaultRetry, given)).toThrow(expect.objectContaining({ code: "bad-options" }));
  });
});

describe("isTransientError", () => {
  const coded = (code: string): Error => Object.assign(new Error(code), { code });
  const cases: { name: string; given: unknown; want: boolean }[] = [
    { name: "refused", given: coded("ECONNREFUSED"), want: true },
    {
      name: "reset, behind fetch's own error",
      given: new TypeError("fetch failed", { cause: coded("ECONNRESET") }),
      want: true,
    },
    {
      name: "one for each address",
      given: new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")]),
      want: true,
    },
    { name: "closed by the other side", given: coded("UND_ERR_SOCKET"), want: true },
    { name: "a browser's word for any of these", given: new TypeError("Failed to fetch"), want: true },
    { name: "no such host", given: coded("ENOTFOUND"), want: false },
    {
      name: "a bad certificate",
      given: new TypeError("fetch failed", { cause: coded("CERT_HAS_EXPIRED") }),
      want: false,
    },
    { name: "another error", given: new Error("boom"), want: false },
    { name: "no error at all", given: "ECONNRESET", want: false },
  ];
  test.each(cases)("$name", ({ given, want }) => {
    expect(isTransientError(given)).toBe(want);
  });

  test("ends on causes that go round in a circle", () => {
    const error: Error & { cause?: unknown } = new Error("round");
    error.cause = error;
    expect(isTransientError(error)).toBe(false);
    expect(isDeploymentError(error)).toBe(false);
  });
});
