import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createCogClient } from "../../src/runtime/src/cog/index.js";
import { memoryTransport } from "../../src/runtime/src/index.js";
import type { MemoryTransport } from "../../src/runtime/src/index.js";
import { single } from "./cog-deployments.js";

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => ({ succeeded: value }),
    (error: unknown) => error,
  );

describe("waiting for a prediction", () => {
  // What is loaded late is there before the clock stands still.
  beforeAll(async () => void (await import("../../src/runtime/src/cog/model-runner.js")));
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const api = (
    polls: number,
    headers: Readonly<Record<string, string>> = {},
  ): [MemoryTransport, number[]] => {
    const times: number[] = [];
    const urls = { get: "https://api.replicate.com/v1/predictions/p" };
    const transport = memoryTransport(({ method }) => {
      if (method === "GET") times.push(Date.now());
      const isDone = times.length >= polls;
      return {
        headers,
        json: { status: isDone ? "succeeded" : "processing", output: isDone ? "x" : null, urls },
      };
    });
    return [transport, times];
  };
  const run = async (transport: MemoryTransport): Promise<string> => {
    const work = createCogClient(single, { transport, version: "v" }).predict({ prompt: "a" });
    await vi.advanceTimersByTimeAsync(600_000);
    return await work;
  };

  test("grows from half a second to five", async () => {
    const [transport, times] = api(12);
    const began = Date.now();
    expect(await run(transport)).toBe("x");
    const gaps = times.map((time, index) => time - (times[index - 1] ?? began));
    for (const [index, gap] of gaps.entries()) {
      const whole = Math.min(5_000, 500 * 1.5 ** index);
      expect(gap).toBeGreaterThanOrEqual(Math.floor(whole * 0.75));
      expect(gap).toBeLessThanOrEqual(Math.ceil(whole));
    }
    expect(transport.calls.map(({ url }) => url).slice(0, 2)).toEqual([
      "https://api.replicate.com/v1/predictions",
      "https://api.replicate.com/v1/predictions/p",
    ]);
  });

  test("is as long as the API asks for", async () => {
    const [transport, times] = api(3, { "retry-after": "20" });
    await run(transport);
    const [first = 0, second = 0, third = 0] = times;
    expect([second - first, third - second]).toEqual([20_000, 20_000]);
  });
});

describe("where a model runs", () => {
  const described = {
    ...single,
    url: "http://localhost:5000",
    framing: { ...single.framing, model: "o/n", version: "v1" },
  };
  test.each([
    {
      name: "the version that is described",
      given: described,
      options: {},
      url: "https://api.replicate.com/v1/predictions",
    },
    {
      name: "the model that is described",
      given: { ...described, framing: { ...described.framing, version: null } },
      options: {},
      url: "https://api.replicate.com/v1/models/o/n/predictions",
    },
    {
      name: "the server that is described",
      given: { ...described, framing: single.framing },
      options: {},
      url: "http://localhost:5000/predictions/",
    },
    {
      name: "the server of the options",
      given: described,
      options: { url: "https://example.com/m/" },
      url: "https://example.com/m/predictions/",
    },
    {
      name: "an API under /v1",
      given: described,
      options: { url: "https://example.com/v1", model: "a/b" },
      url: "https://example.com/v1/models/a/b/predictions",
    },
  ])("is $name", async ({ given, options, url }) => {
    const transport = memoryTransport(() => ({ json: { status: "succeeded", output: "x" } }));
    await createCogClient(given, { ...options, transport }).predict({ prompt: "a" });
    expect(transport.calls[0]?.url.replace(/[0-9a-f]{32}$/, "")).toBe(url);
  });

  test.each([
    { name: "nothing", options: {}, message: /owner\/name/ },
    { name: "two places", options: { deployment: "o/n", model: "o/n" }, message: /excludes/ },
    { name: "a model without an owner", options: { model: "n" }, message: /"owner\/name"; got "n"/ },
    { name: "a way out of the path", options: { model: "../n" }, message: /owner/ },
    { name: "a version that is none", options: { version: "a b" }, message: /id of a version/ },
    { name: "too long a wait", options: { model: "o/n", wait: 61 }, message: /1 to 60/ },
  ])("cannot be $name", async ({ options, message }) => {
    const work = async (): Promise<unknown> =>
      await createCogClient(single, options).predict({ prompt: "a" });
    expect(await failure(work())).toMatchObject({
      code: "bad-options",
      message: expect.stringMatching(message),
    });
  });
});
