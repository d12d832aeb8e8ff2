/*
 * Calls of one signature with examples: loaded beside the page, as all that it imports.
 */
import { atRow } from "../client/row-error.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import { frameExamples, readClassifications, readRegressions } from "../protocols/examples.js";
import type { ExampleFeatureSpec, ExamplesOperation } from "../protocols/examples.js";
import type { Classification } from "./client-types.js";
import type { ModelSettings } from "./model-client.js";
import { askModel } from "./model-route.js";
import type { ModelRoute } from "./model-route.js";
import { prepareBytes } from "./prepare-bytes.js";

/** One call of a signature. */
export interface ExampleCall {
  readonly call: ModelSettings;
  readonly route: ModelRoute;
  readonly operation: ExamplesOperation;
  /** What all examples have in common, as the caller gives it. */
  readonly context: unknown;
  /** Aborts this call, beside the caller's own signals. */
  readonly signal: AbortSignal;
}

/** The classes of each of `examples`, with their scores. */
export async function classify(
  examples: readonly unknown[],
  one: ExampleCall,
): Promise<readonly Classification[][]> {
  return await exchange(examples, one, readClassifications);
}

/** The value of each of `examples`. */
export async function regress(examples: readonly unknown[], one: ExampleCall): Promise<readonly number[]> {
  return await exchange(examples, one, readRegressions);
}

async function exchange<Result>(
  examples: readonly unknown[],
  { call, route, operation, context, signal }: ExampleCall,
  read: (bytes: Uint8Array, due: { readonly count: number; readonly strict: boolean }) => Result[],
): Promise<readonly Result[]> {
  const { choice, settings } = call;
  return await askModel(
    route,
    { request: operation.framing.verb, choice, settings, signal },
    {
      write: async () => frameExamples(await prepared(examples, context, operation), operation),
      read: ({ bytes }) => read(bytes, { count: examples.length, strict: operation.strict }),
    },
  );
}

async function prepared(
  examples: readonly unknown[],
  context: unknown,
  operation: ExamplesOperation,
): Promise<{ readonly examples: readonly unknown[]; readonly context: unknown }> {
  const settled = await Promise.allSettled(examples.map((example) => preparedExample(example, operation)));
  const ready = settled.map((outcome, index) => {
    if (outcome.status === "rejected") throw atRow(outcome.reason, index);
    return outcome.value;
  });
  return { examples: ready, context: await preparedExample(context, operation) };
}

/** The example with its bytes read; what is none stays as it is, to be refused when it is framed. */
async function preparedExample(example: unknown, { features }: ExamplesOperation): Promise<unknown> {
  if (!isRecord(example) || example instanceof Map || example instanceof Set || ArrayBuffer.isView(example))
    return example;
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(example)) {
    setOwnMember(copy, name, await preparedFeature(name, value, features?.get(name)?.type ?? null));
  }
  return copy;
}

async function preparedFeature(
  feature: string,
  value: unknown,
  type: ExampleFeatureSpec["type"],
): Promise<unknown> {
  if (value === undefined) return value;
  if (type === "bytes") return await prepareBytes(value, { feature, strings: "text" });
  if (type !== null || !isRecord(value) || !Object.hasOwn(value, "bytes")) return value;
  return { ...value, bytes: await prepareBytes(ownMember(value, "bytes"), { feature, strings: "text" }) };
}
