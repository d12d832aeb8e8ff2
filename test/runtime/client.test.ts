import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createDeploymentClient } from "../../src/runtime/src/client/client.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import type { ClientOptions } from "../../src/runtime/src/client/client-types.js";
import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";
import { version } from "../../src/runtime/src/http/user-agent.js";
import { answer, clientOf, deployment, rowsUpTo, sizesIn, token } from "./client-deployment.js";
import type { Input } from "./client-deployment.js";

const good: Input = { Size: 4, Name: "Miaow" };

/** `value` in a place whose type it does not have, as a caller without types may put it there. */
function untyped<Value>(value: unknown, like: Value): Value {
  const holder = [like];
  Reflect.set(holder, 0, value);
  return holder[0] ?? like;
}

describe("predict", () => {
  test("sends one row and gives its prediction", async () => {
    const { client, calls } = clientOf(answer, { headers: { "X-Caller": "me" } });
    expect(await client.predict(good, { headers: { "x-call": "1" } })).toEqual({ Weight: 40 });
    expect(calls[0]?.json()).toEqual({ rows: [good] });
    expect(calls[0]).toMatchObject({ method: "POST", url: deployment.url });
    expect(calls[0]?.headers).toEqual({
      accept: "application/json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "user-agent": `gen-deploy-runtime/${version}`,
      "x-call": "1",
      "x-caller": "me",
    });
  });

  test("names the runtime's version as its package does", () => {
    const url = new URL("../../src/runtime/package.json", import.meta.url);
    expect(JSON.parse(readFileSync(url, "utf8"))).toMatchObject({ version });
  });

  test("sends a form where it is told to, and takes the bare row", async () => {
    const { client, calls } = clientOf(() => ({ json: { Weight: 1 } }));
    expect(await client.predict(good, { encoding: "multipart" })).toEqual({ Weight: 1 });
    expect(calls[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; ?boundary=/);
  });

  test.each([
    {
      name: "a missing feature",
      given: { Size: 1 },
      want: { code: "missing-feature", feature: "Name", row: 0 },
    },
    {
      name: "a wrong type",
      given: { Size: "1", Name: "x" },
      want: { code: "wrong-type", feature: "Size", row: 0 },
    },
    { name: "no row", given: 5, want: { code: "bad-row", row: 0 } },
  ])("refuses $name before anything is sent", async ({ given, want }) => {
    const { client, calls } = clientOf(answer);
    await expect(client.predict(untyped(given, good))).rejects.toMatchObject(want);
    expect(calls).toHaveLength(0);
  });

  test.each<{ name: string; given: ReturnType<MemoryHandler>; want: object }>([
    { name: "no JSON", given: { body: "<html>" }, want: { code: "bad-reply" } },
    { name: "no rows", given: { json: {} }, want: { code: "bad-reply" } },
    { name: "too few rows", given: { json: { rows: [] } }, want: { code: "bad-reply" } },
    {
      name: "a missing output",
      given: { json: { rows: [{ weight: 1 }] } },
      want: { code: "bad-reply", feature: "Weight", row: 0 },
    },
    {
      name: "an output of another type",
      given: { json: { rows: [{ Weight: "1" }] } },
      want: { feature: "Weight", row: 0 },
    },
    {
      name: "an error under status 200",
      given: { json: { errorCode: "E7", errorMessage: "disabled" } },
      want: { code: "deployment-error", serverCode: "E7", status: 200 },
    },
  ])("a reply with $name is an error", async ({ given, want }) => {
    await expect(clientOf(() => given).client.predict(good)).rejects.toMatchObject({
      name: "DeploymentError",
      ...want,
    });
  });

  test("an aborted signal, of the client or the call, sends nothing", async () => {
    const signal = AbortSignal.abort("enough");
    for (const [options, call] of [
      [{ signal }, {}],
      [{}, { signal }],
    ] as const) {
      const { client, calls } = clientOf(answer, options);
      await expect(client.predict(good, call)).rejects.toMatchObject({ code: "aborted", cause: "enough" });
      expect(calls).toHaveLength(0);
    }
  });

  test("works without its client, as a function passed on", async () => {
    const { predict } = clientOf(answer).client;
    expect(await predict(good)).toEqual({ Weight: 40 });
  });
});

describe("predictMany", () => {
  test("sends chunks and gives all predictions in order", async () => {
    const { client, calls } = clientOf(answer);
    const outputs = await client.predictMany(new Set(rowsUpTo(300)));
    expect(outputs).toEqual(rowsUpTo(300).map(({ Size }) => ({ Weight: Size * 10 })));
    expect(calls.map((call) => sizesIn(call.json()).length)).toEqual([128, 128, 44]);
    expect(await client.predictMany([])).toEqual([]);
  });

  test("counts the row at fault among all rows", async () => {
    const given: Input[] = rowsUpTo(30);
    Reflect.set(given, 17, { Size: 1 });
    const { client } = clientOf(answer);
    const want = { code: "missing-feature", row: 17 };
    await expect(client.predictMany(given, { batchSize: 5 })).rejects.toMatchObject(want);
  });

  test("refuses what is no list", async () => {
    const { client } = clientOf(answer);
    await expect(client.predictMany(untyped(good, [good]))).rejects.toMatchObject({ code: "bad-options" });
  });
});

describe("predictStream", () => {
  test("hands out predictions in order", async () => {
    const { client } = clientOf(answer, { batchSize: 7, concurrency: 3, window: 4 });
    const weights: number[] = [];
    for await (const { Weight } of client.predictStream(rowsUpTo(50))) weights.push(Weight);
    expect(weights).toEqual(rowsUpTo(50).map(({ Size }) => Size * 10));
  });

  test("hands out every row before a faulty one, whose index is that in the stream", async () => {
    const given: Input[] = rowsUpTo(30);
    Reflect.set(given, 17, { Size: 1 });
    const { client } = clientOf(answer);
    const weights: number[] = [];
    const reading = (async (): Promise<void> => {
      for await (const { Weight } of client.predictStream(given, { batchSize: 5 })) weights.push(Weight);
    })();
    await expect(reading).rejects.toMatchObject({ code: "missing-feature", row: 17 });
    expect(weights).toHaveLength(17);
  });

  test("a failing request ends it after the rows of the batches before", async () => {
    const { client } = clientOf((request) =>
      sizesIn(request.json())[0] === 20 ? { status: 400 } : answer(request),
    );
    const weights: number[] = [];
    const reading = (async (): Promise<void> => {
      for await (const { Weight } of client.predictStream(rowsUpTo(100), { batchSize: 10 }))
        weights.push(Weight);
    })();
    await expect(reading).rejects.toMatchObject({ code: "rejected", status: 400 });
    expect(weights).toHaveLength(20);
  });
});

describe("the address", () => {
  test("given by the caller overrules the description's", async () => {
    const { client, calls } = clientOf(answer, { url: "http://localhost:1/x?version=2#part" });
    await client.predict(good);
    expect(calls[0]?.url).toBe("http://localhost:1/x?version=2");
  });

  test.each([
    { given: "/v1/predict", want: "https://host.test/base/v1/predict?a=b" },
    { given: "v1/predict", want: "https://host.test/base/v1/predict?a=b" },
    { given: ":predict", want: "https://host.test/base:predict?a=b" },
  ])("has the operation's path $given behind it", async ({ given, want }) => {
    const predict = { ...deployment.operations.predict, path: given };
    const { client, calls } = clientOf(
      answer,
      {},
      { ...deployment, url: "https://host.test/base/?a=b", operations: { predict } },
    );
    await client.predict(good);
    expect(calls[0]?.url).toBe(want);
  });
});

describe("options that cannot work", () => {
  const cases: { name: string; given: unknown; says: RegExp }[] = [
    { name: "no address", given: { url: "forward" }, says: /url.*"forward"/ },
    { name: "another protocol", given: { url: "ftp://host.test/" }, says: /http/ },
    { name: "credentials in the address", given: { url: "https://u:s3cr3t@host.test/" }, says: /token/ },
    {
      name: "credentials in no address",
      given: { url: "u://u:s3cr3t@host.test/?key=s3cr3t" },
      says: /complete/,
    },
    { name: "fetch and transport", given: { fetch, transport: fetch }, says: /exclude/ },
    { name: "no function", given: { transport: {} }, says: /transport/ },
    { name: "half a row", given: { batchSize: 1.5 }, says: /batchSize.*1\.5/ },
    { name: "nobody in flight", given: { concurrency: 0 }, says: /concurrency.*0/ },
    { name: "no window", given: { window: Number.NaN }, says: /window.*NaN/ },
    { name: "a negative timeout", given: { timeout: -1 }, says: /timeout.*-1/ },
    { name: "text for a timeout", given: { timeout: "5s" }, says: /timeout.*"5s"/ },
    { name: "a controller for a signal", given: { signal: new AbortController() }, says: /AbortSignal/ },
    { name: "an unknown check", given: { validate: "lax" }, says: /validate/ },
    { name: "a header in a header", given: { headers: { a: "s3cr3t\r\nb: c" } }, says: /"a"/ },
    { name: "a header's name that is none", given: { headers: { "a b": "c" } }, says: /"a b"/ },
    { name: "a header of the body", given: { headers: { "Content-Length": "1" } }, says: /"Content-Length"/ },
    { name: "Headers", given: { headers: new Headers() }, says: /headers/ },
    { name: "a retry that is none", given: { retry: true }, says: /retry/ },
    { name: "no options", given: null, says: /object/ },
  ];
  test.each(cases)("$name", ({ given, says }) => {
    const options = untyped<ClientOptions>(given, {});
    const create = (): unknown =>
      createDeploymentClient(
        deployment,
        { protocol: rows, coders },
        given === null ? JSON.parse("null") : options,
      );
    expect(create).toThrow(
      expect.objectContaining({ code: "bad-options", message: expect.stringMatching(says) }),
    );
    expect(create).toThrow(expect.objectContaining({ message: expect.not.stringContaining("s3cr3t") }));
  });

  test("no address at all", () => {
    const create = (): unknown =>
      createDeploymentClient({ ...deployment, url: null }, { protocol: rows, coders });
    expect(create).toThrow(
      expect.objectContaining({ code: "bad-options", message: expect.stringContaining("url") }),
    );
  });

  test("of a call", async () => {
    const { client } = clientOf(answer);
    await expect(client.predict(good, { timeout: Number.NaN })).rejects.toMatchObject({
      code: "bad-options",
    });
    await expect(client.predict(good, untyped(0, {}))).rejects.toMatchObject({ code: "bad-options" });
    await expect(client.predict(good, { encoding: untyped("xml", "json") })).rejects.toMatchObject({
      code: "bad-options",
    });
    expect(() => client.predictStream([], { window: 0 })).toThrow(
      expect.objectContaining({ code: "bad-options" }),
    );
  });
});

test("the descriptor is a frozen copy", () => {
  const { client } = clientOf(answer);
  expect(client.deployment).toEqual(deployment);
  expect(client.deployment).not.toBe(deployment);
  expect(Reflect.set(client.deployment.operations.predict.inputs, "Size", null)).toBe(false);
  expect(Object.isFrozen(deployment)).toBe(false);
});
