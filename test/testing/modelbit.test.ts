import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
import type { ModelbitClient, ModelbitDeployment } from "@gen-deploy/runtime/modelbit";
import { mockHandler, mockTransport } from "@gen-deploy/runtime/testing/modelbit";
import type { MemoryTransport } from "@gen-deploy/runtime/testing/modelbit";
import { createClient as createAdder } from "example-adder";
import { mockTransport as mockAdder } from "example-adder/testing";
import { createClient as createDictDoubler } from "example-dict-doubler";
import { mockTransport as mockDictDoubler } from "example-dict-doubler/testing";
import { createClient as createDoubler, isDeploymentError } from "example-doubler";
import { mockTransport as mockDoubler } from "example-doubler/testing";
import { describe, expect, test } from "vitest";
import { rawCall } from "./raw-call.js";

const url = "https://acme.us-east-1.modelbit.com/v1/example/latest";

/** A function of every kind of argument. */
interface Call {
  kind: "cat" | "dog";
  weights: readonly number[];
  count: number;
  note?: string;
}
interface Answer {
  kind: string;
  score: number;
  scan: Uint8Array;
}
const shapes = {
  Answer: {
    type: "object",
    members: {
      kind: { shape: { type: "enum", values: ["cat", "dog"] } },
      score: { shape: { type: "number", min: 0, max: 1 } },
      scan: { shape: { type: "file", form: "base64" } },
    },
  },
} as const;
const animals: ModelbitDeployment<Call, Answer, { Answer: Answer }> = {
  title: "Animals",
  url,
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["kind", "weights", "count", "note"],
  inputs: {
    kind: { shape: { type: "enum", values: ["cat", "dog"] } },
    weights: { shape: { type: "list", items: { type: "number" }, min: 1, max: 3 } },
    count: { shape: { type: "integer", min: 0, max: 9 } },
    note: { shape: { type: "text" }, optional: true },
  },
  output: { type: "named", name: "Answer" },
  shapes,
};
const frame = { ...animals, form: "rows" } as const;
const call: Call = { kind: "cat", weights: [1, 2.5], count: 3, note: "n" };

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

describe("what the function cannot be called with", () => {
  const wrong: readonly { name: string; given: unknown; raw: unknown; says: RegExp }[] = [
    { name: "no argument", given: {}, raw: [[0]], says: /missing .*'kind'/ },
    { name: "too few", given: { kind: "cat" }, raw: ["cat"], says: /missing .*'weights'/ },
    {
      name: "too many",
      given: { ...call, more: 1 },
      raw: ["cat", [1], 3, "n", 1],
      says: /takes 4 .* 5 were/,
    },
    {
      name: "a label",
      given: { ...call, kind: "cow" },
      raw: ["cow", [1], 3],
      says: /kind: Input should be 'cat' or 'dog'/,
    },
    {
      name: "a type",
      given: { ...call, count: "3" },
      raw: ["cat", [1], "3"],
      says: /count: .* valid integer/,
    },
    {
      name: "no whole number",
      given: { ...call, count: 1.5 },
      raw: ["cat", [1], 1.5],
      says: /count: .* fractional part/,
    },
    {
      name: "out of bounds",
      given: { ...call, count: 10 },
      raw: ["cat", [1], 10],
      says: /count: .* less than or equal to 9/,
    },
    {
      name: "too long",
      given: { ...call, weights: [1, 2, 3, 4] },
      raw: ["cat", [1, 2, 3, 4], 3],
      says: /weights: .* at most 3 items/,
    },
    {
      name: "inside",
      given: { ...call, weights: [1, "x"] },
      raw: ["cat", [1, "x"], 3],
      says: /weights\[1\]: .* valid number/,
    },
    {
      name: "null",
      given: { ...call, note: null },
      raw: ["cat", [1], 3, null],
      says: /note: .* valid string/,
    },
  ];

  test.each(wrong)("$name", async ({ given, raw, says }) => {
    const transport = mockTransport(animals);
    await expect(createAnyClient(transport).predict(given)).rejects.toSatisfy((error) =>
      isDeploymentError(error),
    );
    expect(transport.calls).toEqual([]);
    const { status, json } = await rawCall(mockHandler(animals), { url, json: { data: raw } });
    expect(status).toBe(200);
    expect(json).toEqual({ error: expect.stringMatching(/^Traceback \(most recent call last\):\n/) });
    const last = String(Reflect.get(Object(json), "error"))
      .trim()
      .split("\n")
      .at(-1);
    expect(last).toMatch(says);
    const batch = await rawCall(mockHandler(animals), {
      url,
      json: { data: [[7, ...Array.from(Object(raw))]] },
    });
    expect(batch.json).toHaveProperty("error");
  });

  const rows: readonly { name: string; data: unknown; says: RegExp }[] = [
    { name: "no batch", data: { ...call }, says: /DataFrame mode/ },
    { name: "positions", data: [[0, "cat", [1], 3]], says: /DataFrame mode/ },
    { name: "a missing column", data: [[0, { kind: "cat" }]], says: /KeyError: "weights"/ },
    { name: "another column", data: [[0, { ...call, more: 1 }]], says: /KeyError: .*"more"/ },
    { name: "a type", data: [[0, { ...call, count: "3" }]], says: /TypeError: count: .* valid integer/ },
  ];
  test.each(rows)("$name, in DataFrame mode", async ({ data, says }) => {
    const { json } = await rawCall(mockHandler(frame), { url, json: { data } });
    expect(json).toEqual({ error: expect.stringMatching(says) });
  });

  const bodies: readonly { name: string; body: string; says: RegExp }[] = [
    { name: "no JSON", body: "{", says: /not valid JSON/ },
    { name: "no object", body: "[]", says: /object with "data"/ },
    { name: "no data", body: "{}", says: /object with "data"/ },
    { name: "ids twice", body: '{"data":[[1,"cat",[1],1],["1","cat",[1],1]]}', says: /id "1" twice/ },
    { name: "an id of another kind", body: '{"data":[[null,"cat",[1],1]]}', says: /null for its id/ },
    { name: "a row that is no list", body: '{"data":[[0,"cat",[1],1],7]}', says: /row 1 .* is 7/ },
    { name: "a format", body: '{"data":1,"response_format":"files"}', says: /"files"/ },
    { name: "a time", body: '{"data":1,"timeout_seconds":0}', says: /timeout_seconds is 0/ },
    { name: "a long time", body: '{"data":1,"timeout_seconds":301}', says: /response_webhook/ },
  ];
  test.each(bodies)("$name, in the request", async ({ body, says }) => {
    const { status, json } = await rawCall(mockHandler(animals), { url, body });
    expect(status).toBe(400);
    expect(json).toEqual({ error: expect.stringMatching(says) });
  });

  test("no more than 20 MB, and no method but POST", async () => {
    const body = `{"data":"${"x".repeat(20_000_000)}"}`;
    expect((await rawCall(mockHandler(animals), { url, body })).status).toBe(413);
    expect((await rawCall(mockHandler(animals), { url, method: "PUT", body: "{}" })).status).toBe(405);
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

/** A client whose calls no compiler has looked at. */
function createAnyClient(transport: MemoryTransport): ModelbitClient<Record<string, unknown>, unknown> {
  const output = { type: "named", name: "Answer" } as const;
  const untyped: ModelbitDeployment<Record<string, unknown>> = { ...animals, output, shapes };
  return createModelbitClient(untyped, { transport });
}
