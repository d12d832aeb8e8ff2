import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HttpReply } from "../../src/runtime/src/deployment.js";
import { content, json, startService } from "../servers/service-server.js";
import type { ServiceAnswer, ServiceServer } from "../servers/service-server.js";
import { anyJson, callAny, failureOf } from "./sample-service.js";

let server: ServiceServer;
beforeAll(async () => {
  server = await startService();
});
afterAll(() => server.close());
beforeEach(() => server.answer(json(200, null)));

const object = { type: "object", members: { a: { shape: { type: "integer" } } } } as const;
const objectReply: HttpReply = { ...anyJson, shape: object };
const textReply: HttpReply = {
  status: "200",
  form: "text",
  mediaType: "text/plain",
  shape: { type: "text" },
};
const bytesReply: HttpReply = {
  status: "200",
  form: "bytes",
  mediaType: "image/*",
  shape: { type: "file", form: "binary" },
};
const none: HttpReply = { status: "204", form: "none", mediaType: null, shape: { type: "null" } };

const ask = async (replies: readonly HttpReply[], answer: ServiceAnswer): Promise<unknown> => {
  server.answer(answer);
  return await callAny({ replies }, { url: server.origin });
};

describe("replies that the description knows", () => {
  const latin1 = Uint8Array.of(0x68, 0xe4);
  const cases: readonly {
    name: string;
    replies: readonly HttpReply[];
    answer: ServiceAnswer;
    want: unknown;
  }[] = [
    { name: "JSON", replies: [objectReply], answer: json(200, { a: 1, b: 2 }), want: { a: 1, b: 2 } },
    {
      name: "JSON with parameters",
      replies: [objectReply],
      answer: content(200, "Application/JSON; charset=utf-8", '{"a":1}'),
      want: { a: 1 },
    },
    {
      name: "JSON of a kind of its own",
      replies: [objectReply],
      answer: content(200, "application/vnd.x+json", '{"a":1}'),
      want: { a: 1 },
    },
    {
      name: "JSON as Python writes it",
      replies: [anyJson],
      answer: content(200, "application/json", "[NaN,-Infinity]"),
      want: [NaN, -Infinity],
    },
    { name: "text", replies: [textReply], answer: content(200, "text/plain", "ü\n"), want: "ü\n" },
    {
      name: "text of another charset",
      replies: [textReply],
      answer: content(200, "text/plain; charset=iso-8859-1", latin1),
      want: "hä",
    },
    {
      name: "text that is a number",
      replies: [{ ...textReply, shape: { type: "number" } }],
      answer: content(200, "text/plain", "1.5"),
      want: 1.5,
    },
    {
      name: "nothing",
      replies: [none],
      answer: (_request, response) => void response.writeHead(204).end(),
      want: null,
    },
    {
      name: "something, where nothing is promised",
      replies: [{ ...none, status: "200" }],
      answer: content(200, "text/plain", "ok"),
      want: null,
    },
    {
      name: "by its range",
      replies: [none, { ...textReply, status: "2XX" }],
      answer: content(201, "text/plain", "x"),
      want: "x",
    },
    {
      name: "by its own status before its range",
      replies: [{ ...textReply, status: "2XX" }, objectReply],
      answer: json(200, { a: 1 }),
      want: { a: 1 },
    },
    {
      name: "as any other",
      replies: [none, { ...textReply, status: "default" }],
      answer: content(200, "text/plain", "x"),
      want: "x",
    },
    {
      name: "by its media type",
      replies: [textReply, objectReply],
      answer: json(200, { a: 1 }),
      want: { a: 1 },
    },
    {
      name: "the first, where the reply says no media type",
      replies: [objectReply, textReply],
      answer: (_request, response) => void response.writeHead(200).end('{"a":1}'),
      want: { a: 1 },
    },
  ];
  test.each(cases)("$name", async ({ replies, answer, want }) => {
    expect(await ask(replies, answer)).toEqual(want);
  });

  test("bytes, as a picture", async () => {
    const image = await ask([bytesReply], content(200, "image/webp", Uint8Array.of(1, 2)));
    expect(image).toMatchObject({ mediaType: "image/webp", bytes: Uint8Array.of(1, 2) });
    expect(inspect(image)).not.toContain("toBlob");
  });
});

describe("replies that the description does not know", () => {
  test.each([
    { name: "JSON under another status", answer: json(201, { a: 1 }), want: { a: 1 } },
    { name: "JSON under another media type", answer: content(200, "text/html", '{"a":1}'), want: { a: 1 } },
  ])("are delivered where they fit: $name", async ({ answer, want }) => {
    expect(await ask([objectReply], answer)).toEqual(want);
  });

  test("are delivered where it knows none at all", async () => {
    expect(await ask([], json(200, { b: 1 }))).toEqual({ b: 1 });
    expect(await ask([], (_request, response) => void response.writeHead(200).end())).toBe(null);
  });

  test.each([
    {
      name: "JSON of another shape",
      answer: json(201, { a: "x" }),
      want: /status 201 and the media type "application\/json".* begins "{\\"a\\":\\"x\\"}"/,
    },
    {
      name: "a page",
      answer: content(200, "text/html", "<html>\n  hello"),
      want: /media type "text\/html".* begins "<html> hello"/,
    },
    { name: "nothing", answer: content(200, "text/plain", ""), want: /begins ""/ },
  ])("are refused: $name", async ({ answer, want }) => {
    const error = await failureOf(ask([objectReply], answer));
    expect(error).toMatchObject({ code: "bad-reply", message: expect.stringMatching(want) });
  });

  test.each([
    { name: "another shape", answer: json(200, { a: "x" }) },
    { name: "no JSON", answer: content(200, "application/json", "{a}") },
    { name: "no UTF-8", answer: content(200, "application/json", Uint8Array.of(0x22, 0xff, 0x22)) },
    { name: "nothing", answer: content(200, "application/json", "") },
  ])("are refused where they only claim to be known: $name", async ({ answer }) => {
    expect(await failureOf(ask([objectReply], answer))).toMatchObject({ code: "bad-reply", status: 200 });
  });

  test("strict clients are held to the letter", async () => {
    const closed = { ...objectReply, shape: { ...object, rest: false } } as const;
    server.answer(json(200, { a: 1, b: 1 }));
    const options = { url: server.origin };
    expect(await callAny({ replies: [closed] }, options)).toEqual({ a: 1, b: 1 });
    const strict = callAny({ replies: [closed] }, { ...options, validate: "strict" });
    expect(await failureOf(strict)).toMatchObject({ code: "bad-reply" });
  });
});
