import { createClient as createHalf, isDeploymentError, ndarray } from "half-plus-two";
import { createClient as createBert } from "bert";
import { createClient as createHouses } from "house-prices";
import { createClient as createFlowers } from "image-classifier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleModels } from "../servers/tf-serving-sample-models.js";
import { startTfServing, type TfServing } from "../servers/tf-serving-server.js";

let server: TfServing;
beforeAll(async () => {
  server = await startTfServing({ models: sampleModels });
});
afterAll(() => server.close());
const at = (model: string): { readonly url: string } => ({ url: `${server.origin}/v1/models/${model}` });

describe("half-plus-two", () => {
  test("predicts rows, bare values and columns, in both framings", async () => {
    const client = createHalf(at("half_plus_two"));
    const row = await client.predict({ x: [1] });
    expect(row.y).toMatchObject({ dtype: "float32", shape: [1], data: new Float32Array([2.5]) });
    const rows = await client.predictMany([[0], ndarray([1], [3])], { framing: "row" });
    expect(rows.map(({ y }) => y.data[0])).toEqual([2, 3.5]);
    const { y } = await client.predictColumns({ x: [[1], [2], [3]] });
    expect(y).toMatchObject({ shape: [3, 1], data: new Float32Array([2.5, 3, 3.5]) });
    await client.verify();
  });

  test("classifies and regresses by each of its signatures", async () => {
    const client = createHalf(at("half_plus_two"));
    expect(await client.classify([{ x: { float: 1 } }])).toEqual([[{ label: "", score: 2.5 }]]);
    expect(await client.regress([{}, {}], { context: { x: { float: 1 } } })).toEqual([2.5, 2.5]);
    expect(await client.signatures.regress_x_to_y2.regress([{ x: { float: [2] } }])).toEqual([4]);
    const { outputs } = await client.signatures.regress_x2_to_y3.predict([2]);
    expect(outputs.data).toEqual(new Float32Array([4]));
    expect(server.requests.map(({ body }) => body)).toContain(
      '{"signature_name":"classify_x_to_y","examples":[{"x":1.0}]}',
    );
  });

  test("refuses what the signature has not", async () => {
    const client = createHalf(at("half_plus_two"));
    const row = JSON.parse('{"x":[1],"y":[1]}');
    const failure = await client.predict(row).catch((error: unknown) => error);
    expect(isDeploymentError(failure)).toBe(true);
    expect(failure).toMatchObject({ feature: "y" });
  });
});

describe("bert", () => {
  test("gives the logits row by row, and whole what is no row's", async () => {
    const client = createBert(at("bert"));
    const row = (id: bigint) => ({ input_ids: [id, 2n], attention_mask: [1, 1], token_type_ids: [0, 0] });
    const answers = await client.predictMany([row(9007199254740993n), row(-5n), row(7n)]);
    expect(answers.map(({ logits }) => [...logits.data])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
    for (const { attentions } of answers) expect(attentions.shape).toEqual([2, 3, 1, 2, 2]);
    expect(server.requests.at(-1)?.body).toContain('"input_ids":[[9007199254740993,2],[-5,2],[7,2]]');
    await client.verify();
  });
});

describe("house-prices", () => {
  const home = {
    ...{ CRIM: 0.00632, ZN: 18, INDUS: 2.31, CHAS: false, NOX: 0.538, RM: 6.5, AGE: 65.2, DIS: 4.09 },
    ...{ RAD: 1, TAX: 296n, PTRATIO: 15.3, TOWN: "Nahant", LSTAT: 4.98 },
  };

  test("predicts a row of 13 features, and streams them", async () => {
    const client = createHouses(at("houses"));
    expect(await client.predict(home)).toMatchObject({ price: 6.5, codes: { data: ["Nahant", "", ""] } });
    const prices: number[] = [];
    const source = Array.from({ length: 70 }, (_, index) => ({ ...home, RM: index, TAX: index }));
    for await (const { price } of client.predictStream(source, { batchSize: 16 })) prices.push(price);
    expect(prices).toEqual(source.map(({ RM }) => RM));
    expect((await client.signatures.embed.predict(new Float32Array(13).fill(2))).embedding.data).toEqual(
      new Float32Array([26, 26, 26, 26]),
    );
  });

  test("regresses described features: a whole float goes out with its point, an integer without", async () => {
    const client = createHouses(at("houses"));
    expect(await client.regress([{ RM: 6, TAX: 296n }], { context: { CRIM: 1 } })).toEqual([6]);
    expect(server.requests.at(-1)?.body).toBe(
      '{"signature_name":"price_of_example","context":{"CRIM":1.0},"examples":[{"RM":6.0,"TAX":296}]}',
    );
  });
});

test("a picture goes to the classifier as b64, and a label beyond 2^53 comes back in all digits", async () => {
  const client = createFlowers(at("flowers"));
  const answer = await client.predict({ image_bytes: new Uint8Array([255, 216, 255]), key: "é" });
  expect(answer).toMatchObject({ key: "é", prediction: 9007199254740993n });
  expect(answer.scores.data).toEqual(new Float32Array([3, 0, 0, 0, 0, NaN]));
  expect(server.requests.at(-1)?.body).toBe('{"inputs":{"image_bytes":[{"b64":"/9j/"}],"key":["é"]}}');
});
