import { Buffer } from "node:buffer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import type { TfServingClientOptions } from "../../src/runtime/src/tf-serving/index.js";
import type { ServedModel, ServedVersion } from "../servers/tf-serving-model.js";
import { halfPlusTwo, versionedModel } from "../servers/tf-serving-models.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { SeenRequest, ServedReply, TfServing } from "../servers/tf-serving-server.js";
import { halfDeployment } from "./loopback-deployments.js";

/*
 * The client against the loopback server: the model itself, where it is, whether it is ready, and what stands before it.
 */

const credentials = { username: "gradient", password: "pa:ss ünder" };
const password = Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64");

let serving: TfServing;
let guarded: TfServing;
let late: ServedVersion;
let intercept: (request: SeenRequest) => ServedReply | undefined;

beforeEach(async () => {
  late = { version: 7n, state: "LOADING" };
  intercept = () => undefined;
  const failed: ServedVersion = {
    version: 1n,
    state: "END",
    errorCode: "NOT_FOUND",
    errorMessage: "no such file",
  };
  const models: readonly ServedModel[] = [
    versionedModel("a/b: ü"),
    halfPlusTwo("late", [late], new Map([["soon", 7n]])),
    halfPlusTwo("broken", [failed]),
  ];
  serving = await startTfServing({ models, intercept: (request) => intercept(request) });
  guarded = await startTfServing({ models, basic: credentials, gradient: new Map([["dep1", "a/b: ü"]]) });
});
afterEach(async () => {
  await serving.close();
  await guarded.close();
});

function clientOf(model: string, options: TfServingClientOptions = {}) {
  const url = `${serving.origin}/v1/models/${encodeURIComponent(model)}`;
  return createTfServingClient(halfDeployment, { url, retry: false, ...options });
}

async function halfOf(
  client: ReturnType<typeof clientOf>,
  options: TfServingClientOptions = {},
): Promise<number> {
  const { y } = await client.predict({ x: [4] }, options);
  return y.data[0] ?? NaN;
}

describe("versions and labels", () => {
  test("are chosen for a client and for a call; the latest where nobody chooses", async () => {
    expect(await halfOf(clientOf("a/b: ü"))).toBe(7);
    expect(await halfOf(clientOf("a/b: ü", { version: 3 }))).toBe(5);
    expect(await halfOf(clientOf("a/b: ü", { label: "stable" }))).toBe(5);
    expect(await halfOf(clientOf("a/b: ü", { version: 3 }), { label: "the next/one" })).toBe(7);
    expect(serving.requests.at(-1)?.url).toBe("/v1/models/a%2Fb%3A%20%C3%BC/labels/the%20next%2Fone:predict");
  });

  test("hold for metadata, examples and status too", async () => {
    const client = clientOf("a/b: ü", { label: "stable" });
    expect((await client.metadata()).model).toEqual({ name: "a/b: ü", version: "3" });
    expect((await client.metadata({ version: "5" })).model.version).toBe("5");
    expect(await client.regress([{ x: 2 }])).toEqual([3]);
    const { versions } = await client.status({ version: 3n });
    expect(versions).toEqual([{ version: "3", state: "AVAILABLE", errorCode: "OK", errorMessage: "" }]);
    expect((await clientOf("a/b: ü").status()).versions.map(({ version }) => version)).toEqual(["5", "3"]);
  });

  test("exclude each other", async () => {
    const both = { version: 3, label: "stable" };
    await expect(halfOf(clientOf("a/b: ü"), both)).rejects.toMatchObject({ code: "bad-options" });
    expect(() => clientOf("a/b: ü", both)).toThrow(expect.objectContaining({ code: "bad-options" }));
    expect(serving.requests).toEqual([]);
  });

  test("that do not exist are told apart from a model that does not", async () => {
    const wrong = halfOf(clientOf("a/b: ü"), { version: 9 });
    await expect(wrong).rejects.toMatchObject({ code: "not-found", status: 404 });
    await expect(wrong).rejects.toThrow(/version 9/);
    await expect(halfOf(clientOf("nobody"))).rejects.toMatchObject({ code: "not-found", status: 404 });
    await expect(halfOf(clientOf("a/b: ü"), { label: "x" })).rejects.toMatchObject({
      code: "rejected",
      status: 400,
    });
  });
});

describe("a model on its way", () => {
  test("is unavailable, and not unknown", async () => {
    const call = halfOf(clientOf("late"));
    await expect(call).rejects.toMatchObject({ code: "unavailable", status: 404 });
    await expect(call).rejects.toThrow(/waitUntilReady/);
  });

  test("is waited for until it is there", async () => {
    const client = clientOf("late", { label: "soon" });
    let looks = 0;
    intercept = () => {
      looks += 1;
      if (looks === 3) late.state = "AVAILABLE";
      return undefined;
    };
    const { versions } = await client.waitUntilReady({ interval: 1 });
    expect(versions.map(({ state }) => state)).toEqual(["AVAILABLE"]);
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(await halfOf(client)).toBe(4);
  });

  test("is not waited for any longer once it has failed, or the time is up", async () => {
    await expect(clientOf("broken").waitUntilReady({ interval: 1 })).rejects.toMatchObject({
      code: "deployment-error",
      serverCode: "NOT_FOUND",
      message: expect.stringContaining("no such file"),
    });
    const call = clientOf("late").waitUntilReady({ interval: 1, timeout: 20 });
    await expect(call).rejects.toMatchObject({ code: "timeout" });
  });

  test("is reached by retries if it comes in time", async () => {
    intercept = ({ method }) => {
      if (method === "GET") late.state = "AVAILABLE";
      return method === "GET" ? { status: 200, body: stillLoading } : undefined;
    };
    const retry = { retries: 2, minDelay: 1, maxDelay: 1 };
    expect(await halfOf(clientOf("late", { retry }))).toBe(4);
  });
});

const stillLoading = JSON.stringify({
  model_version_status: [{ version: "7", state: "LOADING", status: { error_code: "OK", error_message: "" } }],
});

test("the live metadata are held to the package's", async () => {
  await clientOf("a/b: ü").verify();
  const changed = {
    ...halfDeployment.signatures,
    serving_default: { ...halfDeployment.signatures.serving_default },
  };
  Reflect.set(changed.serving_default, "inputs", { x: { dtype: "float64", shape: [-1, 1] } });
  const url = `${serving.origin}/v1/models/${encodeURIComponent("a/b: ü")}`;
  const client = createTfServingClient({ ...halfDeployment, signatures: changed }, { url });
  await expect(client.verify()).rejects.toMatchObject({ name: "DriftError", changes: [{ feature: "x" }] });
});

describe("Gradient", () => {
  const open = (url: string, options: TfServingClientOptions = {}) =>
    createTfServingClient(halfDeployment, { url, retry: false, ...options });

  test.each(["", ":predict", ":classify", ":regress"])(
    "an address that ends in %j is understood",
    async (verb) => {
      const client = open(`${guarded.origin}/model-serving/dep1${verb}`, { token: credentials });
      expect(await halfOf(client)).toBe(7);
      expect(await halfOf(client, { version: 3 })).toBe(5);
      expect((await client.metadata()).model.version).toBe("5");
      expect(await client.classify([{ x: { float: [2] } }])).toEqual([[{ label: "", score: 3 }]]);
      expect(guarded.requests.map(({ headers }) => headers.authorization)).toEqual(
        guarded.requests.map(() => `Basic ${password}`),
      );
      expect(guarded.requests[1]?.url).toBe("/model-serving/dep1/versions/3:predict");
    },
  );

  test("wants a user and password, which no error holds", async () => {
    await expect(halfOf(open(`${guarded.origin}/model-serving/dep1`))).rejects.toMatchObject({
      code: "unauthorized",
      status: 401,
    });
    const token = { username: "gradient", password: "wr0ng-s3cret" };
    const error: unknown = await halfOf(open(`${guarded.origin}/model-serving/dep1`, { token })).catch(
      (reason: unknown) => reason,
    );
    expect(isDeploymentError(error, "unauthorized")).toBe(true);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/wr0ng|d3IwbmctczNjcmV0/);
  });

  test("a query string has no place in an address", () => {
    expect(() => open(`${guarded.origin}/model-serving/dep1?key=s3cret`)).toThrow(
      expect.objectContaining({ code: "bad-options", message: expect.not.stringContaining("s3cret") }),
    );
  });

  test("a key in the query is refused", async () => {
    const auth = { kind: "api-key", in: "query", name: "key" } as const;
    const start = async () => halfOf(open(`${guarded.origin}/model-serving/dep1`, { auth, token: "s3cret" }));
    await expect(start()).rejects.toMatchObject({ code: "bad-options" });
    expect(guarded.requests).toEqual([]);
  });
});

describe("replies that no model gave", () => {
  const html = "<html><body>nginx</body></html>";
  const cases: readonly { name: string; reply: ServedReply; want: object }[] = [
    { name: "an empty body", reply: { status: 400, body: "" }, want: { code: "rejected", status: 400 } },
    {
      name: "a page",
      reply: { status: 502, body: html, contentType: "text/html" },
      want: { code: "server-error", status: 502 },
    },
    {
      name: "a page with no error",
      reply: { status: 200, body: html, contentType: "text/html" },
      want: { code: "bad-reply" },
    },
    {
      name: "JSON of old servers",
      reply: { status: 400, body: '{ "error": "of \\\'instances\\\' list" }' },
      want: { code: "rejected", message: expect.stringContaining("of 'instances' list") },
    },
    { name: "no JSON", reply: { status: 500, body: '{"error": ' }, want: { code: "server-error" } },
    { name: "too much", reply: { status: 413, body: html }, want: { code: "too-large" } },
    { name: "too often", reply: { status: 429, body: '{"error": "busy"}' }, want: { code: "rate-limited" } },
    {
      name: "too long",
      reply: { status: 504, body: '{"error": "Timed out"}' },
      want: { code: "server-error", status: 504 },
    },
    {
      name: "a call that was given up",
      reply: { status: 499, body: '{"error": "Cancelled"}' },
      want: { code: "rejected", status: 499 },
    },
    {
      name: "not implemented",
      reply: { status: 501, body: '{"error": "half"}' },
      want: { code: "server-error", status: 501 },
    },
    {
      name: "another address",
      reply: { status: 302, body: "", headers: { location: "/login" } },
      want: { code: "redirected" },
    },
    {
      name: "null",
      reply: { status: 200, body: '{"outputs": [[null]]}' },
      want: { code: "bad-reply", feature: "y" },
    },
    {
      name: "ragged rows",
      reply: { status: 200, body: '{"outputs": [[1.0], [2.0, 3.0]]}' },
      want: { code: "bad-reply", feature: "y" },
    },
    { name: "a cut body", reply: { status: 200, body: '{"outputs": [[1.0]' }, want: { code: "bad-reply" } },
    {
      name: "rows for columns",
      reply: { status: 200, body: '{"predictions": [[1.0]]}' },
      want: { code: "bad-reply" },
    },
    {
      name: "too few rows",
      reply: { status: 200, body: '{"outputs": []}' },
      want: { code: "bad-reply", feature: "y" },
    },
  ];
  test.each(cases)("$name", async ({ reply, want }) => {
    intercept = () => reply;
    await expect(halfOf(clientOf("a/b: ü"))).rejects.toMatchObject({ name: "DeploymentError", ...want });
    expect(serving.requests).toHaveLength(1);
  });

  test.each([429, 503, 504])("%i is tried again", async (status) => {
    intercept = () => (serving.requests.length === 1 ? { status, body: '{"error": "busy"}' } : undefined);
    const retry = { retries: 1, minDelay: 1, maxDelay: 1 };
    expect(await halfOf(clientOf("a/b: ü", { retry }))).toBe(7);
    expect(serving.requests).toHaveLength(2);
  });
});
