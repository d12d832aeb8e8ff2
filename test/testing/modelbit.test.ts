import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
import { mockHandler, mockTransport } from "@gen-deploy/runtime/testing/modelbit";
import { createClient as createAdder } from "example-adder";
import { mockTransport as mockAdder } from "example-adder/testing";
import { createClient as createDictDoubler } from "example-dict-doubler";
import { mockTransport as mockDictDoubler } from "example-dict-doubler/testing";
import { createClient as createDoubler, isDeploymentError } from "example-doubler";
import { mockTransport as mockDoubler } from "example-doubler/testing";
import { describe, expect, test } from "vitest";
import { animals, call, frame, url } from "./modelbit-function.js";
import type { Answer, Call } from "./modelbit-function.js";
import { rawCall } from "./raw-call.js";

describe("a sample's client against its mock", () => {
  test("calls once, often, and bare", async () => {
    const doubler = createDoubler({ url, transport: mockDoubler() });
    const one = await doubler.predict(10);
    expect(typeof one).toBe("number");
    expect(await doubler.predict({ half: 10 })).toBe(one);
    expect((await doubler.predictMany([1, 10, 3]))[1]).toBe(one);
    const dict = createDictDoubler({ url, transport: mockDictDoubler() });
    expect(await dict.predict({ value: 2 })).toEqual({ value: expect.any(Number) });
    const adder = createAdder({ url, transport: mockAdder() });
    expect(await adder.predict({ a: 1, b: 2, c: 3 })).toBe(await adder.predict({ c: 3, b: 2, a: 1 }));
  });

  test("gives what a function of the test's own gives, in the order of the rows", async () => {
    const transport = mockAdder({ answers: ({ a, b, c }) => a + b + c });
    const rows = Array.from({ length: 30 }, (_, a) => ({ a, b: 1, c: 1 }));
    const client = createAdder({ url, transport });
    expect(await client.predictMany(rows, { batchSize: 12 })).toEqual(rows.map(({ a }) => a + 2));
    expect(transport.calls).toHaveLength(3);
  });
});

describe("answers", () => {
  const predict = async (seed: number, given: Call, deployment = animals): Promise<Answer> =>
    await createModelbitClient(deployment, { transport: mockTransport(deployment, { seed }) }).predict(given);

  test("follow from the seed and the row alone", async () => {
    const first = await predict(1, call);
    expect(await predict(1, { ...call })).toEqual(first);
    expect(await predict(2, call)).not.toEqual(first);
    expect(await predict(1, { ...call, count: 4 })).not.toEqual(first);
    const many = createModelbitClient(animals, { transport: mockTransport(animals, { seed: 1 }) });
    expect(await many.predictMany([{ ...call, count: 1 }, call])).toContainEqual(first);
    expect(await predict(1, call, frame)).toEqual(first);
    expect(first).toEqual({
      kind: expect.stringMatching(/^cat$|^dog$/),
      score: expect.any(Number),
      scan: expect.any(Uint8Array),
    });
  });

  test("come by a link that takes no credentials", async () => {
    const transport = mockTransport(animals, { seed: 1, token: "the-key" });
    const client = createModelbitClient(animals, { transport, token: "the-key", responseFormat: "links" });
    expect(await client.predict(call)).toEqual(await predict(1, call));
    const [asked, linked] = transport.calls;
    expect(asked?.headers["authorization"]).toBe("the-key");
    expect(linked).toMatchObject({ method: "GET" });
    expect(linked?.headers["authorization"]).toBeUndefined();
    const wrong = await rawCall(mockHandler(animals), {
      method: "GET",
      url: `${url}/results/0?X-Signature=x`,
    });
    expect(wrong.status).toBe(405);
  });

  test("of a batch come sorted by the text of their ids, which may be text", async () => {
    const handler = mockHandler<Call, Answer>(animals, {
      answers: ({ count }) => ({ kind: "cat", score: count / 10, scan: new Blob(["x"]) }),
    });
    const rows = ["b", 10, 9, "a"].map((id, count) => [id, "cat", [1], count]);
    const { json } = await rawCall(handler, { url, json: { data: rows } });
    const result = (count: number): unknown => ({ kind: "cat", score: count / 10, scan: "eA==" });
    expect(json).toEqual({
      data: [
        ["a", result(3)],
        ["b", result(0)],
        [10, result(1)],
        [9, result(2)],
      ],
    });
  });

  test("that are not as described tell the test's author so, at once", async () => {
    const transport = mockTransport<Call, Answer>(animals, {
      answers: () => ({ kind: "cow", score: 0.5, scan: new Uint8Array() }),
    });
    const error: unknown = await createModelbitClient(animals, { transport })
      .predict(call)
      .catch((thrown: unknown) => thrown);
    expect(isDeploymentError(error, "bad-options")).toBe(true);
    expect(error).toHaveProperty("message", expect.stringMatching(/option answers.*"cow"/));
    expect(transport.calls).toHaveLength(1);
  });

  test("that are thrown are errors of the function's own", async () => {
    const transport = mockTransport<Call, Answer>(animals, {
      answers: ({ count }) => {
        throw new RangeError(`no ${count} of them`);
      },
    });
    await expect(createModelbitClient(animals, { transport }).predict(call)).rejects.toMatchObject({
      code: "deployment-error",
      serverCode: "RangeError",
      message: expect.stringContaining("no 3 of them"),
    });
  });
});

describe("a deployment", () => {
  test("is called by its branches and versions", async () => {
    const transport = mockDoubler();
    const client = createDoubler({ url, transport });
    const one = await client.predict(1);
    expect(await client.predict(1, { branch: "try", version: 4, timeoutSeconds: 300 })).toBe(one);
    expect(transport.calls.map((seen) => new URL(seen.url).pathname)).toEqual([
      "/v1/example/latest",
      "/v1/example/try/4",
    ]);
  });

  test("asks for its key, raw", async () => {
    const transport = mockDoubler({ token: "the-key" });
    await expect(createDoubler({ url, transport }).predict(1)).rejects.toMatchObject({
      code: "unauthorized",
    });
    await expect(createDoubler({ url, transport, token: "another" }).predict(1)).rejects.toMatchObject({
      code: "unauthorized",
    });
    expect(await createDoubler({ url, transport, token: "the-key" }).predict(1)).toEqual(expect.any(Number));
    const bearer = { authorization: "Bearer the-key" };
    const { status, json } = await rawCall(mockHandler(animals, { token: "the-key" }), {
      ...{ url, headers: bearer, json: { data: 1 } },
    });
    expect([status, json]).toEqual([401, { error: expect.not.stringContaining("the-key") }]);
  });

  test("fails as arranged, and is called again", async () => {
    const transport = mockDoubler({ failures: [{ status: 503, times: 2, retryAfter: 0 }] });
    expect(await createDoubler({ url, transport }).predict(1)).toEqual(expect.any(Number));
    expect(transport.calls).toHaveLength(3);
  });
});
