import { createCoder } from "./coders/index.js";
import type { Feature, FeaturesOf, Operation } from "./deployment.js";
import { DeploymentError, shown } from "./errors.js";
import type { CompiledFeature, CompiledOperation, Protocol } from "./protocol.js";

/** `operation` with a coder for each feature; throws `bad-options` where `protocol` is not the one it names. */
export function compileOperation<Input, Output>(
  operation: Operation<Input, Output>,
  protocol: Protocol,
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
  const inputs = compileFeatures(operation.inputs, checks);
  const outputs = compileFeatures(operation.outputs, checks);
  return { framing, inputs, outputs, ...checks };
}

function compileFeatures<Row>(
  features: FeaturesOf<Row>,
  checks: { readonly validate: boolean; readonly strict: boolean },
): readonly CompiledFeature[] {
  const listed: Readonly<Record<string, Feature>> = features;
  return Object.entries(listed).map(([name, { codec, optional = false }]) => {
    return { name, optional, coder: createCoder(codec, { feature: name, ...checks }) };
  });
}
