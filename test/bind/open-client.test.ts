import { readFileSync } from "node:fs";
import { memoryTransport, type MemoryHandler, type MemoryRequest } from "@gen-deploy/runtime";
import { describe, expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import type { BoundDeployment } from "../../src/bind/bound-deployment.js";
import { openClient } from "../../src/bind/open-client.js";
import type { DeploymentModel } from "../../src/model/deployment-model.js";

/** The golden model of a fixture, bound. */
function bound(name: string): BoundDeployment {
  const file = new URL(`../dialects/${name}/model.json`, import.meta.url);
  const { model }: { readonly model: DeploymentModel } = JSON.parse(readFileSync(file, "utf8"));
  return bindModel(model);
}

/** Rows without end would be too many: these are told when somebody asks for more than they should. */
function* counting<Row>(count: number, row: (index: number) => Row): Generator<Row> {
  for (let index = 0; index < count; index += 1) yield row(index);
}

const at = { url: "http://127.0.0.1:9/v1/models/m", token: "secret" };

const animal = { Type: "animal", Sound: "miaow", Size: 1 };

/** What a member of a request's body holds. */
function member(request: MemoryRequest, name: string): unknown {
  return Reflect.get(Object(request.json()), name);
}

describe("an opened client", () => {
  test("takes and gives rows of Peltarion", async () => {
    const transport = memoryTransport((request) => {
      const rows = member(request, "rows");
      if (!Array.isArray(rows)) throw new Error("no rows");
      return { json: { rows: rows.map((row) => ({ Weight: Reflect.get(Object(row), "Size") * 2 })) } };
    });
    const client = openClient(bound("peltarion/animal-table"), { ...at, transport });
    expect(client).toMatchObject({ operation: "predict", inBatches: true });
    const rows = [1, 2, 3].map((Size) => ({ ...animal, Size }));
    expect(await client.predictMany(rows, { batchSize: 2 })).toEqual([2, 4, 6].map((Weight) => ({ Weight })));
    await expect(client.predict({ ...animal, nonsense: 1 })).rejects.toMatchObject({
      code: "unknown-feature",
    });
    expect(() => openClient(bound("peltarion/animal-table"), { operation: "train" })).toThrow(
      'The deployment has no operation "train".',
    );
  });

  test("calls the signature that is asked for", async () => {
    const transport = memoryTransport((request) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith(":predict")) {
        const columns = member(request, "inputs");
        return { json: { outputs: Array.isArray(columns) ? columns.map(([x]) => [x / 2 + 2]) : [] } };
      }
      const examples = member(request, "examples");
      return { json: { results: Array.isArray(examples) ? examples.map(({ x }) => x + 1) : [] } };
    });
    const half = bound("tf-serving/half-plus-two");
    const tensors = openClient(half, { ...at, transport });
    expect(tensors.inBatches).toBe(true);
    const found = await tensors.predictMany(
      counting(5, (x) => ({ x: [x] })),
      { batchSize: 2 },
    );
    expect(found.map((row) => JSON.parse(JSON.stringify(row)))).toMatchObject(
      [2, 2.5, 3, 3.5, 4].map((y) => ({ y: { data: { 0: y } } })),
    );
    expect(() => openClient(half, { ...at, transport, operation: "nonsense" })).toThrow(
      'The deployment has no operation "nonsense".',
    );
  });

  test("sends batches of examples", async () => {
    const transport = memoryTransport((request) => {
      const examples = member(request, "examples");
      if (!Array.isArray(examples)) throw new Error("no examples");
      return { json: { results: examples.map((example) => Number(Reflect.get(Object(example), "inputs"))) } };
    });
    const half = bound("tf-serving/half-plus-two");
    const client = openClient(half, { ...at, transport, operation: "regress" });
    const rows = counting(5, (x) => ({ inputs: { float: x } }));
    expect(await client.predictMany(rows, { batchSize: 2 })).toEqual([0, 1, 2, 3, 4]);
    expect(transport.calls).toHaveLength(3);
  });

  test("calls a function in batches", async () => {
    const transport = memoryTransport((request) => {
      const data = member(request, "data");
      if (!Array.isArray(data)) throw new Error("no data");
      return { json: { data: data.map(([id, x]) => [id, x * 2]) } };
    });
    const client = openClient(bound("modelbit/doubler"), { ...at, transport });
    expect(await client.predictMany([1, 2, 3], { batchSize: 2 })).toEqual([2, 4, 6]);
  });

  test("calls a service once for each row, in their order", async () => {
    const answer: MemoryHandler = (request) => {
      const temperature = Number(member(request, "temperature"));
      const probabilities = { healthy: 1, "leaf-rust": 0, "powdery mildew": 0 };
      return { json: { disease: `${temperature}`, probabilities, severity: null, regions: [] } };
    };
    const service = bound("openapi/leaf-doctor");
    const transport = memoryTransport(answer);
    const client = openClient(service, { ...at, transport, validate: false });
    const rows = [...counting(10, (temperature) => ({ plant: "tomato", temperature, spots: [1] }))];
    const found = await client.predictMany(rows);
    expect(found.map((each) => Reflect.get(Object(each), "disease"))).toEqual(rows.map((_, i) => String(i)));
    expect(transport.calls).toHaveLength(10);
    const bad = rows.map((row, index) => (index === 4 ? { ...row, plant: 4 } : row));
    const checked = openClient(service, { ...at, transport: memoryTransport(answer) });
    await expect(checked.predictMany(bad)).rejects.toMatchObject({ name: "DeploymentError", row: 4 });
  });
});
