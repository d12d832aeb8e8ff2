import { deployment as half } from "half-plus-two";
import { describe, expect, test } from "vitest";
import type { Dtype } from "../../src/runtime/src/arrays/dtype.js";
import { isNumeric } from "../../src/runtime/src/arrays/dtype-storage.js";
import { isNdArrayLike, ndarray } from "../../src/runtime/src/arrays/nd-array.js";
import { readCall } from "../../src/runtime/src/testing/tf-serving-address.js";
import { isRecord } from "../../src/runtime/src/own-member.js";
import { mockHandler } from "../../src/runtime/src/testing/tf-serving.js";
import type { ExampleGiven } from "../../src/runtime/src/testing/tf-serving.js";
import type { TfServingDeployment } from "../../src/runtime/src/tf-serving/client-types.js";
import type { AnyExample, SignatureDescriptor } from "../../src/runtime/src/tf-serving/signature-types.js";
import { haveVectors, vectors } from "../tf-serving/vectors-file.js";
import type { Vector, VectorScalar, VectorTensor, VectorTensorInfo } from "../tf-serving/vectors-file.js";
import { plainNumber, tokensOf } from "../tf-serving/vectors-values.js";
import { askMock } from "./tf-serving-ask.js";

/*
 * The mock against the vectors: it decodes what the real server decodes, prints what that prints, and refuses what that
 * refuses, to the letter.
 */

/** What a mock of one version of one description does not bring about. */
const beyond: ReadonlyMap<string, string> = new Map([
  ["response-no-outputs", "a signature without outputs is not in any description"],
  ["classify/response-empty-result", "a model gives a result for each example"],
  ["regress/response-empty-result", "a model gives a result for each example"],
  ["error-body/pre-2.2-c-escaped", "releases before 2.2 escaped otherwise"],
  ["error-body/single-quotes", "it is not the reply to any request"],
  ["status/two-versions-newest-first", "it serves one version"],
  ["status/load-failure", "its model never fails to load"],
  ["metadata/half-plus-two-no-defaults-key", "releases before 2.13 printed no defaults"],
]);

const halfName = "saved_model_half_plus_two_2_versions";

const dtypes: ReadonlyMap<string, Dtype> = new Map<string, Dtype>([
  ["DT_FLOAT", "float32"],
  ["DT_DOUBLE", "float64"],
  ["DT_HALF", "float16"],
  ["DT_BOOL", "bool"],
]);

function toDtype({ dtype, name }: VectorTensorInfo): Dtype {
  if (dtype === "DT_STRING") return name.endsWith("_bytes") ? "binary" : "string";
  const known = dtypes.get(dtype) ?? dtype.replace(/^DT_/, "").toLowerCase();
  if (isNumeric(known)) return known;
  throw new Error(`No dtype for ${dtype}.`);
}

function specs(infos: readonly VectorTensorInfo[]): NonNullable<SignatureDescriptor["inputs"]> {
  return Object.fromEntries(infos.map((info) => [info.name, { dtype: toDtype(info), shape: info.shape }]));
}

type Untyped = TfServingDeployment<Readonly<Record<string, SignatureDescriptor>>>;

/** A description of what the vector's signature says; where it says nothing, of one input that takes anything. */
function deploymentOf({ signature, method }: Vector): Untyped {
  const inputs = signature?.inputs ?? [];
  const outputs = signature?.outputs ?? [];
  const unused = { name: "unused", dtype: "DT_INT32", shape: null };
  const scores = { name: method === "regress" ? "outputs" : "scores", dtype: "DT_FLOAT", shape: null };
  const verb = method === "classify" || method === "regress" ? method : undefined;
  const declared: SignatureDescriptor = {
    name: "serving_default",
    batched: false,
    inputs: specs(inputs.length > 0 ? inputs : [unused]),
    outputs: specs(outputs.length > 0 ? outputs : [scores]),
    ...(verb === undefined ? {} : { verb, features: null }),
  };
  return { title: "m", url: null, auth: [], main: {}, signatures: { serving_default: declared } };
}

function mockOf(vector: Vector, answer?: (given: unknown) => unknown) {
  const deployment = deploymentOf(vector);
  const answers = { serving_default: { predict: answer, classify: answer, regress: answer } };
  // Types are gone here: what a vector holds is known only at run time.
  const options: object = answer === undefined ? {} : { answers };
  return mockHandler(deployment, options);
}

const byKind = (kind: Vector["kind"]): readonly Vector[] =>
  vectors.filter((vector) => vector.kind === kind && !beyond.has(vector.name));

const chosen = {
  requests: byKind("request").filter(({ wire }) => wire !== null),
  addresses: byKind("request").filter(({ url_only }) => url_only === true),
  replies: byKind("response").filter(({ request }) => request == null),
  calls: byKind("response").filter(({ request }) => request != null),
  refusals: byKind("error"),
  states: byKind("status"),
  metadata: byKind("metadata"),
  beyond: vectors.filter(({ name }) => beyond.has(name)),
};

/** An element as the vectors have it, as text. */
function plain(value: VectorScalar, dtype: string): string {
  if (typeof value === "object")
    return "utf8" in value
      ? hex(new TextEncoder().encode(value.utf8))
      : hex(Buffer.from(value.base64, "base64"));
  if (typeof value === "boolean") return String(Number(value));
  return dtype.endsWith("INT64") ? String(BigInt(value)) : plainNumber(Number(value), dtype);
}

function hex(bytes: Uint8Array): string {
  return `bytes:${Buffer.from(bytes).toString("hex")}`;
}

function plainElement(value: unknown): string {
  if (typeof value === "string") return hex(new TextEncoder().encode(value));
  if (value instanceof Uint8Array) return hex(value);
  if (typeof value === "boolean") return String(Number(value));
  return typeof value === "number" ? plainNumber(value, "") : String(value);
}

/** What the user's function is given for an input. */
function plainGiven(value: unknown): { readonly shape: readonly number[]; readonly data: readonly string[] } {
  if (!isNdArrayLike(value)) return { shape: [], data: [plainElement(value)] };
  const elements: ArrayLike<unknown> = value.data;
  return { shape: value.shape, data: Array.from(elements, plainElement) };
}

/** The elements that integers of 8 bits keep of what the vectors have. */
function narrowed(text: string, dtype: string): string {
  return dtype === "DT_UINT8" ? String(Number(text) & 0xff) : text;
}

function answerOf(name: string, { dtype, shape, data }: VectorTensor): unknown {
  const own = toDtype({ name, dtype, shape });
  const elements = data.map((value) => {
    if (typeof value === "object")
      return "utf8" in value && own === "string"
        ? value.utf8
        : "utf8" in value
          ? new TextEncoder().encode(value.utf8)
          : Buffer.from(value.base64, "base64");
    if (own === "int64" || own === "uint64") return BigInt(value);
    return typeof value === "string" ? Number(value) : value;
  });
  return ndarray(shape, elements, own);
}

/** The body that brings about a vector's reply: what it gives does not depend on it. */
function bodyFor({ values, method, format }: Vector): string {
  if (method === "predict") return format === "row" ? '{"instances":[0]}' : '{"inputs":0}';
  return JSON.stringify({ examples: Array.from({ length: values?.results?.length ?? 1 }, () => ({})) });
}

const path = "/v1/models/m";

describe.runIf(haveVectors)("the mock", () => {
  test("is held to every vector but those that it cannot bring about", () => {
    const counts = Object.entries(chosen).map(([group, { length }]) => `${length} ${group}`);
    const errors = vectors.filter(({ kind }) => kind === "error");
    const refused = `${chosen.refusals.length} of ${errors.length} errors`;
    console.log(`The mock against ${vectors.length} vectors: ${counts.join(", ")}; it answers ${refused}.`);
    expect(Object.values(chosen).reduce((sum, group) => sum + group.length, 0)).toBe(vectors.length);
  });

  test.each(chosen.requests)("decodes $name", async (vector) => {
    const given: unknown[] = [];
    const mock = mockOf(vector, (row) => {
      given.push(row);
      throw new Error("seen");
    });
    const reply = await askMock(mock, "POST", `${path}:${vector.method}`, vector.wire ?? "");
    expect(reply).toMatchObject({ status: 400, body: expect.stringContaining('"error": "seen"') });
    const { inputs, examples, context } = vector.values ?? {};
    if (inputs !== undefined) {
      const wanted = Object.entries(inputs).map(([name, { dtype, shape, data }]) => [
        name,
        { shape, data: data.map((value) => narrowed(plain(value, dtype), dtype)) },
      ]);
      const found = isRecord(given[0]) ? Object.entries(given[0]) : [];
      expect(Object.fromEntries(found.map(([name, value]) => [name, plainGiven(value)]))).toEqual(
        Object.fromEntries(wanted),
      );
      return;
    }
    const [first] = examples ?? [];
    const wanted = Object.entries({ ...context, ...first }).map(([name, { type, values }]) => [
      name,
      { [type ?? "bytes"]: values.map((value) => plain(value, type === "float" ? "DT_FLOAT" : "DT_INT64")) },
    ]);
    const found = isRecord(given[0]) ? Object.entries(given[0]) : [];
    const plainFeature = (feature: unknown): unknown =>
      Object.fromEntries(
        Object.entries(Object(feature)).map(([type, values]) => [
          type,
          Array.isArray(values) ? values.map(plainElement) : values,
        ]),
      );
    expect(Object.fromEntries(found.map(([name, feature]) => [name, plainFeature(feature)]))).toEqual(
      Object.fromEntries(wanted),
    );
  });

  test.each(chosen.addresses)("reads the address of $name", ({ request, values, method }) => {
    const { model, version, label } = values ?? {};
    const target = { model, version: version == null ? null : BigInt(version), label: label ?? null };
    const known = { name: "m", path: null };
    expect(readCall(request?.verb ?? "", request?.path ?? "", known)).toMatchObject({
      kind: method,
      ...target,
    });
  });

  test.each(chosen.replies)("prints $name to the letter", async (vector) => {
    const { outputs, results } = vector.values ?? {};
    let example = 0;
    const mock = mockOf(vector, () => {
      if (outputs === undefined) return toResult(results?.[example++]);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, answerOf(name, tensor)]),
      );
    });
    const { status, body } = await askMock(mock, "POST", `${path}:${vector.method}`, bodyFor(vector));
    expect(status).toBe(200);
    // The order of the server's map is arbitrary.
    if (Object.keys(outputs ?? {}).length > 1)
      expect(tokensOf(body, vector)).toBe(tokensOf(vector.wire ?? "", vector));
    else expect(body).toBe(vector.wire);
  });

  test.each(chosen.calls)("computes $name as the model would", async (vector) => {
    const { verb = "", path: asked = "", body: sent = "" } = vector.request ?? {};
    const { status, body } = await askMock(halfMock(), verb, asked, sent);
    expect(status).toBe(200);
    const row: Vector = { ...vector, format: "row" };
    expect(tokensOf(body, row)).toBe(tokensOf(vector.wire ?? "", row));
  });

  test.each(chosen.refusals)("refuses $name in the server's words", async (vector) => {
    const { expect_error: wanted, request, wire } = vector;
    const body = wanted?.stage === "response" ? bodyFor(vector) : (wire ?? "");
    const reply =
      request == null
        ? await askMock(mockOf(vector), "POST", `${path}:${vector.method}`, body)
        : await askMock(halfMock(), request.verb, request.path, request.body ?? "");
    expect(reply.status).toBe(wanted?.http_status);
    if (wanted?.body == null) expect(reply.body).toContain(wanted?.message_contains);
    else expect(reply.body).toBe(wanted.body);
  });

  test.each(chosen.states)("tells $name to the letter", async ({ wire, request }) => {
    const { body } = await askMock(halfMock(), "GET", request?.path ?? "", "");
    expect(body).toBe(wire);
  });

  test.each(chosen.metadata)("tells $name", async ({ wire, request }) => {
    const { body } = await askMock(halfMock(), "GET", request?.path ?? "", "");
    expect(facts(body)).toEqual(facts(wire ?? ""));
    expect(body.slice(0, 120)).toBe(wire?.slice(0, 120));
  });
});

/** Half plus two, computed. */
function halfMock() {
  const number = (feature: ExampleGiven<AnyExample>[string]): number =>
    "float" in feature ? Number(feature.float[0]) / 2 + 2 : NaN;
  return mockHandler(half, {
    model: halfName,
    version: 123,
    labels: { Version_Label: 123 },
    answers: {
      serving_default: ({ x }) => ({ y: ndarray([1], [Number(x.data[0]) / 2 + 2]) }),
      classify_x_to_y: { classify: ({ x }) => [{ label: "", score: x === undefined ? NaN : number(x) }] },
      regress_x_to_y: { regress: ({ x }) => (x === undefined ? NaN : number(x)) },
    },
  });
}

/** A result of a vector as the user's function gives it. */
function toResult(result: unknown): unknown {
  if (!Array.isArray(result)) return Number(result);
  return result.map((pair: unknown) => (isRecord(pair) ? { ...pair, score: Number(pair["score"]) } : pair));
}

/** What no description keeps: the methods of signatures, one of which no verb of REST can call. */
const unkept: ReadonlySet<string> = new Set(["method_name", "defaults", "classify_x2_to_y3"]);

/** Metadata without that, and without the names of the graph's tensors. */
function facts(text: string): unknown {
  return JSON.parse(text, (key: string, value: unknown): unknown => {
    if (unkept.has(key)) return undefined;
    return key === "name" && typeof value === "string" && /[:/]/.test(value) ? undefined : value;
  });
}
