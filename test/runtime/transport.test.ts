import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import type { Body } from "../../src/runtime/src/json/body.js";
import type { Transport, TransportReply } from "../../src/runtime/src/http/transport.js";
import {
  fetchTransport,
  platformTransport as fetchPlatform,
} from "../../src/runtime/src/http/transport-fetch.js";
import { platformTransport as undiciPlatform } from "../../src/runtime/src/http/transport-undici.js";

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port");
  return { url: `http://127.0.0.1:${address.port}/`, server };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function bodyOf(bytes: Uint8Array, pieces: number[]): Body {
  return {
    contentType: "application/json",
    byteLength: bytes.byteLength,
    toBytes: () => bytes,
    *chunks() {
      let start = 0;
      for (const end of [...pieces, bytes.byteLength]) yield bytes.subarray(start, (start = end));
    },
  };
}

function send(
  transport: Transport,
  url: string,
  more: Partial<Parameters<Transport>[0]> = {},
): Promise<TransportReply> {
  return transport({
    method: "GET",
    url,
    headers: {},
    body: null,
    signal: new AbortController().signal,
    ...more,
  });
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += Buffer.from(chunk).toString("latin1");
  return text;
}

describe.each([
  { name: "undici", create: undiciPlatform },
  { name: "fetch", create: fetchPlatform },
])("$name", ({ create }) => {
  test("carries method, address, headers and body, and brings the reply", async () => {
    const { url } = await serve(async (request, response) => {
      const body = await readAll(request);
      response.writeHead(418, { "X-Seen": `${request.method} ${request.url} ${request.headers["x-sent"]}` });
      response.end(body);
    });
    const bytes = new TextEncoder().encode("kön€");
    const request = { method: "POST", headers: { "x-sent": "yes" }, body: bodyOf(bytes, []) };
    const reply = await send(create(), `${url}a/b?c=d`, request);
    expect(reply.status).toBe(418);
    expect(reply.header("x-seen")).toBe("POST /a/b?c=d yes");
    expect(reply.header("toString")).toBeUndefined();
    expect(await reply.bytes()).toEqual(bytes);
  });

  test("sends a large body whole, with its length, as often as asked", async () => {
    const bytes = new Uint8Array(3_000_000).map((_, index) => index * 7);
    const { url } = await serve(async (request, response) => {
      const body = await readAll(request);
      response.end(`${request.headers["content-length"]} ${Buffer.compare(body, bytes)}`);
    });
    const transport = create();
    const body = bodyOf(bytes, [1, 70_000, 1_500_000]);
    for (let time = 0; time < 2; time++) {
      const reply = await send(transport, url, { method: "POST", body });
      expect(await collect(reply.chunks())).toBe("3000000 0");
    }
  });

  test("gets plain bytes from a server that packs them where it may", async () => {
    const { url } = await serve((request, response) => {
      const packs = /gzip|^$/.test(request.headers["accept-encoding"]?.toString() ?? "");
      if (packs) response.setHeader("content-encoding", "gzip");
      response.end(packs ? gzipSync("plain") : "plain");
    });
    expect(await collect((await send(create(), url)).chunks())).toBe("plain");
  });

  test("follows no redirect", async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    const reply = await send(create(), url, { headers: { authorization: "Bearer x" } });
    expect([reply.status, reply.header("location")]).toEqual([302, "/elsewhere"]);
    await reply.bytes();
    expect(asked).toEqual(["/"]);
  });

  test("keeps its connections from one request to the next", async () => {
    let connections = 0;
    const { url, server } = await serve((_request, response) => response.end("{}"));
    server.on("connection", () => connections++);
    const transport = create();
    for (let time = 0; time < 10; time++) await (await send(transport, url)).bytes();
    // A pool may open a second one while the first is being handed back.
    expect(connections).toBeLessThanOrEqual(2);
  });

  test("gives up a body that is left before its end", async () => {
    let onClose: (value: string) => void = () => undefined;
    const gone = new Promise<string>((resolve) => (onClose = resolve));
    const { url } = await serve((_request, response) => {
      response.on("close", () => onClose("closed"));
      response.write("x".repeat(100_000));
    });
    const reply = await send(create(), url);
    for await (const chunk of reply.chunks()) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    expect(await gone).toBe("closed");
  });

  test("stops when its signal aborts, before and during the reply", async () => {
    let asked: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const { url } = await serve(() => asked());
    const reason = new Error("enough");
    const controller = new AbortController();
    const waiting = send(create(), url, { signal: controller.signal });
    await arrived;
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(send(create(), url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("rejects where nobody answers", async () => {
    const { url, server } = await serve(() => undefined);
    servers.pop();
    server.close();
    await once(server, "close");
    const error: unknown = await send(create(), url).catch((reason: unknown) => reason);
    const codes = JSON.stringify([error, error instanceof Error ? error.cause : null]);
    expect(codes).toContain("ECONNREFUSED");
  });
});

test("a fetch is called as a bare function, told not to follow redirects", async () => {
  const seen: unknown[] = [];
  const transport = fetchTransport(async function (this: unknown, input, init) {
    seen.push(this, input, init?.redirect, init?.method);
    return new Response("{}", { status: 201, headers: { A: "b" } });
  });
  const reply = await send(transport, "https://example.com/x", { method: "PUT" });
  expect([reply.status, reply.header("a"), reply.header("c")]).toEqual([201, "b", undefined]);
  expect(seen).toEqual([undefined, "https://example.com/x", "manual", "PUT"]);
  expect(await collect(reply.chunks())).toBe("{}");
});

test("a redirect that a browser hides has status 0", async () => {
  const reply = await send(
    fetchTransport(async () => Response.error()),
    "https://example.com/",
  );
  expect(reply.status).toBe(0);
  expect(await collect(reply.chunks())).toBe("");
});
