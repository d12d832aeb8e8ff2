import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import { methodNames } from "../plan/service-names.js";
import { bindShapes, shapeOf, type BoundShapes } from "./bind-shapes.js";
import type { BoundOperation, OperationsDeployment } from "./bound-deployment.js";

/** The descriptor of a plain service. */
export function bindService(model: DeploymentModel): OperationsDeployment {
  const { title, url, auth, operations } = model;
  const names = methodNames(operations);
  const shapes = bindShapes(model);
  const methods = operations.map(
    (operation, index) => [names[index] ?? "", bindOperation(operation, shapes)] as const,
  );
  return { title, url, auth, shapes: shapes.named, operations: Object.fromEntries(methods) };
}

function bindOperation(operation: OperationModel, { bound }: BoundShapes): BoundOperation {
  const { method, path, framing, input, output } = operation;
  if (framing.protocol !== "http") throw new Error(`no operation of a service: ${framing.protocol}`);
  const { places, body, replies } = framing;
  const parameters = input.features.flatMap((feature) => {
    const place = Object.hasOwn(places, feature.wireName) ? places[feature.wireName] : undefined;
    if (place === undefined) return [];
    const optional = feature.required ? {} : { optional: true as const };
    return [[feature.wireName, { shape: bound(shapeOf(feature)), place, ...optional }] as const];
  });
  const content = input.features.find(({ wireName }) => !Object.hasOwn(places, wireName));
  return {
    method,
    path,
    stream: output.stream,
    parameters: Object.fromEntries(parameters),
    body: body === null || content === undefined ? null : { ...body, shape: bound(shapeOf(content)) },
    replies: replies.map((reply) => ({ ...reply, shape: bound(reply.shape) })),
  };
}
