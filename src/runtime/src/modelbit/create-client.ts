import { loadBeside } from "../client/beside.js";
import { resolveClientSettings, withCall } from "../client/client-options.js";
import type { CallOptions, StreamOptions } from "../client/client-types.js";
import { deepFreeze } from "../client/deep-freeze.js";
import { loaded } from "../client/loaded.js";
import { predictMany, predictStream } from "../client/predict-rows.js";
import { DeploymentError, optionError, shown } from "../errors.js";
import { createAuthorizer } from "../http/auth.js";
import { resolveTransport } from "../http/resolve-transport.js";
import type { FunctionCall, FunctionRoute } from "./call-function.js";
import type {
  FunctionOptions,
  ModelbitClient,
  ModelbitClientOptions,
  ModelbitDeployment,
} from "./client-types.js";
import { resolveFunctionAddress } from "./function-url.js";
import type { JsonShape, MemberShape } from "../shapes/json-shape.js";

/** Rows in a request, and requests at once, as the vendor's own client has them. */
const mostRows = 3_000;
const atOnce = 3;

/** How long the service lets a function run unless it is told, and how much longer a client waits, in seconds. */
const serviceTimeout = 300;
const grace = 5;

/** The types of a deployment are known to its callers alone. */
interface UntypedDeployment extends Omit<ModelbitDeployment, "order" | "inputs" | "output" | "shapes"> {
  readonly order: readonly string[];
  readonly inputs: Readonly<Record<string, MemberShape>>;
  readonly output: JsonShape;
  readonly shapes?: Readonly<Record<string, JsonShape>>;
}

interface UntypedClient {
  readonly deployment: UntypedDeployment;
  predict(given: unknown, options?: CallOptions & FunctionOptions): Promise<unknown>;
  predictMany(given: Iterable<unknown>, options?: StreamOptions & FunctionOptions): Promise<unknown[]>;
  predictStream(
    source: Iterable<unknown> | AsyncIterable<unknown>,
    options?: StreamOptions & FunctionOptions,
  ): AsyncIterableIterator<unknown>;
}

/** A client of a function that Modelbit has deployed; throws `bad-options` where the options cannot work. */
export function createModelbitClient<Input, Output, Named = unknown>(
  deployment: ModelbitDeployment<Input, Output, Named>,
  options?: ModelbitClientOptions,
): ModelbitClient<Input, Output, Named>;
export function createModelbitClient(
  deployment: UntypedDeployment,
  options: ModelbitClientOptions = {},
): UntypedClient {
  const resolved = resolveClientSettings(
    { ...options, concurrency: options.concurrency ?? atOnce },
    mostRows,
  );
  const own = deepFreeze(structuredClone(deployment));
  const address = resolveFunctionAddress(options.url, own.url);
  address(options);
  const route: FunctionRoute = {
    transport: resolveTransport(options),
    authorizer: createAuthorizer(
      options.token,
      own.auth.length === 0 ? [{ kind: "raw" }] : own.auth,
      options.auth,
    ),
    form: own.form,
    parameters: own.order.map((name) => ({ name, ...parameterAt(own.inputs, name) })),
    output: own.output,
    shapes: own.shapes ?? {},
  };

  const calls = loadBeside(() => loaded(import("./call-function.js")));

  const forCall = (call: (StreamOptions & FunctionOptions) | undefined): FunctionCall => {
    const settings = withCall(resolved, call);
    const timeoutSeconds = checkSeconds(call?.timeoutSeconds ?? options.timeoutSeconds);
    const links = checkFormat(call?.responseFormat ?? options.responseFormat) === "links";
    const stated = call?.timeout ?? (call?.timeoutSeconds === undefined ? options.timeout : undefined);
    const timeout =
      stated === undefined ? ((timeoutSeconds ?? serviceTimeout) + grace) * 1000 : settings.timeout;
    const batchSize = Math.min(settings.batchSize, mostRows);
    const url = address({
      branch: call?.branch ?? options.branch,
      version: call?.version ?? options.version,
    });
    return { url, settings: { ...settings, timeout, batchSize }, extras: { timeoutSeconds, links } };
  };
  const batchesOf =
    (call: FunctionCall) =>
    async (rows: readonly unknown[], signal: AbortSignal): Promise<readonly unknown[]> => {
      const { callBatch } = await calls([...call.settings.signals, signal]);
      return await callBatch(route, rows, { ...call, signal });
    };

  return {
    deployment: own,
    async predict(given, said) {
      const call = forCall(said);
      const { callOnce } = await calls(call.settings.signals);
      return await callOnce(route, given, call);
    },
    async predictMany(given, call) {
      const many = forCall(call);
      return await predictMany(given, batchesOf(many), many.settings);
    },
    predictStream(source, call) {
      const many = forCall(call);
      return predictStream(source, batchesOf(many), many.settings);
    },
  };
}

function parameterAt(inputs: UntypedDeployment["inputs"], name: string): MemberShape {
  const member = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (member !== undefined) return member;
  throw new DeploymentError("bad-options", `The deployment has no shape for its argument ${shown(name)}.`);
}

function checkSeconds(value: number | undefined): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return value;
  const due = "a whole number of seconds from 1 on";
  throw optionError("timeoutSeconds", due, value);
}

function checkFormat(value: unknown): "links" | undefined {
  if (value === undefined || value === "links") return value;
  throw optionError("responseFormat", '"links"', value);
}
