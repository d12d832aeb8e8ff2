import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countRows } from "../../src/mock/count-rows.js";
import { createLatencies } from "../../src/mock/latency.js";
import { createReplay } from "../../src/mock/replay.js";
import { parseTranscript, printExchange, type Exchange } from "../../src/mock/transcript.js";
import { withoutCredentials } from "../../src/mock/without-credentials.js";

describe("rows", () => {
  test.each([
    ["rows", { rows: [] }, 0],
    ["rows", { rows: [{ a: [1, 2], b: "],[" }, { a: { rows: [1, 2, 3] } }] }, 2],
    ["rows", { nonsense: [1, 2] }, null],
    ["tf-serving", { signature_name: "instances", instances: [[1, 2], [3], [4]] }, 3],
    ["tf-serving", { inputs: { a: [[1], [2]], b: [[1], [2]] } }, 2],
    ["tf-serving", { inputs: [1, 2] }, 2],
    ["tf-serving", { inputs: 1.5, signature_name: "x" }, 1],
    ["tf-serving", { context: { a: [1, 2, 3] }, examples: [{}] }, 1],
    ["modelbit", { data: [1, 2, 3] }, 1],
    [
      "modelbit",
      {
        data: [
          [0, 1],
          [1, 2],
        ],
      },
      2,
    ],
    ["modelbit", { data: { value: [1, 2] } }, 1],
    ["cog", { input: { rows: [1, 2] } }, 1],
    ["service", [1, 2], 1],
  ] as const)("of %s in %j are %j", (system, body, want) => {
    for (const text of [JSON.stringify(body), JSON.stringify(body, null, 2)])
      expect(countRows(system, "application/json", Buffer.from(text))).toBe(want);
  });

  test("are counted in anything", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (rows, other) => {
        const body = Buffer.from(JSON.stringify({ a: other, rows, b: other }));
        expect(countRows("rows", "application/json", body)).toBe(rows.length);
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void countRows("rows", undefined, bytes)));
  });
});

const exchange = (body: Uint8Array, reply: string): Exchange => ({
  request: {
    method: "POST",
    path: "/a?b=c",
    headers: { "content-type": "application/json" },
    body: Buffer.from(body),
  },
  reply: { status: 200, headers: { "content-type": "text/plain" }, body: Buffer.from(reply) },
});

describe("a transcript", () => {
  test("holds every call whole, whatever its bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array(), fc.string({ unit: "binary" }))), (bodies) => {
        const exchanges = bodies.map(([body, reply]) => exchange(body, reply));
        const lines = exchanges.map(printExchange);
        expect(lines.every((line) => !line.includes("\n"))).toBe(true);
        expect(parseTranscript("x", lines.map((line) => `${line}\n`).join(""))).toEqual(exchanges);
      }),
    );
  });

  test("has no credentials", () => {
    const { request, reply } = exchange(new Uint8Array(), "");
    const headers = {
      ...request.headers,
      authorization: "Bearer secret",
      cookie: "a=secret",
      "x-key": "secret",
    };
    expect(printExchange({ request: { ...request, headers }, reply })).not.toContain("secret");
  });

  test("is answered from in its order", () => {
    const [a, b] = [new Uint8Array([1]), new Uint8Array([2])];
    const replay = createReplay([exchange(a, "first"), exchange(b, "other"), exchange(a, "second")]);
    const answers = [a, a, b, a].map((body) => replay(exchange(body, "").request)?.body.toString());
    expect(answers).toEqual(["first", "second", "other", "second"]);
    expect(replay(exchange(new Uint8Array([3]), "").request)).toBeUndefined();
  });

  test("knows forms by what they hold", () => {
    const form = (boundary: string): Exchange["request"] => ({
      method: "POST",
      path: "/",
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
      body: Buffer.from(`--${boundary}\r\n\r\nx\r\n--${boundary}--\r\n`),
    });
    const { reply } = exchange(new Uint8Array(), "known");
    expect(createReplay([{ request: form("abc"), reply }])(form("xyz"))).toEqual(reply);
  });
});

describe("credentials in a path", () => {
  test.each([
    ["/a?key=s", ["key"], "/a"],
    ["/a?b=1&ke%79=s&c", ["key"], "/a?b=1&c"],
    ["/a?key=s", [], "/a?key=s"],
    ["/a?%ff=1&my+key=s", ["my key"], "/a?%ff=1"],
  ])("of %s called %j are left out", (path, names, want) => {
    expect(withoutCredentials(path, names)).toBe(want);
  });
});

test("latencies follow from the seed, within their range", () => {
  const draw = (seed: string): readonly number[] => {
    const next = createLatencies({ least: 20, most: 30 }, seed);
    return Array.from({ length: 200 }, next);
  };
  expect(draw("1")).toEqual(draw("1"));
  expect(draw("1")).not.toEqual(draw("2"));
  expect(Math.min(...draw("1"))).toBeGreaterThanOrEqual(20);
  expect(Math.max(...draw("1"))).toBeLessThan(30);
});
