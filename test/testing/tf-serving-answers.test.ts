import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import { mockTransport } from "../../src/runtime/src/testing/tf-serving.js";
import type { MockOptions } from "../../src/runtime/src/testing/tf-serving.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/create-client.js";
import { base as url, deployment, untyped } from "../tf-serving/client-deployment.js";
import type { Main, Signatures } from "../tf-serving/client-deployment.js";

/*
 * Answers that a test states: rows come to them as clients give them, and what they give is held to the description.
 */

type Options = MockOptions<Signatures, Main>;
type Answers = NonNullable<Options["answers"]>;

function clientOf(options: Options) {
  const transport = mockTransport(deployment, options);
  const client = createTfServingClient(deployment, { url, transport, validate: "strict" });
  return { client, calls: transport.calls };
}

const table = ndarray([2, 1], [7, 8], "int32");
const more = ndarray([2], [0.5, 0.25]);

describe("answers", () => {
  test("of the main signature are a function of its row", async () => {
    const { client } = clientOf({
      answers: ({ x }) => ({ y: ndarray([1], [Number(x.data[0]) + 1]) }),
    });
    expect((await client.predict([2.5])).y.data).toEqual(new Float32Array([3.5]));
    expect((await client.predictMany([[1], [2]], { framing: "row" })).map(({ y }) => y.data[0])).toEqual([
      2, 3,
    ]);
  });

  test("of any signature stand by its name, and the seed answers for the others", async () => {
    const seen: unknown[] = [];
    const { client } = clientOf({
      answers: {
        pair: {
          predict: (row) => {
            seen.push(row);
            return { score: Number(row.id) / 2, table, total: 2n ** 60n + 1n, more };
          },
        },
        whole: ({ a, b }) => ({ c: `${a} ${String(b.toNested())}` }),
        text: async ({ words }) => ({ n: BigInt(words.data.length) }),
      },
    });
    const photo = new Uint8Array([255, 0]);
    const rows = await client.signatures.pair.predictMany([
      { id: 2n ** 53n + 1n, photo },
      { id: 4, photo: new Uint8Array() },
    ]);
    expect(seen).toEqual([
      { id: 2n ** 53n + 1n, photo },
      { id: 4n, photo: new Uint8Array() },
    ]);
    expect(rows.map(({ score }) => score)).toEqual([2 ** 52, 2]);
    expect(rows[1]).toMatchObject({
      table: { data: table.data },
      total: 2n ** 60n + 1n,
      more: { shape: [2] },
    });
    expect(await client.signatures.whole.predict({ a: 1.5, b: [true, false] })).toEqual({
      c: "1.5 true,false",
    });
    expect(await client.signatures.text.predict({ words: ["a", "b"] })).toEqual({ n: 2n });
    expect(await client.predict([1])).toEqual(await clientOf({}).client.predict([1]));
  });

  test("of examples are labels with scores, and numbers", async () => {
    const seen: unknown[] = [];
    const { client } = clientOf({
      answers: {
        sort: {
          classify: (example) => {
            seen.push(example);
            return [
              { label: "old", score: 0.75 },
              { label: "new", score: 0.25 },
            ];
          },
        },
        guess: { regress: () => 1.5 },
      },
    });
    expect(await client.classify([{ age: 3, tags: ["a", "b"], ids: [1n] }])).toEqual([
      [
        { label: "old", score: 0.75 },
        { label: "new", score: 0.25 },
      ],
    ]);
    expect(seen).toEqual([{ age: 3, tags: ["a", "b"], ids: [1n] }]);
    expect(await client.regress([{ x: { float: 1 } }, { x: { bytes: "a" } }])).toEqual([1.5, 1.5]);
  });

  test("that throw are the graph's own errors", async () => {
    const { client } = clientOf({
      answers: () => {
        throw new Error("Input to reshape is a tensor with 3 values");
      },
    });
    const [outcome] = await Promise.allSettled([client.predict([1])]);
    expect(outcome).toMatchObject({
      reason: { code: "rejected", status: 400, message: expect.stringContaining("Input to reshape") },
    });
  });

  test.each([
    { what: "no object", answer: 5, says: "It is 5, expected an object of outputs" },
    { what: "an output too few", answer: {}, says: 'It lacks the output "y"' },
    {
      what: "an output too many",
      answer: { y: [1], z: 1 },
      says: 'It has "z", which the signature does not give',
    },
    { what: "another shape", answer: { y: [1, 2] }, says: '"y" has shape [2], expected [1]' },
    { what: "another type", answer: { y: ["a"] }, says: '"y"' },
  ])("with $what are refused in words that name it", async ({ answer, says }) => {
    const given: Answers = () => untyped(answer, { y: ndarray([1], [0]) });
    const [outcome] = await Promise.allSettled([clientOf({ answers: given }).client.predict([1])]);
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "bad-options" } });
    expect(outcome).toHaveProperty("reason.message", expect.stringContaining(says));
  });

  test.each([
    { answers: { guess: { regress: () => untyped("1", 1) } }, says: 'It is "1", expected a number' },
    {
      answers: { sort: { classify: () => untyped([{ label: 1 }], []) } },
      says: "expected a list of { label, score }",
    },
  ])("to examples are held too: $says", async ({ answers, says }) => {
    const { client } = clientOf({ answers });
    const call = "guess" in answers ? client.regress([{}]) : client.classify([{ age: 1 }]);
    const [outcome] = await Promise.allSettled([call]);
    expect(outcome).toHaveProperty("reason.message", expect.stringContaining(says));
  });

  test("whose rows have different shapes cannot be stacked", async () => {
    const { client } = clientOf({
      answers: {
        pair: ({ id }) => ({
          score: 1,
          table,
          total: 1n,
          more: ndarray([Number(id)], new Float32Array(Number(id))),
        }),
      },
    });
    const photo = new Uint8Array();
    const [outcome] = await Promise.allSettled([
      client.signatures.pair.predictMany([
        { id: 1, photo },
        { id: 2, photo },
      ]),
    ]);
    expect(outcome).toHaveProperty("reason.message", expect.stringContaining("cannot be stacked"));
  });
});

describe("answers of the seed", () => {
  test("differ with it, and only with it", async () => {
    const answer = async (seed?: number | string) =>
      (await clientOf(seed === undefined ? {} : { seed }).client.predict([1])).y.data[0];
    expect(await answer()).toBe(await answer(0));
    expect(await answer(7)).toBe(await answer("7"));
    expect(await answer(7)).not.toBe(await answer(8));
  });

  test("are the same for bytes and for the text that they spell, and for features in any order", async () => {
    const { client } = clientOf({});
    const encoder = new TextEncoder();
    const { text } = client.signatures;
    expect(await text.predict({ words: ["é", "b"] })).toEqual(
      await text.predict({ words: [encoder.encode("é"), encoder.encode("b")] }),
    );
    const [first, second] = await client.classify([
      { age: 1, tags: ["a"] },
      { tags: [encoder.encode("a")], age: 1 },
    ]);
    expect(first).toEqual(second);
    expect(first?.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 5);
  });

  test("of columns with one row for all broadcast it, and of none are none", async () => {
    const { client } = clientOf({});
    const photo = [new Uint8Array([1])];
    const { score } = await client.signatures.pair.predictColumns({ id: [1, 2, 3], photo });
    expect(score.shape).toEqual([3]);
    const each = await client.signatures.pair.predict({ id: 2, photo: new Uint8Array([1]) });
    expect(score.data[1]).toBe(each.score);
    const none = await client.predictColumns({ x: ndarray([0, 1], []) });
    expect(none.y.shape).toEqual([0, 1]);
    const [outcome] = await Promise.allSettled([
      client.signatures.pair.predictColumns({ id: [1, 2, 3], photo: [...photo, ...photo] }),
    ]);
    expect(outcome).toHaveProperty(
      "reason.message",
      expect.stringContaining("Incompatible shapes: [3] vs. [2]"),
    );
  });
});
