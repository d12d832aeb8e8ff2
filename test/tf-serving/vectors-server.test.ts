import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAddress } from "../servers/tf-serving-addresses.js";
import type { ServedExample } from "../servers/tf-serving-examples.js";
import type { ServedModel, ServedSignature } from "../servers/tf-serving-model.js";
import { halfPlusTwo } from "../servers/tf-serving-models.js";
import { errorBody } from "../servers/tf-serving-print.js";
import type { ServedTensors } from "../servers/tf-serving-predict.js";
import { askRaw } from "../servers/tf-serving-raw.js";
import type { RawReply } from "../servers/tf-serving-raw.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { TfServing } from "../servers/tf-serving-server.js";
import type { ServedTensor } from "../servers/tf-serving-tensors.js";
import { haveVectors, vectors } from "./vectors-file.js";
import type { Vector, VectorExample, VectorTensorInfo } from "./vectors-file.js";
import {
  plainScalar,
  plainServed,
  plainServedScalar,
  plainVector,
  servedVector,
  tokensOf,
} from "./vectors-values.js";

/*
 * The loopback server itself, by raw requests: it decodes, computes, answers and refuses as the vectors say.
 */

interface Seen {
  inputs?: ServedTensors;
  examples?: readonly ServedExample[];
}

const halfName = "saved_model_half_plus_two_2_versions";
const seen: Seen = {};
let models: ServedModel[] = [];
let serving: TfServing;

beforeAll(async () => {
  models = [halfPlusTwo(halfName), ...vectors.map(modelOf)];
  serving = await startTfServing({ models });
});
afterAll(() => serving.close());

/** A model of its own for each vector: it keeps what it is given, and gives what the vector's reply holds. */
function modelOf({ name, signature, values, method }: Vector): ServedModel {
  const inputs = signature?.inputs ?? [];
  const outputs = signature?.outputs ?? [];
  const run = (given: ServedTensors): ServedTensors => {
    seen.inputs = given;
    const held = Object.entries(values?.outputs ?? {}).map(
      ([output, tensor]) => [output, servedVector(tensor)] as const,
    );
    return new Map(held.length > 0 ? held : outputs.map(emptyOutput));
  };
  const runExamples = (examples: readonly ServedExample[]): ServedTensors => {
    seen.examples = examples;
    return resultsOf(values?.results);
  };
  const served: ServedSignature = {
    name: "serving_default",
    inputs: inputs.length > 0 ? inputs : [{ name: "unused", dtype: "DT_INT32", shape: [] }],
    outputs:
      outputs.length > 0
        ? outputs
        : [{ name: method === "regress" ? "outputs" : "scores", dtype: "DT_FLOAT", shape: null }],
    run,
    runExamples,
  };
  return { name, versions: [{ version: 1n, state: "AVAILABLE" }], signatures: [served] };
}

/** An output of zeros, of the declared shape or of rank 0. */
function emptyOutput({ name, dtype, shape }: VectorTensorInfo) {
  const sizes = shape ?? [];
  const size = sizes.reduce((product, length) => product * length, 1);
  return [name, { dtype, shape: sizes, data: Array.from({ length: size }, () => 0) }] as const;
}

/** What classify and regress give: outputs that say the vector's results, or none. */
function resultsOf(results: NonNullable<Vector["values"]>["results"]): ServedTensors {
  if (results === undefined) return new Map();
  const pairs = results.flatMap((result) => (Array.isArray(result) ? result : []));
  const float = (data: readonly unknown[]) => ({
    dtype: "DT_FLOAT",
    shape: [data.length],
    data: data.map((value) => Math.fround(Number(value))),
  });
  if (pairs.length === 0) return new Map([["outputs", float(results)]]);
  const classes = pairs.map(({ label }) => Buffer.from(label));
  return new Map<string, ServedTensor>([
    ["classes", { dtype: "DT_STRING", shape: [pairs.length], data: classes }],
    ["scores", float(pairs.map(({ score }) => score))],
  ]);
}

function ask(method: string, path: string, body?: string): Promise<RawReply> {
  return askRaw(serving.origin, { method, path, body });
}

function pathOf({ name, method }: Vector): string {
  return `/v1/models/${encodeURIComponent(name)}:${method ?? "predict"}`;
}

function plainExample(example: VectorExample) {
  const features = Object.entries(example).map(
    ([name, { type, values }]) =>
      [name, { type, values: values.map((value) => plainScalar(value, dtypeOf(type))) }] as const,
  );
  return new Map(features);
}

function plainSeenExample(example: ServedExample) {
  const features = [...example].map(
    ([name, { type, values }]) =>
      [name, { type, values: [...values].map((value) => plainServedScalar(value, dtypeOf(type))) }] as const,
  );
  return new Map(features);
}

function dtypeOf(type: string | null): string {
  return type === "float" ? "DT_FLOAT" : type === "int64" ? "DT_INT64" : "DT_STRING";
}

/** The body that brings about a vector's reply: what it computes does not depend on it. */
function bodyFor({ values, method, format }: Vector): string {
  if (method === "predict") return format === "row" ? '{"instances":[0]}' : '{"inputs":0}';
  const count = values?.results?.length ?? 1;
  return JSON.stringify({ examples: Array.from({ length: count }, () => ({})) });
}

const ofServer = (vector: Vector): boolean => !vector.name.startsWith("error-body/");
const chosen = {
  requests: vectors.filter(({ kind, wire }) => kind === "request" && wire !== null),
  addresses: vectors.filter(({ url_only }) => url_only === true),
  replies: vectors.filter(({ kind, request }) => kind === "response" && request == null),
  calls: vectors.filter(({ kind, request }) => kind === "response" && request != null),
  refusals: vectors.filter((vector) => vector.kind === "error" && ofServer(vector)),
  errorBodies: vectors.filter((vector) => vector.kind === "error" && !ofServer(vector)),
  states: vectors.filter(({ kind }) => kind === "status"),
  metadata: vectors.filter(({ kind }) => kind === "metadata"),
};

describe.runIf(haveVectors)("the loopback server", () => {
  test("is held to every vector", () => {
    const counts = Object.entries(chosen).map(([group, { length }]) => `${length} ${group}`);
    console.log(`The server against ${vectors.length} vectors: ${counts.join(", ")}.`);
    expect(Object.values(chosen).reduce((sum, group) => sum + group.length, 0)).toBe(vectors.length);
    expect(vectors.length).toBeGreaterThanOrEqual(103);
  });

  test.each(chosen.requests)("decodes $name", async (vector) => {
    const { inputs, examples, context } = vector.values ?? {};
    const { status, body } = await ask("POST", pathOf(vector), vector.wire ?? "");
    if (inputs !== undefined) {
      const found = [...(seen.inputs ?? [])].map(([name, tensor]) => [name, plainServed(tensor)]);
      const wanted = Object.entries(inputs).map(([name, tensor]) => [name, plainVector(tensor)]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
      return;
    }
    expect({ status, body }).toMatchObject({
      status: 400,
      body: errorBody("Cannot convert empty ClassificationResults to JSON"),
    });
    const wanted = (examples ?? []).map((example) => plainExample({ ...context, ...example }));
    expect(seen.examples?.map(plainSeenExample)).toEqual(wanted);
  });

  test.each(chosen.addresses)("reads the address of $name", ({ request, values, method }) => {
    const { model, version, label } = values ?? {};
    const target = { model, version: version == null ? null : BigInt(version), label: label ?? null };
    expect(readAddress(request?.verb ?? "", request?.path ?? "")).toEqual({ kind: method, ...target });
  });

  test.each(chosen.replies)("answers $name to the letter", async (vector) => {
    const { status, type, body } = await ask("POST", pathOf(vector), bodyFor(vector));
    expect({ status, type }).toEqual({ status: 200, type: "application/json" });
    if ((vector.signature?.outputs.length ?? 0) > 1 && vector.values?.outputs !== undefined)
      expect(tokensOf(body, vector)).toBe(tokensOf(vector.wire ?? "", vector));
    else expect(body).toBe(vector.wire);
  });

  test.each(chosen.calls)("computes $name", async (vector) => {
    const { verb = "", path = "", body: sent } = vector.request ?? {};
    const { status, body } = await ask(verb, path, sent);
    expect(status).toBe(200);
    const plain: Vector = { ...vector, format: "row" };
    expect(tokensOf(body, plain)).toBe(tokensOf(vector.wire ?? "", plain));
  });

  test.each(chosen.refusals)("refuses $name in the server's words", async (vector) => {
    const { expect_error: wanted, request, wire } = vector;
    const asked = wanted?.stage === "response" ? bodyFor(vector) : wire;
    const { status, body } =
      request == null
        ? await ask("POST", pathOf(vector), asked ?? "")
        : await ask(request.verb, request.path, request.body);
    expect(status).toBe(wanted?.http_status);
    if (wanted?.body == null) expect(body).toContain(wanted?.message_contains);
    else expect(body).toBe(wanted.body);
  });

  test.each(chosen.errorBodies)(
    "prints or, being newer, no longer prints $name",
    ({ values, wire, name }) => {
      expect(errorBody(values?.message ?? "") === wire).toBe(!name.includes("pre-2.2"));
    },
  );

  test.each(chosen.states)("tells $name", async ({ wire, values, request }) => {
    const versions = (values?.versions ?? []).map(({ version, state, error_code, error_message }) => ({
      version: BigInt(version),
      state: state === "END" ? ("END" as const) : ("AVAILABLE" as const),
      errorCode: error_code,
      errorMessage: error_message,
    }));
    models.push({ name: `status of ${wire}`.slice(0, 20) + versions.length, versions, signatures: [] });
    const { body } = await ask(
      "GET",
      request?.path ?? `/v1/models/${encodeURIComponent(models.at(-1)?.name ?? "")}`,
    );
    models.pop();
    expect(JSON.parse(body)).toEqual(JSON.parse(wire ?? ""));
  });

  test.each(chosen.metadata)("tells $name", async ({ wire, values, request }) => {
    const model = typeof values?.model === "object" ? values.model.name : "";
    const whole = halfPlusTwo("default");
    const known = new Set(Object.keys(values?.signatures ?? {}));
    models.push({ ...whole, signatures: whole.signatures.filter((signature) => known.has(signature.name)) });
    const { body } = await ask("GET", request?.path ?? `/v1/models/${model}/metadata`);
    models.pop();
    expect(facts(body)).toEqual(facts(wire ?? ""));
  });
});

/** Metadata without what depends on the release or the graph: `defaults`, and the names of the graph's tensors. */
function facts(text: string): unknown {
  const kept = (key: string, value: unknown): unknown => {
    if (key === "defaults") return undefined;
    return key === "name" && typeof value === "string" && value.includes(":") ? undefined : value;
  };
  return JSON.parse(text, kept);
}
