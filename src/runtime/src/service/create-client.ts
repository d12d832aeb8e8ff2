import { loadBeside } from "../client/beside.js";
import { resolveClientSettings, withCall } from "../client/client-options.js";
import type { CallOptions } from "../client/client-types.js";
import { deepFreeze } from "../client/deep-freeze.js";
import { loaded } from "../client/loaded.js";
import type { AuthScheme } from "../deployment.js";
import { DeploymentError } from "../errors.js";
import { createAuthorizer } from "../http/auth.js";
import { resolveUrl } from "../http/client-url.js";
import { resolveTransport } from "../http/resolve-transport.js";
import { setOwnMember } from "../own-member.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import type { ServiceCall, ServiceRoute } from "./call-operation.js";
import type { ServiceClient, ServiceClientOptions, ServiceDeployment } from "./client-types.js";
import { closeable } from "./closeable.js";
import type { AnyOperationDescriptor } from "./service-operation.js";

/** The types of a deployment are known to its callers alone. */
interface UntypedDeployment {
  readonly title: string;
  readonly url: string | null;
  readonly auth: readonly AuthScheme[];
  readonly shapes: Shapes;
  readonly operations: Readonly<Record<string, AnyOperationDescriptor>>;
}

/**
 * A client of a service that OpenAPI describes: a method for each operation. Requests by GET, PUT and DELETE are sent
 * again after a failure that may pass; those by POST and PATCH only where the service surely did nothing: no connection
 * was made, or it answered 429, or 503 with `Retry-After`. Throws `bad-options` where the options cannot work.
 */
export function createServiceClient<Operations, Named = unknown>(
  deployment: ServiceDeployment<Operations, Named>,
  options?: ServiceClientOptions,
): ServiceClient<Operations, Named>;
export function createServiceClient(
  deployment: UntypedDeployment,
  options: ServiceClientOptions = {},
): Readonly<Record<string, unknown>> {
  const resolved = resolveClientSettings(options, 1);
  const own = deepFreeze(structuredClone(deployment));
  const route: ServiceRoute = {
    url: resolveUrl(options.url, own.url),
    transport: resolveTransport(options),
    authorizer: createAuthorizer(options.token, own.auth, options.auth),
    shapes: own.shapes,
    validate: options.validate !== false,
    strict: options.validate === "strict",
  };
  const calls = loadBeside(() => loaded(import("./call-operation.js")));
  async function callOnce(call: ServiceCall): Promise<unknown> {
    const { callOperation } = await calls(call.settings.signals);
    return await callOperation(route, call);
  }
  async function* callStream(call: ServiceCall): AsyncGenerator<unknown, void, undefined> {
    const { streamOperation } = await calls(call.settings.signals);
    yield* streamOperation(route, call);
  }

  const client: Record<string, unknown> = {};
  for (const [name, operation] of Object.entries(own.operations)) {
    const toCall = (given: unknown, call: CallOptions | undefined): ServiceCall => {
      return { name, operation, given, settings: withCall(resolved, call) };
    };
    const method = operation.stream
      ? (given?: unknown, call?: CallOptions): AsyncIterableIterator<unknown> => {
          const whole = toCall(given, call);
          return closeable((signal) => {
            const signals = [...whole.settings.signals, signal];
            return callStream({ ...whole, settings: { ...whole.settings, signals } });
          });
        }
      : async (given?: unknown, call?: CallOptions): Promise<unknown> => await callOnce(toCall(given, call));
    setOwnMember(client, name, method);
  }
  if (Object.hasOwn(client, "deployment")) {
    throw new DeploymentError("bad-options", 'No operation of a service can be called "deployment".');
  }
  setOwnMember(client, "deployment", own);
  return Object.freeze(client);
}
