import { readFileSync } from "node:fs";
import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import type { FeatureModel, OperationModel, RowModel } from "../../src/model/deployment-model.js";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import { createCoder } from "../../src/runtime/src/coders/table.js";
import type { CompiledFeature, CompiledOperation } from "../../src/runtime/src/protocol.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";
import { fixtures, readFixture } from "./descriptions.js";

/** What the caller gives, the request's body, the reply's body, what the caller gets. */
interface Transcript {
  readonly given: readonly Readonly<Record<string, unknown>>[];
  readonly request: unknown;
  readonly reply: unknown;
  readonly want: readonly unknown[];
}

// TensorFlow Serving's JSON is no JSON to JavaScript: its transcripts are texts, in tf-serving-wire.test.ts.
const framedAsRows = fixtures().filter(({ dialect }) => dialect === "peltarion");
const transcripts = framedAsRows.flatMap((fixture) =>
  fixture.wire.map((file) => ({ fixture, file, name: file.slice(file.indexOf(`/${fixture.dialect}/`) + 1) })),
);

describe.each([{ strict: false }, { strict: true }])("with strict: $strict", ({ strict }) => {
  test.each(transcripts)("$name is what goes out and comes in", async ({ fixture, file }) => {
    const spec = await readFixture(fixture);
    const said = { labels: new Map<string, string[]>(), operations: [] };
    const [model] = recognise(spec, dialects).interpret(spec, said).model.operations;
    if (model === undefined) throw new Error("the model has no operation");
    const operation = compiled(model, strict);
    const { given, request, reply, want } = readTranscript(file);
    const prepared = await Promise.all(given.map((row) => prepare(row, operation.inputs)));

    const body = rows.frame(prepared, operation);
    expect(body.contentType).toMatch(/^application\/json/);
    expect(JSON.parse(new TextDecoder().decode(body.toBytes()))).toEqual(request);

    const received = {
      status: 200,
      header: () => undefined,
      bytes: new TextEncoder().encode(JSON.stringify(reply)),
    };
    const sent = { rows: given.length, encoding: "json" } as const;
    expect(rows.unframe(received, operation, sent).map(plain)).toEqual(want);
  });
});

function readTranscript(file: string): Transcript {
  const transcript: Transcript = JSON.parse(readFileSync(file, "utf8"));
  return transcript;
}

function compiled({ framing, input, output }: OperationModel, strict: boolean): CompiledOperation {
  const features = (row: RowModel): CompiledFeature[] =>
    row.features.map(({ wireName: name, required, codec }) => ({
      name,
      optional: !required,
      coder: createCoder(toFieldCodec(codec), { feature: name, validate: true, strict }, coders),
    }));
  if (framing.protocol !== "rows") throw new Error(`no rows: ${framing.protocol}`);
  return { framing, inputs: features(input), outputs: features(output), validate: true, strict };
}

function toFieldCodec(codec: FeatureModel["codec"]): FieldCodec {
  if (
    codec.kind === "example" ||
    codec.kind === "json" ||
    (codec.kind === "tensor" && codec.form === "nested")
  )
    throw new Error(`no codec of a row: ${codec.kind}`);
  return codec;
}

async function prepare(
  row: Readonly<Record<string, unknown>>,
  features: readonly CompiledFeature[],
): Promise<Record<string, unknown>> {
  const entries = features.map(async ({ name, coder }): Promise<[string, unknown]> => {
    return [name, coder.prepare === undefined ? row[name] : await coder.prepare.value(row[name])];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A decoded row as a transcript writes it: arrays and pictures as plain JSON. */
function plain(row: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("mediaType" in value && "bytes" in value && value.bytes instanceof Uint8Array) {
    return { mediaType: value.mediaType, base64: Buffer.from(value.bytes).toString("base64") };
  }
  if ("dtype" in value && "shape" in value && "data" in value && value.data instanceof Float32Array) {
    return { dtype: value.dtype, shape: value.shape, data: [...value.data] };
  }
  return { ...value };
}
