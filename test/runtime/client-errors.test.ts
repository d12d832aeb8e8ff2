import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import type { ClientOptions } from "../../src/runtime/src/client/client-types.js";
import { createDeploymentClient } from "../../src/runtime/src/client/client.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";
import { answer, clientOf, deployment, token } from "./client-deployment.js";
import { visibleText } from "./visible-text.js";

const good = { Size: 4, Name: "Miaow" };
const key = { kind: "api-key", in: "query", name: "key" } as const;
const hidden = [
  token,
  Buffer.from(token).toString("base64").replace(/=+$/, ""),
  encodeURIComponent(token),
  "s3cr3t",
];

/** What a call throws; the test fails where it throws nothing. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => expect.unreachable("The call should have failed"),
    (error: unknown) => error,
  );
}

describe("no error shows the token", () => {
  const echo: MemoryHandler = ({ headers, url }) => ({
    status: 400,
    json: { errorCode: `${headers["authorization"]}`, errorMessage: `${url} ${JSON.stringify(headers)}` },
  });
  const cases: { name: string; handler: MemoryHandler; options?: ClientOptions }[] = [
    { name: "echoed in JSON", handler: echo },
    { name: "echoed for basic credentials", handler: echo, options: { auth: { kind: "basic" } } },
    { name: "echoed for a raw key", handler: echo, options: { auth: { kind: "raw" } } },
    { name: "echoed from the query", handler: echo, options: { auth: key } },
    { name: "echoed from a function's token", handler: echo, options: { token: async () => token } },
    {
      name: "echoed in text",
      handler: ({ headers }) => ({ status: 500, body: `<b>${headers["authorization"]}</b>` }),
    },
    {
      name: "echoed where a quote is cut",
      handler: () => ({ status: 500, body: `${"x".repeat(188)} ${token}` }),
    },
    { name: "echoed in a reply that is no JSON", handler: () => ({ body: token }) },
    { name: "echoed in a value", handler: () => ({ json: { rows: [{ Weight: token }] } }) },
    {
      name: "echoed in a redirect",
      handler: () => ({ status: 302, headers: { location: `https://x.test/${token}` } }),
    },
    {
      name: "in the transport's own error",
      handler: ({ headers }) => Promise.reject(new Error(`bad header ${headers["authorization"]}`)),
    },
    {
      name: "in the members of that",
      handler: (request) => Promise.reject(Object.assign(new Error("failed"), { request })),
    },
    {
      name: "in a header given by hand",
      handler: echo,
      options: { token: undefined, headers: { authorization: `Token ${token}` } },
    },
  ];
  test.each(cases)("$name", async ({ handler, options }) => {
    const error = await failureOf(clientOf(handler, options).client.predict(good));
    expect(isDeploymentError(error)).toBe(true);
    for (const secret of hidden) expect(visibleText(error)).not.toContain(secret);
  });

  test("whatever the platform does, through its own transports", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined).resume();
      socket.end(`HTTP/1.1 200 OK\r\nx: ${token}\r\ncontent-length: x\r\n\r\n`);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    for (const options of [{}, { fetch }]) {
      const url = `http://127.0.0.1:${port}/`;
      const client = createDeploymentClient(
        deployment,
        { protocol: rows, coders },
        {
          url,
          token,
          auth: key,
          retry: false,
          ...options,
        },
      );
      const error = await failureOf(client.predict(good));
      expect(isDeploymentError(error, "connection")).toBe(true);
      expect(error).toHaveProperty("cause", expect.anything());
      for (const secret of hidden) expect(visibleText(error)).not.toContain(secret);
    }
    server.close();
    await once(server, "close");
  });
});

test("the platform's error is passed on as it is where it is clean", async () => {
  const cause = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  const error = await failureOf(clientOf(() => Promise.reject(cause)).client.predict(good));
  expect(error).toMatchObject({ code: "connection" });
  expect(error instanceof Error && error.cause === cause).toBe(true);
});

test("a fault of the source is passed on as it is", async () => {
  const fault = new Error("my own");
  function* source(): Generator<typeof good> {
    yield good;
    throw fault;
  }
  const stream = clientOf(answer).client.predictStream(source());
  expect(await stream.next()).toEqual({ done: false, value: { Weight: 40 } });
  expect(await failureOf(stream.next())).toBe(fault);
});

describe("DeploymentError", () => {
  test("is known by its brand, also that of another copy of the runtime", async () => {
    const error = await failureOf(clientOf(() => ({ status: 404 })).client.predict(good));
    expect([
      isDeploymentError(error),
      isDeploymentError(error, "not-found"),
      isDeploymentError(error, "rejected"),
    ]).toEqual([true, true, false]);
    const foreign = Object.assign(new Error("x"), {
      code: "timeout",
      [Symbol.for("gen-deploy.DeploymentError")]: true,
    });
    expect([
      isDeploymentError(foreign, "timeout"),
      isDeploymentError(new Error("x")),
      isDeploymentError(null),
    ]).toEqual([true, false, false]);
  });
});
