/*
 * What a client has in common for all that it asks of its model: where it is, which version, and how it is reached.
 */
import type { BatchOptions, CallOptions } from "../client/client-types.js";
import { createAuthorizer } from "../http/auth.js";
import type { AuthScheme } from "../deployment.js";
import { resolveClientSettings, withCall } from "../client/client-options.js";
import type { CallSettings } from "../client/client-options.js";
import { usualBatchSize } from "../client/usual-batch-size.js";
import { DeploymentError, optionError } from "../errors.js";
import type { TensorLayout } from "../protocols/tensors.js";
import { resolveTransport } from "../http/resolve-transport.js";
import type { FramingOptions, TfServingClientOptions, VersionOptions } from "./client-types.js";
import type { ModelRoute } from "./model-route.js";
import { chooseVersion, resolveModelAddress } from "./model-url.js";
import type { VersionChoice } from "./model-url.js";

/** What holds for one call. */
export interface ModelSettings {
  readonly settings: CallSettings;
  readonly choice: VersionChoice | undefined;
  readonly layout: TensorLayout;
}

/** A model that can be asked. */
export interface ModelAccess {
  readonly route: ModelRoute;
  readonly validate: boolean;
  readonly strict: boolean;
  /** What holds for a call with these options; throws `bad-options`. */
  forCall(options: (CallOptions & BatchOptions & VersionOptions & FramingOptions) | undefined): ModelSettings;
}

/** The model of a deployment as the options of a client reach it; throws `bad-options`. */
export function createModelAccess(
  deployment: { readonly url: string | null; readonly auth: readonly AuthScheme[] },
  options: TfServingClientOptions,
): ModelAccess {
  const settings = resolveClientSettings(options, usualBatchSize);
  const address = resolveModelAddress(options.url, deployment.url);
  const schemes = deployment.auth.filter((scheme) => !isInQuery(scheme));
  if (isInQuery(options.auth) || (schemes.length === 0 && deployment.auth.length > 0)) {
    throw new DeploymentError(
      "bad-options",
      "A token cannot go in the query to TensorFlow Serving, which would not know the model then; send it in a header.",
    );
  }
  const own = {
    settings,
    choice: chooseVersion(options, address.choice),
    layout: checkLayout(options.framing) ?? "columnar",
  };
  return {
    route: {
      base: address.base,
      transport: resolveTransport(options),
      authorizer: createAuthorizer(options.token, schemes, options.auth),
    },
    validate: options.validate !== false,
    strict: options.validate === "strict",
    forCall: (call) => ({
      settings: withCall(own.settings, call),
      choice: chooseVersion(call, own.choice),
      layout: checkLayout(call?.framing) ?? own.layout,
    }),
  };
}

function isInQuery(scheme: AuthScheme | undefined): boolean {
  return scheme?.kind === "api-key" && scheme.in === "query";
}

function checkLayout(framing: unknown): TensorLayout | undefined {
  if (framing === undefined || framing === "columnar" || framing === "row") return framing;
  throw optionError("framing", '"columnar" or "row"', framing);
}
