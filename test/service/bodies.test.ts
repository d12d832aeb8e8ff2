import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ServiceClient } from "../../src/runtime/src/service/index.js";
import { formOf, json, startService } from "../servers/service-server.js";
import type { ServiceRequest, ServiceServer } from "../servers/service-server.js";
import { callAny, failureOf, sampleClient, wholeBody } from "./sample-service.js";
import type { SampleOperations } from "./sample-service.js";

let server: ServiceServer;
let client: ServiceClient<SampleOperations>;
beforeAll(async () => {
  server = await startService();
  client = sampleClient({ url: `${server.origin}/api`, token: "tok-en-secret" });
});
afterAll(() => server.close());
beforeEach(() => server.answer(json(200, { ok: true })));

function sent(): ServiceRequest {
  const [request] = server.requests;
  if (request === undefined) throw new Error("nothing was sent");
  return request;
}

describe("forms", () => {
  const png = Uint8Array.of(0x89, ...Buffer.from("PNG\r\n"), 0x1a, 0x0a);

  test("of parts, as the platform's own parser reads them", async () => {
    const more = [new File(["one"], 'o"ne.txt', { type: "text/plain" }), Buffer.from("two")];
    await client.upload({ image: png, more, label: "ü\r\n", sizes: [1, 2], meta: { unit: "kg" } });
    const file = { name: "file.png", type: "image/png", text: Buffer.from(png).toString() };
    expect(await formOf(sent())).toEqual([
      ["image", file],
      ["more", { name: 'o"ne.txt', type: "text/plain", text: "one" }],
      ["more", { name: "file.bin", type: "application/octet-stream", text: "two" }],
      ["label", "ü\r\n"],
      ["sizes", "1"],
      ["sizes", "2"],
      ["meta", '{"unit":"kg"}'],
    ]);
    expect(sent().text).toContain('name="meta"\r\nContent-Type: application/json\r\n\r\n{"unit":"kg"}\r\n');
  });

  test("of parts, null and what is left out being none", async () => {
    await client.upload({ image: png, label: null });
    expect((await formOf(sent())).length).toBe(1);
  });

  test("of parts, files of members that the description does not state", async () => {
    await client.upload(Object.assign({ image: png }, { other: new Blob(["x"], { type: "text/x" }), n: 1 }));
    expect((await formOf(sent())).slice(1)).toEqual([
      ["other", { name: "file.bin", type: "text/x", text: "x" }],
      ["n", "1"],
    ]);
  });

  test.each([
    { name: "no file", given: { image: "x" }, want: { code: "wrong-type", feature: "image" } },
    { name: "a missing file", given: {}, want: { code: "missing-feature", feature: "image" } },
    {
      name: "too many files",
      given: { image: png, more: [png, png, png] },
      want: { code: "wrong-shape", feature: "more" },
    },
    {
      name: "a fraction",
      given: { image: png, sizes: [1.5] },
      want: { code: "wrong-type", feature: "sizes" },
    },
    { name: "no object", given: png, want: { code: "wrong-type" } },
  ])("of parts, refused: $name", async ({ given, want }) => {
    expect(await failureOf(Reflect.apply(client.upload, undefined, [given]))).toMatchObject(want);
    expect(server.requests).toEqual([]);
  });

  test("of pairs, as the platform's own parser reads them", async () => {
    const shape = { type: "record", values: { type: "any" } } as const;
    const body = wholeBody("form", "application/x-www-form-urlencoded", shape);
    const given = { a: "x &=+ü", b: [1, true, null], c: { d: [1] }, e: null, f: undefined, "g h": "" };
    await callAny({ method: "POST", body }, { url: server.origin, given });
    expect([...new URLSearchParams(sent().text)]).toEqual([
      ["a", "x &=+ü"],
      ["b", "1"],
      ["b", "true"],
      ["c", '{"d":[1]}'],
      ["g h", ""],
    ]);
    expect(sent().headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });
});

describe("bodies of text and bytes", () => {
  test.each([
    { name: "text", shape: { type: "text" } as const, given: 'a "b"\nü', want: 'a "b"\nü' },
    { name: "a number", shape: { type: "number" } as const, given: 1.5, want: "1.5" },
  ])("$name", async ({ shape, given, want }) => {
    await callAny(
      { method: "POST", body: wholeBody("text", "text/plain", shape) },
      { url: server.origin, given },
    );
    expect(sent()).toMatchObject({ text: want, headers: { "content-type": "text/plain" } });
  });

  const file = { type: "file", form: "binary" } as const;
  test.each([
    {
      name: "bytes",
      type: "application/octet-stream",
      given: Uint8Array.of(0, 255),
      want: "application/octet-stream",
    },
    {
      name: "a Blob",
      type: "image/*",
      given: new Blob([Uint8Array.of(0, 255)], { type: "image/x" }),
      want: "image/x",
    },
    {
      name: "a file of the disk",
      type: "*/*",
      given: { name: "a", read: async () => Uint8Array.of(0, 255) },
      want: "application/octet-stream",
    },
  ])("$name", async ({ type, given, want }) => {
    await callAny({ method: "POST", body: wholeBody("bytes", type, file) }, { url: server.origin, given });
    expect([...sent().bytes]).toEqual([0, 255]);
    expect(sent().headers["content-type"]).toBe(want);
  });

  test("refused: what is no file", async () => {
    const body = wholeBody("bytes", "image/png", file);
    const error = await failureOf(callAny({ method: "POST", body }, { url: server.origin, given: 7 }));
    expect(error).toMatchObject({ code: "wrong-type", feature: "body" });
  });
});
