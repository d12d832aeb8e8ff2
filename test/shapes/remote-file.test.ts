import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { platformTransport } from "../../src/runtime/src/http/transport-undici.js";
import { memoryTransport } from "../../src/runtime/src/index.js";
import { createRemoteFile } from "../../src/runtime/src/shapes/remote-file.js";

const bytes = Uint8Array.of(1, 2, 3);
const seen: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
let server: Server;
let origin = "";
const transport = platformTransport();

beforeAll(async () => {
  server = createServer(({ url, headers }, reply) => {
    seen.push({ url, headers });
    const left = Number(/^\/hops\/(\d+)/.exec(url ?? "")?.[1] ?? 0);
    if (left > 0) reply.writeHead(302, { location: left === 1 ? "/file" : `${left - 1}` }).end("elsewhere");
    else if (url === "/away") reply.writeHead(302, { location: "ftp://example.com/secret?key=k" }).end();
    else if (url === "/none") reply.writeHead(404).end("no such file");
    else if (url === "/slow") reply.writeHead(200).write("x");
    else reply.writeHead(200, { "content-type": "audio/wav; codecs=1" }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => void seen.splice(0));

describe("a file that stands elsewhere", () => {
  test("is fetched when it is asked for, each time, without credentials", async () => {
    const file = createRemoteFile(`${origin.replace("//", "//user:pass@")}/file?sig=1#part`, transport);
    expect(seen).toEqual([]);
    expect(await file.bytes()).toEqual(expect.objectContaining({ length: 3 }));
    const blob = await file.blob();
    expect(blob.type).toBe("audio/wav");
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
    expect(seen.map(({ url }) => url)).toEqual(["/file?sig=1", "/file?sig=1"]);
    expect(JSON.stringify(seen)).not.toMatch(/authorization|cookie|pass/);
  });

  test("shows its address alone", () => {
    const file = createRemoteFile("https://example.com/a", transport);
    expect(inspect(file)).toBe("{ url: 'https://example.com/a' }");
    expect(JSON.stringify(file)).toBe('{"url":"https://example.com/a"}');
    expect(Object.isFrozen(file)).toBe(true);
  });

  test("is read at once where the address holds it", async () => {
    const file = createRemoteFile("data:image/png;base64,AQID", transport);
    expect(await file.bytes()).toEqual(bytes);
    expect((await file.blob()).type).toBe("image/png");
    await expect(createRemoteFile("data:nothing", transport).bytes()).rejects.toMatchObject({
      code: "bad-reply",
    });
  });

  test("is found relative to the deployment", async () => {
    const file = createRemoteFile("file", transport, { base: `${origin}/predictions` });
    expect(await file.bytes()).toEqual(expect.objectContaining({ length: 3 }));
    expect(seen.map(({ url }) => url)).toEqual(["/file"]);
  });

  test("is followed through five redirects and no more", async () => {
    expect(await createRemoteFile(`${origin}/hops/5`, transport).bytes()).toEqual(
      expect.objectContaining({ length: 3 }),
    );
    expect(seen).toHaveLength(6);
    await expect(createRemoteFile(`${origin}/hops/6`, transport).bytes()).rejects.toMatchObject({
      code: "redirected",
      message: expect.stringContaining("more than 5 redirects"),
    });
  });

  test.each([
    { name: "a redirect to another scheme", url: "/away", want: { code: "redirected" } },
    { name: "a file that is gone", url: "/none", want: { code: "not-found", status: 404 } },
  ])("fails behind $name", async ({ url, want }) => {
    const failure = await createRemoteFile(`${origin}${url}`, transport)
      .bytes()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject(want);
    expect(String(failure)).not.toContain("key=k");
  });

  test("may not fall from https to http", async () => {
    const falling = memoryTransport(() => ({ status: 302, headers: { location: "http://example.com/" } }));
    const file = createRemoteFile("https://example.com/", falling);
    await expect(file.bytes()).rejects.toMatchObject({ code: "redirected" });
    expect(falling.calls).toHaveLength(1);
  });

  test.each(["file:///etc/passwd", "nothing", "javascript:1"])("is not fetched from %s", async (url) => {
    await expect(createRemoteFile(url, transport).bytes()).rejects.toMatchObject({ code: "bad-reply" });
  });

  test("can be given up, by a signal or by time", async () => {
    const controller = new AbortController();
    const file = createRemoteFile(`${origin}/slow`, transport);
    const work = file.bytes({ signal: controller.signal });
    controller.abort();
    await expect(work).rejects.toMatchObject({ code: "aborted" });
    const brief = createRemoteFile(`${origin}/slow`, transport, { timeout: 50 });
    await expect(brief.blob()).rejects.toMatchObject({ code: "timeout" });
  });

  test("says where it could not be reached", async () => {
    const file = createRemoteFile("http://127.0.0.1:1/a?sig=1", transport);
    const failure = await file.bytes().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "connection" });
    expect(String(failure)).not.toContain("sig=1");
  });
});
