import { describe, expect, test } from "vitest";
import { createClient as createAdder } from "../../generated-samples/modelbit-example-adder/src/index.js";
import { createClient as createAnimals } from "../../generated-samples/peltarion-animal-weight/src/index.js";
import { createClient as createHalf } from "../../generated-samples/tf-serving-half-plus-two/src/index.js";
import { createClient as createHouses } from "../../generated-samples/tf-serving-features/src/index.js";
import {
  createClient as createLeaves,
  isErrorReply,
} from "../../generated-samples/openapi-leaf-doctor/src/index.js";
import { createClient as createPhotos } from "../../generated-samples/cog-photo-restyler/src/index.js";
import { fixture, useMocks } from "./run-mock.js";

/*
 * Every method of generated clients, over HTTP, against the command's mock.
 */

const start = useMocks();
const token = "any";
const strict = { token, validate: "strict" } as const;

async function all<Item>(source: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

describe("the mock over HTTP", () => {
  test("answers rows alike alone, in batches, in streams, and as forms", async () => {
    const { url } = await start([fixture("peltarion/animal-table/spec.json")]);
    const client = createAnimals({ url, ...strict });
    const rows = [1, 2, 3, 4, 5].map((Size) => ({ Type: "animal", Sound: "miaow", Size }) as const);
    const many = await client.predictMany(rows);
    expect(await all(client.predictStream(rows, { batchSize: 2 }))).toEqual(many);
    expect(await Promise.all(rows.map((row) => client.predict(row)))).toEqual(many);
    expect(
      await client.predict(rows[0] ?? { Type: "animal", Sound: "moo", Size: 0 }, { encoding: "multipart" }),
    ).toEqual(many[0]);
    expect(new Set(many.map(({ Weight }) => Weight)).size).toBeGreaterThan(1);
  });

  test("is a model on TensorFlow Serving", async () => {
    const { url } = await start([fixture("tf-serving/half-plus-two/spec.json")]);
    const client = createHalf({ url, ...strict });
    expect(await client.waitUntilReady()).toMatchObject({ versions: [{ state: "AVAILABLE" }] });
    expect((await client.metadata()).signatures).toBeDefined();
    await client.verify();
    const rows = [0, 1, 2].map((x) => ({ x: [x] }));
    const many = await client.predictMany(rows, { framing: "row" });
    expect(await client.predictMany(rows, { framing: "columnar" })).toEqual(many);
    expect(await client.classify([{ inputs: { float: 1 } }])).toHaveLength(1);
    expect(await client.regress([{ inputs: { float: 1 } }, { inputs: { float: 2 } }])).toHaveLength(2);
    const houses = await start([fixture("tf-serving/features/spec.json")]);
    expect(Object.keys(createHouses({ url: houses.url, ...strict }).signatures)).toContain("embed");
  });

  test("is a function on Modelbit", async () => {
    const { url } = await start([fixture("modelbit/adder/spec.yaml")]);
    const client = createAdder({ url, token });
    const rows = [1, 2, 3].map((a) => ({ a, b: 1, c: 1 }));
    const many = await client.predictMany(rows);
    expect(await Promise.all(rows.map((row) => client.predict(row)))).toEqual(many);
    expect(await client.predictMany(rows, { responseFormat: "links" })).toEqual(many);
  });

  test("is a Cog model whose files can be fetched", async () => {
    const { url } = await start([fixture("cog/photo-restyler/spec.json")]);
    const client = createPhotos({ url, validate: "strict" });
    const picture = await client.predict({ photo: new Uint8Array([1, 2, 3]), style: "ink" });
    expect((await picture.bytes()).length).toBeGreaterThan(8);
  });

  test("is a service with forms, events and documented errors", async () => {
    const { url } = await start([fixture("openapi/leaf-doctor/spec.json")]);
    const client = createLeaves({ url, ...strict });
    const words = await all(client.explain({ disease: "leaf-rust" }));
    expect(words.length).toBeGreaterThan(0);
    expect(await all(client.explain({ disease: "leaf-rust" }))).toEqual(words);
    const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    await client.predictPicture({ picture, plant: "vine", threshold: 0.5 });
    expect(Array.isArray(await client.listDiseases({ plant: "wheat", severity: ["mild"] }))).toBe(true);
    const careless = createLeaves({ url, token, validate: false });
    const error: unknown = await careless
      .predict({ plant: "tomato", temperature: 1e9, spots: [1] })
      .catch((reason: unknown) => reason);
    expect(isErrorReply(error, "predict", 422)).toBe(true);
  });
});
