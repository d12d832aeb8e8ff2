import { afterEach, describe, expect, test, vi } from "vitest";
import { createCogClient } from "../../src/runtime/src/cog/index.js";
import { isDeploymentError } from "../../src/runtime/src/index.js";
import { startCogServer } from "../servers/cog-server.js";
import type { CogServer, CogServerOptions } from "../servers/cog-server.js";
import type { FakeModel } from "../servers/cog-job.js";
import { numbers, picture, single, tokens } from "./cog-deployments.js";
import type { Shapes } from "./cog-deployments.js";

let server: CogServer;
afterEach(() => server.close());

const quick = { minDelay: 1, maxDelay: 2 };
const start = async (model: FakeModel, options?: CogServerOptions): Promise<void> => {
  server = await startCogServer(model, options);
};
const upper: FakeModel = ({ prompt }) => String(prompt).toUpperCase();
const until = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => ({ succeeded: value }),
    (error: unknown) => error,
  );
const sentInputs = (): unknown[] =>
  server.requests.map(({ text }) => (text === "" ? "" : JSON.parse(text).input));

describe("a prediction on a Cog server", () => {
  test("has an id of the client's own, at the server's base as at its predictions", async () => {
    await start(upper);
    for (const url of [server.origin, `${server.origin}/`, `${server.origin}/predictions`]) {
      expect(await createCogClient(single, { url }).predict({ prompt: "a" })).toBe("A");
    }
    expect(server.requests.map(({ method }) => method)).toEqual(["PUT", "PUT", "PUT"]);
    const paths = server.requests.map(({ url }) => url);
    for (const path of paths) expect(path).toMatch(/^\/predictions\/[0-9a-f]{32}$/);
    expect(new Set(paths).size).toBe(3);
  });

  test("goes without an id to a server that knows none, which is asked once", async () => {
    await start(upper, { old: true });
    const client = createCogClient(single, { url: server.origin });
    expect(await client.predict({ prompt: "a" })).toBe("A");
    expect(await client.predict({ prompt: "b" })).toBe("B");
    expect(server.requests.map(({ method }) => method)).toEqual(["PUT", "POST", "POST"]);
  });

  test("takes files as data URLs, addresses as they are, and members that nobody stated", async () => {
    await start(upper);
    const client = createCogClient(single, { url: server.origin });
    const more = { prompt: "a", style: "ink", extra: [1, { b: null }] } as const;
    await client.predict({ ...more, image: new Uint8Array([1, 2, 3]) });
    await client.predict({ prompt: "a", image: new Blob(["hi"], { type: "text/plain" }) });
    await client.predict({ prompt: "a", image: new URL("https://example.com/a b.png") });
    await client.predict({ prompt: "a", image: "s3://bucket/key" });
    expect(sentInputs()).toEqual([
      { ...more, image: "data:application/octet-stream;base64,AQID" },
      { prompt: "a", image: "data:text/plain;base64,aGk=" },
      { prompt: "a", image: "https://example.com/a%20b.png" },
      { prompt: "a", image: "s3://bucket/key" },
    ]);
  });

  test.each([
    { name: "a label", given: { prompt: "a", style: "chalk" }, code: "unknown-label", feature: "style" },
    { name: "a number", given: { prompt: "a", seed: 101 }, code: "out-of-range", feature: "seed" },
    { name: "a type", given: { prompt: 1 }, code: "wrong-type", feature: "prompt" },
    { name: "null", given: { prompt: "a", seed: null }, code: "wrong-type", feature: "seed" },
    { name: "nothing", given: {}, code: "missing-feature", feature: "prompt" },
    { name: "no object", given: "a", code: "bad-row", feature: undefined },
  ])("is not sent for $name that does not fit", async ({ given, code, feature }) => {
    await start(upper);
    const client = createCogClient(single, { url: server.origin });
    const error = await failure(Reflect.apply(client.predict, client, [given]));
    expect(error).toMatchObject({ code, feature });
    expect(server.requests).toEqual([]);
  });

  test("fails in the model's own words, under the status 200", async () => {
    await start(() => {
      throw new Error("CUDA out of memory");
    });
    const error = await failure(createCogClient(single, { url: server.origin }).predict({ prompt: "a" }));
    expect(isDeploymentError(error, "deployment-error")).toBe(true);
    expect(error).toMatchObject({
      message: 'The prediction failed: "CUDA out of memory".',
      serverCode: "failed",
    });
    expect(server.cancelled).toEqual([]);
  });

  test("names the input that the server refuses", async () => {
    await start(upper);
    const { prompt } = single.inputs;
    const lenient = { ...single, inputs: { prompt: { ...prompt, optional: true } } } as const;
    const client = createCogClient<{ prompt?: string }, string, string, Shapes>(lenient, {
      url: server.origin,
    });
    expect(await failure(client.predict({}))).toMatchObject({
      code: "rejected",
      status: 422,
      feature: "prompt",
      message: 'The deployment answered with status 422 and refused the input "prompt": "field required".',
    });
  });

  test("waits for room on a server that is busy", async () => {
    await start(async ({ prompt }) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return prompt;
    });
    const client = createCogClient(single, {
      url: server.origin,
      retry: { retries: 50, minDelay: 10, maxDelay: 10 },
    });
    const both = await Promise.all([client.predict({ prompt: "a" }), client.predict({ prompt: "b" })]);
    expect(both).toEqual(["a", "b"]);
    const busy = failure(
      createCogClient(single, { url: server.origin, retry: false }).predict({ prompt: "c" }),
    );
    const other = await failure(
      createCogClient(single, { url: server.origin, retry: false }).predict({ prompt: "d" }),
    );
    expect([await busy, other]).toContainEqual(expect.objectContaining({ code: "rejected", status: 409 }));
  });

  test("is asked for again where the connection broke, and not made twice", async () => {
    let made = 0;
    await start(
      async () => {
        made += 1;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return "done";
      },
      { breaks: 1 },
    );
    const client = createCogClient(single, { url: server.origin, retry: quick });
    const work = client.predict({ prompt: "a" });
    await vi.waitFor(() => expect(server.requests).toHaveLength(2));
    expect(await work).toBe("done");
    expect(new Set(server.requests.map(({ url }) => url)).size).toBe(1);
    // It had ended before it was asked for the third time, and a server remembers none that has ended.
    expect(made).toBeLessThanOrEqual(2);
  });

  test.each(["abort", "timeout"])("is cancelled on %s", async (kind) => {
    await start(async (_, { signal }) => await until(signal));
    const client = createCogClient(single, { url: server.origin });
    const controller = new AbortController();
    const options = kind === "abort" ? { signal: controller.signal } : { timeout: 80 };
    const work = failure(client.predict({ prompt: "a" }, options));
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    controller.abort();
    expect(await work).toMatchObject({ code: kind === "abort" ? "aborted" : "timeout" });
    await vi.waitFor(() => expect(server.cancelled).toHaveLength(1));
    expect(server.requests[0]?.url).toBe(`/predictions/${server.cancelled[0]}`);
    expect(server.requests).toHaveLength(2);
  });

  test("gives files that are fetched when they are asked for", async () => {
    await start(() => "data:image/png;base64,iVBORw==");
    const file = await createCogClient(picture, { url: server.origin }).predict({ prompt: "a" });
    expect(file).toEqual({ url: "data:image/png;base64,iVBORw==" });
    expect(await file.bytes()).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
  });

  test("gives one text of its pieces", async () => {
    await start((_, { emit }) => ["On", "io", "ns"].forEach((token) => emit(token)));
    expect(await createCogClient(tokens, { url: server.origin }).predict({ prompt: "a" })).toBe("Onions");
  });

  test("is refused where the output has another shape", async () => {
    await start(() => ({ not: "text" }));
    const error = await failure(createCogClient(single, { url: server.origin }).predict({ prompt: "a" }));
    expect(error).toMatchObject({ code: "bad-reply" });
  });
});

describe("many predictions on a Cog server", () => {
  test("are made one at a time, in order", async () => {
    let running = 0;
    let most = 0;
    await start(async ({ prompt }) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return prompt;
    });
    const client = createCogClient(single, { url: server.origin });
    const inputs = ["a", "b", "c"].map((prompt) => ({ prompt }));
    expect(await client.predictMany(inputs)).toEqual(["a", "b", "c"]);
    const streamed: string[] = [];
    for await (const text of client.predictStream(inputs)) streamed.push(text);
    expect(streamed).toEqual(["a", "b", "c"]);
    expect(most).toBe(1);
  });

  test("name the input at fault", async () => {
    await start(({ prompt }) => {
      if (prompt === "b") throw new Error("no");
      return prompt;
    });
    const client = createCogClient(single, { url: server.origin });
    const inputs = ["a", "b", "c"].map((prompt) => ({ prompt }));
    expect(await failure(client.predictMany(inputs))).toMatchObject({ code: "deployment-error", row: 1 });
  });
});

describe("the stream of a prediction", () => {
  const collect = async (items: AsyncIterable<unknown>): Promise<unknown[]> => {
    const all: unknown[] = [];
    for await (const item of items) all.push(item);
    return all;
  };

  test("brings items as they come", async () => {
    let goOn = (): void => undefined;
    await start(
      async (_, { emit }) => {
        emit(1);
        await new Promise<void>((resolve) => (goOn = resolve));
        emit(2);
      },
      { streams: true },
    );
    const seen: number[] = [];
    for await (const item of createCogClient(numbers, { url: server.origin }).stream({ prompt: "a" })) {
      seen.push(item);
      if (item === 1) goOn();
    }
    expect(seen).toEqual([1, 2]);
    expect(server.requests.map(({ headers }) => headers.accept)).toEqual(["text/event-stream"]);
    expect(server.cancelled).toEqual([]);
  });

  test("is one whole where the model has not been told to stream", async () => {
    await start((_, { emit }) => [1, 2, 3].forEach((item) => emit(item)));
    const client = createCogClient(numbers, { url: server.origin });
    expect(await collect(client.stream({ prompt: "a" }))).toEqual([1, 2, 3]);
    expect(server.requests.map(({ method }) => method)).toEqual(["PUT", "PUT"]);
  });

  test("fails as the prediction does, after the items before", async () => {
    await start(
      (_, { emit }) => {
        emit(1);
        throw new Error("no more");
      },
      { streams: true },
    );
    const seen: unknown[] = [];
    const work = (async () => {
      for await (const item of createCogClient(numbers, { url: server.origin }).stream({ prompt: "a" }))
        seen.push(item);
    })();
    expect(await failure(work)).toMatchObject({
      code: "deployment-error",
      message: 'The prediction failed: "no more".',
    });
    expect(seen).toEqual([1]);
    expect(server.cancelled).toEqual([]);
  });

  test("is cancelled where the loop is left, and where the call is aborted", async () => {
    await start(
      async (_, { emit, signal }) => {
        emit(1);
        await until(signal);
      },
      { streams: true },
    );
    const client = createCogClient(numbers, { url: server.origin });
    for await (const item of client.stream({ prompt: "a" })) if (item === 1) break;
    await vi.waitFor(() => expect(server.cancelled).toHaveLength(1));

    const controller = new AbortController();
    const work = (async () => {
      for await (const _ of client.stream({ prompt: "a" }, { signal: controller.signal })) controller.abort();
    })();
    expect(await failure(work)).toMatchObject({ code: "aborted" });
    await vi.waitFor(() => expect(server.cancelled).toHaveLength(2));
  });
});
