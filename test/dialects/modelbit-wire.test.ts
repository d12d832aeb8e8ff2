import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import type { DeploymentModel, FeatureModel } from "../../src/model/deployment-model.js";
import { memoryTransport } from "../../src/runtime/src/index.js";
import type { JsonShape } from "../../src/runtime/src/index.js";
import { createModelbitClient } from "../../src/runtime/src/modelbit/index.js";
import type { ModelbitDeployment } from "../../src/runtime/src/modelbit/index.js";
import { fixtures, readFixture } from "./descriptions.js";

/** What the caller gives, the request's body, the reply's body, what the caller gets. */
interface Transcript {
  readonly given?: unknown;
  readonly many?: readonly unknown[];
  readonly request: unknown;
  readonly reply: unknown;
  readonly want: unknown;
}

type Row = Readonly<Record<string, unknown>>;

const transcripts = fixtures()
  .filter(({ dialect }) => dialect === "modelbit")
  .flatMap((fixture) =>
    fixture.wire.map((file) => ({ fixture, file, name: file.slice(file.indexOf("/modelbit/") + 1) })),
  );

describe("what goes out and comes in", () => {
  test.each(transcripts)("$name", async ({ fixture, file }) => {
    const spec = await readFixture(fixture);
    const said = { labels: new Map<string, string[]>(), operations: [] };
    const { model } = recognise(spec, dialects).interpret(spec, said);
    const transcript: Transcript = JSON.parse(readFileSync(file, "utf8"));
    const transport = memoryTransport(() => ({ json: transcript.reply }));
    const url = "https://w.modelbit.com/v1/f/latest";
    const client = createModelbitClient(deploymentOf(model), { url, transport });
    const { given, many, request, want } = transcript;
    const got =
      many === undefined ? await client.predict(toRow(given)) : await client.predictMany(many.map(toRow));
    expect(transport.calls.map((call) => call.json())).toEqual([request]);
    expect(got).toEqual(want);
  });
});

function deploymentOf({ title, url, auth, operations, shapes = [] }: DeploymentModel) {
  const [operation] = operations;
  const result = operation?.output.features[0];
  if (operation?.framing.protocol !== "data" || result === undefined) throw new Error("no function");
  const { features } = operation.input;
  const deployment: ModelbitDeployment<Row> = {
    title,
    url,
    auth,
    form: operation.framing.form,
    order: features.map(({ wireName }) => wireName),
    inputs: Object.fromEntries(features.map((feature) => [feature.wireName, memberOf(feature)])),
    output: outputOf(shapeOf(result)),
    shapes: Object.fromEntries(shapes.map(({ name, shape }) => [name, shape])),
  };
  return deployment;
}

/** What a transcript gives, by the type that every function's arguments have here. */
function toRow(given: unknown): Row {
  const row: Row = JSON.parse(JSON.stringify(given));
  return row;
}

function memberOf(feature: FeatureModel) {
  return { shape: shapeOf(feature), ...(feature.required ? {} : { optional: true }) };
}

function shapeOf({ codec }: FeatureModel): JsonShape {
  if (codec.kind !== "json") throw new Error(`no shape: ${codec.kind}`);
  return codec.shape;
}

/** A result of any shape by a name, since nothing is known of its type. */
function outputOf(shape: JsonShape): ModelbitDeployment<Row>["output"] {
  return { type: "union", of: [shape] };
}
