import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import type { CogModelDeployment, FunctionDeployment } from "../../src/bind/bound-deployment.js";
import { describe as understand } from "../../src/compile.js";
import { createCogClient } from "../../src/runtime/src/cog/index.js";
import type { CogClientOptions } from "../../src/runtime/src/cog/index.js";
import { isDeploymentError, memoryTransport } from "../../src/runtime/src/index.js";
import type { JsonShape, MemberShape, MemoryHandler } from "../../src/runtime/src/index.js";
import { createModelbitClient } from "../../src/runtime/src/modelbit/index.js";
import type { FunctionOptions, ModelbitClientOptions } from "../../src/runtime/src/modelbit/index.js";
import { mockHandler as mockCog } from "../../src/runtime/src/testing/cog.js";
import { mockHandler as mockModelbit } from "../../src/runtime/src/testing/modelbit.js";
import { readStrictly } from "../../src/runtime/src/testing/read-strictly.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { seededShape } from "../../src/runtime/src/testing/seeded-shapes.js";
import { fixtures } from "../dialects/descriptions.js";
import { animals } from "./modelbit-function.js";
import { rawCall } from "./raw-call.js";
import { serveMock } from "./serve-mock.js";
import type { ServedMock } from "./serve-mock.js";
import { single } from "../cog/cog-deployments.js";

/*
 * Every description of Modelbit and Cog that is at hand, models of public repositories among them: its client against
 * its own mock, in memory and over loopback, with inputs of all kinds.
 */
const shared = fileURLToPath(new URL("../../../shared/specs/", import.meta.url));
const written = (existsSync(shared) ? readdirSync(shared) : []).filter((name) =>
  name.includes("cog-openapi"),
);
const documents = [
  ...fixtures().flatMap(({ dialect, name, spec }) =>
    dialect === "cog" || dialect === "modelbit" ? [{ name: `${dialect}/${name}`, spec }] : [],
  ),
  ...written.map((name) => ({ name, spec: `${shared}${name}` })),
];

interface Inputs {
  readonly inputs: Readonly<Record<string, MemberShape>>;
  readonly shapes?: Readonly<Record<string, JsonShape>>;
}

/** What a caller may give, by the seed. */
function rowOf({ inputs, shapes = {} }: Inputs, seed: number): Record<string, unknown> {
  const draw = createDraw(seed);
  const row: Record<string, unknown> = {};
  let isOver = false;
  for (const [name, { shape, optional }] of Object.entries(inputs)) {
    // What follows an argument that is left out would take its place.
    isOver ||= optional === true && draw.next() < 0.3;
    if (isOver && optional === true) continue;
    const wire = seededShape(shape, { shapes, draw: draw.fork(name) });
    const reading = readStrictly(wire, shape, { shapes, loc: [] });
    if (reading.faults !== undefined) throw new Error(JSON.stringify(reading.faults));
    row[name] = reading.value;
  }
  return row;
}

/** What clients of any types have in common. */
interface AnyModel {
  predict(row: unknown): Promise<unknown>;
  stream(row: unknown): AsyncIterable<unknown>;
}

interface AnyFunction {
  predict(row: Readonly<Record<string, unknown>>, options?: FunctionOptions): Promise<unknown>;
  predictMany(rows: readonly Readonly<Record<string, unknown>>[]): Promise<readonly unknown[]>;
}

function cogClient(deployment: CogModelDeployment, options: CogClientOptions): AnyModel {
  return createCogClient<unknown, unknown, never, unknown>(deployment, { ...options, validate: "strict" });
}

function modelbitClient(deployment: FunctionDeployment, options: ModelbitClientOptions): AnyFunction {
  return createModelbitClient<Readonly<Record<string, unknown>>, never>(deployment, options);
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe.each(documents)("$name", ({ name, spec }) => {
  let bound: ReturnType<typeof bindModel>;
  let handler: MemoryHandler;
  let mock: ServedMock;
  beforeAll(async () => {
    const { model } = await understand({ name: spec, url: null, text: readFileSync(spec, "utf8") });
    bound = bindModel(model);
    if (bound.system === "cog") handler = mockCog(bound.deployment, { seed: name });
    else if (bound.system === "modelbit") handler = mockModelbit(bound.deployment, { seed: name });
    else throw new Error(bound.system);
    mock = await serveMock(handler);
  });
  afterAll(async () => await mock?.close());

  test("answers its own client, alike wherever it is asked", async () => {
    const transport = memoryTransport(handler);
    for (let seed = 0; seed < 8; seed += 1) {
      if (bound.system === "modelbit") {
        const { deployment } = bound;
        const row = rowOf(deployment, seed);
        const near = modelbitClient(deployment, { url: "http://a/v1/f/latest", transport });
        const far = modelbitClient(deployment, { url: `${mock.origin}/v1/f/latest` });
        const answer = await near.predict(row);
        expect(await far.predict(row)).toEqual(answer);
        expect(await far.predict(row, { responseFormat: "links" })).toEqual(answer);
        expect((await near.predictMany([rowOf(deployment, seed + 1), row]))[1]).toEqual(answer);
      } else if (bound.system === "cog") {
        const { deployment } = bound;
        const row = rowOf(deployment, seed);
        const answer = await cogClient(deployment, { url: "http://a", transport }).predict(row);
        const { model, version } = deployment.framing;
        const places: readonly CogClientOptions[] = [
          { url: mock.origin },
          { url: mock.origin, version: version ?? "v", token: "t" },
          { url: mock.origin, model: model ?? "o/n", token: "t" },
          { url: mock.origin, deployment: "o/n", token: "t" },
        ];
        for (const place of places) {
          const client = cogClient(deployment, place);
          expect(await client.predict(row)).toEqual(answer);
          const items = await collect(client.stream(row));
          const { output } = deployment.framing;
          expect(output === "value" ? items[0] : output === "text" ? items.join("") : items).toEqual(answer);
        }
      }
    }
  });
});

/** JSON of all kinds, right and wrong. */
const anything = fc.oneof(
  fc.constantFrom<unknown>("cat", "cow", "oil", "", "1", 0, 1, 9, 10, 100, 101, -1, 1.5, true, null, [], {}),
  fc.constantFrom<unknown>([1], [1, 2, 3], [1, 2, 3, 4], ["1"], [null], [[1]], { a: 1 }, [1e300], 1e300, -0),
  fc.jsonValue(),
);

describe("what a client refuses, the mock refuses too, and nothing else", () => {
  async function isAccepted(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (!isDeploymentError(error)) throw error;
      return false;
    }
  }

  test("of a function", async () => {
    const client = modelbitClient(
      { ...animals, shapes: { ...animals.shapes } },
      { transport: memoryTransport(mockModelbit(animals)) },
    );
    const rows = fc.record({ kind: anything, weights: anything, count: anything }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(rows, async (row) => {
        const data = [[0, row]];
        const handler = mockModelbit({ ...animals, form: "rows" });
        const { json } = await rawCall(handler, { url: "http://a/v1/f/latest", json: { data } });
        expect("data" in Object(json)).toBe(await isAccepted(client.predict({ ...row })));
      }),
      { numRuns: 300 },
    );
  });

  test("of a model", async () => {
    const { image: _, ...inputs } = single.inputs;
    const model = { ...single, inputs };
    const client = cogClient(model, { url: "http://a", transport: memoryTransport(mockCog(model)) });
    const rows = fc.record({ prompt: anything, style: anything, seed: anything }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(rows, async (row) => {
        const isRight = await isAccepted(client.predict(row));
        const server = await rawCall(mockCog(model), { url: "http://a/predictions", json: { input: row } });
        expect(server.status).toBe(isRight ? 200 : 422);
        const url = "http://a/v1/predictions";
        const replicate = await rawCall(mockCog(model), { url, json: { version: "v", input: row } });
        expect(replicate.status).toBe(isRight ? 201 : 422);
      }),
      { numRuns: 300 },
    );
  });
});
