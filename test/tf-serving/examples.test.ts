import { describe, expect, test } from "vitest";
import { clientOf, untyped } from "./client-deployment.js";

const sorted = '{"results": [[["cat", 0.75], ["dog", 0.25]]]}';

describe("classify", () => {
  test("spells each feature by its kind, and reads labels with scores", async () => {
    const { client, bodies, calls } = clientOf(() => ({ body: sorted }));
    const tags = ["é", new Blob(["x"])];
    const results = await client.classify([{ age: 1, tags, ids: [1, 2n ** 53n + 1n] }]);
    expect(results).toEqual([
      [
        { label: "cat", score: 0.75 },
        { label: "dog", score: 0.25 },
      ],
    ]);
    expect(bodies()).toEqual([
      '{"signature_name":"sort","examples":[{"age":1.0,"tags":["é",{"b64":"eA=="}],"ids":[1,9007199254740993]}]}',
    ]);
    expect(calls[0]?.url).toMatch(/\/m:classify$/);
    expect(tags[1]).toBeInstanceOf(Blob);
  });

  test("sends what all examples share once", async () => {
    const { client, bodies } = clientOf(() => ({ body: '{"result": [[], []]}' }));
    const examples = [{ tags: ["a"] }, {}];
    expect(await client.classify(examples, { context: { age: NaN }, label: "new" })).toEqual([[], []]);
    expect(bodies()).toEqual([
      '{"signature_name":"sort","context":{"age":NaN},"examples":[{"tags":["a"]},{}]}',
    ]);
  });

  test("sends many in batches, in their order", async () => {
    const { client, bodies } = clientOf(({ json }) => {
      const body: unknown = json();
      return { json: { results: JSON.stringify(body).includes("2") ? [[["b", 1]]] : [[["a", 1]]] } };
    });
    const results = await client.classify([{ age: 1.5 }, { age: 2.5 }], { batchSize: 1 });
    expect(results.map(([first]) => first?.label)).toEqual(["a", "b"]);
    expect(bodies()).toHaveLength(2);
    expect(await client.classify([])).toEqual([]);
    expect(bodies()).toHaveLength(2);
  });

  const example = { age: 1 };
  test.each([
    {
      name: "an unknown feature",
      given: [example, { age: 1, Age: 1 }],
      want: { code: "unknown-feature", feature: "Age", row: 1 },
    },
    {
      name: "a missing feature",
      given: [{ tags: [] }],
      want: { code: "missing-feature", feature: "age", row: 0 },
    },
    {
      name: "another kind",
      given: [example, { age: "1" }],
      want: { code: "wrong-type", feature: "age", row: 1 },
    },
    {
      name: "a list for a single value",
      given: [{ age: [1] }],
      want: { code: "wrong-shape", feature: "age" },
    },
    { name: "a nested list", given: [{ age: 1, ids: [[1]] }], want: { code: "wrong-shape", feature: "ids" } },
    {
      name: "a fraction for an integer",
      given: [{ age: 1, ids: [1.5] }],
      want: { code: "wrong-type", feature: "ids" },
    },
    { name: "no example", given: [example, [1]], want: { code: "bad-row", row: 1 } },
  ])("refuses $name before it is sent", async ({ given, want }) => {
    const { client, calls } = clientOf(() => ({ body: sorted }));
    await expect(client.classify(untyped(given, [example]))).rejects.toMatchObject(want);
    expect(calls).toHaveLength(0);
  });

  test("refuses a feature that is in the context too", async () => {
    const { client, calls } = clientOf(() => ({ body: sorted }));
    const both = untyped([{ tags: [] }, example], [{ tags: [] }]);
    await expect(client.classify(both, { context: { age: 2 } })).rejects.toMatchObject({
      code: "bad-options",
      feature: "age",
      row: 1,
    });
    expect(calls).toHaveLength(0);
  });

  test.each([
    { name: "too few results", body: '{"results": []}' },
    { name: "no results", body: '{"predictions": [[]]}' },
    { name: "a label alone", body: '{"results": [[["cat"]]]}' },
    { name: "a third member", body: '{"results": [[["cat", 1, 2]]]}' },
    { name: "a score that is none", body: '{"results": [[["cat", "1"]]]}' },
    { name: "no JSON", body: '{"results": [[["cat", 1]]]' },
  ])("a reply with $name is bad", async ({ body }) => {
    await expect(clientOf(() => ({ body })).client.classify([example])).rejects.toMatchObject({
      code: "bad-reply",
      status: 200,
    });
  });
});

describe("regress", () => {
  test("takes values that say their kind where nobody else does", async () => {
    const { client, bodies, calls } = clientOf(() => ({ body: '{"results": [42, -Infinity, NaN]}' }));
    const examples = [
      { x: { float: 80 }, ids: { int64: [1n] } },
      { names: { bytes: ["a", Uint8Array.of(255)] }, none: { float: [] } },
      { "": { bytes: "b" } },
    ];
    expect(await client.regress(examples)).toEqual([42, -Infinity, NaN]);
    expect(bodies()).toEqual([
      '{"signature_name":"guess","examples":[{"x":80.0,"ids":[1]},{"names":["a",{"b64":"/w=="}],"none":[]},{"":"b"}]}',
    ]);
    expect(calls[0]?.url).toMatch(/\/m:regress$/);
  });

  test.each([
    { name: "a bare number", given: [{ x: 1 }], want: { code: "wrong-type", feature: "x", row: 0 } },
    { name: "two kinds", given: [{ x: { float: 1, int64: 1 } }], want: { code: "wrong-type", feature: "x" } },
    {
      name: "a name that is no text",
      given: [{ "\ud800": { float: 1 } }],
      want: { code: "unknown-feature" },
    },
  ])("refuses $name", async ({ given, want }) => {
    const { client, calls } = clientOf(() => ({ body: '{"results": [1]}' }));
    await expect(client.regress(untyped(given, []))).rejects.toMatchObject(want);
    expect(calls).toHaveLength(0);
  });
});
