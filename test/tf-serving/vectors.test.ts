import { describe, expect, test } from "vitest";
import type { MemoryHandler } from "../../src/runtime/src/http/memory-transport.js";
import { readAddress } from "../servers/tf-serving-addresses.js";
import { haveVectors, vectors } from "./vectors-file.js";
import type { Vector, VectorFeature } from "./vectors-file.js";
import {
  base,
  callerColumns,
  callerFeature,
  callerRows,
  describedFeatures,
  exampleClient,
  plainResult,
  tensorClient,
} from "./vectors-client.js";
import { plainScalar, plainVector, tokensOf } from "./vectors-values.js";

/*
 * The client against the vectors: what it writes, and what it reads. What it refuses stands in vectors-errors.
 */

const chosen = {
  emitted: vectors.filter((vector) => vector.client_should_emit === true && vector.wire !== null),
  addresses: vectors.filter((vector) => vector.client_should_emit === true && vector.url_only === true),
  tensors: vectors.filter(({ kind, method }) => kind === "response" && method === "predict"),
  results: vectors.filter(({ kind, method }) => kind === "response" && method !== "predict"),
  states: vectors.filter(({ kind }) => kind === "status"),
  metadata: vectors.filter(({ kind }) => kind === "metadata"),
};

/** An end to a call of which only the request is looked at. */
const refuse: MemoryHandler = () => ({ status: 400, json: { error: "enough" } });
const refused = { code: "rejected", status: 400 };

function textOf(call: { bytes(): Uint8Array } | undefined): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(call?.bytes());
}

function replyOf({ wire }: Vector): MemoryHandler {
  return () => ({ body: wire ?? "", headers: { "content-type": "application/json" } });
}

/** The address that a vector's request names: where its model is, and which version. */
function target({ request }: Vector): { url: string; choice: { version?: string; label?: string } } {
  const call = request == null ? undefined : readAddress(request.verb, request.path);
  if (call === undefined || !("model" in call)) return { url: base, choice: {} };
  const choice = call.label === null ? {} : { label: call.label };
  return {
    url: `http://host.test/v1/models/${encodeURIComponent(call.model)}`,
    choice: call.version === null ? choice : { version: String(call.version) },
  };
}

describe.runIf(haveVectors)("the client", () => {
  test("is held to every vector that it writes or reads", () => {
    const counts = Object.entries(chosen).map(([group, { length }]) => `${length} ${group}`);
    console.log(`The client against ${vectors.length} vectors: ${counts.join(", ")}.`);
    const rest = vectors.filter(
      ({ kind, client_should_emit }) => kind === "request" && client_should_emit !== true,
    );
    const errors = vectors.filter(({ kind }) => kind === "error");
    const met = Object.values(chosen).reduce((sum, group) => sum + group.length, 0);
    expect(met + rest.length + errors.length).toBe(vectors.length);
    expect({ emitted: chosen.emitted.length + chosen.addresses.length }).toEqual({
      emitted: vectors.filter(({ client_should_emit }) => client_should_emit === true).length,
    });
    for (const group of Object.values(chosen)) expect(group.length).toBeGreaterThan(0);
  });

  const requests = chosen.emitted.filter(({ method }) => method === "predict");
  test.each(requests)("writes $name from columns", async (vector) => {
    const framing = vector.format === "row" ? "row" : "columnar";
    const { client, calls } = tensorClient(vector, refuse);
    await expect(client.predictColumns(callerColumns(vector), { framing })).rejects.toMatchObject(refused);
    expect(tokensOf(textOf(calls[0]), vector)).toBe(tokensOf(vector.wire ?? "", vector));
    expect(calls).toHaveLength(1);
  });

  test.each(requests.filter(({ format }) => format === "row"))("writes $name from rows", async (vector) => {
    const { client, calls } = tensorClient(vector, refuse);
    await expect(client.predictMany(callerRows(vector), { framing: "row" })).rejects.toMatchObject(refused);
    expect(tokensOf(textOf(calls[0]), vector)).toBe(tokensOf(vector.wire ?? "", vector));
  });

  const examples = chosen.emitted.filter(({ format }) => format === "examples");
  test.each(examples)("writes $name, features described or not", async (vector) => {
    const { values } = vector;
    const described = describedFeatures([
      ...(values?.examples ?? []),
      ...(values?.context == null ? [] : [values.context]),
    ]);
    const isKnown = (features: object): boolean => !JSON.stringify(features).includes('"type":null');
    for (const features of isKnown(described) ? [described, null] : [null]) {
      const given = (feature: VectorFeature, name: string): unknown => {
        const list = /"list":true/.test(JSON.stringify(described[name]));
        return features === null
          ? { [feature.type ?? "float"]: callerFeature(feature, false) }
          : callerFeature(feature, list);
      };
      const toCaller = (example: Readonly<Record<string, VectorFeature>>) =>
        Object.fromEntries(Object.entries(example).map(([name, feature]) => [name, given(feature, name)]));
      const { client, calls } = exampleClient("classify", "serving_default", { features, handler: refuse });
      const rows = (values?.examples ?? []).map(toCaller);
      const call =
        values?.context == null
          ? client.classify(rows)
          : client.classify(rows, { context: toCaller(values.context) });
      await expect(call).rejects.toMatchObject(refused);
      expect(tokensOf(textOf(calls[0]), vector)).toBe(tokensOf(vector.wire ?? "", vector));
    }
  });

  test.each(chosen.addresses)("calls the address of $name", async (vector) => {
    const { url, choice } = target(vector);
    const { client, calls } = tensorClient(vector, refuse, { url });
    const call =
      vector.method === "status"
        ? client.status(choice)
        : vector.method === "metadata"
          ? client.metadata(choice)
          : client.predictColumns({ unused: 1 }, choice);
    await expect(call).rejects.toMatchObject(refused);
    expect({ verb: calls[0]?.method, url: calls[0]?.url }).toEqual({
      verb: vector.request?.verb,
      url: `http://host.test${vector.request?.path}`,
    });
  });

  test.each(chosen.tensors)("reads $name", async (vector) => {
    const { url, choice } = target(vector);
    // The upstream test calls a signature of declared columns with a flat list, and gets one.
    const { client, calls } = tensorClient(vector, replyOf(vector), {
      url,
      validate: vector.request == null,
    });
    const columns = Object.fromEntries((vector.signature?.inputs ?? []).map(({ name }) => [name, [1, 2]]));
    const given = Object.keys(columns).length === 0 ? { unused: [1] } : columns;
    const framing = vector.format === "row" ? "row" : "columnar";
    const result = await client.predictColumns(given, { framing, ...choice });
    const wanted = Object.entries(vector.values?.outputs ?? {});
    const found = wanted.map(([name, { dtype }]) => [name, plainResult(result[name], dtype)]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(wanted.map(([name, tensor]) => [name, plainVector(tensor)])),
    );
    expect(Object.keys(result).toSorted()).toEqual(wanted.map(([name]) => name).toSorted());
    if (vector.request != null) expect(calls[0]?.url).toBe(`http://host.test${vector.request.path}`);
  });

  test.each(chosen.results)("reads $name", async (vector) => {
    const verb = vector.method === "regress" ? "regress" : "classify";
    const { url, choice } = target(vector);
    const handler = replyOf(vector);
    const { client, calls } = exampleClient(verb, "serving_default", { features: null, handler, url });
    const results = vector.values?.results ?? [];
    const given = results.map((_, index) => ({ x: { float: index } }));
    const got =
      verb === "regress" ? await client.regress(given, choice) : await client.classify(given, choice);
    expect(got.map(plainOutcome)).toEqual(results.map(plainOutcome));
    if (vector.request != null) expect(calls[0]?.url).toBe(`http://host.test${vector.request.path}`);
  });

  test.each(chosen.states)("reads $name", async (vector) => {
    const { client } = tensorClient(vector, replyOf(vector));
    const versions = (vector.values?.versions ?? []).map(
      ({ version, state, error_code: errorCode, error_message: errorMessage }) => ({
        version,
        state,
        errorCode,
        errorMessage,
      }),
    );
    expect(await client.status()).toEqual({ versions });
  });

  test.each(chosen.metadata)("reads $name", async (vector) => {
    const { client } = tensorClient(vector, replyOf(vector));
    const signatures = Object.entries(vector.values?.signatures ?? {})
      .map(([name, { method_name: methodName, inputs, outputs }]) => ({ name, methodName, inputs, outputs }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(await client.metadata()).toEqual({ model: vector.values?.model, signatures });
  });
});

/** The result of one example as text: regress gives a number, classify labels with their scores. */
function plainOutcome(result: unknown): unknown {
  if (!Array.isArray(result)) return scoreText(result);
  return result.map(({ label, score }) => [String(label), scoreText(score)]);
}

function scoreText(score: unknown): string {
  return plainScalar(typeof score === "string" ? score : Number(score), "DT_FLOAT");
}
