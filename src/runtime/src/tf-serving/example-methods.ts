import { predictMany } from "../client/predict-rows.js";
import { frameExamples, readClassifications, readRegressions } from "../protocols/examples.js";
import type { ExampleFeatureSpec, ExamplesOperation } from "../protocols/examples.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import { atRow } from "../client/row-error.js";
import type { Classification, ExampleOptions } from "./client-types.js";
import type { ModelAccess } from "./model-client.js";
import { askModel } from "./model-route.js";
import { prepareBytes } from "./prepare-bytes.js";

/** Does the verb of a signature with examples whose types only its caller knows. */
export type UntypedExampleMethod<Result> = (
  examples: Iterable<unknown>,
  options?: ExampleOptions,
) => Promise<Result[]>;

/** What classifies examples with the signature `operation` of the model behind `access`. */
export function createClassify(
  operation: ExamplesOperation,
  access: ModelAccess,
): UntypedExampleMethod<Classification[]> {
  return createMethod(operation, access, readClassifications);
}

/** What regresses examples with the signature `operation` of the model behind `access`. */
export function createRegress(
  operation: ExamplesOperation,
  access: ModelAccess,
): UntypedExampleMethod<number> {
  return createMethod(operation, access, readRegressions);
}

function createMethod<Result>(
  operation: ExamplesOperation,
  access: ModelAccess,
  read: (bytes: Uint8Array, due: { readonly count: number; readonly strict: boolean }) => Result[],
): UntypedExampleMethod<Result> {
  const { verb } = operation.framing;
  return async (examples, options) => {
    const { settings, choice } = access.forCall(options);
    const context = options?.context;
    const send = (batch: readonly unknown[], signal: AbortSignal): Promise<readonly Result[]> =>
      askModel(
        access.route,
        { request: verb, choice, settings, signal },
        {
          write: async () => frameExamples(await prepared(batch, context, operation), operation),
          read: ({ bytes }) => read(bytes, { count: batch.length, strict: operation.strict }),
        },
      );
    return await predictMany(examples, send, settings);
  };
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
