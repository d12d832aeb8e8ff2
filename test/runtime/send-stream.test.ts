import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthorizer } from "../../src/runtime/src/http/auth.js";
import { defaultRetry } from "../../src/runtime/src/http/retry.js";
import { createSecrets } from "../../src/runtime/src/http/secrets.js";
import { sendStream } from "../../src/runtime/src/http/send-stream.js";
import type { SendContext } from "../../src/runtime/src/http/send.js";
import { fetchTransport } from "../../src/runtime/src/http/transport-fetch.js";
import { platformTransport } from "../../src/runtime/src/http/transport-undici.js";
import { hang, reply, startMisbehavingServer } from "../samples/misbehaving-server.js";
import type { MisbehavingServer, Misbehaviour } from "../samples/misbehaving-server.js";
import { collected } from "./in-pieces.js";

let server: MisbehavingServer;
beforeAll(async () => {
  server = await startMisbehavingServer();
});
afterAll(() => server.close());

const transports = [
  { name: "undici", transport: platformTransport() },
  { name: "fetch", transport: fetchTransport((input, init) => fetch(input, init)) },
];

/** Sends the head and one piece, then does what it is told; tells when the connection closes. */
function begun(then: (response: ServerResponse) => void): { behaviour: Misbehaviour; closed: Promise<void> } {
  let close: () => void;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const behaviour: Misbehaviour = (_request, response) => {
    response.on("close", () => close());
    response.writeHead(200, { "content-type": "text/plain" });
    response.write("one", () => then(response));
  };
  return { behaviour, closed };
}

describe.each(transports)("a reply piece by piece, by $name", ({ transport }) => {
  const contextOf = (more: Partial<SendContext> = {}): SendContext => ({
    transport,
    authorizer: createAuthorizer(undefined, []),
    secrets: createSecrets(),
    signals: [],
    timeout: 60_000,
    retry: { ...defaultRetry, minDelay: 1 },
    ...more,
  });
  const call = (): Parameters<typeof sendStream>[0] => {
    return { method: "GET", url: server.url, headers: {}, body: null, repeatable: true };
  };
  const text = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString();

  test("comes to its end", async () => {
    const { behaviour } = begun((response) => response.end(" two"));
    server.behave(behaviour);
    const { status, header, chunks } = await sendStream(call(), contextOf());
    expect([status, header("content-type")]).toEqual([200, "text/plain"]);
    expect(text(await collected(chunks))).toBe("one two");
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  test("its head is awaited anew where an attempt fails", async () => {
    let attempts = 0;
    server.behave((request, response) => {
      attempts += 1;
      if (attempts < 3) reply(503, "later")(request, response);
      else response.end("done");
    });
    expect(text(await collected((await sendStream(call(), contextOf())).chunks))).toBe("done");
    expect(attempts).toBe(3);
  });

  test.each([
    { name: "a failing status", behaviour: reply(404, "none"), want: { code: "not-found", status: 404 } },
    {
      name: "a redirect",
      behaviour: reply(307, "", { location: "/elsewhere" }),
      want: { code: "redirected" },
    },
    { name: "no head in time", behaviour: hang, want: { code: "timeout" } },
  ])("is none: $name", async ({ behaviour, want }) => {
    server.behave(behaviour);
    const retry = { ...defaultRetry, retries: 0 };
    await expect(sendStream(call(), contextOf({ timeout: 300, retry }))).rejects.toMatchObject(want);
  });

  test("that breaks is a fault of the connection, and is not asked for again", async () => {
    const { behaviour } = begun((response) => setTimeout(() => response.socket?.resetAndDestroy(), 20));
    server.behave(behaviour);
    const { chunks } = await sendStream(call(), contextOf());
    expect(text([(await chunks.next()).value ?? new Uint8Array()])).toBe("one");
    await expect(chunks.next()).rejects.toMatchObject({ code: "connection" });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    expect(server.behave(hang)).toBe(1);
  });

  test("has a time for each piece, not for all", async () => {
    const { behaviour, closed } = begun((response) => {
      const pieces = [" two", " three", " four"];
      const timer = setInterval(() => {
        const piece = pieces.shift();
        if (piece === undefined) clearInterval(timer);
        else response.write(piece);
      }, 150);
    });
    server.behave(behaviour);
    const { chunks } = await sendStream(call(), contextOf({ timeout: 400 }));
    const seen: Uint8Array[] = [];
    const error: unknown = await (async () => {
      for await (const piece of chunks) seen.push(piece);
    })().catch((cause: unknown) => cause);
    expect(text(seen)).toBe("one two three four");
    const message = "The reply stopped: nothing more of it came within 400 ms.";
    expect(error).toMatchObject({ code: "timeout", message });
    await closed;
  });

  test("is closed where the loop is left", async () => {
    const { behaviour, closed } = begun(() => undefined);
    server.behave(behaviour);
    for await (const piece of (await sendStream(call(), contextOf())).chunks) {
      expect(text([piece])).toBe("one");
      break;
    }
    await closed;
  });

  test("is closed where the loop is never begun", async () => {
    const { behaviour, closed } = begun(() => undefined);
    server.behave(behaviour);
    const { chunks } = await sendStream(call(), contextOf());
    expect(await chunks.return?.()).toEqual({ done: true, value: undefined });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    await closed;
  });

  test("ends at once where the caller aborts", async () => {
    const { behaviour, closed } = begun(() => undefined);
    server.behave(behaviour);
    const controller = new AbortController();
    const { chunks } = await sendStream(call(), contextOf({ signals: [controller.signal] }));
    await chunks.next();
    const next = chunks.next();
    controller.abort("enough");
    await expect(next).rejects.toMatchObject({ code: "aborted", cause: "enough" });
    await closed;
  });

  test("closes where the caller aborts between two pieces, and says so at the next", async () => {
    const { behaviour, closed } = begun(() => undefined);
    server.behave(behaviour);
    const controller = new AbortController();
    const { chunks } = await sendStream(call(), contextOf({ signals: [controller.signal] }));
    await chunks.next();
    controller.abort("enough");
    await closed;
    await expect(chunks.next()).rejects.toMatchObject({ code: "aborted", cause: "enough" });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });
});
