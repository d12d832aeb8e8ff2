import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import type { TfServingClientOptions } from "../../src/runtime/src/tf-serving/index.js";
import { base, clientOf, deployment, token, untyped } from "./client-deployment.js";

/** The addresses that a client asks for a prediction, its status and its metadata. */
async function asked(options: TfServingClientOptions, call = {}): Promise<readonly string[]> {
  const { client, calls } = clientOf(({ url, method }) => {
    if (method === "POST") return { body: '{"outputs":[[1.5]]}' };
    return url.endsWith("/metadata")
      ? { json: { metadata: { signature_def: { signature_def: {} } } } }
      : { json: { model_version_status: [] } };
  }, options);
  await client.predict([1], call);
  await client.status(call);
  await client.metadata(call);
  return calls.map(({ url }) => url);
}

function addresses(of: string, choice: string = ""): readonly string[] {
  return [`${of}${choice}:predict`, `${of}${choice}`, `${of}${choice}/metadata`];
}

describe("the address", () => {
  const gradient = "https://services.paperspace.io/model-serving/abc";
  test.each([
    { given: undefined, want: addresses(base) },
    { given: `${base}/`, want: addresses(base) },
    { given: `${base}:predict`, want: addresses(base) },
    { given: `${base}:regress#top`, want: addresses(base) },
    { given: `${base}/metadata`, want: addresses(base) },
    { given: `${base}/versions/007:classify`, want: addresses(base, "/versions/007") },
    { given: `${base}/labels/a%2Fb`, want: addresses(base, "/labels/a%2Fb") },
    { given: `${gradient}:predict`, want: addresses(gradient) },
    { given: "http://h/v1/models/a%2Fb%3Ac", want: addresses("http://h/v1/models/a%2Fb%3Ac") },
    { given: "http://h/v1/models/versions", want: addresses("http://h/v1/models/versions") },
  ])("$given is understood", async ({ given, want }) => {
    expect(await asked({ url: given })).toEqual(want);
  });

  test.each([
    { given: `${base}?x=1` },
    { given: `${base}:predict?` },
    { given: "https://user:hunter2@host.test/v1/models/m" },
    { given: "host.test" },
    { given: "http://host.test:8501" },
    { given: "http://host.test/:predict" },
    { given: "http://host.test/versions/3" },
    { given: `${base}/versions/9223372036854775808` },
  ])("$given is refused", ({ given }) => {
    const create = (): unknown => clientOf(() => ({}), { url: given });
    expect(create).toThrow(expect.objectContaining({ code: "bad-options" }));
    expect(create).not.toThrow(/x=1|hunter2/);
  });
});

describe("version and label", () => {
  test.each<{ options: TfServingClientOptions; call: object; want: string }>([
    { options: { version: 3 }, call: {}, want: "/versions/3" },
    { options: { version: 2n ** 63n - 1n }, call: {}, want: "/versions/9223372036854775807" },
    { options: { version: "12" }, call: { version: 0 }, want: "/versions/0" },
    { options: { version: 3 }, call: { label: "stable" }, want: "/labels/stable" },
    { options: { label: "stable" }, call: { version: 4 }, want: "/versions/4" },
    { options: { url: `${base}/versions/9` }, call: { version: 4 }, want: "/versions/4" },
    { options: { label: "a b/é!'()*" }, call: {}, want: "/labels/a%20b%2F%C3%A9%21%27%28%29%2A" },
  ])("$options with $call is $want", async ({ options, call, want }) => {
    expect(await asked(options, call)).toEqual(addresses(base, want));
  });

  test.each<TfServingClientOptions>([
    { version: 3, label: "stable" },
    { version: -1 },
    { version: 1.5 },
    { version: "" },
    { version: "1/metadata" },
    { version: 2n ** 63n },
    { label: "" },
    { label: ".." },
    { label: "\ud800" },
    untyped({ label: 5 }, {}),
    untyped({ framing: "rows" }, {}),
  ])("%o is refused, of the client and of the call", async (options) => {
    const want = { code: "bad-options" };
    expect(() => clientOf(() => ({}), options)).toThrow(expect.objectContaining(want));
    const { client, calls } = clientOf(() => ({}));
    await expect(client.predict([1], options)).rejects.toMatchObject(want);
    expect(calls).toHaveLength(0);
  });
});

describe("credentials", () => {
  test("go in a header, basic ones too", async () => {
    const basic = { username: "user", password: "pa55word" };
    for (const [options, want] of [
      [{}, `Bearer ${token}`],
      [{ token: basic, auth: { kind: "basic" } }, `Basic ${btoa("user:pa55word")}`],
    ] as const) {
      const { client, calls } = clientOf(() => ({ json: { model_version_status: [] } }), options);
      await client.status();
      expect(calls[0]?.headers["authorization"]).toBe(want);
    }
  });

  test("are refused for the query", () => {
    const inQuery = { kind: "api-key", in: "query", name: "key" } as const;
    const want = expect.objectContaining({ code: "bad-options" });
    expect(() => clientOf(() => ({}), { auth: inQuery })).toThrow(want);
    expect(() => createTfServingClient({ ...deployment, auth: [inQuery] }, { token })).toThrow(want);
    const either = { ...deployment, auth: [inQuery, { kind: "bearer" }] } as const;
    expect(() => createTfServingClient(either, { token })).not.toThrow();
  });

  test("stand in no error, whatever the server says", async () => {
    const said = `bad token ${token}`;
    const replies = {
      json: { status: 400, json: { error: said } },
      html: { status: 502, body: `<html><body>${said}</body></html>` },
      state: {
        json: {
          model_version_status: [
            { version: "1", state: "END", status: { error_code: "INTERNAL", error_message: said } },
          ],
        },
      },
    };
    for (const reply of Object.values(replies)) {
      const { client } = clientOf(() => reply);
      for (const call of [client.predict([1]), client.waitUntilReady({ timeout: 1 }), client.verify()]) {
        const error: unknown = await call.catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(Error);
        expect(JSON.stringify(error) + String(error)).not.toContain(token);
      }
    }
  });
});

test("a main signature that is none is refused", () => {
  const main = untyped({ ...deployment.main, predict: "constructor" }, deployment.main);
  expect(() => createTfServingClient({ ...deployment, main })).toThrow(/"constructor"/);
});

test("signatures and tensors may have any name", async () => {
  const names = ["__proto__", "constructor", "then"];
  const spec = { dtype: "float32", shape: [-1] } as const;
  const signatures = Object.fromEntries(
    names.map((name) => [
      name,
      {
        name,
        batched: true,
        inputs: Object.fromEntries([[name, spec]]),
        outputs: Object.fromEntries([[name, spec]]),
      },
    ]),
  );
  const transport = memoryTransport(() => ({ body: '{"outputs":[1.5]}' }));
  const client = createTfServingClient(
    { title: "Odd", url: base, auth: [], main: {}, signatures },
    { transport },
  );
  expect(Object.keys(client.signatures)).toEqual(names);
  for (const name of names) {
    const methods: unknown = Object.getOwnPropertyDescriptor(client.signatures, name)?.value;
    const predict: unknown = Reflect.get(Object(methods), "predict");
    const reply: unknown =
      typeof predict === "function" ? await predict(Object.fromEntries([[name, 1]])) : undefined;
    expect(Object.entries(Object(reply))).toEqual([[name, 1.5]]);
  }
  const bodies = transport.calls.map((call) => new TextDecoder().decode(call.bytes()));
  expect(bodies).toEqual(names.map((name) => `{"signature_name":"${name}","inputs":[1]}`));
});
