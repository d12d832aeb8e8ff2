import { afterEach, describe, expect, test } from "vitest";
import type { HttpReply } from "../../src/runtime/src/deployment.js";
import { createServiceClient, isErrorReply } from "../../src/runtime/src/service/index.js";
import type { ServiceOperation, StreamOperation } from "../../src/runtime/src/service/index.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { errorReply, mockHandler, mockTransport } from "../../src/runtime/src/testing/service.js";
import type { MockOptions } from "../../src/runtime/src/testing/service.js";
import { serveMock } from "./serve-mock.js";
import type { ServedMock } from "./serve-mock.js";

interface Ops {
  predict: ServiceOperation<unknown, unknown>;
  stream: StreamOperation<unknown, unknown>;
}

const text: JsonShape = { type: "text" };
const image: JsonShape = { type: "file", form: "data-url", mediaType: "image/png" };
const any = { form: "json", mediaType: "application/json", at: "whole", shape: { type: "any" } } as const;

function service(reply: Partial<HttpReply>, more: readonly HttpReply[] = []) {
  const success = {
    status: "200",
    form: "json",
    mediaType: "application/json",
    shape: text,
    ...reply,
  } as const;
  const blank = {
    method: "POST",
    path: "/x",
    parameters: {},
    body: any,
    replies: [success, ...more],
  } as const;
  const operations = {
    predict: { ...blank, stream: false },
    stream: { ...blank, path: "/s", stream: true },
  };
  return { title: "t", url: "http://service.test", auth: [], shapes: {}, operations };
}

function clientOf(
  deployment: ReturnType<typeof service>,
  options: MockOptions<Ops> = {},
): ReturnType<typeof createServiceClient<Ops>> {
  const transport = mockTransport<Ops>(deployment, options);
  return createServiceClient<Ops>(deployment, { transport, retry: false, validate: "strict" });
}

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const record: JsonShape = {
  type: "record",
  keys: ["a", "b"],
  values: { type: "number", min: 0, max: 1 },
};
const forms: readonly {
  readonly name: string;
  readonly reply: Partial<HttpReply>;
  readonly want: unknown;
}[] = [
  { name: "JSON", reply: { shape: record }, want: { a: expect.any(Number), b: expect.any(Number) } },
  { name: "text", reply: { form: "text", mediaType: "text/plain" }, want: expect.any(String) },
  {
    name: "a number as text",
    reply: { form: "text", mediaType: "text/plain", shape: { type: "integer" } },
    want: expect.any(Number),
  },
  {
    name: "a picture",
    reply: { form: "bytes", mediaType: "image/png" },
    want: { mediaType: "image/png", bytes: expect.any(Uint8Array) },
  },
  {
    name: "bytes of any kind",
    reply: { form: "bytes", mediaType: "application/octet-stream" },
    want: { mediaType: "application/octet-stream", bytes: expect.any(Uint8Array) },
  },
  { name: "nothing", reply: { status: "204", form: "none", mediaType: null }, want: null },
  { name: "a range of statuses", reply: { status: "2XX" }, want: expect.any(String) },
  { name: "whatever there is", reply: { status: "default" }, want: expect.any(String) },
];
const streams: readonly { readonly name: string; readonly reply: Partial<HttpReply> }[] = [
  { name: "events", reply: { form: "events", mediaType: "text/event-stream", shape: record } },
  { name: "events of text", reply: { form: "events", mediaType: "text/event-stream" } },
  { name: "lines", reply: { form: "lines", mediaType: "application/x-ndjson", shape: record } },
];

let served: ServedMock | undefined;
afterEach(async () => await served?.close());

describe("an answer from the seed", () => {
  test.each(forms)("is $name, alike in memory and over HTTP", async ({ reply, want }) => {
    const deployment = service(reply);
    const answer = await clientOf(deployment).predict({ row: 1 });
    expect(answer).toEqual(want);
    served = await serveMock(mockHandler(deployment));
    const over = createServiceClient<Ops>(deployment, { url: served.origin, validate: "strict" });
    expect(await over.predict({ row: 1 })).toEqual(answer);
  });

  test.each(streams)("comes one by one, as $name", async ({ reply }) => {
    const deployment = service(reply);
    const items = await all(clientOf(deployment).stream({ row: 1 }));
    expect(items.length).toBeGreaterThanOrEqual(3);
    expect(items).toEqual(await all(clientOf(deployment).stream({ row: 1 })));
    served = await serveMock(mockHandler(deployment));
    const over = createServiceClient<Ops>(deployment, { url: served.origin, validate: "strict" });
    expect(await all(over.stream({ row: 1 }))).toEqual(items);
  });

  test("follows from the operation, the seed and the request, whatever the order of its members", async () => {
    const ask = async (seed: number | string, row: unknown): Promise<unknown> =>
      await clientOf(service({ shape: record }), { seed }).predict(row);
    expect(await ask(1, { a: 1, b: 2 })).toEqual(await ask("1", { b: 2, a: 1 }));
    expect(await ask(1, { a: 1, b: 2 })).not.toEqual(await ask(2, { a: 1, b: 2 }));
    expect(await ask(1, { a: 1, b: 2 })).not.toEqual(await ask(1, { a: 1, b: 3 }));
  });
});

describe("an answer of the test's own", () => {
  const bytes = new Uint8Array([1, 2, 3]);
  test.each<{ name: string; reply: Partial<HttpReply>; given: unknown; want?: unknown }>([
    { name: "JSON", reply: { shape: record }, given: { a: 0.25, b: 0.75 } },
    { name: "text", reply: { form: "text", mediaType: "text/plain" }, given: 'say "no"' },
    { name: "a file", reply: { form: "bytes", mediaType: "*/*" }, given: bytes, want: { bytes } },
    { name: "a Blob", reply: { shape: image }, given: new Blob([bytes]), want: { bytes } },
    { name: "nothing", reply: { status: "204", form: "none", mediaType: null }, given: null },
    {
      name: "an address",
      reply: { shape: { type: "file", form: "uri" } },
      given: { url: "https://files.test/1", bytes: () => bytes, blob: () => new Blob() },
      want: { url: "https://files.test/1" },
    },
  ])("is $name", async ({ reply, given, want = given }) => {
    const answer = await clientOf(service(reply), { answers: () => given }).predict(1);
    if (typeof want === "object" && want !== null) expect(answer).toMatchObject(want);
    else expect(answer).toEqual(want);
  });

  test.each(streams)("comes one by one, as $name, from a list and from a generator", async ({ reply }) => {
    const items =
      reply.shape === undefined
        ? ["one\ntwo", "three "]
        : [
            { a: 0, b: 1 },
            { a: 1, b: 0 },
          ];
    const deployment = service(reply);
    expect(await all(clientOf(deployment, { answers: { stream: () => items } }).stream(1))).toEqual(items);
    const answers = {
      async *stream(): AsyncGenerator<unknown, void, undefined> {
        yield* items;
      },
    };
    expect(await all(clientOf(deployment, { answers }).stream(1))).toEqual(items);
  });

  test("may be a documented failure", async () => {
    const problem: HttpReply = {
      ...{ status: "4XX", form: "json", mediaType: "application/json" },
      shape: { type: "object", members: { why: { shape: text } } },
    };
    const deployment = service({}, [problem]);
    const ask = async (status: number, body: unknown): Promise<unknown> =>
      await clientOf(deployment, { answers: () => errorReply(status, body) })
        .predict(1)
        .catch((error: unknown) => error);
    const error = await ask(418, { why: "teapot" });
    expect(isErrorReply(error, "predict", "4XX")).toBe(true);
    expect(error).toMatchObject({ status: 418, reply: { why: "teapot" } });
    expect(await ask(503, { detail: "later" })).toMatchObject({ code: "unavailable", status: 503 });
    expect(await ask(418, { reason: 7 })).toMatchObject({
      code: "bad-options",
      message: expect.stringContaining("why"),
    });
    expect(await ask(200, {})).toMatchObject({ code: "bad-options" });
  });

  test.each<{ name: string; reply: Partial<HttpReply>; given: unknown; want: RegExp }>([
    { name: "another type", reply: {}, given: 7, want: /is 7, expected text/ },
    { name: "another label", reply: { shape: record }, given: { a: 1 }, want: /lacks the member "b"/ },
    {
      name: "no file",
      reply: { form: "bytes", mediaType: "image/png" },
      given: "x",
      want: /expected a file/,
    },
    { name: "no list", reply: { form: "lines" }, given: 7, want: /list of items/ },
    { name: "a list of others", reply: { form: "lines" }, given: [7], want: /is 7, expected text/ },
  ])("is refused where it is $name, at once and in words", async ({ reply, given, want }) => {
    let asked = 0;
    const answer = (): never => {
      asked += 1;
      return untyped(given);
    };
    const client = clientOf(service(reply), { answers: { predict: answer, stream: answer } });
    const call = reply.form === "lines" ? all(client.stream(1)) : client.predict(1);
    await expect(call).rejects.toMatchObject({ code: "bad-options", message: expect.stringMatching(want) });
    expect(asked).toBe(1);
  });

  test("reaches the test's author where it throws", async () => {
    const answers = (): never => {
      throw new Error("no such row in this test");
    };
    await expect(clientOf(service({}), { answers }).predict(1)).rejects.toMatchObject({
      code: "bad-options",
      message: expect.stringContaining("no such row in this test"),
    });
  });

  test.each([
    { name: "of no operation", answers: { predicct: () => 1 }, want: /"predicct".*predict/ },
    { name: "that is no function", answers: { predict: 7 }, want: /answers\.predict must be a function/ },
    { name: "that is nothing", answers: null, want: /answers must be a function, or/ },
  ])("is refused beforehand $name", ({ answers, want }) => {
    const options: MockOptions<Ops> = untyped({ answers });
    expect(() => mockTransport<Ops>(service({}), options)).toThrow(want);
  });
});

/** What tests in JavaScript may give. */
function untyped(value: unknown): never {
  const hidden: { value: never } = Object.assign(Object.create(null), { value });
  return hidden.value;
}
