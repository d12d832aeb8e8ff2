import { createCoder } from "../coders/table.js";
import type { CoderTable } from "../coders/table.js";
import type { Feature, FeaturesOf, Operation } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";
import type { CompiledFeature, CompiledOperation, Protocol } from "../protocol.js";

/** What of the runtime a client is made with. */
export interface ClientParts {
  readonly protocol: Protocol;
  readonly coders: Partial<CoderTable>;
}

/** `operation` with a coder for each feature; throws `bad-options` where `protocol` is not the one it names. */
export function compileOperation<Input, Output>(
  operation: Operation<Input, Output>,
  { protocol, coders }: ClientParts,
  validate: boolean | "strict" = true,
): CompiledOperation {
  const { framing } = operation;
  if (framing.protocol !== protocol.id) {
    throw new DeploymentError(
      "bad-options",
      `The deployment speaks the protocol ${shown(framing.protocol)}; got ${shown(protocol.id)}.`,
    );
  }
  const checks = { validate: validate !== false, strict: validate === "strict" };
  const inputs = compileFeatures(operation.inputs, checks, coders);
  const outputs = compileFeatures(operation.outputs, checks, coders);
  return { framing, inputs, outputs, ...checks };
}

function compileFeatures<Row>(
  features: FeaturesOf<Row>,
  checks: { readonly validate: boolean; readonly strict: boolean },
  coders: Partial<CoderTable>,
): readonly CompiledFeature[] {
  const listed: Readonly<Record<string, Feature>> = features;
  return Object.entries(listed).map(([name, { codec, optional = false }]) => {
    return { name, optional, coder: createCoder(codec, { feature: name, ...checks }, coders) };
  });
}
