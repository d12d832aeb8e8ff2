import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import { bertModel, echoModel, halfPlusTwo } from "../servers/tf-serving-models.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { TfServing } from "../servers/tf-serving-server.js";
import { bertDeployment, echoDeployment, halfDeployment } from "./loopback-deployments.js";

/*
 * The client against the loopback server, over HTTP: what goes out comes back as it was.
 */

let serving: TfServing;

beforeAll(async () => {
  serving = await startTfServing({ models: [echoModel, bertModel, halfPlusTwo("half")] });
});
afterAll(() => serving.close());

const options = (model: string) => ({ url: `${serving.origin}/v1/models/${model}`, retry: false as const });
const echo = () => createTfServingClient(echoDeployment, options("echo"));
const bert = () => createTfServingClient(bertDeployment, options("bert"));
const half = () => createTfServingClient(halfDeployment, options("half"));

/** The bodies that the server has got, from the `from`-th on. */
function bodiesFrom(from: number): readonly string[] {
  return serving.requests.slice(from).map(({ body }) => body);
}

/** `value` where its type lets no caller put it. */
function untyped<Value>(value: unknown, like: Value): Value {
  const holder = [like];
  Reflect.set(holder, 0, value);
  return holder[0] ?? like;
}

const row = {
  i64: 9_223_372_036_854_775_807n,
  u64: 18_446_744_073_709_551_615n,
  f32: [1e-45, -0],
  f64: 5e-324,
  flag: true,
  text: 'é\u0000"\\ 😀',
  file_bytes: Uint8Array.of(0, 255, 254, 128),
};

describe.each(["columnar", "row"] as const)("in the %s framing", (framing) => {
  test("a row of every dtype comes back to the bit", async () => {
    const got = await echo().predict(
      { ...row, f32: createNdArray("float32", [2], Float32Array.of(1e-45, -0)) },
      { framing },
    );
    const { f32, ...rest } = got;
    const { f32: sent, ...due } = row;
    expect(rest).toEqual(due);
    expect(f32).toMatchObject({ dtype: "float32", shape: [2] });
    expect(Array.from(f32.data)).toEqual(sent.map(Math.fround));
  });

  test("what is no number does too", async () => {
    const values = [NaN, Infinity, -Infinity, -0, 1e-45, 3.4028234663852886e38];
    const got = await echo().signatures.float.predictMany(values, { framing });
    expect(got.map(({ x }) => x)).toEqual(values.map(Math.fround));
  });

  test("so does every float32, and every int64", async () => {
    const rows = fc.array(
      fc.record({ f: fc.float(), i: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
      {
        minLength: 1,
        maxLength: 50,
      },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const sent = given.map(({ f, i }) => ({ ...row, i64: i, f32: [f, -f] }));
        const got = await echo().predictMany(sent, { framing });
        expect(got.map(({ i64 }) => i64)).toEqual(given.map(({ i }) => i));
        expect(got.map(({ f32 }) => Array.from(f32.data))).toEqual(given.map(({ f }) => [f, -f]));
      }),
      { numRuns: 20 },
    );
  });

  test("the body holds the framing's key alone", async () => {
    const from = serving.requests.length;
    await half().predict([4], { framing });
    const [body = ""] = bodiesFrom(from);
    expect(JSON.parse(body)).toEqual(framing === "row" ? { instances: [[4]] } : { inputs: [[4]] });
  });

  test("bytes go out as base64 though their input is called b64", async () => {
    const got = await echo().signatures.b64.predict(Uint8Array.of(255, 0), { framing });
    expect(got).toEqual({ y_bytes: Uint8Array.of(255, 0) });
    expect(await echo().signatures.b64.predict("plain", { framing })).toEqual({
      y_bytes: new TextEncoder().encode("plain"),
    });
  });
});

describe("columns", () => {
  test("go out and come back whole", async () => {
    const { y } = await half().predictColumns({ x: [[1], [2], [5]] });
    expect(y).toMatchObject({ dtype: "float32", shape: [3, 1] });
    expect(y.toNested()).toEqual([[2.5], [3], [4.5]]);
  });

  test("may have no rows; their inner dimensions are the description's", async () => {
    const none = createNdArray("float32", [0, 1], new Float32Array(0));
    const { y } = await half().predictColumns({ x: none });
    expect(y).toMatchObject({ shape: [0, 1] });
    expect(await half().predictMany([])).toEqual([]);
  });

  test("may be of any rank where the description knows none", async () => {
    const { signatures } = echo();
    for (const [given, shape] of [
      [1.5, []],
      [[1, 2], [2]],
      [[[[1], [2]]], [1, 2, 1]],
      [
        [[], []],
        [2, 0],
      ],
    ] as const) {
      const { x } = await signatures.any.predictColumns({ x: untyped(given, [1]) });
      expect(x).toMatchObject({ dtype: "float32", shape });
    }
  });
});

describe("outputs that disagree in their first dimension", () => {
  test("are columns like any other", async () => {
    const ids = BigInt64Array.of(9_007_199_254_740_993n, 1n, 2n, 3n);
    const got = await bert().predictColumns(createNdArray("int64", [2, 2], ids));
    expect(got.logits.toNested()).toEqual([
      [2 ** 53, -(2 ** 53)],
      [5, -5],
    ]);
    expect(got.attentions.shape).toEqual([12]);
    expect(got.pooled.shape).toEqual([1]);
    expect(serving.requests.at(-1)?.body).toContain("9007199254740993");
  });

  test("are handed out whole where they are declared without the batch", async () => {
    const got = await bert().predict({ input_ids: [1, 2, 3] });
    expect(got.logits.toNested()).toEqual([6, -6]);
    expect(got.attentions.toNested()).toEqual(Array.from({ length: 12 }, (_, layer) => layer / 8));
    expect(got.pooled).toBe(6);
  });

  test("are a bad reply to rows where they are declared with it", async () => {
    const call = bert().predictMany([[1], [2]]);
    await expect(call).rejects.toMatchObject({ code: "bad-reply", feature: "pooled" });
    await expect(call).rejects.toThrow(/predictColumns/);
  });

  test("are refused by the server in rows", async () => {
    const call = bert().predictMany([[1], [2]], { framing: "row" });
    await expect(call).rejects.toMatchObject({ code: "rejected", status: 400 });
    await expect(call).rejects.toThrow(/inconsistent batch size/);
  });
});

describe("examples", () => {
  test("a whole number in a float feature goes out with its point", async () => {
    const from = serving.requests.length;
    expect(await half().regress([{ x: 1 }, { x: 80 }, { x: 0.5 }])).toEqual([2.5, 42, 2.25]);
    expect(bodiesFrom(from).join()).toMatch(/"x":1\.0\b.*"x":80\.0\b/);
  });

  test("labels come with their scores", async () => {
    expect(await half().classify([{ x: { float: 20 } }])).toEqual([[{ label: "", score: 12 }]]);
  });

  test("share their context", async () => {
    expect(await half().regress([{}, {}], { context: { x: 4 } })).toEqual([4, 4]);
  });

  test("of another kind are the graph's to refuse, and its words are passed on", async () => {
    const call = half().classify([{ x: { int64: 1 } }]);
    await expect(call).rejects.toMatchObject({ code: "rejected", status: 400 });
    await expect(call).rejects.toThrow(/Expected type: float/);
  });
});

describe("what the client refuses by itself", () => {
  const cases: readonly { name: string; given: unknown; want: object }[] = [
    { name: "a wrong name", given: { X: [1] }, want: { code: "unknown-feature", feature: "X" } },
    { name: "a name too many", given: { x: [1], z: 1 }, want: { code: "unknown-feature", feature: "z" } },
    { name: "no name", given: {}, want: { code: "missing-feature", feature: "x" } },
    { name: "a name of every object", given: { constructor: [1] }, want: { code: "unknown-feature" } },
    { name: "a wrong shape", given: { x: [1, 2] }, want: { code: "wrong-shape", feature: "x" } },
    { name: "ragged rows", given: { x: [[1], [2, 3]] }, want: { code: "wrong-shape", feature: "x" } },
    { name: "null", given: { x: [null] }, want: { code: "wrong-type", feature: "x" } },
    { name: "text for a number", given: { x: ["NaN"] }, want: { code: "wrong-type", feature: "x" } },
  ];
  test.each(cases)("$name", async ({ given, want }) => {
    const from = serving.requests.length;
    await expect(half().predict(untyped(given, { x: [1] }))).rejects.toMatchObject(want);
    expect(bodiesFrom(from)).toEqual([]);
  });

  test("the server would have taken a name too many in silence", async () => {
    const body = '{"inputs": {"x": [[1.0]], "z": 1}}';
    const reply = await fetch(`${serving.origin}/v1/models/half:predict`, { method: "POST", body });
    expect(await reply.json()).toEqual({ outputs: [[2.5]] });
  });
});

test("a stream of many rows keeps their order", async () => {
  const from = serving.requests.length;
  async function* source(): AsyncGenerator<readonly [number]> {
    for (let index = 0; index < 321; index += 1) yield [index];
  }
  const got: number[] = [];
  for await (const { y } of half().predictStream(source(), { batchSize: 50, concurrency: 3 }))
    got.push(...y.data);
  expect(got).toEqual(Array.from({ length: 321 }, (_, index) => index / 2 + 2));
  expect(bodiesFrom(from)).toHaveLength(7);
});
