import { describe, expect, test } from "vitest";
import { describe as describeText } from "../../src/compile.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { MemoryHandler, MemoryRequest } from "../../src/runtime/src/http/memory-transport.js";
import { memberOf, parseServingJson } from "../servers/tf-serving-json.js";
import type { JsonValue } from "../servers/tf-serving-json.js";
import { haveVectors, vectors } from "./vectors-file.js";
import type { Vector, VectorTensorInfo } from "./vectors-file.js";
import { callerJson, exampleClient, tensorClient } from "./vectors-client.js";
import { tokensOf } from "./vectors-values.js";

/*
 * The client against the vectors of errors: what it can know to be wrong it does not send, and what the server says
 * becomes a code.
 */

/** Bodies that no call of the client can bring about: it writes their frame by itself. */
const unsayable: ReadonlyMap<string, string> = new Map([
  ["signature-name-deeply-nested", "the name of a signature is the client's own"],
  ["signature-name-not-string", "the name of a signature is the client's own"],
  ["examples/signature-name-list", "the name of a signature is the client's own"],
  ["both-instances-and-inputs", "the framing is one or the other"],
  ["empty-body", "every call has a body"],
  ["extra/root-not-object", "every body is an object"],
  ["extra/nan-lowercase-token", "NaN has one spelling"],
]);

/** What the client understands all the same, and puts right or has no need to ask. */
const mended: ReadonlyMap<string, { readonly sent: readonly string[]; readonly result?: unknown }> = new Map([
  ["extra/bool-as-number", { sent: ['"instances":[true,false]'] }],
  ["extra/examples-empty-list", { sent: [], result: [] }],
]);

/** Signatures for which no package is made. */
const leftOut: ReadonlySet<string> = new Set(["extra/half-row"]);

const errors = vectors.filter(({ kind }) => kind === "error");
const refusable = errors.filter((vector) => vector.client_can_reject_before_sending === true);
const chosen = {
  refused: refusable.filter(({ name }) => ![unsayable, mended, leftOut].some((names) => names.has(name))),
  mended: refusable.filter(({ name }) => mended.has(name)),
  leftOut: refusable.filter(({ name }) => leftOut.has(name)),
  unsayable: refusable.filter(({ name }) => unsayable.has(name)),
  mapped: errors.filter((vector) => vector.client_can_reject_before_sending !== true),
};

/** The codes with which the client says that it is the caller who is at fault. */
const callersFaults = [
  "bad-options",
  "bad-row",
  "missing-feature",
  "unknown-feature",
  "wrong-type",
  "wrong-shape",
  "out-of-range",
] as const;

function membersOf(vector: Vector): (name: string) => unknown {
  const root = parseServingJson(vector.wire ?? "");
  return (name) => {
    const value: JsonValue | undefined = root.kind === "object" ? memberOf(root.members, name) : undefined;
    return value === undefined ? undefined : callerJson(value);
  };
}

/** `value` where the types would let no caller put it. */
function iterable(value: unknown): Iterable<unknown> {
  return Array.isArray(value) ? value : [];
}

const refuse: MemoryHandler = () => ({ status: 400, json: { error: "enough" } });

/** Asks the client for what the vector's body says; gives how that ended. */
async function call(vector: Vector): Promise<Ended> {
  const given = membersOf(vector);
  try {
    if (vector.method === "classify" || vector.method === "regress") {
      const watched = exampleClient(vector.method, "serving_default", { features: null, handler: refuse });
      return await ended(watched.calls, () => {
        const context = given("context");
        const examples = iterable(given("examples"));
        if (typeof context === "object" && context !== null)
          return watched.client.classify([{}], { context });
        return watched.client.classify(examples);
      });
    }
    const { client, calls } = tensorClient(vector, refuse);
    return await ended(calls, () => {
      const instances = given("instances");
      if (Array.isArray(instances)) return client.predictMany(instances, { framing: "row" });
      return client.predictColumns(given("inputs") ?? {}, { framing: "columnar" });
    });
  } catch (error) {
    return { bodies: [], result: undefined, error };
  }
}

/** How a call ended, and what it sent. */
interface Ended {
  readonly bodies: readonly string[];
  readonly result: unknown;
  readonly error: unknown;
}

async function ended(calls: readonly MemoryRequest[], start: () => Promise<unknown>): Promise<Ended> {
  const [outcome] = await Promise.allSettled([start()]);
  const bodies = calls.map((request) => new TextDecoder().decode(request.bytes()));
  if (outcome.status === "fulfilled") return { bodies, result: outcome.value, error: undefined };
  return { bodies, result: undefined, error: outcome.reason };
}

describe.runIf(haveVectors)("errors", () => {
  test("are all met", () => {
    const counts = Object.entries(chosen).map(([group, { length }]) => `${length} ${group}`);
    console.log(`The client against ${errors.length} vectors of errors: ${counts.join(", ")}.`);
    expect(Object.values(chosen).flat()).toHaveLength(errors.length);
    const known = [chosen.unsayable, chosen.mended, chosen.leftOut].map(({ length }) => length);
    expect(known).toEqual([unsayable.size, mended.size, leftOut.size]);
  });

  test.each(chosen.refused)("$name is refused before it is sent", async (vector) => {
    const { bodies, error } = await call(vector);
    expect(bodies).toEqual([]);
    expect(isDeploymentError(error, ...callersFaults), String(error)).toBe(true);
  });

  test.each(chosen.mended)("$name is put right", async (vector) => {
    const { bodies, result } = await call(vector);
    const wanted = mended.get(vector.name);
    expect(bodies.map((body) => tokensOf(body, vector))).toEqual(wanted?.sent);
    expect(result).toEqual(wanted?.result);
  });

  test.each(chosen.leftOut)("$name: no package has such a signature", async ({ signature }) => {
    const tensors = (infos: readonly VectorTensorInfo[]) =>
      Object.fromEntries(
        infos.map(({ name, dtype }) => [name, { dtype, tensor_shape: { unknown_rank: true } }]),
      );
    const inputs = tensors(signature?.inputs ?? []);
    const outputs = tensors([{ name: "y", dtype: "DT_FLOAT", shape: null }]);
    const metadata = { signature_def: { signature_def: { serving_default: { inputs, outputs } } } };
    const text = JSON.stringify({ model_spec: { name: "m" }, metadata });
    const [info] = signature?.inputs ?? [];
    await expect(describeText({ name: "metadata.json", url: null, text })).rejects.toThrow(info?.dtype ?? "");
  });

  test.each(chosen.mapped)("$name becomes a code", async (vector) => {
    const { http_status: status = 0, body, message_contains: words } = vector.expect_error ?? {};
    const text = body ?? JSON.stringify({ error: words });
    const html: MemoryHandler = (request) =>
      request.method === "GET" && status === 404 && vector.method !== "status"
        ? { status: 404, json: { error: "Could not find any versions of model foo" } }
        : { status, body: text };
    const { client, calls } = tensorClient({ ...vector, signature: null }, html);
    const asked = vector.method === "status" ? client.status() : client.predictColumns({ unused: [1] });
    const error: unknown = await asked.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(calls.length).toBeGreaterThan(0);
    expect(error).toMatchObject({ status, code: status === 404 ? "not-found" : "rejected" });
    if (typeof words === "string") expect(plainWords(String(error))).toContain(plainWords(words));
  });
});

/** A message quotes what the server said: quotes and backslashes are not what is compared. */
function plainWords(text: string): string {
  return text.replace(/[\\"]/g, "");
}
