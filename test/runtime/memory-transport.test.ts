import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";
import type { TransportRequest } from "../../src/runtime/src/http/transport.js";

const content = new TextEncoder().encode('{"a":1}');
const request: TransportRequest = {
  method: "POST",
  url: "https://host.test/",
  headers: { a: "b" },
  body: {
    contentType: "application/json",
    byteLength: content.byteLength,
    toBytes: () => content,
    chunks: () => [content],
  },
  signal: new AbortController().signal,
};

describe("what a handler may answer with", () => {
  const cases: {
    name: string;
    given: Awaited<ReturnType<MemoryHandler>>;
    want: [number, string | undefined, string];
  }[] = [
    { name: "nothing", given: {}, want: [200, undefined, ""] },
    {
      name: "JSON",
      given: { status: 201, json: { b: [null] } },
      want: [201, "application/json", '{"b":[null]}'],
    },
    { name: "JSON null", given: { json: null }, want: [200, "application/json", "null"] },
    {
      name: "text",
      given: { headers: { "Content-Type": "text/plain" }, body: "kön" },
      want: [200, "text/plain", "kön"],
    },
    { name: "bytes", given: { body: new Uint8Array([65, 66]) }, want: [200, undefined, "AB"] },
    {
      name: "a Response",
      given: new Response("x", { status: 418, headers: { "Content-Type": "a/b" } }),
      want: [418, "a/b", "x"],
    },
  ];
  test.each(cases)("$name", async ({ given, want }) => {
    const reply = await memoryTransport(() => given)(request);
    expect([
      reply.status,
      reply.header("content-type"),
      new TextDecoder().decode(await reply.bytes()),
    ]).toEqual(want);
    let text = "";
    for await (const chunk of reply.chunks()) text += new TextDecoder().decode(chunk);
    expect(text).toBe(want[2]);
  });
});

test("it records each request, whose bytes nobody can change", async () => {
  const transport = memoryTransport((seen) => {
    seen.bytes().fill(0);
    return { json: seen.method === "GET" ? null : seen.json() };
  });
  await transport(request);
  await transport({ ...request, method: "GET", body: null });
  expect(transport.calls.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
    { method: "POST", url: "https://host.test/", headers: { a: "b" } },
    { method: "GET", url: "https://host.test/", headers: { a: "b" } },
  ]);
  expect(transport.calls[0]?.json()).toEqual({ a: 1 });
  expect(transport.calls[1]?.bytes()).toEqual(new Uint8Array());
});

test("it heeds the signal while the handler does not answer", async () => {
  const controller = new AbortController();
  const waiting = memoryTransport(() => new Promise(() => undefined))({
    ...request,
    signal: controller.signal,
  });
  controller.abort("enough");
  await expect(waiting).rejects.toBe("enough");
});
