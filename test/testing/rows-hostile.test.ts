import { deployment as animals } from "animal-weight";
import { deployment } from "digits-and-grids";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { multipartBody } from "../../src/runtime/src/files/multipart.js";
import { picture, sent, wire } from "./rows-sent.js";
import type { Sent } from "./rows-sent.js";

const statuses = [200, 400, 413, 415];

async function statusOf(request: Sent): Promise<number> {
  const animal = await sent(animals, request);
  const digit = await sent(deployment, request);
  expect(statuses).toContain(animal.status ?? 200);
  return digit.status ?? 200;
}

/** A body, and where its bytes are changed to what. */
function damaged(body: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(body.length - 1), fc.integer({ min: 0, max: 255 }));
  return fc.tuple(fc.array(change, { maxLength: 5 }), fc.nat(body.length)).map(([changes, end]) => {
    const bytes = body.slice(0, end % 3 === 0 ? end : body.length);
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes;
  });
}

describe("a mock answers or refuses whatever comes", () => {
  test("any JSON for rows", async () => {
    const cell = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(wire)));
    const row = fc.oneof(
      fc.dictionary(fc.constantFrom(...Object.keys(wire), "__proto__", "constructor", "Type"), cell),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        expect(statuses).toContain(await statusOf({ body: JSON.stringify({ rows }) }));
      }),
    );
  });

  test("rows with bytes changed on the way", async () => {
    const body = new TextEncoder().encode(JSON.stringify({ rows: [wire] }));
    await fc.assert(
      fc.asyncProperty(damaged(body), async (bytes) => {
        expect(statuses).toContain(await statusOf({ body: bytes }));
      }),
    );
  });

  test("forms with bytes changed on the way", async () => {
    const { contentType, toBytes } = multipartBody([
      ["caption", { kind: "text", text: "é" }],
      ["Image Feature", { kind: "file", bytes: picture, mediaType: "image/png", fileName: "a.png" }],
    ]);
    await fc.assert(
      fc.asyncProperty(damaged(toBytes()), async (bytes) => {
        expect(statuses).toContain(await statusOf({ body: bytes, contentType }));
      }),
    );
  });

  test.each([
    { name: "lists in lists", body: `{"rows":${"[".repeat(100_000)}${"]".repeat(100_000)}}` },
    {
      name: "objects in a cell",
      body: `{"rows":[{"caption":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}]}`,
    },
    { name: "a shape of all there is", body: '{"rows":[{"vector":{"shape":[1e308,1e308],"data":[1]}}]}' },
    {
      name: "a shape of many lengths",
      body: `{"rows":[{"vector":{"shape":[${"1,".repeat(100_000)}1],"data":[1]}}]}`,
    },
    {
      name: "many members",
      body: `{"rows":[{${Array.from({ length: 50_000 }, (_, at) => `"${at}":1`).join()}}]}`,
    },
    { name: "many rows", body: `{"rows":[${"{},".repeat(100_000)}{}]}` },
  ])("$name, in no time", async ({ body }) => {
    const start = performance.now();
    expect(await statusOf({ body })).toBe(400);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
