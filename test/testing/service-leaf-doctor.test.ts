import { createClient, deployment, isErrorReply } from "leaf-doctor";
import type { Input, Operations } from "leaf-doctor";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorReply, mockHandler, mockTransport } from "../../src/runtime/src/testing/service.js";
import { sendRaw, serveMock } from "./serve-mock.js";
import type { MockFailure } from "../../src/runtime/src/testing/service.js";
import type { RawReply, ServedMock } from "./serve-mock.js";

const token = "hunter2-leaf-token";
const row: Input = { plant: "tomato", temperature: 21.5, spots: [1.25, 3] };
const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

let mock: ServedMock;
beforeAll(async () => {
  mock = await serveMock(mockHandler<Operations>(deployment, { seed: 1, token }));
});
afterAll(async () => await mock.close());

const client = (): ReturnType<typeof createClient> =>
  createClient({ url: `${mock.origin}/v2`, token, retry: false, validate: "strict" });

describe("leaf-doctor against its mock", () => {
  test("answers every operation in its own types, and alike every time", async () => {
    const first = await client().predict(row);
    expect(Object.values(first.probabilities).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
    expect(await client().predict({ spots: [1.25, 3], temperature: 21.5, plant: "tomato" })).toEqual(first);
    expect(await client().predict({ ...row, temperature: 21.6 })).not.toEqual(first);
    expect(await client().health()).toBeDefined();
    const asked = { picture, plant: "vine", top_k: 2, threshold: 0.5, "x-request-id": "r-1" } as const;
    const diagnosis = await client().predictPicture(asked);
    expect(await client().predictPicture(asked)).toEqual(diagnosis);
    expect(await client().predictPicture({ ...asked, threshold: 0.6 })).not.toEqual(diagnosis);
    const words: unknown[] = [];
    for await (const word of client().explain({ disease: "leaf-rust" })) words.push(word);
    expect(words.length).toBeGreaterThanOrEqual(3);
    const diseases = await client().listDiseases({ plant: "wheat", severity: ["mild", "severe"] });
    expect(diseases).not.toEqual(await client().listDiseases({ plant: "wheat" }));
  });

  test("answers alike in memory and over HTTP, by seed", async () => {
    const over = await client().predict(row);
    const within = (seed: number): ReturnType<typeof createClient> =>
      createClient({ transport: mockTransport<Operations>(deployment, { seed }), token });
    expect(await within(1).predict(row)).toEqual(over);
    expect(await within(2).predict(row)).not.toEqual(over);
  });

  test("shows what it was asked, and answers as it is told", async () => {
    const transport = mockTransport<Operations>(deployment, {
      answers: {
        predict: ({ plant }) => ({
          disease: plant === "tomato" ? "healthy" : "leaf-rust",
          probabilities: { healthy: 1, "leaf-rust": 0, "powdery mildew": 0 },
        }),
        async *explain({ disease }) {
          yield { index: 0, text: disease };
          yield { index: 1, text: " is no joke" };
        },
        predictPicture: (input) =>
          input.plant === "vine"
            ? errorReply(413, { message: "8 MB at most", limit: 8_000_000 })
            : errorReply(422, {}),
      },
    });
    const own = createClient({ transport, validate: "strict", retry: false });
    expect(await own.predict(row)).toMatchObject({ disease: "healthy" });
    const words: string[] = [];
    for await (const { text } of own.explain({ disease: "leaf-rust" })) words.push(text);
    expect(words).toEqual(["leaf-rust", " is no joke"]);
    const error = await own.predictPicture({ picture, plant: "vine" }).catch((caught: unknown) => caught);
    if (!isErrorReply(error, "predictPicture", 413)) throw error;
    expect(error.reply.limit).toBe(8_000_000);
    expect(transport.calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      ...["POST /v2/predict", "POST /v2/explain", "POST /v2/predict/picture"],
    ]);
  });
});

describe("failures that are arranged", () => {
  const failing = (failure: MockFailure, retries = 0): ReturnType<typeof createClient> =>
    createClient({
      transport: mockTransport<Operations>(deployment, { failures: [failure] }),
      validate: "strict",
      retry: { retries, minDelay: 1, maxDelay: 2 },
    });

  test("are told as the description documents them", async () => {
    const large = await caught(failing({ status: 413 }).predictPicture({ picture, plant: "vine" }));
    if (!isErrorReply(large, "predictPicture", 413)) throw large;
    expect(large.reply.message).toBe("This failure is arranged.");
    const wrong = await caught(failing({ status: 422 }).predict(row));
    if (!isErrorReply(wrong, "predict", 422)) throw wrong;
    expect(wrong.reply.detail?.[0]?.msg).toBe("This failure is arranged.");
    const words = 'The service answered with status 500 and said "This failure is arranged.".';
    expect(await caught(failing({ status: 500 }).predict(row))).toMatchObject({
      status: 500,
      message: words,
    });
    expect(await caught(failing({ status: "unreachable" }).predict(row))).toMatchObject({
      code: "connection",
    });
  });

  test("are over when they are over", async () => {
    expect(await failing({ status: 503, times: 2, retryAfter: 0 }, 2).predict(row)).toHaveProperty("disease");
  });
});

const json = { "content-type": "application/json", authorization: `Bearer ${token}` };
const send = async (path: string, body?: unknown, method: string = "POST"): Promise<RawReply> =>
  await sendRaw(`${mock.origin}${path}`, {
    method,
    headers: json,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });

describe("what is sent raw", () => {
  test("is answered where it is right", async () => {
    const reply = await send("/v2/predict", row);
    expect([reply.status, reply.headers["content-type"]]).toEqual([200, "application/json"]);
    expect(reply.json).toEqual(await client().predict(row));
    expect((await send("/anywhere/else/v2/predict", row)).status).toBe(200);
  });
});

async function caught(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => "no failure",
    (error: unknown) => error,
  );
}
