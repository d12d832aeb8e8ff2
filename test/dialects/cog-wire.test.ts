import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import type { DeploymentModel, FeatureModel } from "../../src/model/deployment-model.js";
import { createCogClient } from "../../src/runtime/src/cog/index.js";
import type { CogDeployment } from "../../src/runtime/src/cog/index.js";
import { memoryTransport } from "../../src/runtime/src/index.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { fixtures, readFixture } from "./descriptions.js";

/** What the caller gives, the request's body, the reply's body, what the caller gets. */
interface Transcript {
  readonly given: Readonly<Record<string, unknown>>;
  readonly request: unknown;
  readonly reply: unknown;
  readonly want: unknown;
}

const transcripts = fixtures()
  .filter(({ dialect }) => dialect === "cog")
  .flatMap((fixture) =>
    fixture.wire.map((file) => ({ fixture, file, name: file.slice(file.indexOf("/cog/") + 1) })),
  );

test.each(transcripts)("$name is what goes out and comes in", async ({ fixture, file }) => {
  const { given, request, reply, want }: Transcript = JSON.parse(readFileSync(file, "utf8"));
  const spec = await readFixture(fixture);
  const { model } = recognise(spec, dialects).interpret(spec, { labels: new Map(), operations: [] });
  const transport = memoryTransport(() => ({ json: reply }));
  const deployment = toDeployment(model);
  const onReplicate = deployment.framing.version !== null;
  const client = createCogClient(deployment, {
    transport,
    ...(onReplicate ? {} : { url: "http://localhost:5000" }),
  });
  const output = await client.predict(given);
  expect(transport.calls.map((call) => call.json())).toEqual([request]);
  expect(JSON.parse(JSON.stringify(output))).toEqual(want);
  for await (const item of client.stream(given))
    expect(JSON.stringify(want)).toContain(JSON.stringify(item).slice(1, -1));
});

type Untyped = CogDeployment<Readonly<Record<string, unknown>>, unknown, unknown, unknown>;

function toDeployment({ title, url, auth, operations: [main], shapes = [] }: DeploymentModel): Untyped {
  const [output] = main?.output.features ?? [];
  if (main?.framing.protocol !== "cog" || output === undefined) throw new Error("no Cog model");
  const inputs = main.input.features.map((feature) => [
    feature.wireName,
    { shape: shapeOf(feature), ...(feature.required ? {} : { optional: true }) },
  ]);
  const deployment: Untyped = JSON.parse(
    JSON.stringify({
      title,
      url,
      auth,
      framing: main.framing,
      output: shapeOf(output),
      inputs: {},
      shapes: {},
    }),
  );
  return {
    ...deployment,
    inputs: Object.fromEntries(inputs),
    shapes: Object.fromEntries(shapes.map(({ name, shape }) => [name, shape])),
  };
}

function shapeOf({ codec }: FeatureModel): JsonShape {
  if (codec.kind === "json") return codec.shape;
  throw new Error(`no shape: ${codec.kind}`);
}
