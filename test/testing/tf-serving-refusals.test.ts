import { createClient as createBert, deployment as bert } from "bert";
import { createClient as createHalf, deployment as half } from "half-plus-two";
import { createClient as createHouses, deployment as houses } from "house-prices";
import { createClient as createFlowers, deployment as flowers } from "image-classifier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mockHandler, mockTransport } from "../../src/runtime/src/testing/tf-serving.js";
import { sampleModels } from "../servers/tf-serving-sample-models.js";
import { askRaw } from "../servers/tf-serving-raw.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { TfServing } from "../servers/tf-serving-server.js";
import { untyped } from "../tf-serving/client-deployment.js";
import { askMock } from "./tf-serving-ask.js";

/*
 * Rows that are wrong: the client sends none of them, and the mock refuses them where they are sent past it, in the
 * words of the independent server of the other tests wherever that looks at them too.
 */

const url = "http://mock.invalid/v1/models/m";

const home = {
  ...{ CRIM: 0.00632, ZN: 18, INDUS: 2.31, CHAS: false, NOX: 0.538, RM: 6.5, AGE: 65.2, DIS: 4.09 },
  ...{ RAD: 1, TAX: 296, PTRATIO: 15.3, TOWN: "Nahant", LSTAT: 4.98 },
};
const { TOWN: _town, ...homeless } = home;
const words = { attention_mask: [1, 1], input_ids: [1, 2], token_type_ids: [0, 0] };
const example = { CRIM: 1.5, RM: 6.5, TAX: 296 };

const clients = {
  half: async (row: unknown) => {
    const transport = mockTransport(half);
    return await sent(transport.calls, () =>
      createHalf({ url, transport }).predict(untyped(row, { x: [1] })),
    );
  },
  houses: async (row: unknown) => {
    const transport = mockTransport(houses);
    return await sent(transport.calls, () => createHouses({ url, transport }).predict(untyped(row, home)));
  },
  bert: async (row: unknown) => {
    const transport = mockTransport(bert);
    return await sent(transport.calls, () => createBert({ url, transport }).predict(untyped(row, words)));
  },
  flowers: async (row: unknown) => {
    const transport = mockTransport(flowers);
    const like = { image_bytes: new Uint8Array(), key: "" };
    return await sent(transport.calls, () => createFlowers({ url, transport }).predict(untyped(row, like)));
  },
};

/** How a call ended, and how many requests it came to. */
async function sent(calls: readonly unknown[], call: () => Promise<unknown>) {
  const [outcome] = await Promise.allSettled([call()]);
  return { outcome, requests: calls.length };
}

const mocks = {
  half: mockHandler(half),
  houses: mockHandler(houses),
  bert: mockHandler(bert),
  flowers: mockHandler(flowers),
};
const names = { half: "half_plus_two", houses: "houses", bert: "bert", flowers: "flowers" };

interface Wrong {
  readonly what: string;
  readonly model: keyof typeof mocks;
  readonly row: unknown;
  /** The row as JSON, where that cannot say it as it is. */
  readonly raw?: string;
  readonly code: string;
  readonly says: string;
  /** The graph sees it, and not the server: the words are TensorFlow's, and the other server has no graph for them. */
  readonly graph?: true;
}

const wrong: readonly Wrong[] = [
  {
    what: "a missing feature",
    model: "houses",
    row: homeless,
    code: "missing-feature",
    says: "keys must be equal to: AGE,CHAS",
  },
  {
    what: "an unknown feature",
    model: "houses",
    row: { ...home, SEA: 1 },
    code: "unknown-feature",
    says: "does not have named input: SEA",
  },
  {
    what: "text for a number",
    model: "houses",
    row: { ...home, RM: "6" },
    code: "wrong-type",
    says: "Type: String is not of expected type: float",
  },
  {
    what: "null",
    model: "houses",
    row: { ...home, DIS: null },
    code: "wrong-type",
    says: "Type: Null is not of expected type: double",
  },
  {
    what: "a fraction for an integer",
    model: "houses",
    row: { ...home, RAD: 1.5 },
    code: "wrong-type",
    says: "JSON Value: 1.5 Type: Number is not of expected type: int32",
  },
  {
    what: "an integer out of range",
    model: "houses",
    row: { ...home, RAD: 2 ** 31 },
    code: "wrong-type",
    says: "is not of expected type: int32",
  },
  {
    what: "an int64 out of range",
    model: "houses",
    row: { ...home, TAX: 2n ** 63n },
    raw: JSON.stringify({ ...home, TAX: "?" }).replace('"?"', "9223372036854775808"),
    code: "wrong-type",
    says: "is not of expected type: int64",
  },
  {
    what: "a number for a boolean",
    model: "houses",
    row: { ...home, CHAS: 2 },
    code: "wrong-type",
    says: "is not of expected type: bool",
  },
  {
    what: "a number for text",
    model: "houses",
    row: { ...home, TOWN: 5 },
    code: "wrong-type",
    says: "is not of expected type: string",
  },
  {
    what: "a list for a single value",
    model: "houses",
    row: { ...home, ZN: [1, 2] },
    code: "wrong-shape",
    says: "Incompatible shapes: [1,2] vs. [?]",
    graph: true,
  },
  {
    what: "an object for a number",
    model: "houses",
    row: { ...home, ZN: { a: 1 } },
    code: "wrong-type",
    says: "Type: Object is not of expected type: float",
  },
  {
    what: "a row that is too long",
    model: "half",
    row: { x: [1, 2] },
    code: "wrong-shape",
    says: "Incompatible shapes: [1,2] vs. [?,1]",
    graph: true,
  },
  {
    what: "a row that is too deep",
    model: "half",
    row: { x: [[1], [2]] },
    code: "wrong-shape",
    says: "Incompatible shapes: [1,2,1] vs. [?,1]",
    graph: true,
  },
  {
    what: "lists of different lengths",
    model: "half",
    row: { x: [[1], [2, 3]] },
    code: "wrong-shape",
    says: "Encountered list at unexpected size: 2 at level: 1 expected size: 1",
  },
  {
    what: "lists of different depths",
    model: "half",
    row: { x: [1, [2]] },
    code: "wrong-shape",
    says: "Encountered list at unexpected level: 1 expected < 1",
  },
  {
    what: "a fraction among ids",
    model: "bert",
    row: { ...words, input_ids: [1, 2.5] },
    code: "wrong-type",
    says: "is not of expected type: int64",
  },
  {
    what: "no list of ids",
    model: "bert",
    row: { ...words, input_ids: 5 },
    code: "wrong-type",
    says: "Incompatible shapes: [1] vs. [?,?]",
    graph: true,
  },
  {
    what: "a number for a picture",
    model: "flowers",
    row: { image_bytes: 5, key: "a" },
    code: "wrong-type",
    says: "is not of expected type: string",
  },
];

let judge: TfServing;
beforeAll(async () => {
  judge = await startTfServing({ models: sampleModels });
});
afterAll(() => judge.close());

describe("a wrong row", () => {
  test.each(wrong)("$what is not sent by the client", async ({ model, row, code }) => {
    const { outcome, requests } = await clients[model](row);
    expect(outcome).toMatchObject({ status: "rejected", reason: { code } });
    expect(requests).toBe(0);
  });

  test.each(wrong)("$what is refused when it is sent raw", async ({ model, row, raw, says, graph }) => {
    const body = `{"instances":[${raw ?? JSON.stringify(row)}]}`;
    const path = `/v1/models/${names[model]}:predict`;
    const { status, type, body: refusal } = await askMock(mocks[model], "POST", path, body);
    expect({ status, type }).toEqual({ status: 400, type: "application/json" });
    expect(refusal).toContain(says);
    if (graph === true) return;
    expect(await askRaw(judge.origin, { method: "POST", path, body })).toMatchObject({
      status,
      body: refusal,
    });
  });
});

describe("a wrong example", () => {
  const { CRIM: _crim, ...poorer } = example;
  const { RM: _rm, ...roomless } = example;
  test.each([
    {
      what: "a missing feature",
      body: poorer,
      says: "Name: <unknown>, Feature: CRIM (data type: float) is required but could not be found.",
    },
    {
      what: "an integer for a float",
      body: { ...example, RM: 6 },
      says: "Key: RM, Index: 0.  Data types don't match. Data type: int64 but expected type: float",
    },
    {
      what: "text for an integer",
      body: { ...example, TAX: "1" },
      says: "Data type: string but expected type: int64",
    },
    {
      what: "a list for a single value",
      body: { ...example, TAX: [1, 2] },
      says: "Number of int64 values != expected.  Values size: 2 but output shape: []",
    },
    {
      what: "an empty list for a value",
      body: { ...roomless, RM: [] },
      says: "Feature: RM (data type: float) is required",
    },
  ])("$what is refused as the graph's parser does it", async ({ body, says }) => {
    const request = JSON.stringify({ signature_name: "price_of_example", examples: [body] });
    const reply = await askMock(mocks.houses, "POST", "/v1/models/houses:regress", request);
    expect(reply.status).toBe(400);
    const { error } = JSON.parse(reply.body);
    expect(error).toContain(says);
  });

  test.each([
    { verb: "classify", signature: "serving_default", says: "Expected one input Tensor." },
    { verb: "regress", signature: "embed", says: "No regression inputs found in SignatureDef: " },
    { verb: "classify", signature: "embed", says: "No classification inputs found in SignatureDef: " },
    {
      verb: "classify",
      signature: "price_of_example",
      says: 'to contain at least one of "classes" or "scores"',
    },
    { verb: "regress", signature: "other", says: "No signature was found with the name: other" },
  ])("$signature cannot be called with $verb", async ({ verb, signature, says }) => {
    const request = JSON.stringify({ signature_name: signature, examples: [example] });
    const reply = await askMock(mocks.houses, "POST", `/v1/models/houses:${verb}`, request);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toHaveProperty("error", expect.stringContaining(says));
  });
});
