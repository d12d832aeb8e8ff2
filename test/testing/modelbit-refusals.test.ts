import { isDeploymentError } from "@gen-deploy/runtime";
import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
import type { ModelbitClient, ModelbitDeployment } from "@gen-deploy/runtime/modelbit";
import { mockHandler, mockTransport } from "@gen-deploy/runtime/testing/modelbit";
import type { MemoryTransport } from "@gen-deploy/runtime/testing/modelbit";
import { describe, expect, test } from "vitest";
import { animals, call, frame, shapes, url } from "./modelbit-function.js";
import { rawCall } from "./raw-call.js";

describe("what the function cannot be called with", () => {
  const wrong: readonly { name: string; given: unknown; raw: unknown; says: RegExp }[] = [
    { name: "no argument", given: {}, raw: [[0]], says: /missing .*'kind'/ },
    { name: "too few", given: { kind: "cat" }, raw: ["cat"], says: /missing .*'weights'/ },
    {
      name: "too many",
      given: { ...call, more: 1 },
      raw: ["cat", [1], 3, "n", 1],
      says: /takes 4 .* 5 were/,
    },
    {
      name: "a label",
      given: { ...call, kind: "cow" },
      raw: ["cow", [1], 3],
      says: /kind: Input should be 'cat' or 'dog'/,
    },
    {
      name: "a type",
      given: { ...call, count: "3" },
      raw: ["cat", [1], "3"],
      says: /count: .* valid integer/,
    },
    {
      name: "no whole number",
      given: { ...call, count: 1.5 },
      raw: ["cat", [1], 1.5],
      says: /count: .* fractional part/,
    },
    {
      name: "out of bounds",
      given: { ...call, count: 10 },
      raw: ["cat", [1], 10],
      says: /count: .* less than or equal to 9/,
    },
    {
      name: "too long",
      given: { ...call, weights: [1, 2, 3, 4] },
      raw: ["cat", [1, 2, 3, 4], 3],
      says: /weights: .* at most 3 items/,
    },
    {
      name: "inside",
      given: { ...call, weights: [1, "x"] },
      raw: ["cat", [1, "x"], 3],
      says: /weights\[1\]: .* valid number/,
    },
    {
      name: "null",
      given: { ...call, note: null },
      raw: ["cat", [1], 3, null],
      says: /note: .* valid string/,
    },
  ];

  test.each(wrong)("$name", async ({ given, raw, says }) => {
    const transport = mockTransport(animals);
    await expect(createAnyClient(transport).predict(given)).rejects.toSatisfy((error) =>
      isDeploymentError(error),
    );
    expect(transport.calls).toEqual([]);
    const { status, json } = await rawCall(mockHandler(animals), { url, json: { data: raw } });
    expect(status).toBe(200);
    expect(json).toEqual({ error: expect.stringMatching(/^Traceback \(most recent call last\):\n/) });
    const last = String(Reflect.get(Object(json), "error"))
      .trim()
      .split("\n")
      .at(-1);
    expect(last).toMatch(says);
    const batch = await rawCall(mockHandler(animals), {
      url,
      json: { data: [[7, ...Array.from(Object(raw))]] },
    });
    expect(batch.json).toHaveProperty("error");
  });

  const rows: readonly { name: string; data: unknown; says: RegExp }[] = [
    { name: "no batch", data: { ...call }, says: /DataFrame mode/ },
    { name: "positions", data: [[0, "cat", [1], 3]], says: /DataFrame mode/ },
    { name: "a missing column", data: [[0, { kind: "cat" }]], says: /KeyError: "weights"/ },
    { name: "another column", data: [[0, { ...call, more: 1 }]], says: /KeyError: .*"more"/ },
    { name: "a type", data: [[0, { ...call, count: "3" }]], says: /TypeError: count: .* valid integer/ },
  ];
  test.each(rows)("$name, in DataFrame mode", async ({ data, says }) => {
    const { json } = await rawCall(mockHandler(frame), { url, json: { data } });
    expect(json).toEqual({ error: expect.stringMatching(says) });
  });

  const bodies: readonly { name: string; body: string; says: RegExp }[] = [
    { name: "no JSON", body: "{", says: /not valid JSON/ },
    { name: "no object", body: "[]", says: /object with "data"/ },
    { name: "no data", body: "{}", says: /object with "data"/ },
    { name: "ids twice", body: '{"data":[[1,"cat",[1],1],["1","cat",[1],1]]}', says: /id "1" twice/ },
    { name: "an id of another kind", body: '{"data":[[null,"cat",[1],1]]}', says: /null for its id/ },
    { name: "a row that is no list", body: '{"data":[[0,"cat",[1],1],7]}', says: /row 1 .* is 7/ },
    { name: "a format", body: '{"data":1,"response_format":"files"}', says: /"files"/ },
    { name: "a time", body: '{"data":1,"timeout_seconds":0}', says: /timeout_seconds is 0/ },
    { name: "a long time", body: '{"data":1,"timeout_seconds":301}', says: /response_webhook/ },
  ];
  test.each(bodies)("$name, in the request", async ({ body, says }) => {
    const { status, json } = await rawCall(mockHandler(animals), { url, body });
    expect(status).toBe(400);
    expect(json).toEqual({ error: expect.stringMatching(says) });
  });

  test("no more than 20 MB, and no method but POST", async () => {
    const body = `{"data":"${"x".repeat(20_000_000)}"}`;
    expect((await rawCall(mockHandler(animals), { url, body })).status).toBe(413);
    expect((await rawCall(mockHandler(animals), { url, method: "PUT", body: "{}" })).status).toBe(405);
  });
});

/** A client whose calls no compiler has looked at. */
function createAnyClient(transport: MemoryTransport): ModelbitClient<Record<string, unknown>, unknown> {
  const output = { type: "named", name: "Answer" } as const;
  const untyped: ModelbitDeployment<Record<string, unknown>> = { ...animals, output, shapes };
  return createModelbitClient(untyped, { transport });
}
