import type { DeploymentModel } from "../../src/model/deployment-model.js";
import type { JsonShape } from "../../src/runtime/src/index.js";

/** The shapes that a model calls by name, and every one that stands in it, those inside of others left out. */
export function deploymentShapes({ shapes = [], operations }: DeploymentModel): {
  readonly shapes: Readonly<Record<string, JsonShape>>;
  readonly all: readonly JsonShape[];
} {
  const named = Object.fromEntries(shapes.map(({ name, shape }) => [name, shape]));
  const stated = operations.flatMap(({ framing, input, output }) => [
    ...[...input.features, ...output.features].flatMap(({ codec }) =>
      codec.kind === "json" ? [codec.shape] : [],
    ),
    ...(framing.protocol === "http" ? framing.replies.map(({ shape }) => shape) : []),
  ]);
  return { shapes: named, all: [...Object.values(named), ...stated] };
}
