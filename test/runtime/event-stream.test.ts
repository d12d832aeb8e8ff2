import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEvents } from "../../src/runtime/src/http/event-stream.js";
import { readLines } from "../../src/runtime/src/http/json-lines.js";
import { longestItem } from "../../src/runtime/src/http/text-lines.js";
import { collected, inPieces } from "./in-pieces.js";

const message = { type: "message", id: "", retry: undefined };

/** The first four are the examples of HTML's §9.2.6. */
const streams = [
  {
    name: "two lines of data",
    given: "data: YHOO\ndata: +2\ndata: 10\n\n",
    want: [{ data: "YHOO\n+2\n10" }],
  },
  {
    name: "ids, comments, and an id that is taken back",
    given: ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event",
    want: [{ data: "first event", id: "1" }, { data: "second event" }],
  },
  { name: "empty data", given: "data\n\ndata\ndata\n\ndata:", want: [{ data: "" }, { data: "\n" }] },
  {
    name: "one space after the colon",
    given: "data:test\n\ndata: test\n\n",
    want: [{ data: "test" }, { data: "test" }],
  },
  {
    name: "any end of a line",
    given: "data: a\r\ndata: b\rdata: c\n\r\ndata: d\r\r",
    want: [{ data: "a\nb\nc" }, { data: "d" }],
  },
  {
    name: "a name, once",
    given: "event: add\ndata: 7\n\ndata: 8\n\n",
    want: [{ type: "add", data: "7" }, { data: "8" }],
  },
  { name: "a name without data", given: "event: add\n\ndata: 8\n\n", want: [{ data: "8" }] },
  {
    name: "a time to wait",
    given: "retry: 30\nretry: 4x\nretry: -1\ndata: 1\n\n",
    want: [{ data: "1", retry: 30 }],
  },
  { name: "an id with a zero", given: "id: a\nid: b\0c\ndata: 1\n\n", want: [{ data: "1", id: "a" }] },
  { name: "an id without data", given: "id: a\n\ndata: 1\n\n", want: [{ data: "1", id: "a" }] },
  {
    name: "fields unknown or inherited",
    given: "__proto__: 1\ndatum: 2\nData: 3\ndata: 4\n\n",
    want: [{ data: "4" }],
  },
  { name: "a byte order mark, once", given: "\ufeffdata: 1\n\n\ufeffdata: 2\n\n", want: [{ data: "1" }] },
  { name: "letters of several bytes", given: "data: ü€😀\n\n", want: [{ data: "ü€😀" }] },
  { name: "colons in data", given: "data: a: b:c\n\n", want: [{ data: "a: b:c" }] },
  { name: "an event without its end", given: "data: 1\n", want: [] },
  { name: "nothing", given: "", want: [] },
];

describe("server-sent events", () => {
  test.each(streams)("$name, however they are cut", async ({ given, want }) => {
    for (const size of [Infinity, 1, 2, 3, 7]) {
      expect(await collected(readEvents(inPieces(given, size)))).toEqual(
        want.map((event) => ({ ...message, ...event })),
      );
    }
  });

  test("bytes that are no UTF-8 are replaced", async () => {
    const bytes = Uint8Array.of(...Buffer.from("data: "), 0xff, 10, 10);
    expect(await collected(readEvents(inPieces(bytes)))).toEqual([{ ...message, data: "\ufffd" }]);
  });

  test("an event is given before anything behind it has come", async () => {
    const ends = ["\n\n", "\r\r", "\r\n\r\n"];
    for (const end of ends) {
      const events = readEvents(
        (async function* () {
          yield* inPieces(`data: 1${end}`);
          await new Promise(() => undefined);
        })(),
      );
      expect(await events.next()).toMatchObject({ done: false, value: { data: "1" } });
    }
  });

  test("leaving the loop leaves the body", async () => {
    let left = false;
    const body = (async function* () {
      try {
        for (;;) yield* inPieces("data: 1\n\n");
      } finally {
        left = true;
      }
    })();
    for await (const { data } of readEvents(body)) {
      expect(data).toBe("1");
      break;
    }
    expect(left).toBe(true);
  });

  test.each([
    { name: "one endless line", given: "x" },
    { name: "endless lines of one event", given: "data: xxxxxxxxxxx\n" },
  ])("memory has a bound: $name", async ({ given }) => {
    const piece = new TextEncoder().encode(given.repeat(Math.floor(2 ** 20 / given.length)));
    let sent = 0;
    const endless = (async function* () {
      for (; sent < 10 * longestItem; sent += piece.length) yield piece;
    })();
    await expect(collected(readEvents(endless))).rejects.toMatchObject({ code: "bad-reply" });
    expect(sent).toBeLessThan(3 * longestItem);
  });

  test("endless comments need none", async () => {
    const piece = new TextEncoder().encode(": keep alive\n".repeat(80_000));
    const comments = (async function* () {
      for (let count = 0; count < 40; count++) yield piece;
      yield* inPieces("data: 1\n\n");
    })();
    expect(await collected(readEvents(comments))).toMatchObject([{ data: "1" }]);
  });
});

describe("lines of JSON", () => {
  test.each([
    { name: "one a line", given: '{"a":1}\n[2]\n"ü"\n', want: [{ a: 1 }, [2], "ü"] },
    { name: "no end behind the last", given: "1\n2", want: [1, 2] },
    { name: "blank lines", given: "\n1\n\n \r\n2\r\n\t", want: [1, 2] },
    { name: "a byte order mark", given: "\ufeff1\n", want: [1] },
    { name: "nothing", given: "", want: [] },
  ])("$name", async ({ given, want }) => {
    for (const size of [Infinity, 1, 2])
      expect(await collected(readLines(inPieces(given, size)))).toEqual(want);
  });

  test("are what was written, however they are cut", async () => {
    const given = fc.tuple(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 9 }));
    await fc.assert(
      fc.asyncProperty(given, async ([values, size]) => {
        const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
        const want: unknown = JSON.parse(JSON.stringify(values));
        expect(await collected(readLines(inPieces(text, size)))).toEqual(want);
      }),
    );
  });

  test.each([
    { name: "no JSON", given: "1\n{2}\n3", message: 'Line 2 of the reply is no JSON: "{2}".' },
    { name: "cut off", given: '1\n{"a":', message: 'Line 2 of the reply is no JSON: "{\\"a\\":".' },
    { name: "no UTF-8", given: Uint8Array.of(0x22, 0xff, 0x22), message: "The reply is not UTF-8." },
    {
      name: "half a letter at the end",
      given: Uint8Array.of(0x31, 10, 0xe2),
      message: "The reply is not UTF-8.",
    },
  ])("$name is refused", async ({ given, message }) => {
    await expect(collected(readLines(inPieces(given)))).rejects.toMatchObject({ code: "bad-reply", message });
  });
});
