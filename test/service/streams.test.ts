import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HttpReply } from "../../src/runtime/src/deployment.js";
import { isErrorReply } from "../../src/runtime/src/service/index.js";
import { createServiceClient } from "../../src/runtime/src/service/index.js";
import type { ServiceClientOptions, StreamOperation } from "../../src/runtime/src/service/index.js";
import { collected } from "../runtime/in-pieces.js";
import { content, json, startService } from "../servers/service-server.js";
import type { ServiceAnswer, ServiceServer } from "../servers/service-server.js";
import { failureOf } from "./sample-service.js";

let server: ServiceServer;
beforeAll(async () => {
  server = await startService();
});
afterAll(() => server.close());
beforeEach(() => server.answer(json(200, null)));

const item = { type: "object", members: { n: { shape: { type: "integer" } } } } as const;
const events: HttpReply = { status: "200", form: "events", mediaType: "text/event-stream", shape: item };
const lines: HttpReply = { status: "200", form: "lines", mediaType: "application/x-ndjson", shape: item };
const text: HttpReply = { ...events, shape: { type: "text" } };
const any: HttpReply = { ...events, shape: { type: "any" } };

type Operations = { watch: StreamOperation<{ q?: string }, unknown> };

function watch(
  replies: readonly HttpReply[],
  options: ServiceClientOptions & { readonly given?: object } = {},
): AsyncIterableIterator<unknown> {
  const { given, ...others } = options;
  const place = { in: "query", name: "q", style: "form", explode: true } as const;
  const client = createServiceClient<Operations>(
    {
      title: "t",
      url: server.origin,
      auth: [],
      shapes: {},
      operations: {
        watch: {
          method: "POST",
          path: "/watch",
          stream: true,
          parameters: { q: { shape: { type: "text" }, place, optional: true } },
          body: null,
          replies,
        },
      },
    },
    { retry: false, ...others },
  );
  return client.watch(Object.assign({}, given));
}

const eventStream = (body: string): ServiceAnswer => content(200, "text/event-stream; charset=utf-8", body);
const failure = async (items: AsyncIterable<unknown>): Promise<unknown> => await failureOf(collected(items));

/** Sends a head and the beginning of a body, and then does what it is told. */
function begun(body: string, then: (response: ServerResponse) => void): ServiceAnswer {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(body, () => then(response));
  };
}

async function allClosed(): Promise<void> {
  await expect.poll(() => server.unfinished(), { timeout: 2000 }).toBe(0);
}

describe("items", () => {
  const cases: readonly {
    name: string;
    replies: readonly HttpReply[];
    answer: ServiceAnswer;
    want: readonly unknown[];
  }[] = [
    {
      name: "of events",
      replies: [events],
      answer: eventStream('data: {"n":1}\n\ndata: {"n":\ndata: 2}\n\n'),
      want: [{ n: 1 }, { n: 2 }],
    },
    {
      name: "until the mark of the end",
      replies: [events],
      answer: eventStream('data: {"n":1}\n\ndata: [DONE]\n\ndata: nonsense\n\n'),
      want: [{ n: 1 }],
    },
    {
      name: "that are text",
      replies: [text],
      answer: eventStream('data: {"n":1}\n\ndata:\n\ndata:  b\n\n'),
      want: ['{"n":1}', "", " b"],
    },
    {
      name: "that are anything",
      replies: [any],
      answer: eventStream('data: {"n":1}\n\ndata:\n\ndata: b\n\n'),
      want: [{ n: 1 }, "b"],
    },
    {
      name: "of lines",
      replies: [lines],
      answer: content(200, "application/x-ndjson", '{"n":1}\n\n{"n":2}'),
      want: [{ n: 1 }, { n: 2 }],
    },
    {
      name: "of lines under another name",
      replies: [lines],
      answer: content(200, "text/plain", '{"n":1}\n'),
      want: [{ n: 1 }],
    },
    {
      name: "of whichever comes",
      replies: [events, lines],
      answer: content(200, "application/x-ndjson", '{"n":1}\n'),
      want: [{ n: 1 }],
    },
    { name: "none", replies: [events], answer: eventStream(""), want: [] },
  ];
  test.each(cases)("$name", async ({ replies, answer, want }) => {
    server.answer(answer);
    expect(await collected(watch(replies))).toEqual(want);
  });

  test("are asked for as such, at the first of them and not before", async () => {
    server.answer(eventStream(""));
    const items = watch([events, lines], { given: { q: "a b" } });
    expect(server.requests).toEqual([]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(server.requests[0]).toMatchObject({ url: "/watch?q=a%20b" });
    expect(server.requests[0]?.headers.accept).toBe("text/event-stream, application/x-ndjson");
  });

  test("come while the reply is still on its way", async () => {
    server.answer(
      begun('data: {"n":1}\n\n', (response) => setTimeout(() => response.end('data: {"n":2}\n\n'), 300)),
    );
    const items = watch([events]);
    const start = Date.now();
    expect(await items.next()).toEqual({ done: false, value: { n: 1 } });
    expect(Date.now() - start).toBeLessThan(250);
    expect(await items.next()).toEqual({ done: false, value: { n: 2 } });
  });
});

describe("failures", () => {
  const fault: HttpReply = {
    status: "422",
    form: "json",
    mediaType: "application/json",
    shape: { type: "any" },
  };
  test.each([
    {
      name: "another shape",
      replies: [events],
      answer: eventStream('data: {"n":"x"}\n\n'),
      want: { code: "bad-reply" },
    },
    {
      name: "text where JSON is due",
      replies: [events],
      answer: eventStream("data: x\n\n"),
      want: { code: "bad-reply" },
    },
    {
      name: "a line that is no JSON",
      replies: [lines],
      answer: content(200, "application/x-ndjson", "x\n"),
      want: { code: "bad-reply" },
    },
    {
      name: "no stream of events",
      replies: [events],
      answer: json(200, { n: 1 }),
      want: { code: "bad-reply", message: /media type "application\/json".* begins/ },
    },
    {
      name: "a page",
      replies: [lines],
      answer: content(200, "text/html", "<html>"),
      want: { code: "bad-reply", message: /begins "<html>"/ },
    },
    {
      name: "an event of the name error",
      replies: [events],
      answer: eventStream('data: {"n":1}\n\nevent: error\ndata: no memory\n\n'),
      want: { code: "deployment-error", message: /no memory/ },
    },
    {
      name: "a status",
      replies: [events],
      answer: json(500, { detail: "no" }),
      want: { code: "server-error", message: /said "no"/ },
    },
    {
      name: "a wrong argument",
      replies: [events],
      answer: eventStream(""),
      given: { z: 1 },
      want: { code: "unknown-feature" },
    },
    {
      name: "a break in the middle",
      replies: [events],
      answer: begun('data: {"n":1}\n\nda', (response) => response.socket?.resetAndDestroy()),
      want: { code: "connection" },
    },
  ])("$name", async ({ replies, answer, want, given }) => {
    server.answer(answer);
    const options = given === undefined ? {} : { given };
    const message = "message" in want && want.message ? { message: expect.stringMatching(want.message) } : {};
    expect(await failure(watch(replies, options))).toMatchObject({
      name: "DeploymentError",
      ...want,
      ...message,
    });
    await allClosed();
  });

  test("are typed where the description knows them", async () => {
    server.answer(json(422, { detail: "x" }));
    const error = await failure(watch([events, fault]));
    expect(isErrorReply(error, "watch", 422)).toBe(true);
    expect(error).toMatchObject({ reply: { detail: "x" } });
  });

  test("hold no secret, in the middle of a stream as well", async () => {
    const token = "s3cret-token-value";
    server.answer(eventStream(`data: {"n":"${token}"}\n\n`));
    const error = await failure(watch([events], { token }));
    expect(error).toMatchObject({ code: "bad-reply" });
    expect(JSON.stringify([error, String(error)])).not.toContain(token);
  });

  test("nothing more comes in time", async () => {
    server.answer(begun('data: {"n":1}\n\n', () => undefined));
    expect(await failure(watch([events], { timeout: 200 }))).toMatchObject({ code: "timeout" });
    await allClosed();
  });
});

test("a page where a stream is due is closed, however long it is", async () => {
  server.answer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.write("<html>");
  });
  expect(await failure(watch([events, lines]))).toMatchObject({ code: "bad-reply" });
  await allClosed();
});

describe("a loop that ends early", () => {
  const endless = begun('data: {"n":1}\n\n', () => undefined);

  test("closes the connection", async () => {
    server.answer(endless);
    for await (const value of watch([events])) {
      expect(value).toEqual({ n: 1 });
      break;
    }
    await allClosed();
  });

  test("closes it while an item is awaited", async () => {
    server.answer(endless);
    const items = watch([events]);
    await items.next();
    const pending = items.next();
    expect(await items.return?.()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await items.next()).toEqual({ done: true, value: undefined });
    await allClosed();
  });

  test("before it began sends nothing", async () => {
    const items = watch([events]);
    await items.return?.();
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(server.requests).toEqual([]);
  });

  test("closes it at the mark of the end", async () => {
    server.answer(begun("data: [DONE]\n\n", () => undefined));
    expect(await collected(watch([events]))).toEqual([]);
    await allClosed();
  });

  test("by the caller's signal is an error", async () => {
    server.answer(endless);
    const controller = new AbortController();
    const items = watch([events], { signal: controller.signal });
    await items.next();
    const pending = failure(items);
    controller.abort("enough");
    expect(await pending).toMatchObject({ code: "aborted", cause: "enough" });
    await allClosed();
  });
});
