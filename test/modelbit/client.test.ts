import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/runtime/src/index.js";
import { createModelbitClient } from "../../src/runtime/src/modelbit/index.js";
import type {
  ModelbitClientOptions,
  ModelbitClient,
  ModelbitDeployment,
} from "../../src/runtime/src/modelbit/index.js";
import { startModelbit, type ModelbitServer } from "../servers/modelbit-server.js";

let server: ModelbitServer;
beforeAll(async () => {
  server = await startModelbit({
    example_doubler: (value: number) => value * 2,
    example_dict_doubler: ({ value }: { value: number }) => ({ value: value * 2 }),
    example_adder: (a: number, b: number, c: number) => a + b + c,
    length: (list: readonly unknown[]) => list.length,
    fails: () => {
      throw new Error("ValueError: no good for raw-secret-key");
    },
    frame: (row: { readonly "a b": number; readonly c: string }) => row["a b"],
  });
});
afterAll(() => server.close());
beforeEach(() => void server.requests.splice(0));

const plain = { title: "t", url: null, auth: [], form: "arguments" } as const;
const integer = { type: "integer" } as const;
const pair = { type: "object", members: { value: { shape: integer } } } as const;
const doubler: ModelbitDeployment<{ value: number }, number> = {
  ...plain,
  order: ["value"],
  inputs: { value: { shape: integer } },
  output: integer,
};
const dictDoubler: ModelbitDeployment<{ data: { value: number } }, { value: number }> = {
  ...plain,
  order: ["data"],
  inputs: { data: { shape: pair } },
  output: pair,
};
const adder: ModelbitDeployment<{ a: number; b: number; c: number }, number> = {
  ...plain,
  order: ["a", "b", "c"],
  inputs: { c: { shape: integer }, b: { shape: integer }, a: { shape: integer } },
  output: integer,
};
const length: ModelbitDeployment<{ list: unknown[] }, number> = {
  ...plain,
  order: ["list"],
  inputs: { list: { shape: { type: "list", items: { type: "any" } } } },
  output: integer,
};

function at<Input, Output>(
  deployment: ModelbitDeployment<Input, Output>,
  name: string,
  options: ModelbitClientOptions = {},
): ModelbitClient<Input, Output> {
  return createModelbitClient(deployment, { url: `${server.origin}/v1/${name}/main/latest`, ...options });
}

const sent = (): readonly string[] => server.requests.map(({ text }) => text);
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "no failure",
    (error: unknown) => error,
  );

describe("a function that Modelbit has deployed", () => {
  test("takes one argument bare or by name", async () => {
    const client = at(doubler, "example_doubler", { token: "raw-secret-key" });
    expect(await client.predict(10)).toBe(20);
    expect(await client.predict({ value: 10 })).toBe(20);
    expect(sent()).toEqual(['{"data":10}', '{"data":10}']);
    expect(server.requests[0]).toMatchObject({
      url: "/v1/example_doubler/main/latest",
      headers: { authorization: "raw-secret-key" },
    });
  });

  test("takes a dictionary bare or by name", async () => {
    const client = at(dictDoubler, "example_dict_doubler");
    expect(await client.predict({ value: 10 })).toEqual({ value: 20 });
    expect(await client.predict({ data: { value: 10 } })).toEqual({ value: 20 });
    expect(sent()).toEqual(['{"data":{"value":10}}', '{"data":{"value":10}}']);
  });

  test("takes several arguments by name and gets them by position", async () => {
    expect(await at(adder, "example_adder").predict({ c: 5, a: 3, b: 4 })).toBe(12);
    expect(sent()).toEqual(['{"data":[3,4,5]}']);
  });

  test("gets a list as a batch of one", async () => {
    expect(await at(length, "length").predict([[1, 2], "x", null])).toBe(3);
    expect(sent()).toEqual(['{"data":[[0,[[1,2],"x",null]]]}']);
  });

  test("gets rows of columns in DataFrame mode", async () => {
    const frame: ModelbitDeployment<{ "a b": number; c: string }, number> = {
      ...plain,
      form: "rows",
      order: ["a b", "c"],
      inputs: { "a b": { shape: { type: "number" } }, c: { shape: { type: "text" } } },
      output: { type: "number" },
    };
    expect(await at(frame, "frame").predictMany([{ "a b": 1.5, c: "x" }])).toEqual([1.5]);
    expect(sent()).toEqual(['{"data":[[0,{"a b":1.5,"c":"x"}]]}']);
  });

  test("answers batches in any order, matched by id", async () => {
    const rows = Array.from({ length: 7_001 }, (_, index) => index);
    const results = await at(doubler, "example_doubler").predictMany(rows);
    expect(results).toEqual(rows.map((row) => row * 2));
    const sizes = sent().map((text) => JSON.parse(text).data.length);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([1001, 3000, 3000]);
    const streamed: number[] = [];
    for await (const row of at(doubler, "example_doubler").predictStream([1, 2, 3], { batchSize: 2 })) {
      streamed.push(row);
    }
    expect(streamed).toEqual([2, 4, 6]);
  });

  test("answers with links, which are followed without credentials", async () => {
    const options = { token: "raw-secret-key", headers: { "x-secret": "other-secret" } };
    const client = at(doubler, "example_doubler", options);
    expect(await client.predict(10, { responseFormat: "links", timeoutSeconds: 7 })).toBe(20);
    expect(sent()[0]).toBe('{"data":[[0,10]],"timeout_seconds":7,"response_format":"links"}');
    expect(server.requests[1]).toMatchObject({ method: "GET" });
    expect(JSON.stringify(server.requests[1]?.headers)).not.toMatch(/secret/);
  });

  test("fails with the last line of its traceback, whatever the status, and without the key", async () => {
    const error = await failure(at(doubler, "fails", { token: "raw-secret-key" }).predict(1));
    expect(error).toMatchObject({ code: "deployment-error", serverCode: "ValueError", status: 200 });
    expect(String(error)).toContain("ValueError: no good for [redacted]");
    expect(String(error)).not.toContain("Traceback");
  });
});

describe("a batch that is too large", () => {
  const text: ModelbitDeployment<{ text: string }, string> = {
    ...plain,
    url: "https://w.modelbit.com/v1/echo/latest",
    order: ["text"],
    inputs: { text: { shape: { type: "text" } } },
    output: { type: "text" },
  };
  const sizes: number[] = [];
  const transport = memoryTransport((request) => {
    const bytes = request.bytes();
    sizes.push(bytes.byteLength);
    const { data } = JSON.parse(new TextDecoder().decode(bytes));
    return { json: { data: data.map(([id, value]: [number, string]) => [String(id), value.slice(0, 1)]) } };
  });
  const client = createModelbitClient(text, { transport });

  test("is halved", async () => {
    const rows = ["a", "b", "c"].map((letter) => letter.repeat(9_000_000));
    expect(await client.predictMany(rows)).toEqual(["a", "b", "c"]);
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20_000_000);
  });

  test("is refused where one row is, before anything goes out", async () => {
    sizes.splice(0);
    const error = await failure(client.predictMany(["a", "é".repeat(10_000_000)]));
    expect(error).toMatchObject({ code: "too-large", row: 1 });
    expect(sizes).toEqual([]);
  });
});

describe("replies that are none", () => {
  test.each([
    {
      name: "an id twice",
      reply: {
        data: [
          [0, 1],
          [0, 2],
        ],
      },
    },
    {
      name: "an id that was not sent",
      reply: {
        data: [
          [0, 1],
          [7, 2],
        ],
      },
    },
    { name: "too few", reply: { data: [[0, 1]] } },
    { name: "no pairs", reply: { data: [1, 2] } },
    { name: "no list", reply: { data: 1 } },
    { name: "no data", reply: {} },
    {
      name: "another type",
      reply: {
        data: [
          [0, 1],
          [1, "2"],
        ],
      },
    },
  ])("$name", async ({ reply }) => {
    const transport = memoryTransport(() => ({ json: reply }));
    const client = at(doubler, "x", { transport, retry: false });
    expect(await failure(client.predictMany([1, 2]))).toMatchObject({ code: "bad-reply", status: 200 });
  });
});

describe("arguments that are none", () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  test.each([
    {
      name: "a fraction",
      work: () => at(doubler, "x").predict(1.5),
      want: { code: "wrong-type", feature: "value" },
    },
    {
      name: "another name",
      work: () => at(doubler, "x").predict(JSON.parse('{"b":1}')),
      want: { code: "unknown-feature" },
    },
    {
      name: "too few",
      work: () => at(adder, "x").predict(JSON.parse('{"a":1,"b":2}')),
      want: { code: "missing-feature", feature: "c" },
    },
    { name: "a date", work: () => at(length, "x").predict([new Date(0)]), want: { code: "wrong-type" } },
    { name: "no end", work: () => at(length, "x").predict(cyclic), want: { code: "wrong-type" } },
  ])("$name", async ({ work, want }) => {
    expect(await failure(work())).toMatchObject(want);
    expect(server.requests).toEqual([]);
  });
});
