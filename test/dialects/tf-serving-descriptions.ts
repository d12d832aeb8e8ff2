import type { Interpretation, InterpretOptions } from "../../src/dialects/dialect.js";
import { tfServing } from "../../src/dialects/tf-serving.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";
import type { ResolvedSpec } from "../../src/spec/spec-types.js";

/** What the user says beside a description. */
export interface Said {
  readonly url?: string;
  readonly operations?: readonly string[];
  /** The metadata's own JSON, and where it was fetched. */
  readonly metadata?: object;
  readonly metadataUrl?: string;
}

/** A description, read. */
export async function read(description: object, url: string | null = null): Promise<ResolvedSpec> {
  return resolve(parse({ name: "spec.json", url, text: JSON.stringify(description) }));
}

/** What the dialect makes of a description. */
export async function interpret(description: object, said: Said = {}): Promise<Interpretation> {
  const metadata: InterpretOptions["metadata"] =
    said.metadata === undefined
      ? undefined
      : { name: "metadata.json", url: said.metadataUrl ?? null, text: JSON.stringify(said.metadata) };
  const spec = await read(description, said.url ?? null);
  return tfServing.interpret(spec, { labels: new Map(), operations: said.operations ?? [], metadata });
}

/** The code of the error that the dialect refuses a description with. */
export async function refusal(description: object, said: Said = {}): Promise<string> {
  try {
    await interpret(description, said);
  } catch (error) {
    if (error instanceof GenDeployError) return error.code;
    throw error;
  }
  throw new Error("the description was accepted");
}

/** A tensor as metadata print it; null for unknown rank. */
export function tensor(dtype: string, shape: readonly number[] | null = [-1]): object {
  const dim = (shape ?? []).map((size) => ({ size: String(size), name: "" }));
  return { dtype, tensor_shape: { dim, unknown_rank: shape === null }, name: "n:0" };
}

/** A signature as metadata print it. */
export function signature(
  inputs: object = { x: tensor("DT_FLOAT") },
  outputs: object = { y: tensor("DT_FLOAT") },
  method_name: string = "tensorflow/serving/predict",
): object {
  return { inputs, outputs, method_name, defaults: {} };
}

/** The reply of a server that has these signatures. */
export function metadata(signatures: object, name: string = "m"): object {
  return {
    model_spec: { name, signature_name: "", version: "1" },
    metadata: { signature_def: { signature_def: signatures } },
  };
}

/** An OpenAPI document with one call: `body` and `reply` are its schemas. */
export function openapi(body: object, reply: object, more: object = {}): object {
  const json = (schema: object): object => ({ content: { "application/json": { schema } } });
  const post = { requestBody: json(body), responses: { "200": { description: "", ...json(reply) } } };
  return {
    openapi: "3.0.3",
    info: { title: "T", version: "1" },
    paths: { "/v1/models/m:predict": { post } },
    ...more,
  };
}

/** A schema of an object. */
export function properties(members: object): object {
  return { type: "object", properties: members };
}
