import { createCogClient } from "@gen-deploy/runtime/cog";
import type { CogClient, CogClientOptions, CogDeployment } from "@gen-deploy/runtime/cog";
import { mockHandler, mockTransport } from "@gen-deploy/runtime/testing/cog";
import type { MemoryTransport } from "@gen-deploy/runtime/testing/cog";
import { createClient, isDeploymentError } from "photo-restyler";
import type { Input as Photo } from "photo-restyler";
import { mockTransport as mockRestyler } from "photo-restyler/testing";
import { describe, expect, test } from "vitest";
import { numbers, picture, single, tokens } from "../cog/cog-deployments.js";
import type { Input } from "../cog/cog-deployments.js";
import { rawCall } from "./raw-call.js";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const photo: Photo = { photo: png, style: "ink" };

/** Where predictions are made. */
const places: readonly (readonly [string, CogClientOptions])[] = [
  ["a server of its own", { url: "http://localhost:5000" }],
  ["Replicate, a model's latest version", { url: "http://localhost", model: "me/painter", token: "t" }],
  ["Replicate, a version", { version: "0a1b", token: "t" }],
  ["Replicate, a deployment", { deployment: "me/painter", token: "t" }],
];

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe.each(places)("on %s", (_, options) => {
  test("a sample's client is answered, and again alike", async () => {
    const transport = mockRestyler({ seed: 3 });
    const client = createClient({ ...options, transport });
    const file = await client.predict(photo);
    expect(file.url).toMatch(/^data:[\w/+.-]+;base64,/);
    expect((await client.predict({ photo: new Blob([png]), style: "ink" })).url).toBe(file.url);
    expect((await client.predict({ ...photo, style: "oil" })).url).not.toBe(file.url);
    expect(await client.predictMany([photo, { ...photo, seed: 1 }])).toHaveLength(2);
    expect(transport.calls).toHaveLength(5);
  });

  test("a stream gives what the whole output has", async () => {
    const ints = createCogClient(numbers, { ...options, transport: mockTransport(numbers) });
    const all = await ints.predict({ prompt: "a" });
    expect(all.length).toBeGreaterThan(0);
    expect(await collect(ints.stream({ prompt: "a" }))).toEqual(all);
    const text = createCogClient(tokens, { ...options, transport: mockTransport(tokens) });
    const pieces = await collect(text.stream({ prompt: "a" }));
    expect(pieces.join("")).toBe(await text.predict({ prompt: "a" }));
  });

  test("answers are the test's own", async () => {
    const file = createClient({
      ...options,
      transport: mockRestyler({
        answers: ({ style, photo: given }) => {
          const bytes = typeof given === "object" && "bytes" in given ? given.bytes : new Uint8Array();
          return style === "ink" && bytes instanceof Uint8Array ? bytes : "https://example.com/a.png";
        },
      }),
    });
    expect((await file.predict(photo)).url).toMatch(/^data:image\/png;base64,/);
    expect(await (await file.predict(photo)).bytes()).toEqual(png);
    expect((await file.predict({ ...photo, style: "oil" })).url).toBe("https://example.com/a.png");
    const list = mockTransport<Input, number[]>(numbers, { answers: ({ prompt }) => [prompt.length, 7] });
    expect(
      await createCogClient(numbers, { ...options, transport: list }).predict({ prompt: "abc" }),
    ).toEqual([3, 7]);
    const words = mockTransport<Input, string>(tokens, {
      answers: () => Promise.resolve(" two\nlines and  more "),
    });
    const text = createCogClient(tokens, { ...options, transport: words });
    expect(await text.predict({ prompt: "" })).toBe(" two\nlines and  more ");
    expect((await collect(text.stream({ prompt: "" }))).join("")).toBe(" two\nlines and  more ");
  });

  test("what answers throws fails the prediction", async () => {
    const transport = mockTransport<Input, string>(tokens, {
      answers: () => {
        throw new Error("NSFW content detected");
      },
    });
    const client = createCogClient(tokens, { ...options, transport });
    const failed = { code: "deployment-error", message: 'The prediction failed: "NSFW content detected".' };
    await expect(client.predict({ prompt: "a" })).rejects.toMatchObject(failed);
    await expect(collect(client.stream({ prompt: "a" }))).rejects.toMatchObject(failed);
  });

  test("what answers may not give tells the test's author so, at once", async () => {
    const transport = mockTransport<Input, unknown>(numbers, { answers: () => ["x"] });
    const client = createCogClient(numbers, { ...options, transport });
    await expect(client.predict({ prompt: "a" })).rejects.toMatchObject({
      code: "bad-options",
      message: expect.stringMatching(/option answers.*"x"/),
    });
    const { calls } = mockTransport(numbers);
    expect(calls).toEqual([]);
    const whole = mockTransport<Input, unknown>(numbers, { answers: () => 7 });
    await expect(
      createCogClient(numbers, { ...options, transport: whole }).predict({ prompt: "a" }),
    ).rejects.toMatchObject({ code: "bad-options", message: expect.stringContaining("must be a list") });
  });

  test("failures are arranged", async () => {
    const failing = mockRestyler({ failures: [{ status: 503, times: 1, retryAfter: 0 }] });
    const client = createClient({ ...options, transport: failing, retry: { minDelay: 1 } });
    expect((await client.predict(photo)).url).toMatch(/^data:/);
    expect(failing.calls).toHaveLength(2);
  });
});

/** Inputs that are wrong, and where, and how clients call it. */
const wrong: readonly { name: string; given: unknown; field: string; code: string }[] = [
  { name: "an input is missing", given: {}, field: "prompt", code: "missing-feature" },
  { name: "text is a number", given: { prompt: 7 }, field: "prompt", code: "wrong-type" },
  { name: "null", given: { prompt: null }, field: "prompt", code: "wrong-type" },
  { name: "null for an optional one", given: { prompt: "a", seed: null }, field: "seed", code: "wrong-type" },
  { name: "a label", given: { prompt: "a", style: "chalk" }, field: "style", code: "unknown-label" },
  { name: "a number is text", given: { prompt: "a", seed: "1" }, field: "seed", code: "wrong-type" },
  { name: "no whole number", given: { prompt: "a", seed: 1.5 }, field: "seed", code: "wrong-type" },
  { name: "out of bounds", given: { prompt: "a", seed: 101 }, field: "seed", code: "out-of-range" },
  { name: "no address", given: { prompt: "a", image: "photo.png" }, field: "image", code: "wrong-type" },
  { name: "no file", given: { prompt: "a", image: { a: 1 } }, field: "image", code: "wrong-type" },
];

/** The same, and what clients let through as an address. */
const wrongRaw = [
  ...wrong,
  { name: "no base64", given: { prompt: "a", image: "data:image/png;base64,***" }, field: "image" },
];

describe("an input that the model does not take", () => {
  test.each(wrong)("$name: the client refuses it", async ({ given, field, code }) => {
    const transport = mockTransport(single);
    const refused = createAnyClient(transport).predict(Object(given));
    await expect(refused).rejects.toMatchObject({ code, feature: field });
    expect(transport.calls).toEqual([]);
  });

  test.each(wrongRaw)("$name: a server refuses it", async ({ given, field }) => {
    const reply = await rawCall(mockHandler(single), {
      ...{ url: "http://localhost:5000/predictions", json: { input: given } },
    });
    expect(reply.status).toBe(422);
    const detail = [
      { loc: ["body", "input", field], msg: expect.any(String), type: expect.stringMatching(/^value_error/) },
    ];
    expect(reply.json).toEqual({ detail });
  });

  test.each(wrongRaw)("$name: Replicate refuses it", async ({ given, field }) => {
    const reply = await rawCall(mockHandler(single), {
      ...{ url: "https://api.replicate.com/v1/predictions", json: { version: "v", input: given } },
    });
    expect(reply.status).toBe(422);
    expect(reply.json).toMatchObject({
      title: "Input validation failed",
      status: 422,
      invalid_fields: [{ field: `input.${field}`, description: expect.any(String) }],
    });
  });

  test("tells a client which input it is, and never what stands in others", async () => {
    const free: CogDeployment<Record<string, unknown>, string, string, unknown> = { ...untyped, inputs: {} };
    for (const [, options] of places) {
      const client = createCogClient(free, { ...options, transport: mockTransport(single) });
      const error: unknown = await client
        .predict({ prompt: "a", seed: 101 })
        .catch((thrown: unknown) => thrown);
      expect(isDeploymentError(error, "rejected")).toBe(true);
      expect(error).toMatchObject({ feature: "seed", status: 422 });
    }
  });

  test("is refused by a server where its name is not known, and passed over by Replicate", async () => {
    const input = { prompt: "a", colour: "red" };
    const server = await rawCall(mockHandler(single), { url: "http://a/predictions", json: { input } });
    const detail = [
      { loc: ["body", "input", "colour"], msg: "Unexpected field 'colour'", type: "value_error.extra" },
    ];
    expect([server.status, server.json]).toEqual([422, { detail }]);
    const url = "http://a/v1/models/me/painter/predictions";
    const headers = { prefer: "wait" };
    const replicate = await rawCall(mockHandler(single), { url, headers, json: { input } });
    expect([replicate.status, replicate.json]).toMatchObject([201, { status: "succeeded" }]);
    const without = await rawCall(mockHandler(single), { url, headers, json: { input: { prompt: "a" } } });
    expect(Reflect.get(Object(replicate.json), "output")).toBe(Reflect.get(Object(without.json), "output"));
  });
});

test("seeds make other answers, and files of pictures are pictures", async () => {
  const urlOf = async (seed: number): Promise<string> => {
    const client = createCogClient(picture, { url: "http://a", transport: mockTransport(picture, { seed }) });
    return (await client.predict({ prompt: "a" })).url;
  };
  expect(await urlOf(1)).toBe(await urlOf(1));
  expect(await urlOf(1)).not.toBe(await urlOf(2));
});

const untyped = {
  ...single,
  framing: { ...single.framing, output: "value" },
  output: { type: "text" },
} as const;

/** A client whose inputs no compiler has looked at. */
function createAnyClient(transport: MemoryTransport): CogClient<Record<string, unknown>, string, string> {
  const deployment: CogDeployment<Record<string, unknown>, string, string> = untyped;
  return createCogClient<Record<string, unknown>, string, string, unknown>(deployment, {
    url: "http://a",
    transport,
  });
}
