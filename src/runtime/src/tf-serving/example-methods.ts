import { loadBeside } from "../client/beside.js";
import { loaded } from "../client/loaded.js";
import { predictMany } from "../client/predict-rows.js";
import type { ExamplesOperation } from "../protocols/examples.js";
import type { Classification, ExampleOptions } from "./client-types.js";
import type { ExampleCall } from "./example-calls.js";
import type { ModelAccess } from "./model-client.js";

/** Does the verb of a signature with examples whose types only its caller knows. */
export type UntypedExampleMethod<Result> = (
  examples: Iterable<unknown>,
  options?: ExampleOptions,
) => Promise<Result[]>;

/** The code that calls signatures with examples. */
type ExampleCalls = typeof import("./example-calls.js");

/** Does the verb of a signature for some examples. */
type CallWithExamples<Result> = (
  examples: readonly unknown[],
  call: ExampleCall,
) => Promise<readonly Result[]>;

/** What classifies examples with the signature `operation` of the model behind `access`. */
export function createClassify(
  operation: ExamplesOperation,
  access: ModelAccess,
): UntypedExampleMethod<Classification[]> {
  return createMethod(operation, access, ({ classify }) => classify);
}

/** What regresses examples with the signature `operation` of the model behind `access`. */
export function createRegress(
  operation: ExamplesOperation,
  access: ModelAccess,
): UntypedExampleMethod<number> {
  return createMethod(operation, access, ({ regress }) => regress);
}

function createMethod<Result>(
  operation: ExamplesOperation,
  { route, forCall }: ModelAccess,
  pick: (code: ExampleCalls) => CallWithExamples<Result>,
): UntypedExampleMethod<Result> {
  const calls = loadBeside(() => loaded(import("./example-calls.js")));
  return async (examples, options) => {
    const call = forCall(options);
    const { settings } = call;
    const context = options?.context;
    const send = async (batch: readonly unknown[], signal: AbortSignal): Promise<readonly Result[]> => {
      const callWithExamples = pick(await calls([...settings.signals, signal]));
      return await callWithExamples(batch, { call, route, operation, context, signal });
    };
    return await predictMany(examples, send, settings);
  };
}
