import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import {
  Interruption,
  InterruptibleRequest,
  onInterrupted,
} from "../../src/runtime/src/http/interruption.js";
import { createExchange } from "../../src/runtime/src/http/undici-exchange.js";
import type { UndiciExchange } from "../../src/runtime/src/http/undici-exchange.js";

const opened: { readonly server: Server; readonly pool: Pool }[] = [];

afterEach(async () => {
  for (const { server, pool } of opened.splice(0)) {
    await pool.destroy();
    server.closeAllConnections();
    server.close();
  }
});

/** An exchange that has been sent to `listener`. */
async function exchangeWith(listener: RequestListener): Promise<UndiciExchange> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port");
  const pool = new Pool(`http://127.0.0.1:${address.port}`, { connections: 1 });
  opened.push({ server, pool });
  const exchange = createExchange();
  pool.dispatch({ method: "GET", path: "/" }, exchange.handler);
  return exchange;
}

const block = new Uint8Array(65_536).fill(7);

describe("a reply", () => {
  test("comes whole in bytes of its own", async () => {
    const { reply } = await exchangeWith((_request, response) => {
      response.write("one ");
      setTimeout(() => response.end("two"), 20);
    });
    const bytes = await (await reply).bytes();
    expect(new TextDecoder().decode(bytes)).toBe("one two");
    expect(bytes.buffer.byteLength).toBe(7);
  });

  test("may have ended before anybody reads it", async () => {
    const { reply } = await exchangeWith((_request, response) => response.end("done"));
    const { bytes, status } = await reply;
    await sleep(50);
    expect([status, new TextDecoder().decode(await bytes())]).toEqual([200, "done"]);
  });

  test("is not what hints at it", async () => {
    const { reply } = await exchangeWith((_request, response) => {
      response.writeEarlyHints({ link: "</a>; rel=preload" });
      response.writeHead(201).end();
    });
    expect((await reply).status).toBe(201);
  });

  test("that is larger than what may wait is held up until it is read, whole or in pieces", async () => {
    for (const way of ["bytes", "chunks"] as const) {
      let written = 0;
      const { reply } = await exchangeWith((_request, response) => {
        const more = (): void => {
          while (written < 1024) {
            written += 1;
            if (!response.write(block)) return void response.once("drain", more);
          }
          response.end();
        };
        more();
      });
      const head = await reply;
      await sleep(200);
      expect(written).toBeLessThan(512);
      let length = 0;
      if (way === "bytes") length = (await head.bytes()).length;
      else for await (const chunk of head.chunks()) length += chunk.length;
      expect([length, written]).toEqual([1024 * block.length, 1024]);
    }
  });

  test.each(["bytes", "chunks"] as const)("that breaks off is an error of its %s", async (way) => {
    const { reply } = await exchangeWith((_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("begun");
      setTimeout(() => response.destroy(), 20);
    });
    const head = await reply;
    const read = async (): Promise<unknown> => {
      if (way === "bytes") return await head.bytes();
      const chunks: Uint8Array[] = [];
      for await (const chunk of head.chunks()) chunks.push(chunk);
      return chunks;
    };
    await expect(read()).rejects.toMatchObject({ code: "UND_ERR_SOCKET" });
  });
});

describe("an exchange is ended", () => {
  test("before its connection is there", async () => {
    let asked = false;
    const { reply, abort } = await exchangeWith(() => (asked = true));
    abort(new Error("enough"));
    await expect(reply).rejects.toThrow("enough");
    await sleep(50);
    expect(asked).toBe(false);
  });

  test("in the middle of a reply, and what has come of it is gone", async () => {
    const { reply, abort } = await exchangeWith((_request, response) => response.write("begun"));
    const head = await reply;
    await sleep(20);
    const chunks = head.chunks()[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toHaveLength(5);
    const next = chunks.next();
    abort("a reason of any kind");
    await expect(next).rejects.toBe("a reason of any kind");
  });

  test("by the end of its reply, once for all", async () => {
    const { reply, abort } = await exchangeWith((_request, response) => response.end("done"));
    const head = await reply;
    await sleep(20);
    abort(new Error("late"));
    expect(await head.bytes()).toHaveLength(4);
  });
});

describe("a request that may be interrupted", () => {
  const parts = { method: "GET", url: "https://example.com/", headers: {}, body: null };

  test("tells who listens, also when that is too late", () => {
    const heard: unknown[] = [];
    const interruption = new Interruption();
    const request = new InterruptibleRequest(parts, interruption);
    onInterrupted(request, (reason) => heard.push(["early", reason]));
    interruption.abort(1);
    interruption.abort(2);
    onInterrupted(request, (reason) => heard.push(["late", reason]));
    expect(heard).toEqual([
      ["early", 1],
      ["late", 1],
    ]);
    expect(request.signal.reason).toBe(1);
  });

  test("has a signal like any other, which copies have too", () => {
    const interruption = new Interruption();
    const request = new InterruptibleRequest(parts, interruption);
    const copy = { ...request };
    expect(copy.signal).toBe(request.signal);
    expect(Object.keys(copy)).toEqual(["method", "url", "headers", "body", "signal"]);
    const heard: unknown[] = [];
    onInterrupted(copy, (reason) => heard.push(reason));
    onInterrupted({ ...copy, signal: AbortSignal.abort("other") }, (reason) => heard.push(reason));
    interruption.abort("this");
    expect(heard).toEqual(["other", "this"]);
    expect(interruption.aborted && copy.signal.aborted).toBe(true);
  });
});
