import { afterEach, describe, expect, test, vi } from "vitest";
import { createCogClient } from "../../src/runtime/src/cog/index.js";
import type { CogClientOptions } from "../../src/runtime/src/cog/index.js";
import { startReplicate, token } from "../servers/cog-replicate.js";
import type { ReplicateOptions, ReplicateServer } from "../servers/cog-replicate.js";
import type { FakeModel } from "../servers/cog-job.js";
import { numbers, picture, single, tokens } from "./cog-deployments.js";

let server: ReplicateServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const start = async (model: FakeModel, options?: ReplicateOptions): Promise<ReplicateServer> => {
  server = await startReplicate(model, options);
  return server;
};
const at = ({ origin }: ReplicateServer): CogClientOptions => ({ url: origin, version: "v1", token });
const upper: FakeModel = ({ prompt }) => String(prompt).toUpperCase();
const until = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => ({ succeeded: value }),
    (error: unknown) => error,
  );
const collect = async (items: AsyncIterable<unknown>): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
};

describe("a prediction on Replicate", () => {
  test.each([
    { name: "a model", options: { model: "o/n" }, path: "/v1/models/o/n/predictions", body: {} },
    { name: "a version", options: { version: "v1" }, path: "/v1/predictions", body: { version: "v1" } },
    {
      name: "a model's version",
      options: { model: "o/n", version: "v1" },
      path: "/v1/predictions",
      body: { version: "v1" },
    },
    {
      name: "a deployment",
      options: { deployment: "o/n" },
      path: "/v1/deployments/o/n/predictions",
      body: {},
    },
  ])("of $name waits for the first reply", async ({ options, path, body }) => {
    const { origin, requests } = await start(upper);
    const client = createCogClient(single, { url: origin, token, ...options });
    expect(await client.predict({ prompt: "a" }, { wait: 5 })).toBe("A");
    expect(requests.map(({ method, url, text }) => [method, url, JSON.parse(text)])).toEqual([
      ["POST", path, { ...body, input: { prompt: "a" } }],
    ]);
    expect(requests[0]?.headers).toMatchObject({ authorization: `Bearer ${token}`, prefer: "wait=5" });
  });

  test("is asked for until it is done", async () => {
    const replicate = await start(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      return "late";
    });
    expect(await createCogClient(single, { ...at(replicate), wait: 1 }).predict({ prompt: "a" })).toBe(
      "late",
    );
    const calls = replicate.requests.map(({ method, url }) => `${method} ${url}`);
    expect(calls).toEqual(["POST /v1/predictions", "GET /v1/predictions/p0"]);
  });

  test("fails in the model's own words, and in those of the API", async () => {
    const replicate = await start(() => {
      throw new Error("NSFW content detected");
    });
    const client = createCogClient(single, at(replicate));
    expect(await failure(client.predict({ prompt: "a" }))).toMatchObject({
      code: "deployment-error",
      message: 'The prediction failed: "NSFW content detected".',
    });
    const asked = createCogClient<{ other: number }, string, string, unknown>(
      { ...single, inputs: { other: { shape: { type: "integer" } } } },
      at(replicate),
    );
    expect(await failure(asked.predict({ other: 1 }))).toMatchObject({
      code: "rejected",
      feature: "prompt",
      message:
        'The deployment answered with status 422 and refused the input "prompt": "prompt is required".',
    });
    const stranger = createCogClient(single, { ...at(replicate), token: "r8-another-secret" });
    const error = await failure(stranger.predict({ prompt: "a" }));
    expect(error).toMatchObject({ code: "unauthorized", message: expect.stringContaining("valid token") });
  });

  test("fails without saying the token, though the model says it", async () => {
    const replicate = await start(() => {
      throw new Error(`no such token: ${token}`);
    });
    const error = await failure(createCogClient(single, at(replicate)).predict({ prompt: "a" }));
    expect(error).toMatchObject({ message: 'The prediction failed: "no such token: [redacted]".' });
    const stream = createCogClient(single, at(replicate)).stream({ prompt: "a" });
    expect(JSON.stringify(await failure(collect(stream)))).not.toContain(token);
  });

  test("is made again where the API was too busy to make it", async () => {
    const replicate = await start(upper, { busy: 2 });
    expect(await createCogClient(single, at(replicate)).predict({ prompt: "a" })).toBe("A");
    expect(replicate.requests).toHaveLength(3);
  });

  test("is cancelled on abort, while it is being made and later", async () => {
    const replicate = await start(async (_, { signal }) => await until(signal));
    const client = createCogClient(single, at(replicate));
    for (const delay of [50, 1_300]) {
      const controller = new AbortController();
      const work = failure(client.predict({ prompt: "a" }, { wait: 1, signal: controller.signal }));
      await new Promise((resolve) => setTimeout(resolve, delay));
      controller.abort();
      expect(await work).toMatchObject({ code: "aborted" });
      await vi.waitFor(() => expect(replicate.cancelled).toHaveLength(delay === 50 ? 1 : 2), 3_000);
    }
    expect(replicate.cancelled).toEqual(["p0", "p1"]);
  });

  test("gives files that are fetched without credentials", async () => {
    const replicate = await start(() => `${server?.origin}/files/out.png`);
    const file = await createCogClient(picture, at(replicate)).predict({ prompt: "a" });
    expect(new TextDecoder().decode(await file.bytes())).toBe("the file");
    const fetched = replicate.requests.at(-1);
    expect(fetched?.url).toBe("/files/out.png");
    expect(fetched?.headers.authorization).toBeUndefined();
  });

  test("sends no credentials elsewhere, whatever the reply says", async () => {
    const other = await startReplicate(upper, {});
    try {
      const slow: FakeModel = async (_, { signal }) => await until(signal);
      const replicate = await start(slow, { elsewhere: other.origin, streams: true });
      const client = createCogClient(single, { ...at(replicate), wait: 1 });
      expect(await failure(client.predict({ prompt: "a" }))).toMatchObject({ code: "bad-reply" });
      expect(
        await failure(collect(createCogClient(tokens, at(replicate)).stream({ prompt: "a" }))),
      ).toMatchObject({
        code: "bad-reply",
      });
      expect(other.requests).toEqual([]);
      expect(replicate.cancelled).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe("the stream of a prediction on Replicate", () => {
  const onions: FakeModel = async (_, { emit }) => {
    for (const piece of ["On", "io\n", "ns"]) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      emit(piece);
    }
  };

  test("comes from its own address, without credentials", async () => {
    const replicate = await start(onions, { streams: true });
    const client = createCogClient(tokens, at(replicate));
    expect(await collect(client.stream({ prompt: "a" }))).toEqual(["On", "io\n", "ns"]);
    const [made, streamed, ...others] = replicate.requests;
    expect(made?.headers["prefer"]).toBeUndefined();
    expect(streamed?.url).toBe("/stream/p0");
    expect(streamed?.headers.authorization).toBeUndefined();
    expect(others).toEqual([]);
  });

  test("goes on by asking where the stream breaks, with nothing twice", async () => {
    const replicate = await start(onions, { streams: "broken" });
    const client = createCogClient(tokens, at(replicate));
    const pieces = await collect(client.stream({ prompt: "a" }));
    expect(pieces.join("")).toBe("Onio\nns");
    expect(replicate.requests.some(({ url }) => url === "/v1/predictions/p0")).toBe(true);
  });

  test("asks where there is none", async () => {
    const replicate = await start((_, { emit }) => [1, 2].forEach((item) => emit(item)));
    expect(await collect(createCogClient(numbers, at(replicate)).stream({ prompt: "a" }))).toEqual([1, 2]);
  });

  test("reads items that are no text", async () => {
    const replicate = await start((_, { emit }) => [1, 2].forEach((item) => emit(item)), { streams: true });
    expect(await collect(createCogClient(numbers, at(replicate)).stream({ prompt: "a" }))).toEqual([1, 2]);
  });

  test("fails as the prediction does", async () => {
    const fails: FakeModel = async (_, { emit }) => {
      emit("On");
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error("no more");
    };
    const replicate = await start(fails, { streams: true });
    const work = collect(createCogClient(tokens, at(replicate)).stream({ prompt: "a" }));
    expect(await failure(work)).toMatchObject({ message: 'The prediction failed: "no more".' });
    expect(replicate.cancelled).toEqual([]);
  });

  test("is cancelled where the loop is left", async () => {
    const replicate = await start(
      async (_, { emit, signal }) => {
        emit("On");
        await until(signal);
      },
      { streams: true },
    );
    for await (const piece of createCogClient(tokens, at(replicate)).stream({ prompt: "a" }))
      if (piece === "On") break;
    await vi.waitFor(() => expect(replicate.cancelled).toEqual(["p0"]));
  });
});
