import { request } from "node:http";
import type { MemoryHandler } from "@gen-deploy/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { createDescriptionReply } from "../../src/mock/description-reply.js";
import type { MockCall } from "../../src/mock/mock-call.js";
import { serveMock, type MockServer, type MockServerOptions } from "../../src/mock/serve-mock.js";

const servers: MockServer[] = [];
afterEach(async () => {
  await Promise.all(
    servers
      .splice(0)
      .map((server) => server.close({ milliseconds: 100, signal: new AbortController().signal })),
  );
});

const calls: Omit<MockCall, "rows">[] = [];

async function serve(handler: MemoryHandler, options: Partial<MockServerOptions> = {}): Promise<MockServer> {
  calls.length = 0;
  const server = await serveMock({
    place: { host: "127.0.0.1", port: 0, orNext: false },
    handler,
    description: createDescriptionReply([{ name: "openapi.json", text: "{}" }]),
    secretNames: ["key"],
    latency: () => 0,
    replay: undefined,
    answersOthers: true,
    record: undefined,
    onCall: (call) => calls.push(call),
    ...options,
  });
  servers.push(server);
  return server;
}

const echo: MemoryHandler = ({ method, url, headers, bytes }) => ({
  json: { method, url, type: headers["content-type"], length: bytes().length },
});

describe("a mock's server", () => {
  test("hands requests on as they came, but for credentials in what it reports", async () => {
    const { origin } = await serve(echo);
    const reply = await fetch(`${origin}/base/forward?key=secret&b=1`, { method: "PUT", body: "1234" });
    expect(await reply.json()).toEqual({
      method: "PUT",
      url: `${origin}/base/forward?key=secret&b=1`,
      type: "text/plain;charset=UTF-8",
      length: 4,
    });
    expect(calls).toMatchObject([{ method: "PUT", path: "/base/forward?b=1", status: 200 }]);
  });

  test("is open to pages of other origins", async () => {
    const { origin } = await serve(echo);
    const page = { origin: "https://app.example.com" };
    const preflight = await fetch(`${origin}/forward`, {
      method: "OPTIONS",
      headers: {
        ...page,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization,content-type",
      "access-control-allow-methods": expect.stringContaining("POST"),
    });
    const reply = await fetch(`${origin}/forward`, { method: "POST", headers: page, body: "{}" });
    expect(reply.headers.get("access-control-allow-origin")).toBe("*");
    expect(
      (await fetch(`${origin}/forward`, { method: "POST" })).headers.has("access-control-allow-origin"),
    ).toBe(false);
  });

  test("refuses bodies that are too long when they have been sent, stated lengths and chunks alike", async () => {
    const { origin } = await serve(echo, { mostBytes: 1000 });
    const long = "x".repeat(1_000_000);
    const stated = await fetch(origin, { method: "POST", body: long });
    expect([stated.status, await stated.json()]).toEqual([
      413,
      { error: "The body is longer than this mock takes." },
    ]);
    const chunked = await new Promise<number | undefined>((resolve) => {
      const call = request(origin, { method: "POST" }, (reply) => resolve(reply.statusCode));
      for (let at = 0; at < 20; at += 1) call.write(long.slice(0, 10_000));
      call.end();
    });
    expect(chunked).toBe(413);
    expect((await fetch(origin, { method: "POST", body: "x".repeat(1000) })).status).toBe(200);
  });

  test("serves the description wherever clients look for it, and answers HEAD without a body", async () => {
    const { origin } = await serve(echo);
    for (const path of ["/openapi.json", "/deployment/1/openapi.json?x=1"]) {
      const reply = await fetch(`${origin}${path}`);
      expect([reply.headers.get("content-type"), await reply.text()]).toEqual(["application/json", "{}"]);
    }
    const head = await fetch(`${origin}/openapi.json`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "2", ""]);
  });

  test("tells of a handler that fails", async () => {
    const { origin } = await serve(() => {
      throw new Error("no such label");
    });
    const reply = await fetch(origin);
    expect([reply.status, await reply.json()]).toEqual([500, { error: "The mock failed: no such label" }]);
    expect(calls).toMatchObject([{ status: 500, fault: "no such label" }]);
  });

  test("gives no reply that it could not record", async () => {
    const full = (): never => {
      throw new Error("no space left");
    };
    const { origin } = await serve(echo, { record: full });
    expect((await fetch(origin)).status).toBe(500);
    expect(calls).toMatchObject([{ status: 500, fault: "no space left" }]);
  });

  test("keeps connections", async () => {
    const { origin, close } = await serve(echo);
    const { Agent } = await import("node:http");
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let count = 0; count < 3; count += 1) {
      await new Promise<void>((resolve) => {
        request(origin, { agent, method: "POST" }, (reply) => {
          ports.add(reply.socket.localPort);
          reply.resume().on("end", resolve);
        }).end("{}");
      });
    }
    expect(ports.size).toBe(1);
    await close({ milliseconds: 1000, signal: new AbortController().signal });
    agent.destroy();
  });

  test("survives what is no HTTP", async () => {
    const { origin, port } = await serve(echo);
    const { connect } = await import("node:net");
    const answer = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(port, "127.0.0.1", () => socket.write("\0\0nonsense\r\n\r\n"));
      socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(origin)).status).toBe(200);
  });
});
