import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDeploymentClient } from "../../src/runtime/src/client/client.js";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import type { Deployment } from "../../src/runtime/src/deployment.js";
import { rows as protocol } from "../../src/runtime/src/protocols/rows.js";
import { mockTransport } from "../../src/runtime/src/testing/rows.js";
import type { MockOptions } from "../../src/runtime/src/testing/rows.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { drawFeature } from "../../src/runtime/src/testing/seeded-features.js";
import { inputCodec, outputCodec } from "./field-codecs.js";

type Features = Readonly<Record<string, { readonly codec: FieldCodec }>>;
type Row = Readonly<Record<string, unknown>>;

/** A deployment whose rows no type says anything of. */
function deploymentOf(inputs: Features, outputs: Features): Deployment<object, object> {
  const framing = { protocol: "rows", multipart: true } as const;
  const predict = { method: "POST", path: "", framing, inputs, outputs } as const;
  return {
    title: "Any",
    url: "https://host.test/forward",
    auth: [{ kind: "bearer" }],
    description: null,
    operations: { predict },
  };
}

function clientOf(deployment: Deployment<object, object>, options: MockOptions = {}) {
  const transport = mockTransport(deployment, options);
  const parts = { protocol, coders };
  return createDeploymentClient(deployment, parts, { transport, validate: "strict", retry: false });
}

const name = fc.string({ unit: "grapheme" }).filter((text) => !/%(?:22|0D|0A)/i.test(text));

function featuresOf(codec: fc.Arbitrary<FieldCodec>): fc.Arbitrary<Features> {
  const entries = fc.uniqueArray(fc.tuple(name, codec), {
    selector: ([each]) => each,
    minLength: 1,
    maxLength: 5,
  });
  // fromEntries makes own members of all names, `__proto__` included.
  return entries.map((list) => Object.fromEntries(list.map(([each, one]) => [each, { codec: one }])));
}

/** A valid row of these inputs. */
function rowOf(inputs: Features, seed: number): Row {
  const entries = Object.entries(inputs).map(([each, { codec }]) => [
    each,
    drawFeature(createDraw(seed, each), codec),
  ]);
  return Object.fromEntries(entries);
}

describe("a mock", () => {
  test("answers any row of any features with what a strict client reads, in any batch and encoding alike", async () => {
    await fc.assert(
      fc.asyncProperty(
        featuresOf(inputCodec),
        featuresOf(outputCodec),
        fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 5 }),
        async (inputs, outputs, seeds) => {
          const client = clientOf(deploymentOf(inputs, outputs));
          const given = seeds.map((seed) => rowOf(inputs, seed));
          const together = await client.predictMany(given, { batchSize: 2 });
          expect(together).toHaveLength(given.length);
          expect(Object.keys(together[0] ?? {}).toSorted()).toEqual(Object.keys(outputs).toSorted());
          const turned = await client.predictMany(given.toReversed());
          expect(turned.toReversed()).toEqual(together);
          const [first = {}] = given;
          expect(await client.predict(first)).toEqual(together[0]);
          expect(await client.predict(first, { encoding: "multipart" })).toEqual(together[0]);
        },
      ),
      { numRuns: 60 },
    );
  });

  const plain = deploymentOf({ n: { codec: { kind: "number" } } }, { m: { codec: { kind: "number" } } });

  test("answers otherwise under another seed, and other rows otherwise", async () => {
    const given = Array.from({ length: 200 }, (_, n) => ({ n }));
    const [zero, none, seven, text, word] = await Promise.all(
      [{ seed: 0 }, {}, { seed: 7 }, { seed: "7" }, { seed: "seven" }].map((options) =>
        clientOf(plain, options).predictMany(given),
      ),
    );
    expect(none).toEqual(zero);
    expect(seven).not.toEqual(zero);
    expect(text).toEqual(seven);
    expect(word).not.toEqual(seven);
    expect(new Set(zero?.map((row) => JSON.stringify(row))).size).toBeGreaterThan(150);
  });

  test("keeps what it was asked", async () => {
    const transport = mockTransport(plain);
    const client = createDeploymentClient(plain, { protocol, coders }, { transport, token: "secret" });
    await client.predict({ n: 1 });
    expect(
      transport.calls.map(({ method, url, headers }) => [method, url, headers["authorization"]]),
    ).toEqual([["POST", "https://host.test/forward", "Bearer secret"]]);
    expect(transport.calls[0]?.json()).toEqual({ rows: [{ n: 1 }] });
  });

  test("speaks with no other system", () => {
    const framing = { protocol: "data", form: "rows" } as const;
    const { predict } = plain.operations;
    const other = { ...plain, operations: { predict: { ...predict, framing } } };
    expect(() => mockTransport(other)).toThrow('The deployment speaks the protocol "data"');
  });
});
