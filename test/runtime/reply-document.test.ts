import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { readNumbers } from "../../src/runtime/src/json/json-numbers-reader.js";
import { parsePlainReply } from "../../src/runtime/src/json/reply-document.js";
import type { ReplyDocument } from "../../src/runtime/src/json/reply-document.js";
import { parseReply } from "../../src/runtime/src/json/reply-payloads.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The document's value with every stand-in replaced by what it stands for. */
function resolved(value: unknown, reply: ReplyDocument): unknown {
  const payload = reply.payload(value);
  if (payload?.kind === "numbers") {
    return JSON.parse(`[${new TextDecoder().decode(payload.bytes.subarray(payload.start, payload.end))}]`);
  }
  if (payload !== undefined) return reply.text(value);
  if (Array.isArray(value)) return value.map((item: unknown) => resolved(item, reply));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolved(item, reply)]));
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isDeploymentError(error)) return error.code;
    throw error;
  }
  return "none";
}

const long = "A".repeat(3000);
const numbers = Array.from({ length: 900 }, (_, index) => index / 7);

describe("a reply with its stand-ins replaced is what JSON.parse gives", () => {
  const table: readonly { name: string; given: string; cut: number }[] = [
    { name: "a small one", given: '{"rows":[{"a":1}]}', cut: 0 },
    { name: "a long string", given: JSON.stringify({ a: long, b: 1 }), cut: 1 },
    { name: "a long list of numbers", given: JSON.stringify({ shape: [900], data: numbers }), cut: 1 },
    { name: "white space all over", given: JSON.stringify({ a: long, b: numbers }, null, 3), cut: 2 },
    { name: "a long key", given: JSON.stringify({ [long]: long }), cut: 1 },
    { name: "a long key with white space behind it", given: `{"${long}" \n\t:1}`, cut: 0 },
    { name: "an escape in a long string", given: JSON.stringify({ a: `${long}\n${long}`, b: long }), cut: 1 },
    { name: "an escaped quote in a long string", given: JSON.stringify([`${long}"${long}`, long]), cut: 1 },
    {
      name: "a string that ends in backslashes",
      given: JSON.stringify([`${long}\\\\`, long, "\\", long]),
      cut: 2,
    },
    { name: "brackets in strings", given: JSON.stringify([`[${"1,".repeat(900)}1]`, numbers]), cut: 2 },
    { name: "nested lists", given: JSON.stringify([[numbers, numbers], [[numbers]], []]), cut: 3 },
    {
      name: "lists of small lists",
      given: JSON.stringify(Array.from({ length: 900 }, () => [1, [2]])),
      cut: 0,
    },
    {
      name: "other things than numbers in a list",
      given: JSON.stringify([...numbers, null, {}, ...numbers]),
      cut: 0,
    },
    { name: "exponents", given: `[${"1e5,-2E-3,".repeat(300)}0]`, cut: 1 },
    { name: "text beyond ASCII", given: JSON.stringify({ a: "kön€😀".repeat(400), kön: long }), cut: 2 },
    { name: "a bare string", given: JSON.stringify(long), cut: 1 },
    { name: "deep nesting", given: `${"[".repeat(500)}${JSON.stringify(long)}${"]".repeat(500)}`, cut: 1 },
  ];
  test.each(table)("$name", ({ given, cut }) => {
    const reply = parseReply(bytesOf(given));
    let seen = 0;
    const count: ReplyDocument = {
      ...reply,
      payload(value) {
        const payload = reply.payload(value);
        if (payload !== undefined) seen += 1;
        return payload;
      },
    };
    const value = resolved(reply.root, count);
    expect(JSON.stringify(value) === JSON.stringify(JSON.parse(given))).toBe(true);
    expect(seen).toBe(cut);
  });

  test("any JSON value", () => {
    const stretched = fc.oneof(
      fc.tuple(fc.string({ unit: "binary" }), fc.nat(2500)).map(([text, size]) => text + "x".repeat(size)),
      fc
        .tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(600))
        .map(([n, size]) => Array(size).fill(n)),
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        stretched,
        fc.jsonValue(),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), stretched.map(String)), tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 2 }), (given, indent) => {
        const text = JSON.stringify(given, null, indent);
        const reply = parseReply(bytesOf(text));
        expect(JSON.stringify(resolved(reply.root, reply))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });
});

test("a view into larger memory is read by its own bounds, a byte order mark is passed over", () => {
  const inner = Buffer.from(`\ufeff${JSON.stringify({ a: long })}`);
  const memory = new Uint8Array(inner.byteLength + 7).fill(0x22);
  memory.set(inner, 3);
  const reply = parseReply(memory.subarray(3, 3 + inner.byteLength));
  expect(resolved(reply.root, reply)).toEqual({ a: long });
});

test("nobody can write a stand-in: a value that was one in another reply is an ordinary string", () => {
  const first = parseReply(bytesOf(JSON.stringify({ a: long })));
  const root: unknown = first.root;
  const reply = parseReply(bytesOf(JSON.stringify({ list: [root, long] })));
  expect(JSON.stringify(resolved(reply.root, reply))).toBe(JSON.stringify({ list: [root, long] }));
  expect(reply.payload(JSON.stringify(root))).toBeUndefined();
});

describe("what is no JSON is bad-reply", () => {
  const table: readonly { name: string; given: string | Uint8Array }[] = [
    { name: "nothing", given: "" },
    { name: "a page", given: "<!doctype html><title>Sign in</title>" },
    { name: "a cut reply", given: '{"rows":[{"a":' },
    { name: "a cut long string", given: `{"a":"${long}` },
    { name: "a string that ends in an escape", given: `{"a":"${long}\\` },
    { name: "two long strings side by side", given: `["${long}""${long}"]` },
    { name: "a list where a key is due", given: `{[${numbers.join(",")}]:1}` },
    { name: "a list behind a number", given: `[1[${numbers.join(",")}]]` },
    { name: "NaN", given: `[${"NaN,".repeat(500)}1]` },
    { name: "two values", given: `"${long}" "${long}"` },
    { name: "bytes that are no UTF-8", given: Uint8Array.of(0x22, 0xff, 0x22) },
    { name: "a byte order mark in the middle", given: `[1,\ufeff"${long}"]` },
  ];
  test.each(table)("$name", ({ given }) => {
    expect(codeOf(() => parseReply(typeof given === "string" ? bytesOf(given) : given))).toBe("bad-reply");
  });

  test("a control character or broken UTF-8 in a long string, when it is read", () => {
    for (const bad of [Uint8Array.of(0x0a), Uint8Array.of(0xc3)]) {
      const reply = parseReply(Buffer.concat([bytesOf(`"${long}`), bad, bytesOf('"')]));
      expect(codeOf(() => reply.text(reply.root))).toBe("bad-reply");
    }
  });

  test("its message quotes little of it", () => {
    expect(() => parseReply(bytesOf(`oops ${"x".repeat(10_000)}`))).toThrow(/^.{0,200}$/);
  });
});

test("a long list of numbers is text for nobody, and numbers for those who ask", () => {
  const reply = parseReply(bytesOf(JSON.stringify(numbers)));
  expect(reply.text(reply.root)).toBeUndefined();
  const payload = reply.payload(reply.root);
  if (payload === undefined) throw new Error("the list was not cut out");
  const read = readNumbers(payload, { dtype: "float64", count: 900, feature: "f" });
  expect(Array.from(read)).toEqual(numbers);
});

test("without a search for payloads all of it is an ordinary value", () => {
  const given = { text: "x".repeat(5000), list: Array.from({ length: 2000 }, (_, index) => index) };
  const reply = parsePlainReply(bytesOf(JSON.stringify(given)));
  expect(reply.root).toEqual(given);
  expect(reply.payload(given.text)).toBeUndefined();
  expect(reply.text(given.text)).toBe(given.text);
});
