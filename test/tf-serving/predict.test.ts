import { describe, expect, test } from "vitest";
import { createNdArray } from "../../src/runtime/src/arrays/nd-array.js";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import { base, clientOf, untyped } from "./client-deployment.js";

/** Adds a half to each `x`, in the framing that was asked. */
const half: MemoryHandler = ({ json }) => {
  const body: unknown = json();
  const text = JSON.stringify(body);
  const plus = (_: string, number: string): string => `[${Number(number) + 0.5}]`;
  const result = text.replace(/\[(-?[\d.]+)\]/g, plus);
  return { body: result.replace('"inputs"', '"outputs"').replace('"instances"', '"predictions"') };
};

const photo = Uint8Array.of(1, 2, 3);
const pairReply = '{"outputs":{"more":5.5,"total":9007199254740993,"table":[[1],[2]],"score":[0.5,1.5]}}';

describe("a request", () => {
  test.each([
    { name: "a row by name", given: { x: [1] } },
    { name: "a bare value", given: [1] },
    { name: "a bare typed array", given: Float32Array.of(1) },
    { name: "a bare array with its shape", given: createNdArray("float32", [1], Float32Array.of(1)) },
    { name: "a row whose prototype has more", given: Object.assign(Object.create({ y: 1 }), { x: [1] }) },
  ])("carries $name", async ({ given }) => {
    const { client, bodies, calls } = clientOf(half);
    const { y } = await client.predict(untyped(given, { x: [1] }));
    expect([...y.data]).toEqual([1.5]);
    expect(y.shape).toEqual([1]);
    expect(bodies()).toEqual(['{"inputs":[[1]]}']);
    expect(calls[0]).toMatchObject({ method: "POST", url: "http://host.test:8501/v1/models/m:predict" });
  });

  test("carries rows in the row framing, asked of the client or the call", async () => {
    for (const [options, call] of [
      [{ framing: "row" }, {}],
      [{ framing: "columnar" }, { framing: "row" }],
    ] as const) {
      const { client, bodies } = clientOf(half, options);
      const rows = await client.predictMany([{ x: [1] }, [2]], call);
      expect(rows.map(({ y }) => [...y.data])).toEqual([[1.5], [2.5]]);
      expect(bodies()).toEqual(['{"instances":[[1],[2]]}']);
    }
  });

  test("names its signature and all inputs, with bytes from any source", async () => {
    const { client, bodies } = clientOf(() => ({ body: pairReply }));
    const sources = [
      photo,
      photo.buffer,
      new Blob([photo]),
      { name: "p.png", read: async () => photo },
      "data:image/png;base64,AQID",
    ];
    const { predictMany } = client.signatures.pair;
    for (const source of sources) {
      await predictMany([
        { id: 1, photo: source },
        { id: 2n ** 63n - 1n, photo },
      ]);
    }
    const want =
      '{"signature_name":"pair","inputs":{"id":[1,9223372036854775807],"photo":[{"b64":"AQID"},{"b64":"AQID"}]}}';
    expect(bodies()).toEqual(sources.map(() => want));
  });

  test("carries texts and bytes side by side", async () => {
    const { client, bodies } = clientOf(() => ({ body: '{"outputs":[2]}' }));
    const words = ["é", new Blob(["x"]), Uint8Array.of(255)];
    expect(await client.signatures.text.predict(words)).toEqual({ n: 2n });
    expect(bodies()).toEqual(['{"signature_name":"text","inputs":[["é",{"b64":"eA=="},{"b64":"/w=="}]]}']);
    expect(words).toHaveLength(3);
  });

  test("of a signature without a batch dimension is one call for each row", async () => {
    const { client, bodies } = clientOf(() => ({ body: '{"outputs":"ok"}' }));
    const { predict, predictMany, predictColumns } = client.signatures.whole;
    const row = { a: -0, b: [true, false] };
    expect(await predict(row)).toEqual({ c: "ok" });
    expect(await predictColumns(row)).toEqual({ c: "ok" });
    expect(await predictMany([row, row])).toEqual([{ c: "ok" }, { c: "ok" }]);
    const body = '{"signature_name":"whole","inputs":{"a":-0.0,"b":[true,false]}}';
    expect(bodies()).toEqual([body, body, body, body]);
    await expect(predict(row, { framing: "row" })).rejects.toMatchObject({ code: "bad-options" });
  });
});

describe("what cannot go out is refused before it is sent", () => {
  const pair = { id: 1, photo };
  test.each([
    {
      name: "a wrong name",
      given: [{ ...pair, Id: 1 }],
      want: { code: "unknown-feature", feature: "Id", row: 0 },
    },
    {
      name: "a missing input",
      given: [pair, { id: 1 }],
      want: { code: "missing-feature", feature: "photo", row: 1 },
    },
    { name: "no row", given: [pair, 5], want: { code: "bad-row", row: 1 } },
    { name: "an inherited input", given: [Object.create(pair)], want: { code: "missing-feature", row: 0 } },
    {
      name: "a rounded integer",
      given: [pair, { id: 2 ** 53, photo }],
      want: { code: "wrong-type", feature: "id", row: 1 },
    },
    {
      name: "an integer too large",
      given: [{ id: 2n ** 63n, photo }],
      want: { code: "wrong-type", feature: "id" },
    },
    {
      name: "a list for a scalar",
      given: [pair, { id: [1], photo }],
      want: { code: "wrong-shape", feature: "id", row: 1 },
    },
    {
      name: "text for bytes",
      given: [{ id: 1, photo: "x" }],
      want: { code: "wrong-type", feature: "photo", row: 0 },
    },
    { name: "null", given: [{ id: null, photo }], want: { code: "wrong-type", feature: "id", row: 0 } },
    {
      name: "a file that cannot be read",
      given: [pair, { id: 1, photo: { name: "p", read: async () => Promise.reject(new Error("no")) } }],
      want: { code: "wrong-type", feature: "photo", row: 1 },
    },
  ])("$name", async ({ given, want }) => {
    const { client, calls } = clientOf(() => ({ body: pairReply }));
    const rows = untyped(given, [pair]);
    await expect(client.signatures.pair.predictMany(rows)).rejects.toMatchObject(want);
    expect(calls).toHaveLength(0);
  });

  test("rows of different shapes, each of which would do", async () => {
    const { client, calls } = clientOf(() => ({ body: '{"outputs":[2]}' }));
    await expect(client.signatures.text.predictMany([["a"], ["a"], ["a", "b"]])).rejects.toMatchObject({
      code: "wrong-shape",
      feature: "words",
      row: 2,
    });
    expect(calls).toHaveLength(0);
  });

  test("a shape that is not declared, unless checks are off", async () => {
    const flat = untyped([1, 2], [[1], [2]]);
    const { client, calls } = clientOf(half);
    await expect(client.predictColumns({ x: flat })).rejects.toMatchObject({
      code: "wrong-shape",
      feature: "x",
    });
    expect(calls).toHaveLength(0);
    const lax = clientOf(() => ({ body: '{"outputs":[1.5,2.5]}' }), { validate: false });
    expect([...(await lax.client.predictColumns({ x: flat })).y.data]).toEqual([1.5, 2.5]);
    expect(lax.bodies()).toEqual(['{"inputs":[1,2]}']);
  });

  test("columns of different lengths in the row framing, and none at all", async () => {
    const { predictColumns } = clientOf(half).client.signatures.pair;
    const row = { framing: "row" } as const;
    const wrong = { code: "wrong-shape", feature: "photo" };
    await expect(predictColumns({ id: [1, 2], photo: [photo] }, row)).rejects.toMatchObject(wrong);
    await expect(predictColumns({ id: [], photo: [] }, row)).rejects.toMatchObject({ code: "wrong-shape" });
  });

  test("half of a surrogate pair", async () => {
    const { client, calls } = clientOf(half);
    await expect(client.signatures.text.predict(["\ud800"])).rejects.toMatchObject({ code: "wrong-type" });
    expect(calls).toHaveLength(0);
  });
});

describe("a reply", () => {
  const rows = [
    { id: 1, photo },
    { id: 2, photo },
  ];

  test("gives rows theirs, and hands out whole what has no batch dimension", async () => {
    const [first, second] = await clientOf(() => ({ body: pairReply })).client.signatures.pair.predictMany(
      rows,
    );
    expect([first?.score, second?.score]).toEqual([0.5, 1.5]);
    expect([first?.total, second?.total]).toEqual([9007199254740993n, 9007199254740993n]);
    expect(second?.table.toNested()).toEqual([[1], [2]]);
    expect(second?.more.shape).toEqual([]);
    expect(second?.more.toNested()).toBe(5.5);
  });

  test("of unknown rank is cut into rows where it has as many", async () => {
    const body = pairReply.replace("5.5", "[[1,2],[3,4]]");
    const [, second] = await clientOf(() => ({ body })).client.signatures.pair.predictMany(rows);
    expect(second?.more.toNested()).toEqual([3, 4]);
  });

  test("has no rows where nothing was sent to be answered", async () => {
    const { client } = clientOf(() => ({ body: '{"outputs":[]}' }));
    const { y } = await client.predictColumns({ x: [] });
    expect(y.shape).toEqual([0, 1]);
    expect(await client.predictMany([])).toEqual([]);
  });

  test.each([
    { name: "too few rows", body: pairReply.replace("[0.5,1.5]", "[0.5]"), want: { feature: "score" } },
    { name: "a missing output", body: '{"outputs":{"score":[1,2]}}', want: { feature: "table" } },
    {
      name: "another dtype",
      body: pairReply.replace("[[1],[2]]", "[[1],[2.5]]"),
      want: { feature: "table" },
    },
    { name: "ragged lists", body: pairReply.replace("[[1],[2]]", "[[1],[2,3]]"), want: { feature: "table" } },
    { name: "no outputs", body: '{"predictions":[]}', want: {} },
    { name: "no JSON", body: "<html>", want: {} },
    { name: "nothing", body: "", want: {} },
    { name: "more behind it", body: `${pairReply}]`, want: {} },
  ])("with $name is bad", async ({ body, want }) => {
    const { client } = clientOf(() => ({ body }));
    const code = { code: "bad-reply", status: 200, ...want };
    await expect(client.signatures.pair.predictMany(rows)).rejects.toMatchObject(code);
  });

  test("may hold more than is described, unless it is held to it", async () => {
    const body = pairReply.replace('{"more"', '{"extra":[null],"more"');
    expect(await clientOf(() => ({ body })).client.signatures.pair.predictMany(rows)).toHaveLength(2);
    const strict = clientOf(() => ({ body }), { validate: "strict" }).client.signatures.pair;
    await expect(strict.predictMany(rows)).rejects.toMatchObject({ code: "bad-reply", feature: "extra" });
  });

  test("that is an error under status 200 is the server's", async () => {
    const { client } = clientOf(() => ({ body: '{"error": "Servable is busy"}' }));
    await expect(client.predict([1])).rejects.toMatchObject({ code: "deployment-error", status: 200 });
    await expect(client.predict([1])).rejects.toThrow(/Servable is busy/);
  });
});

describe("a stream", () => {
  test("hands out every row before a fault, and names the fault by its place", async () => {
    const { client, bodies } = clientOf(half);
    const source = [[1], [2], [3], untyped("x", [4]), untyped(null, [5])];
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { y } of client.predictStream(source, { batchSize: 5 })) seen.push(...y.data);
    };
    await expect(read()).rejects.toMatchObject({ code: "wrong-type", feature: "x", row: 3 });
    expect(seen).toEqual([1.5, 2.5, 3.5]);
    expect(bodies()).toEqual(['{"inputs":[[1],[2],[3]]}']);
  });

  test("of rows whose shapes differ gives those that go together first", async () => {
    const { client } = clientOf(() => ({ body: '{"outputs":[1,1]}' }));
    const source = [["a"], ["b"], ["c", "d"]];
    const seen: bigint[] = [];
    const read = async (): Promise<void> => {
      for await (const { n } of client.signatures.text.predictStream(source)) seen.push(n);
    };
    await expect(read()).rejects.toMatchObject({ code: "wrong-shape", row: 2 });
    expect(seen).toEqual([1n, 1n]);
  });
});

test("where the dtype is a guess, no whole number is rounded either way, and the way out is named", async () => {
  const spec = { dtype: "float64", shape: [-1], assumed: true } as const;
  const transport = memoryTransport(() => ({ body: '{"outputs":[9007199254740993]}' }));
  const client = createTfServingClient(
    {
      title: "Guess",
      url: base,
      auth: [],
      main: {},
      signatures: {
        serving_default: {
          name: "serving_default",
          batched: true,
          inputs: { x: spec },
          outputs: { y: spec },
        },
      },
    },
    { transport },
  );
  const methods: unknown = Reflect.get(client.signatures, "serving_default");
  const predict: unknown = Reflect.get(Object(methods), "predict");
  if (typeof predict !== "function") throw new Error("There is no predict");
  await expect(predict(2 ** 53)).rejects.toMatchObject({ code: "wrong-type", feature: "x" });
  await expect(predict(2 ** 53)).rejects.toThrow(/--metadata/);
  expect(transport.calls).toHaveLength(0);
  await expect(predict(3)).rejects.toMatchObject({ code: "bad-reply" });
  await expect(predict(3)).rejects.toThrow(/--metadata/);
  expect(new TextDecoder().decode(transport.calls[0]?.bytes())).toBe('{"inputs":[3]}');
});
