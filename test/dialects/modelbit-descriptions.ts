import type { Interpretation } from "../../src/dialects/dialect.js";
import { modelbit } from "../../src/dialects/modelbit.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";
import type { ResolvedSpec } from "../../src/spec/spec-types.js";

/** What the user says beside the description. */
export interface Said {
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  readonly operations?: readonly string[];
}

/** The text of an OpenAPI document of one function, by the schemas of both data. */
export function openapi(data: unknown, result: unknown = {}, path: string = "/v1/f/latest"): string {
  return JSON.stringify({ openapi: "3.1.0", paths: { [path]: { post: operation(data, result) } } });
}

/** An operation whose body and reply are JSON with data. */
export function operation(data: unknown, result: unknown = {}): object {
  const holding = (schema: unknown): object => ({
    content: { "application/json": { schema: { type: "object", properties: { data: schema } } } },
  });
  return { requestBody: holding(data), responses: { "200": { description: "", ...holding(result) } } };
}

/** The text of a `metadata.yaml`. */
export function metadata(mainFunctionArgs: unknown, more: object = {}): string {
  return JSON.stringify({ runtimeInfo: { mainFunction: "f", mainFunctionArgs }, ...more });
}

/** A description, read and resolved. */
export async function read(text: string): Promise<ResolvedSpec> {
  return await resolve(parse({ name: "spec.yaml", url: null, text }));
}

/** What the dialect makes of a description's text. */
export async function interpret(text: string, said: Said = {}): Promise<Interpretation> {
  return modelbit.interpret(await read(text), {
    labels: new Map(Object.entries(said.labels ?? {})),
    operations: said.operations ?? [],
  });
}

/** The error that the dialect refuses a description with: its code, where, and what to do. */
export async function refusal(text: string, said: Said = {}): Promise<string> {
  try {
    await interpret(text, said);
  } catch (error) {
    if (error instanceof GenDeployError) {
      if (error.hint === undefined || error.hint === "") throw new Error("no hint", { cause: error });
      return error.pointer === undefined ? error.code : `${error.code} ${error.pointer}`;
    }
    throw error;
  }
  throw new Error("the description was accepted");
}
