import { cog } from "../../src/dialects/cog.js";
import type { Interpretation } from "../../src/dialects/dialect.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";
import type { ResolvedSpec } from "../../src/spec/spec-types.js";

/** What a small description has. */
export interface Sketch {
  readonly inputs?: object;
  readonly required?: readonly string[];
  readonly output?: object;
  readonly components?: object;
  readonly more?: object;
}

/** The text of a small description. */
export function sketch({
  inputs = {},
  required = [],
  output = { type: "string" },
  components,
  more,
}: Sketch): string {
  const schemas = { Input: { type: "object", properties: inputs, required }, Output: output, ...components };
  return JSON.stringify({ components: { schemas }, ...more });
}

/** A description, resolved. */
export async function read(text: string, url: string | null = null): Promise<ResolvedSpec> {
  return await resolve(parse({ name: "spec.json", url, text }));
}

/** What the dialect makes of it. */
export async function interpret(
  given: Sketch | string,
  said: { readonly url?: string; readonly labels?: object; readonly operations?: readonly string[] } = {},
): Promise<Interpretation> {
  const spec = await read(typeof given === "string" ? given : sketch(given), said.url ?? null);
  const labels = new Map(Object.entries(said.labels ?? {}));
  return cog.interpret(spec, { labels, operations: said.operations ?? [] });
}

/** The paths of a Cog server, as far as they matter. */
export const predictions: object = { "/predictions": { post: { operationId: "predict_predictions_post" } } };
