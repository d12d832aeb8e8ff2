import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { createExternalLoader } from "../../src/disk/external-loader.js";
import { readSpec, type ReadOptions } from "../../src/disk/read-spec.js";
import { useScratch } from "./scratch-package.js";

const scratch = useScratch();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
}

async function failure(location: string, options?: ReadOptions): Promise<GenDeployError> {
  const error: unknown = await readSpec(location, options).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof GenDeployError) return error;
  throw new Error(`not refused: ${inspect(error)}`);
}

async function* chunks(count: number, size: number): AsyncIterable<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield new Uint8Array(size).fill(32);
}

describe("files and standard input", () => {
  test("a file is read as it is, without a byte order mark", async () => {
    scratch.put("s.json", '\uFEFF{"é": 1}\r\n');
    const path = join(scratch.root, "s.json");
    expect(await readSpec(path)).toEqual({ name: path, url: null, text: '{"é": 1}\r\n' });
  });

  test("near names are suggested", async () => {
    scratch.put("openapi.json", "{}");
    expect((await failure(join(scratch.root, "opanapi.json"))).hint).toMatch(/Did you mean .*openapi\.json/);
    expect((await failure(scratch.root)).hint).toMatch(/Did you mean .*openapi\.json/);
    expect((await failure("")).code).toBe("read/missing");
  });

  test("standard input is bounded", async () => {
    expect(await readSpec("-", { stdin: chunks(2, 3) })).toEqual({
      name: "<stdin>",
      url: null,
      text: "      ",
    });
    expect((await failure("-", { stdin: chunks(1_000_000, 1_000_000) })).code).toBe("read/too-large");
    expect((await failure("-")).code).toBe("read/no-stdin");
  });
});

describe("the network", () => {
  const secret = "hunter2-secret";

  test("credentials and query are sent, and shown nowhere", async () => {
    const seen: IncomingMessage[] = [];
    const base = await serve((request, response) => {
      seen.push(request);
      response.end("{}");
    });
    const url = `${base.replace("//", `//me:${secret}@`)}/a/openapi.json?key=${secret}`;
    const text = await readSpec(url, { headers: [["x-more", secret]] });
    expect(text).toEqual({ name: `${base}/a/openapi.json`, url: `${base}/a/openapi.json`, text: "{}" });
    expect(seen[0]?.url).toBe(`/a/openapi.json?key=${secret}`);
    expect(seen[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from(`me:${secret}`).toString("base64")}`,
      "x-more": secret,
    });
    await readSpec(url, { token: "t-o-k-e-n" });
    expect(seen[1]?.headers.authorization).toBe("Bearer t-o-k-e-n");
  });

  test("credentials follow a redirect within the origin, and no other", async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(request.url === "/open" ? 200 : 401).end("{}");
    });
    const base = await serve((request, response) => {
      if (request.url === "/same") response.writeHead(307, { location: "/end" }).end();
      else if (request.url === "/end")
        response.end(`{"a": ${JSON.stringify(request.headers.authorization)}}`);
      else if (request.url === "/round") response.writeHead(302, { location: "/round" }).end();
      else if (request.url === "/file") response.writeHead(302, { location: "file:///etc/passwd" }).end();
      else response.writeHead(302, { location: `${other}${request.url ?? ""}` }).end();
    });
    expect(await readSpec(`${base}/same`, { token: secret })).toMatchObject({
      name: `${base}/end`,
      text: `{"a": "Bearer ${secret}"}`,
    });
    expect(await readSpec(`${base}/open`, { token: secret })).toMatchObject({
      text: "{}",
      url: `${other}/open`,
    });
    expect(await failure(`${base}/closed`, { token: secret })).toMatchObject({
      code: "read/unauthorised",
      hint: expect.stringContaining("do not follow"),
    });
    expect(seen).toEqual([undefined, undefined]);
    expect((await failure(`${base}/round`)).code).toBe("read/redirects");
    expect((await failure(`${base}/file`)).code).toBe("read/redirects");
  });

  const answers: readonly { status: number; code: string; hint: RegExp }[] = [
    { status: 401, code: "read/unauthorised", hint: /--token/ },
    { status: 403, code: "read/unauthorised", hint: /--token/ },
    { status: 404, code: "read/not-found", hint: /openapi\.json/ },
    { status: 304, code: "read/status", hint: /address/ },
    { status: 503, code: "read/status", hint: /later/ },
  ];
  for (const { status, code, hint } of answers) {
    test(`status ${status}`, async () => {
      const base = await serve((_request, response) => response.writeHead(status).end());
      expect(await failure(base)).toMatchObject({ code, hint: expect.stringMatching(hint) });
    });
  }

  test("an endless answer is cut off, announced or not", async () => {
    const base = await serve((request, response) => {
      if (request.url === "/announced") response.writeHead(200, { "content-length": "50000000" }).write(" ");
      else for (let index = 0; index < 40; index += 1) response.write(Buffer.alloc(1_000_000, 32));
    });
    expect((await failure(`${base}/announced`)).message).toContain("48 MiB");
    expect((await failure(`${base}/endless`)).code).toBe("read/too-large");
  });

  test("a server that never answers", async () => {
    const base = await serve(() => undefined);
    expect((await failure(base, { timeout: 50 })).code).toBe("read/timeout");
  });

  test("no failure holds the token", async () => {
    const base = await serve((_request, response) => response.writeHead(401).end());
    for (const location of [
      `${base}/?k=${secret}`,
      `http://x:${secret}@127.0.0.1:1/`,
      `http://${secret}:@[`,
    ]) {
      const error = await failure(location, { token: secret });
      expect(`${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`).not.toContain(secret);
    }
    const error = await failure(base, { token: `${secret}\nx` });
    expect(error.code).toBe("read/bad-header");
    expect(inspect(error, { depth: 9 })).not.toContain(secret);
  });
});

describe("other files", () => {
  test("are read below the description's folder, and once", async () => {
    scratch.put("api/spec.json", "{}");
    scratch.put("api/parts/a b.json", "1");
    scratch.put("secret.json", "2");
    const root = await readSpec(join(scratch.root, "api/spec.json"));
    const load = createExternalLoader(root, { allowRemote: false });
    const part = await load("parts/a%20b.json", root);
    expect(part.text).toBe("1");
    expect(await load("./parts/../parts/a%20b.json", root)).toBe(part);
    expect(await load("../spec.json", part)).toBe(root);
    for (const [reference, code] of [
      ["../secret.json", "read/outside"],
      ["%2e%2e/secret.json", "read/outside"],
      [join(scratch.root, "secret.json"), "read/outside"],
      ["http://127.0.0.1:1/x.json", "read/remote-ref"],
      ["//127.0.0.1:1/x.json", "read/remote-ref"],
      ["file:///etc/passwd", "read/scheme"],
      ["none.json", "read/missing"],
    ] as const) {
      await expect(load(reference, root), reference).rejects.toMatchObject({ code });
    }
  });
});
